import Exchanges
import Foundation
import Primitives
import Running
import Scenarios
import Testing

@Suite("Stopping", .timeLimit(.minutes(20)))
struct StoppingTests {
    @Test("after a failure, fail-fast only sends teardown rows")
    func failFast() async throws {
        var settings = settings()
        settings.failFast = true
        let transport = ScriptedTransport { request, _ in ScriptedTransport.answer(request.path == "/a" ? 500 : 200) }
        let scenarios = [
            scenario("one", [try step("a"), try step("b"), try step("t") { $0.options.isTeardown = true }]),
            scenario("two", [try step("c"), try step("t2") { $0.options.isTeardown = true }]),
        ]
        let journal = try await execute(scenarios, settings: settings, transport: transport)
        #expect(transport.paths == ["/a", "/t"])
        #expect(
            journal.notRun == [
                NotRun(scenario: "one", step: "b", reason: .stopped),
                NotRun(scenario: "two", step: "c", reason: .stopped),
                NotRun(scenario: "two", step: "t2", reason: .stopped),
            ]
        )
    }

    @Test("without fail-fast everything is run")
    func noFailFast() async throws {
        let transport = ScriptedTransport { _, _ in ScriptedTransport.answer(500) }
        _ = try await execute([scenario("one", [try step("a"), try step("b")])], transport: transport)
        #expect(transport.paths == ["/a", "/b"])
    }

    @Test("after an interrupt during an exchange only teardown rows are sent, once, and they are not cancelled")
    func interruptDuringExchange() async throws {
        let transport = ScriptedTransport { request, _ in
            if request.path == "/t" {
                return Task.isCancelled ? ScriptedTransport.answer(499) : ScriptedTransport.answer(200)
            }
            while !Task.isCancelled { await Task.yield() }
            return .failure(TransportFailure(.cancelled, "the run was interrupted"))
        }
        let scenarios = [
            scenario("one", [try step("a"), try step("b"), try step("t") { $0.options.isTeardown = true }]),
            scenario("two", [try step("c")]),
        ]
        let task = Task { try await execute(scenarios, transport: transport) }
        while transport.paths.isEmpty { await Task.yield() }
        task.cancel()
        let journal = try await task.value
        #expect(transport.paths == ["/a", "/t"])
        #expect(journal.exchanges.map { $0.outcome.failure?.class } == [.cancelled, nil])
        #expect(journal.exchanges.last?.response?.status == 200)
        #expect(
            journal.notRun == [
                NotRun(scenario: "one", step: "a", reason: .stopped),
                NotRun(scenario: "one", step: "b", reason: .stopped),
                NotRun(scenario: "two", step: "c", reason: .stopped),
            ]
        )
    }

    @Test("an interrupt ends a poll, a retry and a pause at once", arguments: ["poll", "retry", "wait"])
    func interruptDuringWaiting(kind: String) async throws {
        let transport = ScriptedTransport { _, _ in ScriptedTransport.answer(kind == "retry" ? 503 : 202) }
        let waiting = try step("w") { step in
            switch kind {
            case "poll": step.options.poll = .init(limit: .seconds(3_600), interval: .seconds(600))
            case "retry": step.options.retry = .init(count: 1, interval: .seconds(600))
            default: step.call = .wait(.seconds(600))
            }
        }
        let started = Notes<Bool>()
        let plan = Plan(
            scenarios: [scenario("one", [try step("a"), waiting, try step("b")])], laws: [], fingerprint: "")
        let task = Task {
            try await Run.execute(
                plan: plan,
                settings: settings(),
                transport: transport,
                clock: RunClock(
                    now: { Instant.now },
                    uptime: { .zero },
                    sleep: { duration in
                        started.append(true)
                        try await Task.sleep(for: duration)
                    }
                ),
                judge: StatusJudge()
            )
        }
        while started.all.isEmpty { await Task.yield() }
        task.cancel()
        let journal = try await task.value
        #expect(transport.paths == (kind == "wait" ? ["/a"] : ["/a", "/w"]))
        #expect(journal.notRun.map(\.step) == ["w", "b"])
        #expect(journal.notRun.allSatisfy { $0.reason == .stopped })
    }

    @Test("a run that is cancelled before it begins sends nothing")
    func cancelledBefore() async throws {
        let transport = ScriptedTransport()
        let scenarios = [scenario("one", [try step("a"), try step("t") { $0.options.isTeardown = true }])]
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await execute(scenarios, transport: transport)
        }
        task.cancel()
        let journal = try await task.value
        #expect(transport.paths == [])
        #expect(journal.notRun.map(\.reason) == [.stopped, .stopped])
    }

    @Test("teardown rows run after failures and missing values, and their failures do not count for the scenario")
    func teardown() async throws {
        let passed = Notes<Bool>()
        let transport = ScriptedTransport { request, _ in ScriptedTransport.answer(request.path == "/t" ? 500 : 200) }
        let steps = [
            try step("a"), try step("t") { $0.options.isTeardown = true },
            try step("t2", set: ["x={{a.id}}"]) { $0.options.isTeardown = true },
        ]
        let journal = try await execute(
            [scenario("one", steps)], transport: transport,
            progress: { event in
                if case .scenarioFinished(_, let hasPassed) = event { passed.append(hasPassed) }
            })
        #expect(transport.paths == ["/a", "/t"])
        #expect(journal.notRun == [NotRun(scenario: "one", step: "t2", reason: .missingValue(step: "a", path: "id"))])
        #expect(passed.all == [true])
    }
}
