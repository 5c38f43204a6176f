import Diagnostics
import Exchanges
import Foundation
import Running
import Scenarios
import Testing

@Suite("Runs with a journal", .timeLimit(.minutes(20)))
struct JournalledRunTests {
    let path = NSTemporaryDirectory() + "/run-" + UUID().uuidString

    @Test("the file has the journal that the run returns, redacted, in the order of sending")
    func file() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        var settings = settings(jobs: 4)
        settings.values.secrets = ["KEY": "hush-hush"]
        let redactor = Redactor(secrets: [("KEY", "hush-hush")])
        let scenarios = try (0..<9).map { index in
            scenario(
                "s\(index)",
                [try step("a", set: ["x-key={{secret.KEY}}"]), try step("b", set: ["x={{a.no}}"])]
            )
        }
        let plan = Plan(scenarios: scenarios, laws: [], fingerprint: "f1")
        let writer = try JournalWriter(path: path, header: settings.journalHeader(for: plan), redactor: redactor)
        let returned = try await execute(
            scenarios,
            settings: settings,
            transport: ScriptedTransport { request, _ in
                ScriptedTransport.answer(200, "echo " + (request.header("x-key").first ?? ""))
            },
            journal: writer
        )
        writer.close()
        #expect(returned.exchanges.first?.request.header("x-key") == ["hush-hush"])
        #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("hush-hush"))
        let read = try JournalReader.read(path: path)
        #expect(read.exchanges.map(\.sequence) == Array(1...9))
        var expected = returned
        expected.exchanges = returned.exchanges.map { redactor.redact($0) }
        #expect(read.ordered(byScenarios: scenarios.map(\.id)) == expected)
    }

    @Test("a request is in the journal before it is sent")
    func writtenBeforehand() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = settings()
        let scenarios = [scenario("one", [try step("a")])]
        let plan = Plan(scenarios: scenarios, laws: [], fingerprint: "f1")
        let writer = try JournalWriter(path: path, header: settings.journalHeader(for: plan), redactor: .none)
        let seen = Notes<Int>()
        let path = path
        _ = try await execute(
            scenarios,
            settings: settings,
            transport: ScriptedTransport { _, _ in
                seen.append((try? JournalReader.read(path: path).unanswered.count) ?? -1)
                return ScriptedTransport.answer(200)
            },
            journal: writer
        )
        #expect(seen.all == [1])
        #expect(try JournalReader.read(path: path).unanswered == [])
    }

    @Test("a request that cannot be logged is not sent, and the journal so far is kept")
    func brokenJournal() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = settings()
        let scenarios = [
            scenario(
                "one",
                [
                    try step("a"), try step("w") { $0.call = .wait(.seconds(9)) }, try step("b"),
                    try step("t") { $0.options.isTeardown = true },
                ]
            ),
            scenario("two", [try step("c")]),
        ]
        let plan = Plan(scenarios: scenarios, laws: [], fingerprint: "f1")
        let writer = try JournalWriter(path: path, header: settings.journalHeader(for: plan), redactor: .none)
        let clock = TestClock()
        let transport = ScriptedTransport { request, _ in
            // A closed journal stands for a full disk.
            if request.path == "/a" { writer.close() }
            return ScriptedTransport.answer(200)
        }
        let error = await #expect(throws: RunError.self) {
            try await execute(scenarios, settings: settings, transport: transport, journal: writer, clock: clock)
        }
        #expect(error?.journal.diagnostic.rule == "journal.closed")
        #expect(error?.partial.exchanges.map(\.step) == ["a"])
        #expect(transport.paths == ["/a"])
        #expect(clock.sleeps == [])
    }

    @Test("progress events have the order of the run")
    func progress() async throws {
        let events = Notes<String>()
        let steps = [
            try step("a") { $0.options.retry = .init(count: 1, interval: .zero) },
            try step("b") { $0.options.isSkipped = true },
        ]
        _ = try await execute(
            [scenario("one", steps)],
            transport: ScriptedTransport { _, before in
                before == 0 ? ScriptedTransport.reset : ScriptedTransport.answer(500)
            },
            progress: { event in
                switch event {
                case .started(let scenarios, let steps): events.append("started \(scenarios) \(steps)")
                case .sent(let scenario, let step): events.append("sent \(scenario.id) \(step.name)")
                case .finished(_, let step, let state): events.append("finished \(step.name) \(state)")
                case .scenarioFinished(let scenario, let passed): events.append("over \(scenario.id) \(passed)")
                }
            })
        // A step is judged while the next rows have their turn, and before its scenario is over.
        let finished = "finished a failed"
        #expect(
            events.all.filter { $0 != finished } == [
                "started 1 2", "sent one a", "sent one a", "finished b \(StepState.notRun(.skipped("marked `skip`")))",
                "over one false",
            ]
        )
        #expect(try #require(events.all.firstIndex(of: finished)) > 2)
        #expect(events.all.last == "over one false")
    }
}
