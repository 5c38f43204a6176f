import Exchanges
import Foundation
import Running
import Scenarios
import Testing

/// A transport that notices something once everything is over.
private struct LateTransport: Transport {
    let inner = ScriptedTransport()
    let names = Notes<ExchangeName>()

    func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await inner.send(request, deadline: deadline, meanwhile: meanwhile)
    }

    func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        names.append(pending.name)
        return await inner.send(pending.request, deadline: deadline, meanwhile: meanwhile)
    }

    func takeLateDefects() async -> [LateDefect] {
        names.all.filter { $0.step == "b" }.map { LateDefect($0, TransportDefect(.surplus, "3 bytes follow")) }
    }
}

@Suite("Late defects", .timeLimit(.minutes(20)))
struct LateDefectRunTests {
    @Test("late defects are in the journal that is returned and in the file, with the names of their exchanges")
    func journal() async throws {
        let path = NSTemporaryDirectory() + "/run-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        var settings = settings()
        settings.target.isMock = false
        let scenarios = [scenario("one", [try step("a"), try step("b")])]
        let plan = Plan(scenarios: scenarios, laws: [], fingerprint: "f1")
        let writer = try JournalWriter(path: path, header: settings.journalHeader(for: plan), redactor: .none)
        let journal = try await Run.execute(
            plan: plan, settings: settings, transport: LateTransport(), journal: writer, clock: TestClock().clock,
            judge: StatusJudge())
        writer.close()
        #expect(journal.late.map(\.exchange) == [ExchangeName(sequence: 2, scenario: "one", step: "b")])
        let read = try JournalReader.read(path: path)
        #expect(read.exchanges.map { $0.response?.defects.map(\.kind) } == [[], [.surplus]])
    }
}
