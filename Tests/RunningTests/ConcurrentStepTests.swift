import Exchanges
import Primitives
import Running
import Scenarios
import Synchronization
import Testing

@Suite("Steps whose requests are sent at once")
struct ConcurrentStepTests {
    /// A step that sends its request `count` times at once.
    private static func burst(
        _ name: String = "pay", count: Int = 5, _ change: (inout Burst) -> Void = { _ in }
    ) throws
        -> Step
    {
        var burst = Burst(count: count)
        change(&burst)
        return try step(name, set: ["x-key=k"]) { $0.options.series = .burst(burst) }
    }

    /// Answers only once so many requests are under way.
    private static func meeting(
        _ count: Int, _ answer: @escaping @Sendable (RequestMessage, Int) -> ExchangeOutcome
    )
        -> ScriptedTransport
    {
        let arrived = Mutex(0)
        return ScriptedTransport { request, before in
            arrived.withLock { $0 += 1 }
            for _ in 0..<2_000 where arrived.withLock({ $0 }) < count { try? await Task.sleep(for: .milliseconds(1)) }
            return answer(request, before)
        }
    }

    @Test("all requests of a burst are under way at the same time, and are judged together", arguments: [2, 5, 64])
    func together(count: Int) async throws {
        let judge = StatusJudge()
        let transport = Self.meeting(count) { _, _ in ScriptedTransport.answer(200) }
        let journal = try await execute(
            [scenario("one", [try Self.burst(count: count)])], transport: transport, judge: judge)
        #expect(transport.mostUnderWay == count)
        #expect(journal.exchanges.count == count)
        #expect(journal.exchanges.map(\.attempt).sorted() == Array(1...count))
        let alone = journal.exchanges.filter { !$0.position.isConcurrent }
        #expect(alone.isEmpty)
        let names = (1...count).map { "pay\($0)" }
        #expect(judge.calls.all.first?.call == "take " + names.joined(separator: " "))
    }

    @Test("later rows use the response that shows the effect")
    func references() async throws {
        let transport = ScriptedTransport { request, before in
            request.path == "/pay" && before != 2
                ? ScriptedTransport.answer(409) : ScriptedTransport.answer(200, #"{"id":"P-\#(before)"}"#)
        }
        let steps = [try Self.burst(), try step("after", set: ["x-id={{pay.id}}"])]
        _ = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.requests.last?.header("x-id") == ["P-2"])
    }

    @Test("a burst whose requests get no response counts once as unanswered, and nothing is sent again")
    func failures() async throws {
        let transport = ScriptedTransport { _, _ in ScriptedTransport.reset }
        let judge = StatusJudge()
        let journal = try await execute(
            [scenario("one", [try Self.burst(count: 3), try step("after")])], transport: transport, judge: judge)
        let sent = transport.paths.filter { $0 == "/pay" }
        #expect(sent.count == 3)
        #expect(transport.paths.last == "/after")
        #expect(journal.notRun == [])
    }

    @Test("the rate of the run delays the burst by one turn for each request")
    func pace() async throws {
        let clock = TestClock()
        var settings = settings()
        settings.pace.interval = .seconds(2)
        let transport = ScriptedTransport()
        _ = try await execute(
            [scenario("one", [try Self.burst(count: 4)])], settings: settings, transport: transport, clock: clock)
        #expect(transport.requests.count == 4)
        #expect(clock.sleeps.reduce(.zero, +) == .seconds(6))
    }

    // MARK: Races

    private static func pair(_ change: (inout StepParts) -> Void = { _ in }) throws -> [Step] {
        [
            try step("capture") { $0.options.series = .race(Race(with: "void", isSecond: false)) },
            try step("void") { parts in
                parts.options.series = .race(Race(with: "capture", isSecond: true))
                change(&parts)
            },
        ]
    }

    @Test("two racing steps are sent at once, then the rest")
    func race() async throws {
        let transport = Self.meeting(2) { _, _ in ScriptedTransport.answer(200) }
        let judge = StatusJudge()
        let journal = try await execute(
            [scenario("one", try Self.pair() + [step("after")])], transport: transport, judge: judge)
        #expect(transport.mostUnderWay == 2)
        #expect(Set(transport.paths.prefix(2)) == ["/capture", "/void"])
        #expect(transport.paths.last == "/after")
        #expect(judge.calls.all.map(\.call) == ["take capture1", "take void1", "take after1", "finish"])
        let concurrent = journal.exchanges.filter(\.position.isConcurrent)
        #expect(concurrent.count == 2)
    }

    @Test("two racing steps have the longer one of their timeouts", arguments: [(1, 5), (5, 1)])
    func timeouts(first: Int, second: Int) async throws {
        var steps = try Self.pair { $0.options.timeout = .seconds(second) }
        var options = steps[0].options
        options.timeout = .seconds(first)
        steps[0] = steps[0].with(options: options)
        let transport = ScriptedTransport()
        _ = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.deadlines == [.seconds(5), .seconds(5)])
    }

    @Test("after a race in the setup, later rows run only if both steps passed", arguments: [nil, "capture", "void"])
    func setup(failing: String?) async throws {
        let steps = try Self.pair().map { step in
            var options = step.options
            options.isSetup = true
            return step.with(options: options)
        }
        let transport = ScriptedTransport { request, _ in
            ScriptedTransport.answer(request.path == "/\(failing ?? "")" ? 500 : 200)
        }
        let journal = try await execute([scenario("one", steps + [try step("after")])], transport: transport)
        #expect(transport.paths.count == (failing == nil ? 3 : 2))
        #expect(journal.notRun.map(\.step) == (failing == nil ? [] : ["after"]))
    }

    @Test("a race in the setup of which a row lacks a value is not sent, and the setup has failed")
    func lackingSetup() async throws {
        var steps = try Self.pair()
        var options = steps[0].options
        options.isSetup = true
        steps[0] = steps[0].with(options: options)
        steps[1] = try step("void", set: ["x-id={{nothing.id}}"]) { parts in
            parts.options.series = .race(Race(with: "capture", isSecond: true))
            parts.options.isSetup = true
        }
        let transport = ScriptedTransport()
        let journal = try await execute([scenario("one", steps + [try step("after")])], transport: transport)
        #expect(transport.paths == [])
        #expect(journal.notRun.map(\.step) == ["capture", "void", "after"])
    }

    @Test("if one of two racing steps is not sent, neither is")
    func skipped() async throws {
        let transport = ScriptedTransport()
        let steps = try Self.pair { $0.options.isSkipped = true } + [step("after")]
        let journal = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.paths == ["/after"])
        #expect(
            journal.notRun.map(\.reason) == [
                .skipped("the step 'void', which it races against, is not sent"), .skipped("marked `skip`"),
            ])
    }
}
