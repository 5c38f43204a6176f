import Exchanges
import Running
import Scenarios
import Testing

@Suite("Polls and retries")
struct RepetitionTests {
    @Test("a poll continues until the step passes")
    func pollUntilHeld() async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, before in ScriptedTransport.answer(before < 3 ? 202 : 200) }
        let journal = try await execute([scenario("one", [try polling(20, 2)])], transport: transport, clock: clock)
        #expect(journal.exchanges.map(\.attempt) == [1, 2, 3, 4])
        #expect(clock.sleeps == Array(repeating: .seconds(2), count: 3))
    }

    @Test("a poll never exceeds its limit")
    func pollLimit() async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, _ in
            clock.advance(.milliseconds(100))
            return ScriptedTransport.answer(202)
        }
        let journal = try await execute([scenario("one", [try polling(5, 2)])], transport: transport, clock: clock)
        // 0.1 + 2 + 0.1 + 2 + 0.1, and another two seconds would be too much.
        #expect(journal.exchanges.count == 3)
    }

    @Test("a violation of the contract ends a poll at once, and so does a transport failure")
    func pollFailure() async throws {
        for outcome in [ScriptedTransport.answer(500), ScriptedTransport.reset] {
            let transport = ScriptedTransport { _, before in before == 0 ? ScriptedTransport.answer(202) : outcome }
            let journal = try await execute([scenario("one", [try polling(20, 2)])], transport: transport)
            #expect(journal.exchanges.count == 2)
        }
    }

    @Test("a step without a poll is sent once, whatever its state")
    func noPoll() async throws {
        let transport = ScriptedTransport { _, _ in ScriptedTransport.answer(202) }
        let journal = try await execute([scenario("one", [try step("a")])], transport: transport)
        #expect(journal.exchanges.count == 1)
    }

    @Test("later rows use the last response of a poll")
    func pollValues() async throws {
        let transport = ScriptedTransport { request, before in
            request.path == "/p"
                ? ScriptedTransport.answer(before < 2 ? 202 : 200, #"{"n": \#(before)}"#)
                : ScriptedTransport.answer(200)
        }
        let steps = [try polling(20, 2), try step("after", set: ["x-n={{p.n}}"])]
        _ = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.requests.last?.header("x-n") == ["2"])
    }

    @Test(
        "only transport failures and temporary server errors are retried",
        arguments: [
            (ScriptedTransport.reset, true), (ScriptedTransport.answer(429), true),
            (ScriptedTransport.answer(502), true),
            (ScriptedTransport.answer(503), true), (ScriptedTransport.answer(504), true),
            (ScriptedTransport.answer(500), false), (ScriptedTransport.answer(400), false),
            (ScriptedTransport.answer(202), false),
            (.failure(TransportFailure(.invalidRequest, "")), false),
        ]
    )
    func retried(outcome: ExchangeOutcome, isRetried: Bool) async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, before in before == 0 ? outcome : ScriptedTransport.answer(200) }
        let journal = try await execute([scenario("one", [try retrying(3)])], transport: transport, clock: clock)
        #expect(journal.exchanges.map(\.attempt) == (isRetried ? [1, 2] : [1]))
        #expect(clock.sleeps == (isRetried ? [.seconds(1)] : []))
    }

    @Test("retries are limited, and there are none without the option")
    func retryCount() async throws {
        let transport = ScriptedTransport { _, _ in ScriptedTransport.answer(503) }
        let journal = try await execute([scenario("one", [try retrying(3), try step("b")])], transport: transport)
        #expect(journal.exchanges.map(\.step) == ["r", "r", "r", "r", "b"])
    }

    @Test(
        "a retry waits as long as the response requests, unless that is too long",
        arguments: [
            ("5", [.seconds(5)]), ("0", [.seconds(1)]), ("60", [.seconds(60)]), ("61", []),
            ("99999999999999999999", []), ("Wed, 21 Oct 2026 07:28:00 GMT", []),
            ("Tue, 14 Nov 2023 22:13:30 GMT", [.seconds(10)]),
            ("Tue, 14 Nov 2023 22:13:00 GMT", [.seconds(1)]), ("soon", [.seconds(1)]), ("-3", [.seconds(1)]),
            ("", [.seconds(1)]),
        ] as [(String, [Duration])]
    )
    func retryAfter(value: String, sleeps: [Duration]) async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, before in
            before == 0
                ? ScriptedTransport.answer(429, headers: [HeaderField(name: "Retry-After", value: value)])
                : ScriptedTransport.answer(200)
        }
        _ = try await execute([scenario("one", [try retrying(2)])], transport: transport, clock: clock)
        #expect(clock.sleeps == sleeps)
    }

    @Test("every attempt sends the same request")
    func sameRequest() async throws {
        let transport = ScriptedTransport { _, before in
            before < 2 ? ScriptedTransport.reset : ScriptedTransport.answer(200)
        }
        let only = try step("a", set: ["x-id={{uuid}}"]) { $0.options.retry = .init(count: 5, interval: .seconds(1)) }
        _ = try await execute([scenario("one", [only])], transport: transport)
        #expect(transport.requests.count == 3)
        #expect(Set(transport.requests).count == 1)
    }

    @Test("the judge gets all attempts of a step at its end, and those so far between the attempts of a poll")
    func judged() async throws {
        let judge = StatusJudge()
        let transport = ScriptedTransport { request, before in
            before == 0 ? ScriptedTransport.answer(request.path == "/r" ? 503 : 202) : ScriptedTransport.answer(200)
        }
        let steps = [try retrying(1), try polling(9, 1)]
        _ = try await execute([scenario("one", steps)], transport: transport, judge: judge)
        #expect(judge.calls.all.map(\.call) == ["take r1 r2", "peek p1", "peek p1 p2", "take p1 p2", "finish"])
    }

    @Test("the attempts of an interrupted step are judged as such, before the teardown rows")
    func judgedCutOff() async throws {
        let judge = StatusJudge()
        let steps = [try step("a"), try polling(9, 1), try step("t") { $0.options.isTeardown = true }]
        let task = Task {
            try await execute(
                [scenario("one", steps)],
                transport: ScriptedTransport { request, _ in
                    if request.path == "/p" { withUnsafeCurrentTask { $0?.cancel() } }
                    return ScriptedTransport.answer(request.path == "/p" ? 202 : 200)
                }, judge: judge)
        }
        let journal = try await task.value
        #expect(journal.notRun == [NotRun(scenario: "one", step: "p", reason: .stopped)])
        #expect(
            judge.calls.all.map(\.call) == ["take a1", "peek p1", "cut-off p1", "take t1", "finish p"])
    }

    private func polling(_ limit: Int, _ interval: Int) throws -> Step {
        try step("p") { $0.options.poll = .init(limit: .seconds(limit), interval: .seconds(interval)) }
    }

    private func retrying(_ count: Int) throws -> Step {
        try step("r") { $0.options.retry = .init(count: count, interval: .seconds(1)) }
    }
}
