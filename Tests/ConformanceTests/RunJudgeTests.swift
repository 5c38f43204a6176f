import Conformance
import Exchanges
import Scenarios
import TestKit
import Testing

/// Judging a run while it sends. Every test of this target compares the verdict with that on the journal.
struct RunJudgeTests {
    private static let parcel = ExchangeOutcome.answer(200, Parcels.parcel)

    private static func bench(scenarios: Int) throws -> Bench {
        let rows = (0..<scenarios).map { "s\($0),fetch,fetchParcel,id=P-1,200,state=packed" }
        return try Bench(
            tables: [("t.csv", (["scenario,step,call,set,expect,check"] + rows).joined(separator: "\n") + "\n")])
    }

    @Test("after the end of a scenario only what reports show is kept")
    func release() throws {
        let bench = try Self.bench(scenarios: 2)
        let judge = RunJudge(Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header)
        let journal = try bench.journal(["fetch": [Self.parcel]])
        weak var seen: ExchangeView?
        for (index, scenario) in bench.plan.scenarios.enumerated() {
            var exchange = journal.exchanges[index]
            // The page shows small exchanges of steps that pass; this one is too long for it.
            let long = HeaderField(name: "x-long", value: String(repeating: "x", count: 16 << 10))
            if index == 0 { exchange.request.headers.append(long) }
            if index == 1 { exchange.outcome = .answer(200, Parcels.parcel.replacing("packed", with: "sent")) }
            let view = ExchangeView.parsing(exchange, of: scenario.steps[0])
            seen = view
            #expect(judge.take(scenario, scenario.steps[0], [view]) == (index == 0 ? .passed : .failed))
            judge.finish(scenario, notRun: [])
        }
        #expect(seen == nil)
        let exchanges = Array(judge.verdict(Journal(header: Bench.header)).exchanges)
        #expect(exchanges.map(\.response?.status) == [200, 200])
        #expect(exchanges[0].response?.body == [] && exchanges[0].response?.headers == [])
        // The report of a failure shows its response.
        #expect(exchanges[1].response?.body == Array(Parcels.parcel.replacing("packed", with: "sent").utf8))
        // A request with a finding can be sent again by hand.
        #expect(exchanges.map(\.request.url) == ["", journal.exchanges[1].request.url])
    }

    @Test("small exchanges of steps without findings are kept, up to a total size")
    func small() throws {
        let count = 300
        let bench = try Self.bench(scenarios: count)
        let judge = RunJudge(Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header)
        var journal = try bench.journal(["fetch": [Self.parcel]])
        let padding = HeaderField(name: "x-padding", value: String(repeating: "x", count: 15 << 10))
        for index in journal.exchanges.indices { journal.exchanges[index].request.headers.append(padding) }
        for (scenario, exchange) in zip(bench.plan.scenarios, journal.exchanges) {
            judge.take(scenario, scenario.steps[0], [ExchangeView.parsing(exchange, of: scenario.steps[0])])
            judge.finish(scenario, notRun: [])
        }
        let exchanges = judge.verdict(Journal(header: Bench.header)).exchanges
        let kept = exchanges.prefix { !$0.request.url.isEmpty }.count
        #expect(Array(exchanges.prefix(kept)) == Array(journal.exchanges.prefix(kept)))
        #expect((100..<140).contains(kept) && exchanges.dropFirst(kept).allSatisfy { $0.request.url.isEmpty })
    }

    @Test("`keepsMessages` keeps whole messages")
    func keepsMessages() throws {
        let bench = try Self.bench(scenarios: 1)
        let judge = RunJudge(
            Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header, keepsMessages: true)
        let journal = try bench.journal(["fetch": [Self.parcel]])
        for (scenario, step, views) in bench.stepsInOrder(journal).joined() { judge.take(scenario, step, views) }
        judge.finish(bench.plan.scenarios[0], notRun: [])
        #expect(Array(judge.verdict(Journal(header: Bench.header)).exchanges) == journal.exchanges)
    }

    @Test("a scenario that did not end in this run is judged by the journal")
    func rest() throws {
        let bench = try Self.bench(scenarios: 2)
        let judge = RunJudge(Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header)
        var journal = try bench.journal(["fetch": [Self.parcel]])
        let (scenario, step, views) = bench.stepsInOrder(journal)[1][0]
        judge.take(scenario, step, views)
        judge.finish(scenario, notRun: [])
        journal.exchanges = [journal.exchanges[0]]
        let verdict = judge.verdict(journal)
        #expect(verdict.outcomes == ["fetch passed", "fetch passed"])
        #expect(verdict.exchanges.map(\.sequence) == [1, 2])
    }

