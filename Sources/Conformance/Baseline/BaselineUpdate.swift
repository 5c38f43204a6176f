import Diagnostics
import Exchanges

/// A baseline updated with a verdict: entries whose finding no longer occurs are dropped, new findings are added.
package struct BaselineUpdate: Sendable {
    /// Entries of the old baseline, by their place in it, that accept a finding of this verdict.
    package private(set) var seen: [Int] = []
    /// Entries that this verdict did not observe.
    package private(set) var unobserved: [Int] = []
    /// Entries whose operation was exercised without the finding.
    package private(set) var dropped: [Int] = []
    /// Entries for findings that no entry accepted, by operation and place.
    package private(set) var added: [Baseline.Entry] = []

    /// Compares `baseline` with `verdict`.
    ///
    /// - Parameters:
    ///   - day: The day of the run, `2026-01-31`.
    ///   - until: The last day on which new entries accept.
    ///   - isWhole: Whether the run was complete and of everything; otherwise nothing is dropped.
    package init(
        _ baseline: Baseline, _ verdict: Verdict, on day: String, until: String, reason: String, isWhole: Bool
    ) {
        let findings = verdict.allFindings.filter {
            $0.severity > .note && !$0.rule.utf8.starts(with: "baseline.".utf8)
        }
        let observed = isWhole ? verdict.observedOperations : []
        for (index, entry) in baseline.entries.enumerated() {
            if findings.contains(where: entry.accepts) {
                seen.append(index)
            } else if isWhole, entry.operation.map(observed.contains) ?? verdict.isComplete {
                dropped.append(index)
            } else {
                unobserved.append(index)
            }
        }
        let places = verdict.rowPlaces
        var known: Set<String> = []
        added =
            findings
            .filter { finding in
                !baseline.entries.contains { $0.accepts(finding) } && known.insert(finding.fingerprint).inserted
            }
            .map { finding in
                var entry = Baseline.Entry(
                    rule: finding.rule, fingerprint: finding.fingerprint, operation: finding.operation,
                    at: finding.response?.reported, reason: reason, until: until,
                    location: SourceLocation(file: "", line: 1, column: 1))
                entry.example = places[[finding.scenario, finding.step]] ?? finding.table?.rowText
                entry.firstSeen = day
                entry.lastSeen = day
                return entry
            }
            .sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }

    /// The entries of the old baseline that the new one keeps.
    package var kept: [Int] { (seen + unobserved).sorted() }
}

extension Baseline.Entry {
    fileprivate var order: [String] { [operation ?? "", at ?? "", rule, fingerprint ?? ""] }
}

extension SourceLocation {
    fileprivate var rowText: String { "\(file):\(line)" }
}

extension Verdict {
    /// Whether every step passed or failed.
    fileprivate var isComplete: Bool {
        scenarios.flatMap(\.steps).allSatisfy { $0.outcome == .passed || $0.outcome == .failed }
    }

    /// The operations that responded, and of which no step was left out.
    fileprivate var observedOperations: Set<String> {
        var answered: Set<String> = []
        var leftOut: Set<String> = []
        for step in scenarios.flatMap(\.steps) {
            if step.outcome == .skipped || step.outcome == .notRun { leftOut.insert(step.call) }
            if step.exchanges.contains(where: { $0.response != nil }) { answered.insert(step.call) }
        }
        return answered.subtracting(leftOut)
    }

    /// The row of each step, for readers.
    fileprivate var rowPlaces: [[String]: String] {
        var places: [[String]: String] = [:]
        for scenario in scenarios {
            for step in scenario.steps {
                places[[scenario.name, step.name]] = "\(step.location.rowText) (\(scenario.name) › \(step.name))"
            }
        }
        return places
    }
}
