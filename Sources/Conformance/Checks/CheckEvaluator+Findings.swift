import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import Primitives
import Scenarios

/// The results of items as findings.
extension CheckEvaluator {
    /// A finding for every failed check of the row, and the first value of another step that was never received.
    ///
    /// All checks are evaluated.
    func findings() -> (findings: [Finding], unmet: NotRun.Reason?) {
        var findings: [Finding] = []
        var unmet: NotRun.Reason?
        for item in subject.step.expected.checks {
            switch result(of: item) {
            case .passed, .covered: break
            case .failed(let failure): findings.append(finding(item, failure, rule: .check))
            case .undecided(let failure): findings.append(undecided(item, failure, rule: .checkUndecided))
            case .missing(.missing(let step, let path)) where isOther(step):
                unmet = unmet ?? .missingValue(step: step, path: path)
            case .missing(let failure): findings.append(unevaluable(item, failure, rule: .checkValueMissing))
            }
        }
        return (findings, unmet)
    }

    /// Whether a value of `step` comes from another step. If so, this step is not to blame.
    private func isOther(_ step: String) -> Bool {
        ![subject.step.name, subject.step.referenceName].contains { $0.isSame(as: step) }
    }

    /// The finding of a failed check.
    func finding(_ item: Item, _ failure: CheckFailure, rule: Rule) -> Finding {
        subject.finding(
            rule,
            failure.message,
            at: failure.place,
            contract: contractLocation(item, failure),
            table: item.location,
            clause: item.text,
            expected: failure.expected,
            actual: failure.actual
        )
    }

    /// The location of the declaration of the failed value: for `$[*].city` the city of that element, not the list.
    private func contractLocation(_ item: Item, _ failure: CheckFailure) -> SourceLocation? {
        guard case .body(let pointer, _)? = failure.place else { return view(of: item.path)?.location }
        return view(at: pointer, request: false)?.location
    }

    /// The finding of a check that cannot be decided.
    func undecided(_ item: Item, _ failure: CheckFailure, rule: Rule) -> Finding {
        var finding = finding(item, failure, rule: rule)
        finding.message = "cannot decide the check `\(item.text)`: \(failure.message)"
        return finding
    }

    /// The finding of a check that refers to a value that does not exist.
    func unevaluable(_ item: Item, _ failure: ValueFailure, rule: Rule) -> Finding {
        subject.finding(
            rule,
            "cannot evaluate the check `\(item.text)`: \(failure.sentence)",
            blame: .table,
            table: item.location,
            clause: item.text
        )
    }
}

extension JSONValue {
    /// The value as compact JSON, cut to a readable length.
    var shown: String {
        let text = self.text
        let start = text.unicodeScalars.prefix(200)
        guard start.endIndex != text.unicodeScalars.endIndex else { return text }
        return String(String.UnicodeScalarView(start.dropLast())) + "…"
    }
}

extension ValueFailure {
    /// The failure in words.
    var sentence: String {
        switch self {
        case .missing(let step, let path): "step '\(step)' has no value at `\(path)`"
        case .environment(let name): "the environment variable '\(name)' is not set"
        case .secret(let name): "unknown secret '\(name)'"
        case .invalid(let message): message
        }
    }
}
