import Exchanges
import Primitives
import Running
import Scenarios
import Testing

@Suite("Steps with pages")
struct PagedStepTests {
    /// A step that walks a list by the member `next`, as the header `x-page`.
    private static func paged(
        _ name: String = "list", limit: Int = 10, _ change: (inout StepParts) -> Void = { _ in }
    ) throws -> Step {
        let source = Paging.Source.value(try ItemPath.parse("next"), into: try ItemPath.parse("header.x-page"))
        return try step(name) { parts in
            parts.options.paging = Paging(source, limit: limit)
            change(&parts)
        }
    }

    private static func page(_ next: Int?) -> ExchangeOutcome {
        ScriptedTransport.answer(200, next.map { #"{"next":"\#($0)"}"# } ?? "{}")
    }

    @Test("the request is sent with the value of the page before, until there is none")
    func walk() async throws {
        let transport = ScriptedTransport { _, before in Self.page(before < 3 ? before + 2 : nil) }
        let journal = try await execute([scenario("one", [try Self.paged()])], transport: transport)
        #expect(transport.requests.map { $0.header("x-page") } == [[], ["2"], ["3"], ["4"]])
        #expect(journal.exchanges.map(\.attempt) == [1, 2, 3, 4])
    }

    @Test("the judge gets all pages of a step together, and later rows use the last one")
    func judged() async throws {
        let judge = StatusJudge()
        let transport = ScriptedTransport { request, before in
            request.path == "/list" ? Self.page(before < 1 ? 7 : nil) : ScriptedTransport.answer(200)
        }
        let steps = [try Self.paged(), try step("after", set: ["x-n={{list.req.header.x-page}}"])]
        _ = try await execute([scenario("one", steps)], transport: transport, judge: judge)
        #expect(judge.calls.all.map(\.call).contains("take list1 list2"), "\(judge.calls.all)")
        #expect(transport.requests.last?.header("x-n") == ["7"])
    }

    @Test("the maximum and a value that returns end a walk", arguments: [(3, 3), (1_000, 2)])
    func ends(limit: Int, requests: Int) async throws {
        let transport = ScriptedTransport { _, before in Self.page(limit == 3 ? before : 5) }
        _ = try await execute([scenario("one", [try Self.paged(limit: limit)])], transport: transport)
        #expect(transport.requests.count == requests)
    }

    @Test("an unexpected status ends a walk, also if it is 2xx", arguments: [201, 404, 500])
    func status(status: Int) async throws {
        let transport = ScriptedTransport { _, before in
            before == 0 ? Self.page(1) : ScriptedTransport.answer(status, #"{"next":"9"}"#)
        }
        _ = try await execute([scenario("one", [try Self.paged()])], transport: transport)
        #expect(transport.requests.count == 2)
    }

    @Test("every page may be retried as often as the first one")
    func retries() async throws {
        let transport = ScriptedTransport { _, before in
            before % 2 == 0 ? ScriptedTransport.answer(503) : Self.page(before < 5 ? before : nil)
        }
        let step = try Self.paged { $0.options.retry = .init(count: 1, interval: .seconds(1)) }
        let journal = try await execute([scenario("one", [step])], transport: transport)
        #expect(journal.exchanges.compactMap(\.response).map(\.status) == [503, 200, 503, 200, 503, 200])
        #expect(transport.requests.map { $0.header("x-page") } == [[], [], ["1"], ["1"], ["3"], ["3"]])
    }

    @Test("a walk does not delay a run that stops, and counts as interrupted")
    func stopped() async throws {
        let transport = ScriptedTransport { request, before in
            if request.path == "/bad" { return ScriptedTransport.answer(500) }
            try? await Task.sleep(for: .milliseconds(20))
            return Self.page(before)
        }
        var settings = settings(jobs: 2)
        settings.failFast = true
        let scenarios = [
            scenario("one", [try Self.paged(limit: 1_000), try step("after")]), scenario("two", [try step("bad")]),
        ]
        let journal = try await execute(scenarios, settings: settings, transport: transport)
        #expect(journal.exchanges.count < 100)
        #expect(journal.notRun.map { "\($0.step) \($0.reason)" } == ["list stopped", "after stopped"])
    }
}
