import Exchanges
import Primitives
import Running
import Scenarios
import Testing

@Suite("Politeness")
struct PolitenessTests {
    private func live(_ change: (inout RunSettings) -> Void = { _ in }) -> RunSettings {
        var live = settings()
        live.target.isMock = false
        change(&live)
        return live
    }

    @Test("requests of all scenarios together respect the rate")
    func rate() async throws {
        let clock = TestClock()
        let scenarios = try (1...3).map { scenario("s\($0)", [try step("a\($0)"), try step("b\($0)")]) }
        let run = live { $0.pace.interval = .seconds(2) }
        let journal = try await execute(scenarios, settings: run, transport: ScriptedTransport(), clock: clock)
        let times = journal.exchanges.map(\.startedAt).sorted()
        #expect(times.count == 6)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1.since($0) >= .seconds(2) })
        #expect(clock.sleeps.reduce(.zero, +) == .seconds(10))
    }

    @Test(
        "a busy response delays all scenarios as long as it requests, unless that is too long",
        arguments: [
            (429, "5", 5), (503, "5", 5), (200, "5", 0), (429, "61", 0), (429, "soon", 0), (429, "0", 0),
            (429, "Tue, 14 Nov 2023 22:13:27 GMT", 7), (429, "Tue, 14 Nov 2023 22:13:10 GMT", 0),
        ])
    func hold(status: Int, value: String, seconds: Int) async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, _ in
            ScriptedTransport.answer(status, headers: [HeaderField(name: "retry-after", value: value)])
        }
        _ = try await execute(
            [scenario("one", [try step("a")]), scenario("two", [try step("b")])], settings: live(),
            transport: transport, clock: clock)
        #expect(clock.sleeps == (seconds == 0 ? [] : [.seconds(seconds)]))
    }

    @Test("a date is compared with the server's own clock")
    func serverClock() async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, _ in
            ScriptedTransport.answer(
                429,
                headers: [
                    HeaderField(name: "retry-after", value: "Sun, 06 Nov 1994 08:49:40 GMT"),
                    HeaderField(name: "date", value: "Sun, 06 Nov 1994 08:49:37 GMT"),
                ])
        }
        _ = try await execute(
            [scenario("one", [try step("a"), try step("b")])], settings: live(), transport: transport, clock: clock)
        #expect(clock.sleeps == [.seconds(3)])
    }

    @Test(
        "the target's own headers are respected if the configuration names them",
        arguments: [
            ("0", "4", 4), ("1", "4", 0), ("0", "1700000009", 9), ("0", "3600", 0), ("x", "4", 0), ("0", "", 0),
        ])
    func rateLimitHeaders(remaining: String, reset: String, seconds: Int) async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, _ in
            ScriptedTransport.answer(
                200,
                headers: [HeaderField(name: "X-Left", value: remaining), HeaderField(name: "X-Wait", value: reset)])
        }
        let run = live { $0.pace.rateLimit = RateLimitFields(remaining: "x-left", reset: "x-wait") }
        _ = try await execute(
            [scenario("one", [try step("a"), try step("b")])], settings: run, transport: transport, clock: clock)
        #expect(clock.sleeps == (seconds == 0 ? [] : [.seconds(seconds)]))
    }

    @Test("responses of the mock cause no waits")
    func mock() async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, _ in
            ScriptedTransport.answer(429, headers: [HeaderField(name: "retry-after", value: "5")])
        }
        _ = try await execute(
            [scenario("one", [try step("a"), try step("b")])], transport: transport, clock: clock)
        #expect(clock.sleeps == [])
    }

    @Test(
        "a request is sent again only if repeating it has no further effect",
        arguments: [
            ("GET", "", .reset, true), ("PUT", "", .reset, true), ("DELETE", "", .reset, true),
            ("POST", "", .reset, false), ("PATCH", "", .timedOut, false), ("POST", "", .connectionRefused, true),
            ("POST", "", .connectTimedOut, true), ("POST", "idempotency-key", .reset, true),
            ("POST", "X-Idempotency-Key", .reset, true), ("POST", "x-key", .reset, false),
        ] as [(String, String, TransportFailure.Class, Bool)])
    func safety(method: String, header: String, fault: TransportFailure.Class, isRetried: Bool) async throws {
        let transport = ScriptedTransport { _, before in
            before == 0 ? .failure(TransportFailure(fault, "")) : ScriptedTransport.answer(200)
        }
        let only = try step("a", set: header.isEmpty ? [] : ["\(header)=k"]) {
            $0.call = .undeclared(method: method, path: "/a")
            $0.options.retry = .init(count: 2, interval: .seconds(1))
        }
        let journal = try await execute([scenario("one", [only])], transport: transport)
        #expect(journal.exchanges.count == (isRetried ? 2 : 1))
    }

    @Test("retries do not multiply the load on a server that is down")
    func budget() async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/ok" ? ScriptedTransport.answer(200) : ScriptedTransport.answer(503)
        }
        let scenarios = try (1...40).map { number in
            scenario(
                "s\(number)", [try step("a\(number)") { $0.options.retry = .init(count: 5, interval: .seconds(1)) }])
        }
        let journal = try await execute(scenarios, transport: transport)
        #expect(journal.exchanges.count > 50)
        #expect(journal.exchanges.count <= 40 + 10 + 15)
    }
}
