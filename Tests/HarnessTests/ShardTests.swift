import Diagnostics
import Foundation
import Harness
import Scenarios
import TestKit
import Testing

@Suite(.inTurn) struct ShardTests {
    static let place = SourceLocation(file: "t.csv", line: 2, column: 1)

    private static func scenario(_ id: String, steps: Int = 1, lock: String? = nil) -> Scenario {
        Scenario(
            id: id, name: id, file: "t.csv", line: 2,
            steps: (0..<steps).map {
                Step(
                    name: "s\($0)", location: place, call: .undeclared(method: "GET", path: "/"), contract: "v1",
                    expected: StepExpectation(StatusExpectation([.exact(200)], text: "200", location: place)))
            }, options: ScenarioOptions(lock: lock))
    }

    private static func plan(_ scenarios: [Scenario]) -> Plan { Plan(scenarios: scenarios, laws: [], fingerprint: "f") }

    @Test(
        "the variables of the continuous integration service select the part",
        arguments: [
            (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "5"], "auto", 2, 5),
            (["CIRCLE_NODE_INDEX": "0", "CIRCLE_NODE_TOTAL": "3"], "auto", 1, 3),
            (["STRATEGY_JOB_INDEX": "3", "STRATEGY_JOB_TOTAL": "4"], "auto", 4, 4),
            (["JOB_COMPLETION_INDEX": "1"], "auto/7", 2, 7),
            ([:], "2/3", 2, 3),
        ] as [([String: String], String, Int, Int)])
    func automatic(environment: [String: String], text: String, index: Int, count: Int) throws {
        let shard = try Shard(text, environment: environment)
        #expect(shard.index == index)
        #expect(shard.count == count)
    }

    @Test("the page names the variables that are read, and no others")
    func page() throws {
        let page = try Repository.text("docs/running.md")
        let section = try #require(page.components(separatedBy: "## Several machines\n").last)
            .components(separatedBy: "\n## ")[0]
        // Names of variables in backticks; the example uses one of them after `$`.
        let named = Set(section.matches(of: /`([A-Z]+_[A-Z_]+)`/).map { String($0.1) })
        #expect(named == Set(Shard.variables))
    }

    @Test(
        "a text that does not name a part is rejected with the reason",
        arguments: [
            ("0/3", [:], "shard 0 of 3 does not exist: choose 1 to 3"), ("4/3", [:], "shard 4 of 3 does not exist"),
            ("two", [:], "'two' is not a valid shard"), ("1/", [:], "'1/' is not a valid shard"),
            ("1/2/3", [:], "'1/2/3' is not a valid shard"),
            ("-1/3", [:], "'-1/3' is not a valid shard"), ("auto", [:], "no CI engine says which shard"),
            ("auto", ["JOB_COMPLETION_INDEX": "1"], "JOB_COMPLETIONS is not; write --shard auto/N"),
            ("auto", ["CI_NODE_INDEX": "x", "CI_NODE_TOTAL": "5"], "CI_NODE_INDEX is not a number: 'x'"),
        ] as [(String, [String: String], String)])
    func refused(text: String, environment: [String: String], says: String) {
        let problem = #expect(throws: Shard.Problem.self) { try Shard(text, environment: environment) }
        #expect(problem?.message.contains(says) == true, "\(problem?.message ?? "")")
    }

    @Test("every scenario is in exactly one part, in the order of the plan", arguments: [1, 2, 3, 7, 30])
    func partition(count: Int) throws {
        let plan = Self.plan((0..<20).map { Self.scenario("s\($0)", steps: 1 + $0 * 7 % 5) })
        var found: [String] = []
        for index in 1...count {
            let part = try Shard("\(index)/\(count)", environment: [:]).part(of: plan)
            let ids = part.scenarios.map(\.id)
            #expect(ids == plan.scenarios.map(\.id).filter(ids.contains))
            #expect(part.isPartial == (ids.count < 20))
            found += ids
        }
        #expect(found.sorted() == plan.scenarios.map(\.id).sorted())
    }

    @Test("known durations make the parts even, and unknown ones count by their steps")
    func durations() throws {
        let plan = Self.plan([
            Self.scenario("slow"), Self.scenario("a"), Self.scenario("b"), Self.scenario("c"),
            Self.scenario("unknown", steps: 2),
        ])
        let durations: [String: Duration] = [
            "slow": .seconds(9), "a": .seconds(1), "b": .seconds(1), "c": .seconds(1),
        ]
        // Three seconds a step on average, so the unknown one counts six.
        #expect(try Shard("1/2", environment: [:]).part(of: plan, durations: durations).scenarios.map(\.id) == ["slow"])
        #expect(
            try Shard("2/2", environment: [:]).part(of: plan, durations: durations).scenarios.map(\.id)
                == ["a", "b", "c", "unknown"])
    }

    @Test("scenarios with the same lock stay together, because a lock works in one process only")
    func locks() throws {
        let plan = Self.plan((0..<8).map { Self.scenario("s\($0)", lock: $0 % 2 == 0 ? "till" : nil) })
        let holders = try (1...3).filter { index in
            try Shard("\(index)/3", environment: [:]).part(of: plan).scenarios.contains { $0.options.lock != nil }
        }
        #expect(holders.count == 1)
    }
}