    @Test("coverage counts every response of a long run, rejections too")
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

    // MARK: Folding

    /// A scenario with attempts, references, a comparison, a promise and an interrupted step; its responses have
    /// findings of all these kinds.
    private static func mixed() throws -> (bench: Bench, journal: Journal) {
        let rows = (0..<5).map { index in
            """
            s\(index),first,fetchParcel,id=P-1,200,id=P-1,,retry=2/1s
            ,second,fetchParcel,id={{first.id}},200,state=packed,first,
            ,third,fetchParcel,id={{second.id}},200,state=sent,,poll=9s/1s
            ,fourth,sendParcel,weight=2.5,201,state={{third.state}},,poll=9s/1s
            """
        }
        var bench = try Bench(tables: [
            ("t.csv", "scenario,step,call,set,expect,check,same_as,opts\n" + rows.joined(separator: "\n") + "\n")
        ])
        bench.policy.promises = Promises(echoes: [EchoPromise(request: "user-agent", response: "x-trace")])
        let sent = ExchangeOutcome.answer(200, Parcels.parcel.replacing("packed", with: "sent"))
        let broken = ExchangeOutcome.answer(200, Parcels.parcel.replacing(#""P-1""#, with: "1"))
        var journal = try bench.journal([
            "first": [.fault(.reset, "closed"), .answer(503), Self.parcel], "second": [broken],
            "third": [Self.parcel, Self.parcel, sent], "fourth": [.answer(201, Parcels.parcel, Parcels.headers)],
        ])
        for index in journal.exchanges.indices {
            journal.exchanges[index].request.headers.append(HeaderField(name: "user-agent", value: "assay"))
            // Scenarios differ in their responses to the first step.
            guard journal.exchanges[index].step == "first", journal.exchanges[index].scenario == "s3" else { continue }
            journal.exchanges[index].outcome = broken
        }
        journal.notRun.append(NotRun(scenario: "s4", step: "third", reason: .stopped))
        return (bench, journal)
    }

    @Test("judging step by step, in any interleaving of scenarios, gives the verdict on the journal", arguments: 0..<20)
    func anyInterleaving(seed: UInt64) throws {
        let (bench, journal) = try Self.mixed()
        let whole = Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal)
        #expect(Set(whole.allFindings.map(\.rule)).isSuperset(of: ["body.type", "check", "echo.missing"]))
        var open = bench.stepsInOrder(journal).filter { !$0.isEmpty }
        #expect(open.count == 5)
        var random = SplitMix(seed: seed)
        var steps: [Bench.Attempts] = []
        while !open.isEmpty {
            let index = Int.random(in: open.indices, using: &random)
            steps.append(open[index].removeFirst())
            if open[index].isEmpty { open.remove(at: index) }
        }
        let folded = bench.verdict(folding: steps, of: journal, peeks: seed % 2 == 0)
        #expect(folded.told == whole.told)
        #expect(folded.outcomes == whole.outcomes)
        #expect(folded.scenarios.flatMap(\.steps).map(\.reason) == whole.scenarios.flatMap(\.steps).map(\.reason))
        #expect(folded.coverage == whole.coverage)
    }

    @Test("peeking changes no verdict, however often and with whatever attempts")
    func peeking() throws {
        let (bench, journal) = try Self.mixed()
        let steps = bench.stepsInOrder(journal).flatMap { $0 }
        let once = bench.verdict(folding: steps, of: journal, peeks: false)
        let judge = RunJudge(
            Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy), run: journal.header)
        for (scenario, step, views) in steps {
            for other in steps where other.scenario.id == scenario.id {
                _ = judge.peek(other.scenario, other.step, other.views)
            }
            let isCutOff = journal.notRun.contains { $0.scenario == scenario.id && $0.step == step.name }
            judge.take(scenario, step, views, isCutOff: isCutOff)
        }
        for scenario in bench.plan.scenarios {
            judge.finish(scenario, notRun: journal.notRun.filter { $0.scenario == scenario.id })
        }
        #expect(judge.verdict(Journal(header: journal.header)).told == once.told)
        #expect(once.told.count > 5)
    }
}
