import Diagnostics
import Exchanges
import Primitives
import Scenarios
import TestKit
import Testing

@testable import Conformance

/// Verdicts on quiet scenarios are kept as figures and made again when they are read.
@Suite("Verdicts on scenarios")
struct ScenarioVerdictsTests {
    /// Scenarios of 1 to 4 steps, with cases, a note and a pause.
    private static func plan() throws -> Plan {
        let rows = """
            a,fetch,fetchParcel,id=P-1,200,,
            b,fetch,fetchParcel,id=P-1,200,the parcel,
            ,pause,wait 1s,,,,
            ,again,fetchParcel,id=P-1,200|404,,
            ,list,listDepots,,200,,
            c,drop,dropParcel,id=P-1,204,,skip

            """
        return try Bench(tables: [("t.csv", "scenario,step,call,set,expect,note,opts\n" + rows)]).plan
    }

    private static func exchange(
        _ scenario: Scenario, _ step: Step, _ random: inout SplitMix, sequence: Int
    ) -> Exchange {
        Exchange(
            sequence: sequence, scenario: scenario.id, step: step.name, attempt: 1 + random.number(below: 3),
            hop: random.number(below: 2), isConcurrent: random.once(in: 2),
            operation: random.once(in: 3) ? nil : "fetchParcel", contract: step.contract,
            request: RequestMessage(method: random.pick(["GET", "POST"]), url: ""),
            outcome: .response(ResponseMessage(status: random.pick([200, 404, 999]))),
            startedAt: Instant(
                microsecondsSinceEpoch: random.pick([0, -5, .max, .min, 1_767_225_600_000_000 + 1_234])),
            duration: .nanoseconds(random.pick([0, 1, -7, 1_234_567, 3_600_000_000_000, Int64.max])))
    }

    private static func quiet(_ scenario: Scenario, seed: Int) -> ScenarioVerdict {
        var random = SplitMix(seed: seed)
        let steps = scenario.steps.map { step in
            let isSkipped = random.once(in: 4)
            let exchanges = (0..<(isSkipped ? 0 : random.number(below: 4))).map { _ in
                exchange(scenario, step, &random, sequence: random.pick([1, 2, 130, .max, .min]))
            }
            return StepVerdict(
                step, reason: isSkipped ? .skipped(random.pick(["off", "no secret"])) : nil, exchanges: exchanges,
                findings: [])
        }
        return ScenarioVerdict(scenario, steps: steps)
    }

    @Test("the exchanges of a run are those of its steps, in order", arguments: 0..<20)
    func exchanges(seed: Int) throws {
        let plan = try Self.plan()
        var verdicts = ScenarioVerdicts(of: plan)
        #expect(JudgedExchanges(scenarios: verdicts.judged).isEmpty)
        var expected: [Exchange] = []
        for (place, scenario) in plan.scenarios.enumerated() {
            let verdict = Self.quiet(scenario, seed: seed * 10 + place)
            _ = verdicts.insert(verdict, at: place)
            for step in verdict.steps { expected += step.exchanges }
        }
        let exchanges = JudgedExchanges(scenarios: verdicts)
        #expect(Array(exchanges).map(\.sequence) == expected.map(\.sequence))
        #expect(exchanges.count == expected.count)
        #expect(exchanges.first?.sequence == expected.first?.sequence)
        #expect(exchanges.isEmpty == expected.isEmpty)
    }

    @Test("a quiet verdict is read as it was inserted", arguments: 0..<50)
    func quiet(seed: Int) throws {
        let plan = try Self.plan()
        var verdicts = ScenarioVerdicts(of: plan)
        let made = plan.scenarios.enumerated().map { Self.quiet($0.element, seed: seed * 10 + $0.offset) }
        // Scenarios end in any order.
        for place in plan.scenarios.indices.shuffled() {
            #expect(!verdicts.contains(place))
            let isQuiet = verdicts.insert(made[place], at: place)
            #expect(isQuiet)
            #expect(verdicts.contains(place) && verdicts.isQuiet(place))
        }
        #expect(verdicts.map(\.text) == made.map(\.text))
        #expect(Array(verdicts.others).isEmpty)
        #expect(verdicts.quietTotals == Self.totals(made))
    }

    private static func totals(_ verdicts: [ScenarioVerdict]) -> QuietTotals {
        var totals = QuietTotals()
        for verdict in verdicts { totals += QuietTotals(verdict) }
        return totals
    }

    @Test("the totals have the outcomes of the scenarios")
    func totals() throws {
        for seed in 0..<50 {
            let made = try Self.plan().scenarios.enumerated().map { Self.quiet($0.element, seed: seed + $0.offset) }
            let totals = Self.totals(made)
            #expect(totals.passed == made.count { $0.outcome == .passed }, "seed \(seed)")
            #expect(totals.skipped == made.count { $0.outcome == .skipped }, "seed \(seed)")
            #expect(totals.skippedSteps == made.flatMap(\.steps).count { $0.outcome == .skipped }, "seed \(seed)")
        }
    }

