import Diagnostics
import Exchanges
import Testing

@testable import Conformance
@testable import Scenarios

/// The results of requirements.
@Suite("Requirements") struct RequirementTests {
    private static let location = SourceLocation(file: "refs.yaml", line: 3, column: 1)

    private static func requirement(
        _ id: String, _ level: Requirement.Level = .mandatory, _ versions: String? = nil
    ) throws -> Requirement {
        var requirement = Requirement(id: id)
        requirement.level = level
        requirement.versions = try versions.map { try VersionRange($0, among: ["v1", "v2"]) }
        requirement.location = location
        return requirement
    }

    /// The verdict on a scenario with a row for each pair of `ref` and status; the rows expect 200. A row without a status
    /// could not run.
    private static func verdict(
        _ rows: [(ref: String, status: Int?)], catalogue: [Requirement] = [], isPartial: Bool = false,
        isStrict: Bool = false, isSkipped: Bool = false
    ) throws -> Verdict {
        let lines = rows.enumerated().map { "\($0 == 0 ? "s" : ""),s\($0),listDepots,200,\($1.ref)" }
        var bench = try Bench(
            tables: [("t.csv", "scenario,step,call,expect,ref\n" + lines.joined(separator: "\n") + "\n")])
        bench.policy.requirements = catalogue
        bench.policy.isStrict = isStrict
        bench.plan.isPartial = isPartial
        var answers: [String: [ExchangeOutcome]] = [:]
        for (index, row) in rows.enumerated() {
            answers["s\(index)"] = row.status.map { [.answer($0, #"[{"city":"Rome"}]"#)] }
        }
        var journal = try bench.journal(answers)
        guard isSkipped else { return try bench.verdict(answers) }
        journal.notRun = journal.notRun.map { NotRun(scenario: $0.scenario, step: $0.step, reason: .skipped("no")) }
        return Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal)
    }

    private static func states(_ verdict: Verdict) -> [String] {
        verdict.requirements.map { "\($0.id) \($0.state.rawValue) \($0.rows.count)" }
    }

    @Test("a requirement is shown if its rows passed, and failed if one of them failed")
    func states() throws {
        let rows: [(String, Int?)] = [("A B", 200), ("B", 404), ("", 200), ("C", nil), ("A", 200), ("C D", nil)]
        let verdict = try Self.verdict(rows)
        #expect(Self.states(verdict) == ["A shown 2", "B failed 2", "C notExercised 2", "D notExercised 1"])
        #expect(verdict.requirements[1].rows.map(\.outcome) == [.passed, .failed])
        #expect(try Self.states(Self.verdict([("A", 200), ("A", nil)])) == ["A notExercised 2"])
        #expect(try Self.verdict([("", 200)]).requirements == [])
    }

    @Test("the catalogue comes first, with requirements that no row names")
    func catalogue() throws {
        let catalogue = [
            try Self.requirement("X"), try Self.requirement("B"), try Self.requirement("Y", .conditional),
            try Self.requirement("Z", .mandatory, "v2"), try Self.requirement("W", .mandatory, ">=v1"),
        ]
        let verdict = try Self.verdict([("A B", 200)], catalogue: catalogue)
        #expect(
            Self.states(verdict) == [
                "X notExercised 0", "B shown 1", "Y notExercised 0", "Z notApplicable 0", "W notExercised 0",
                "A shown 1",
            ])
        #expect(
            verdict.told == [
                "requirement.not-shown (warning) refs.yaml:3:1\n"
                    + "the mandatory requirement `X` was not shown: no row names it in `ref`",
                "requirement.not-shown (warning) refs.yaml:3:1\n"
                    + "the mandatory requirement `W` was not shown: no row names it in `ref`",
            ])
        #expect(!verdict.fails())
        let strict = try Self.verdict([("A B", 200)], catalogue: catalogue, isStrict: true)
        #expect(strict.errors == ["requirement.not-shown", "requirement.not-shown"])
    }

    @Test("a part of the scenarios proves nothing about requirements that it does not name")
    func partial() throws {
        let catalogue = [try Self.requirement("X"), try Self.requirement("A"), try Self.requirement("C")]
        let verdict = try Self.verdict([("A", 200), ("C", nil)], catalogue: catalogue, isPartial: true)
        #expect(Self.states(verdict) == ["X notSelected 0", "A shown 1", "C notExercised 1"])
        #expect(verdict.allFindings.filter { $0.rule.hasPrefix("requirement.") } == [])
    }

    @Test("a requirement whose rows were all skipped is not shown, in a part of the scenarios too")
    func skipped() throws {
        for isPartial in [false, true] {
            let verdict = try Self.verdict(
                [("A", nil), ("B", 200), ("B", nil)], catalogue: [try Self.requirement("A")], isPartial: isPartial,
                isSkipped: true)
            #expect(Self.states(verdict) == ["A notExercised 1", "B shown 2"])
        }
    }
}
