import Exchanges
import Foundation
import Running
import Scenarios
import Testing

@Suite("Resumed runs", .timeLimit(.minutes(20)))
struct ContinuedRunTests {
    let path = NSTemporaryDirectory() + "/run-" + UUID().uuidString

    /// Each scenario makes something under an id of its own and reads it.
    private func scenarios() throws -> [Scenario] {
        try (0..<6).map { index in
            scenario("s\(index)", [try step("make\(index)", set: ["x-id={{uuid:id}}"]), try step("read\(index)")])
        }
    }

    private func plan() throws -> Plan { Plan(scenarios: try scenarios(), laws: [], fingerprint: "f1") }

    @Test("after an interrupt, ended scenarios are kept and the others begin again with other ids")
    func interrupted() async throws {
        defer { try? FileManager.default.removeItem(atPath: path) }
        let plan = try plan()
        let first = ScriptedTransport { request, _ in
            if request.path == "/read3" {
                while !Task.isCancelled { await Task.yield() }
                return .failure(TransportFailure(.cancelled, "the run was interrupted"))
            }
            return ScriptedTransport.answer(200)
        }
        let writer = try JournalWriter(path: path, header: settings().journalHeader(for: plan), redactor: .none)
        let task = Task { try await execute(plan.scenarios, transport: first, journal: writer) }
        while !first.paths.contains("/read3") { await Task.yield() }
        task.cancel()
        let stopped = try await task.value
        writer.close()
        #expect(stopped.ended == ["s0", "s1", "s2"])

        var settings = settings()
        settings.seed = "another"
        let again = try JournalWriter.resuming(path: path, redactor: .none).writer
        let earlier = try JournalReader.read(path: path)
        #expect(earlier.ended == stopped.ended)
        try again.resumed(JournalOrigin(seed: settings.seed, startedAt: settings.startedAt))
        let second = ScriptedTransport()
        let journal = try await Run.execute(
            plan: plan, settings: settings, transport: second, journal: again, continuing: earlier,
            clock: TestClock().clock, judge: StatusJudge())
        again.close()
        #expect(second.paths == ["/make3", "/read3", "/make4", "/read4", "/make5", "/read5"])
        #expect(journal.exchanges.map(\.request.path) == first.paths.dropLast(2) + second.paths)
        #expect(journal.notRun.isEmpty)
        #expect(journal.header(for: "s0").seed == "seed")
        #expect(journal.header(for: "s3").seed == "another")
        let ids = (first.requests + second.requests).flatMap { $0.header("x-id") }
        #expect(Set(ids).count == 7, "the scenario that began again must not use its first id")
        let sequences = journal.exchanges.map(\.sequence)
        #expect(Set(sequences).count == sequences.count)
        #expect(
            try JournalReader.read(path: path).exchanges.map(\.request.path) == journal.exchanges.map(\.request.path))
    }

    @Test("a failed scenario has ended; one that was stopped has not")
    func ends() async throws {
        var settings = settings()
        settings.failFast = true
        let transport = ScriptedTransport { request, _ in
            ScriptedTransport.answer(request.path == "/read1" ? 500 : 200)
        }
        let journal = try await execute(try scenarios(), settings: settings, transport: transport)
        #expect(journal.ended == ["s0", "s1"])
    }
}
