import Conformance
import Diagnostics
import Exchanges
import Testing

/// Journals keep secrets and redacted values as tokens.
@Suite struct MaskedValueTests {
    @Test("a finding about a token is a note instead")
    func tokens() throws {
        let table = """
            scenario,step,call,set,expect,check
            get,fetch,fetchParcel,id=P-1,200,state=packed
            """
        let bench = try Bench(tables: [("t.csv", table)])
        let token = "‹redacted 0123456789abcdef›"
        let masked = ExchangeOutcome.answer(200, Parcels.parcel.replacing("packed", with: token))
        let verdict = try bench.verdict(["fetch": [masked]])
        #expect(verdict.errors == [])
        #expect(verdict.allFindings.contains { $0.rule == "unjudged.masked" && $0.severity == .note })
        let other = ExchangeOutcome.answer(200, Parcels.parcel.replacing("packed", with: "‹other›"))
        #expect(try !bench.verdict(["fetch": [other]]).errors.isEmpty)
    }

    @Test("an unsafe request without a response has an unknown outcome")
    func unknownOutcome() throws {
        let bench = try Bench(tables: [("t.csv", "scenario,step,call,set\nget,fetch,fetchParcel,id=P-1\n")])
        var journal = try bench.journal(["fetch": [.answer(200, Parcels.parcel)]])
        let sent = try #require(journal.exchanges.first)
        for (place, method) in ["GET", "POST", "DELETE", "HEAD"].enumerated() {
            journal.unanswered.append(
                PendingExchange(
                    sequence: 10 + place, scenario: sent.scenario, step: sent.step, operation: sent.operation,
                    contract: sent.contract, request: RequestMessage(method: method, url: sent.request.url),
                    startedAt: sent.startedAt))
        }
        let found = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal).findings
            .filter { $0.rule == "journal.unknown-outcome" }
        #expect(found.map(\.severity) == [.warning, .warning])
        #expect(found.map(\.exchange) == [11, 12])
    }
}