    /// Changes after which a verdict has something that the figures do not have.
    private static let changes: [(String, @Sendable (inout StepVerdict) -> Void)] = [
        (
            "a finding",
            { step in
                step.findings = [Finding(.flaky, "odd", blame: .server, operation: nil, contract: "v1", exchange: 1)]
            }
        ),
        ("an interrupt", { $0.reason = .stopped }),
        ("a step that was not judged", { $0.reason = .unjudged("ill") }),
        ("a failure", { $0.exchanges[0].outcome = .failure(TransportFailure(.reset, "closed")) }),
        ("the URL of a request", { $0.exchanges[0].request.url = "https://example.com" }),
        ("the body of a request", { $0.exchanges[0].request.body = [] }),
        ("a delivery", { $0.exchanges[0].request.isReceived = true }),
        (
            "a header of a response",
            {
                $0.exchanges[0].outcome = .response(
                    ResponseMessage(status: 200, headers: [.init(name: "a", value: "b")]))
            }
        ),
        ("the body of a response", { $0.exchanges[0].outcome = .response(ResponseMessage(status: 200, body: [1])) }),
        (
            "a defect of a response",
            { $0.exchanges[0].outcome = .response(ResponseMessage(status: 200, defects: [.init(.surplus, "2 bytes")])) }
        ),
        ("a duration between nanoseconds", { $0.exchanges[0].duration = Duration(attoseconds: 1_500_000_000) }),
        ("another step", { $0.exchanges[0].step = "other" }),
        ("another scenario", { $0.exchanges[0].scenario = "other" }),
    ]

    @Test("a verdict is not quiet with", arguments: changes.indices)
    func others(index: Int) throws {
        let (name, change) = Self.changes[index]
        let plan = try Self.plan()
        var random = SplitMix(seed: index)
        let scenario = plan.scenarios[0]
        let exchange = Self.exchange(scenario, scenario.steps[0], &random, sequence: 1)
        let step = StepVerdict(scenario.steps[0], reason: nil, exchanges: [exchange], findings: [])
        var verdict = ScenarioVerdict(scenario, steps: [step])
        var verdicts = ScenarioVerdicts(of: plan)
        let isQuiet = verdicts.insert(verdict, at: 0)
        #expect(isQuiet)
        change(&verdict.steps[0])
        verdicts = ScenarioVerdicts(of: plan)
        let isStillQuiet = verdicts.insert(verdict, at: 0)
        #expect(!isStillQuiet, "\(name)")
        #expect(verdicts.others.map(\.index) == [0])
        #expect(verdicts[0].text == verdict.text)
        #expect(verdicts.quietTotals == QuietTotals())
    }

    @Test("a verdict that is changed is no longer quiet, and the others stay as they are")
    func changed() throws {
        let plan = try Self.plan()
        var verdicts = ScenarioVerdicts(of: plan)
        let made = plan.scenarios.enumerated().map { Self.quiet($0.element, seed: $0.offset) }
        for place in made.indices { _ = verdicts.insert(made[place], at: place) }
        let finding = Finding(.flaky, "odd", blame: .server, operation: nil, contract: "v1", exchange: 1)
        verdicts[1].steps[0].findings.append(finding)
        #expect(verdicts.indices.map(verdicts.isQuiet) == [true, false, true])
        #expect(verdicts[1].steps[0].findings == [finding])
        #expect(verdicts.quietTotals == Self.totals([made[0], made[2]]))
        #expect([verdicts[0], verdicts[2]].map(\.text) == [made[0], made[2]].map(\.text))
        var seen: [[Finding]] = []
        verdicts.changeFindings { found in
            seen.append(found)
            return []
        }
        #expect(seen == [[finding]] && verdicts[1].steps[0].findings.isEmpty)
    }

    @Test("scenarios that were not judged are left out")
    func judged() throws {
        let plan = try Self.plan()
        var verdicts = ScenarioVerdicts(of: plan)
        let last = Self.quiet(plan.scenarios[2], seed: 1)
        _ = verdicts.insert(last, at: 2)
        #expect(verdicts.judged.map(\.text) == [last.text])
        #expect(ScenarioVerdicts(of: plan).judged.isEmpty)
    }

    @Test("a run with many scenarios keeps about ten bytes for each exchange, and reads all of them")
    func many() throws {
        let rows = (0..<3_000).map { "s\($0),fetch,fetchParcel,id=P-1,200\n,again,fetchParcel,id=P-1,200" }
        let plan = try Bench(
            tables: [("t.csv", (["scenario,step,call,set,expect"] + rows).joined(separator: "\n") + "\n")]).plan
        var quiet = QuietScenarios(plan)
        var made: [(address: Int, text: String)] = []
        for (place, scenario) in plan.scenarios.enumerated() {
            let steps = scenario.steps.enumerated().map { index, step in
                let sequence = place * 2 + index * 16
                let exchange = Exchange(
                    sequence: sequence, scenario: scenario.id, step: step.name, operation: "fetchParcel",
                    contract: "v1", request: RequestMessage(method: "GET", url: ""),
                    outcome: .response(ResponseMessage(status: 200)),
                    startedAt: Bench.header.startedAt.advanced(by: .microseconds(700 * sequence)),
                    duration: .nanoseconds(1_400_000 + place))
                return StepVerdict(step, reason: nil, exchanges: [exchange], findings: [])
            }
            let verdict = ScenarioVerdict(scenario, steps: steps)
            let address = quiet.insert(verdict, at: place)
            made.append((try #require(address), verdict.text))
        }
        #expect(made.allSatisfy { quiet.verdict(at: $0.address).text == $0.text })
        #expect(quiet.totals.exchanges == 6_000)
        #expect(quiet.size < 6_000 * 14, "\(quiet.size)")
    }
}

extension ScenarioVerdict {
    /// Everything that the verdict has.
    fileprivate var text: String { "\(name) \(file):\(line) \(steps)" }
}
