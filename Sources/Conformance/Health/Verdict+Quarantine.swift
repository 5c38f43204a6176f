import Diagnostics
import Exchanges
package import Scenarios

extension Verdict {
    /// The verdict with failures of quarantined rows as notes, and with findings about entries that are expired or no
    /// longer necessary.
    ///
    /// A quarantined row that fails is *skipped* with the reason of its entry, and so are the rows that depend on it.
    ///
    /// - Parameter day: The day to judge by, `2026-01-31`.
    package func quarantining(_ entries: [QuarantineEntry], on day: String) -> Verdict {
        var verdict = self
        for entry in entries {
            let places = verdict.scenarios.indices.filter { index in
                let scenario = verdict.scenarios[index]
                return entry.concerns(scenario: scenario.name, in: scenario.file)
            }
            let steps = places.flatMap { index in
                verdict.scenarios[index].steps.filter { entry.concerns(step: $0.name) }
            }
            // A run of a part of the tables says nothing about other rows.
            guard !steps.isEmpty else { continue }
            guard day <= entry.until else {
                verdict.findings.append(entry.expired)
                continue
            }
            for index in places where !verdict.scenarios.isQuiet(index) { verdict.scenarios[index].quarantine(entry) }
            if steps.allSatisfy({ $0.outcome == .passed && $0.findings.allSatisfy { $0.severity < .error } }) {
                verdict.findings.append(entry.passed)
            }
        }
        return verdict
    }
}

extension ScenarioVerdict {
    /// Makes the failures of the steps that an entry names notes.
    fileprivate mutating func quarantine(_ entry: QuarantineEntry) {
        let why = "quarantined until \(entry.until): \(entry.reason)"
        var hasFailed = false
        for index in steps.indices where entry.concerns(step: steps[index].name) && steps[index].state == .failed {
            hasFailed = true
            steps[index].reason = .skipped(why)
            steps[index].findings = steps[index].findings.map { finding in
                guard finding.severity == .error else { return finding }
                var finding = finding
                finding.severity = .note
                finding.accepted = Acceptance(reason: entry.reason, until: entry.until)
                finding.details.append(why)
                return finding
            }
        }
        guard hasFailed else { return }
        for index in steps.indices where steps[index].outcome == .notRun && steps[index].reason?.isOfEarlierStep == true
        {
            steps[index].reason = .skipped(why)
        }
    }
}

extension NotRun.Reason {
    /// Whether an earlier step of the scenario is the reason.
    fileprivate var isOfEarlierStep: Bool {
        switch self {
        case .missingValue, .setupFailed: true
        case .sessionFailed, .stopped, .skipped, .unbuildable, .unjudged: false
        }
    }
}

extension QuarantineEntry {
    fileprivate var expired: Finding {
        finding(.quarantineExpired, "ended on \(until), so failures count again: \(reason)")
    }

    fileprivate var passed: Finding {
        finding(.quarantinePassed, "can be removed: its steps pass")
    }

    private func finding(_ rule: Rule, _ what: String) -> Finding {
        Finding(rule, "the quarantine of '\(shown(row))' \(what)", blame: .table, table: location, clause: row)
    }
}
