import Diagnostics
import Scenarios

/// Laws: invariants over all exchanges to which their conditions apply.
enum LawRules {
    /// The findings of one law for one exchange; `nil` when its conditions do not apply.
    static func findings(_ law: Law, _ evaluator: CheckEvaluator) -> [Finding]? {
        for condition in law.when {
            switch evaluator.result(of: condition) {
            case .passed: break
            case .undecided(let failure):
                return named([evaluator.undecided(condition, failure, rule: .lawUndecided)], law)
            case .failed, .missing, .covered: return nil
            }
        }
        var findings: [Finding] = []
        for item in law.checks {
            switch evaluator.result(of: item) {
            case .passed, .covered: break
            case .failed(let failure): findings.append(evaluator.finding(item, failure, rule: .law))
            case .undecided(let failure): findings.append(evaluator.undecided(item, failure, rule: .lawUndecided))
            case .missing(let failure):
                findings.append(evaluator.unevaluable(item, failure, rule: .lawUndecided))
            }
        }
        return named(findings, law)
    }

    private static func named(_ findings: [Finding], _ law: Law) -> [Finding] {
        findings.map { finding in
            var finding = finding
            finding.message = "law '\(law.name)': \(finding.message)"
            finding.clause = "\(law.name): \(finding.clause ?? "")"
            if !law.note.isEmpty { finding.details.append(law.note) }
            return finding
        }
    }

    /// The warning about a law whose conditions applied to no exchange of the run.
    static func neverApplied(_ law: Law) -> Finding {
        Finding(
            .lawNeverApplied,
            "the law '\(law.name)' applied to no exchange",
            blame: .table,
            table: law.location,
            clause: law.name
        )
    }
}
