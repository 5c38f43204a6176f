import Conformance
import Diagnostics
import Exchanges
import Scenarios
import Testing

/// Rows that may fail for a time.
@Suite("Quarantine")
struct QuarantineTests {
    private static let table = """
        scenario,step,call,set,expect
        parcel,fetch,fetchParcel,id=P-1,200
        ,label,readLabel,id={{fetch.id}},200
        depot,list,listDepots,,200

        """
    private static let place = SourceLocation(file: "assay.yaml", line: 3, column: 5)

    private static func entry(_ row: String, until: String = "2026-12-31") throws -> QuarantineEntry {
        try #require(QuarantineEntry(row: row, reason: "TICKET-1", until: until, at: place))
    }

    private func verdict(
        _ entries: [QuarantineEntry], on day: String = "2026-06-01", fetch: Int = 500
    ) throws -> Verdict {
        let bench = try Bench(tables: [("t.csv", Self.table)])
        let parcel = ExchangeOutcome.answer(fetch, fetch == 200 ? Parcels.parcel : #"{"message": "no"}"#)
        let label = ExchangeOutcome.answer(200, "a label", [("content-type", "text/plain")])
        return try bench.verdict([
            "fetch": [parcel], "label": [label], "list": [.answer(200, #"[{"city": "Riga"}]"#)],
        ])
        .quarantining(entries, on: day)
    }

    @Test(
        "an entry names a scenario or a step, with or without the table, the version and the case",
        arguments: [
            ("parcel", true), ("parcel/fetch", true), ("parcel › fetch", true), ("t.csv#parcel/fetch", true),
            ("t.csv#parcel", true), ("other.csv#parcel", false), ("parcel/label", false), ("depot", false),
            ("parce", false),
        ])
    func names(row: String, isMet: Bool) throws {
        let verdict = try verdict([Self.entry(row)])
        #expect(verdict.fails() != isMet)
        #expect(verdict.scenarios[0].steps[0].outcome == (isMet ? .skipped : .failed))
    }

    @Test("versions and cases belong to the name without them")
    func cases() throws {
        let entry = try Self.entry("pay/send")
        #expect(entry.concerns(scenario: "pay@2023-08-01[2]", in: "t.csv") && entry.concerns(step: "send[3]"))
        #expect(!entry.concerns(scenario: "payout", in: "t.csv") && !entry.concerns(step: "sender"))
        let exact = try Self.entry("pay@2023-08-01")
        #expect(
            exact.concerns(scenario: "pay@2023-08-01", in: "t.csv") && !exact.concerns(scenario: "pay", in: "t.csv"))
    }

    @Test("a failure of a quarantined row is a note, and its row and the rows that need it are skipped with the reason")
    func failing() throws {
        let verdict = try verdict([Self.entry("parcel/fetch")])
        let steps = verdict.scenarios[0].steps
        #expect(steps.map(\.outcome) == [.skipped, .skipped])
        #expect(steps.allSatisfy { $0.reason == .skipped("quarantined until 2026-12-31: TICKET-1") })
        #expect(steps[0].findings.map(\.severity).allSatisfy { $0 == .note })
        #expect(steps[0].findings.first?.accepted == Acceptance(reason: "TICKET-1", until: "2026-12-31"))
        #expect(verdict.findings.isEmpty)
    }

    @Test("an entry whose row passes can be removed")
    func passing() throws {
        let verdict = try verdict([Self.entry("parcel"), Self.entry("depot/list")], fetch: 200)
        #expect(verdict.findings.map(\.rule) == ["quarantine.passed", "quarantine.passed"])
        #expect(verdict.findings.allSatisfy { $0.severity == .note && $0.table == Self.place })
        #expect(verdict.scenarios.map(\.outcome) == [.passed, .passed])
    }

    @Test("an entry whose row did not run is kept, and so is one of which a step did not pass")
    func notRun() throws {
        let bench = try Bench(tables: [("t.csv", Self.table)])
        for reason in [NotRun.Reason.skipped("not here"), .stopped] {
            var journal = try bench.journal(["fetch": [.answer(200, Parcels.parcel)]])
            journal.notRun = journal.notRun.map { NotRun(scenario: $0.scenario, step: $0.step, reason: reason) }
            let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
            #expect(verdict.scenarios[1].steps[0].outcome == (reason == .stopped ? .notRun : .skipped))
            let judged = verdict.quarantining(
                [try Self.entry("depot"), try Self.entry("parcel"), try Self.entry("parcel/fetch")], on: "2026-06-01")
            #expect(judged.findings.map(\.clause) == ["parcel/fetch"])
        }
    }

    @Test(
        "rows that did not run because of a quarantined one are skipped, whatever kept them from running",
        arguments: [
            (NotRun.Reason.setupFailed(step: "fetch"), Outcome.skipped),
            (.missingValue(step: "fetch", path: "id"), .skipped),
            (.stopped, .notRun), (.unbuildable("no"), .failed),
        ] as [(NotRun.Reason, Outcome)])
    func consequences(reason: NotRun.Reason, expected: Outcome) throws {
        let bench = try Bench(tables: [("t.csv", Self.table)])
        var journal = try bench.journal(["fetch": [.answer(500, #"{"message": "no"}"#)]])
        journal.notRun = journal.notRun.map { NotRun(scenario: $0.scenario, step: $0.step, reason: reason) }
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
            .quarantining([try Self.entry("parcel/fetch")], on: "2026-06-01")
        #expect(verdict.scenarios[0].steps.map(\.outcome) == [.skipped, expected])
    }

    @Test(
        "an expired entry is a finding, and its row fails again",
        arguments: [("2026-12-31", false), ("2027-01-01", true)])
    func expiry(day: String, isExpired: Bool) throws {
        let verdict = try verdict([Self.entry("parcel/fetch")], on: day)
        #expect(verdict.findings.map(\.rule) == (isExpired ? ["quarantine.expired"] : []))
        #expect(verdict.fails() == isExpired)
        #expect(verdict.scenarios[0].steps[0].outcome == (isExpired ? .failed : .skipped))
    }

    @Test("an entry about a row that was not selected says nothing")
    func unselected() throws {
        let verdict = try verdict([Self.entry("elsewhere", until: "2020-01-01")], fetch: 200)
        #expect(verdict.findings.isEmpty)
    }

    @Test("a text without a name is not an entry", arguments: ["", "/", "a/", "#a", "t.csv#", "/fetch"])
    func notRows(row: String) {
        #expect(QuarantineEntry(row: row, reason: "r", until: "2026-12-31", at: Self.place) == nil)
    }
}
