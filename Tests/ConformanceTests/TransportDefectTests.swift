import Conformance
import Diagnostics
import Exchanges
import Scenarios
import Testing

/// Defects in how a response was sent.
struct TransportDefectTests {
    private static func bench() throws -> Bench {
        try Bench(
            tables: [
                (
                    "t.csv",
                    "scenario,step,call,set,expect\ns,fetch,fetchParcel,id=P-1,200\n,again,fetchParcel,id=P-1,200\n"
                )
            ])
    }

    private static func answer(_ kinds: [TransportDefect.Kind]) -> ExchangeOutcome {
        guard case .response(var response) = ExchangeOutcome.answer(200, Parcels.parcel) else { return .answer(200) }
        response.defects = kinds.map { TransportDefect($0, "what is wrong") }
        return .response(response)
    }

    @Test(
        "each is a finding of its step, with its own rule and severity",
        arguments: [
            (.surplus, .error), (.headerOctets, .error), (.headerText, .warning),
        ] as [(TransportDefect.Kind, Severity)])
    func finding(kind: TransportDefect.Kind, severity: Severity) throws {
        let verdict = try Self.bench().verdict(["fetch": [Self.answer([kind])], "again": [Self.answer([])]])
        let finding = try #require(verdict.allFindings.first)
        #expect(verdict.allFindings.count == 1)
        #expect(finding.rule == "transport.\(kind.rawValue)")
        #expect(finding.severity == severity)
        #expect(finding.step == "fetch")
        #expect(finding.blame == .transport)
        #expect(verdict.fails() == (severity == .error))
    }

    @Test(
        "a defect that is noticed after the scenario was judged is a finding of its step too",
        arguments: [true, false])
    func late(isHandedOver: Bool) throws {
        let bench = try Self.bench()
        var journal = try bench.journal(["fetch": [Self.answer([])], "again": [Self.answer([])]])
        let name = ExchangeName(sequence: journal.exchanges[0].sequence, scenario: "s", step: "fetch")
        journal.late = [
            LateDefect(name, TransportDefect(.surplus, "what is wrong")),
            LateDefect(ExchangeName(sequence: 9, scenario: "s", step: "no step"), TransportDefect(.surplus, "x")),
            LateDefect(ExchangeName(sequence: 9, scenario: "none", step: "fetch"), TransportDefect(.surplus, "x")),
        ]
        let judge = Judge(plan: bench.plan, contracts: bench.contracts)
        let verdict: Verdict
        if isHandedOver {
            verdict = bench.verdictOnTheWay(journal)
        } else {
            verdict = judge.verdict(journal)
        }
        #expect(verdict.allFindings.map(\.rule) == ["transport.surplus"])
        #expect(verdict.scenarios.map(\.outcome) == [.failed])
        #expect(verdict.outcomes.count == 2)
        #expect(verdict.allFindings.map(\.exchange) == [name.sequence])
    }
}
