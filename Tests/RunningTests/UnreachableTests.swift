import Exchanges
import Running
import Scenarios
import Testing

@Suite("Unreachable servers")
struct UnreachableTests {
    private func scenarios(_ count: Int) throws -> [Scenario] {
        try (1...count).map { number in
            scenario("s\(number)", [try step("a\(number)"), try step("c\(number)") { $0.options.isTeardown = true }])
        }
    }

    @Test(
        "a host that takes no connection ends the run after three, and nothing is cleared away",
        arguments: [.connectionRefused, .connectTimedOut, .unresolved, .tlsUntrusted] as [TransportFailure.Class])
    func unconnected(fault: TransportFailure.Class) async throws {
        let transport = ScriptedTransport { _, _ in .failure(TransportFailure(fault, "no")) }
        let journal = try await execute(try scenarios(88), transport: transport)
        #expect(journal.exchanges.count == 3)
        #expect(journal.exchanges.count + journal.notRun.count == 176)
        #expect(journal.notRun.allSatisfy { $0.reason == .stopped })
    }

    @Test("a host that accepts requests and never responds ends the run after ten")
    func unanswered() async throws {
        let transport = ScriptedTransport { _, _ in .failure(TransportFailure(.timedOut, "no")) }
        let journal = try await execute(try scenarios(88), transport: transport)
        #expect(journal.exchanges.count == 10)
    }

    @Test("after one response the run continues to its end")
    func answeredOnce() async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/a1" ? ScriptedTransport.answer(500) : .failure(TransportFailure(.connectionRefused, ""))
        }
        let journal = try await execute(try scenarios(20), transport: transport)
        #expect(journal.exchanges.count == 40)
    }

    @Test("a row with `retry` can wait for a server to start")
    func waiting() async throws {
        let transport = ScriptedTransport { _, before in
            before < 8 ? .failure(TransportFailure(.connectionRefused, "")) : ScriptedTransport.answer(200)
        }
        let first = try step("up") { $0.options.retry = .init(count: 9, interval: .seconds(1)) }
        let journal = try await execute([scenario("one", [first, try step("b")])], transport: transport)
        #expect(journal.exchanges.last?.step == "b")
        #expect(journal.notRun == [])
    }
}
