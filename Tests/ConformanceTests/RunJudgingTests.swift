import Conformance
import Exchanges
import Scenarios
import Testing

/// Judging a run while it is made. That the verdict is the one on its journal, every test of this target sees.
struct RunJudgingTests {
    private static let parcel = ExchangeOutcome.answer(200, Parcels.parcel)

    private static func bench(scenarios: Int) throws -> Bench {
        let rows = (0..<scenarios).map { "s\($0),fetch,fetchParcel,id=P-1,200,state=packed" }
        return try Bench(
            tables: [("t.csv", (["scenario,step,call,set,expect,check"] + rows).joined(separator: "\n") + "\n")])
    }

    @Test("of a scenario that is over nothing is kept that no report shows")
    func lettingGo() throws {
        let bench = try Self.bench(scenarios: 2)
        let judging = RunJudging(Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header)
        let journal = try bench.journal(["fetch": [Self.parcel]])
        weak var seen: ExchangeView?
        for (index, scenario) in bench.plan.scenarios.enumerated() {
            var exchange = journal.exchanges[index]
            if index == 1 { exchange.outcome = .answer(200, Parcels.parcel.replacing("packed", with: "sent")) }
            let view = ExchangeView.parsing(exchange, of: scenario.steps[0])
            seen = view
            #expect(judging.state(of: scenario.steps[0], in: scenario, [view]) == (index == 0 ? .held : .notYet))
            judging.end(scenario, [view], notRun: [])
        }
        #expect(seen == nil)
        let exchanges = judging.verdict(Journal(header: Bench.header)).exchanges
        #expect(exchanges.map(\.response?.status) == [200, 200])
        #expect(exchanges.allSatisfy { $0.response?.body == [] && $0.response?.headers == [] })
        // What has a finding can be sent again by hand.
        #expect(exchanges.map(\.request.url) == ["", journal.exchanges[1].request.url])
    }

    @Test("whoever asks for whole messages keeps them")
    func keeping() throws {
        let bench = try Self.bench(scenarios: 1)
        let judging = RunJudging(
            Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header, keepsMessages: true)
        let journal = try bench.journal(["fetch": [Self.parcel]])
        judging.end("s0", journal.exchanges, notRun: [])
        #expect(judging.verdict(Journal(header: Bench.header)).exchanges == journal.exchanges)
    }

    @Test("a scenario that was not handed over is judged by the journal")
    func rest() throws {
        let bench = try Self.bench(scenarios: 2)
        let judging = RunJudging(Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header)
        var journal = try bench.journal(["fetch": [Self.parcel]])
        judging.end("s1", [journal.exchanges[1]], notRun: [])
        journal.exchanges = [journal.exchanges[0]]
        let verdict = judging.verdict(journal)
        #expect(verdict.outcomes == ["fetch passed", "fetch passed"])
        #expect(verdict.exchanges.map(\.sequence) == [1, 2])
    }

    @Test("coverage counts every answer of a long run, refusals too")
    func longRun() throws {
        let rows = (0..<700).map {
            $0 % 2 == 0 ? "s\($0),fetch,fetchParcel,id=P-1,200," : "s\($0),refused,fetchParcel,id=P-1,401,none"
        }
        let bench = try Bench(
            tables: [("t.csv", (["scenario,step,call,set,expect,auth"] + rows).joined(separator: "\n") + "\n")])
        let coverage = try bench.verdict(["fetch": [Self.parcel], "refused": [.answer(401)]]).coverage
        let fetch = try #require(coverage.operations.first { $0.operation == "fetchParcel" })
        #expect(fetch.responses.first { $0.status == "200" }?.count == 350)
        #expect(fetch.negative.first { $0.name == "no credentials" }?.count == 350)
    }
}
