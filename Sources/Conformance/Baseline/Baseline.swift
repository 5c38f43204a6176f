package import Diagnostics
import JSONDocument
import Primitives

/// Findings that are accepted for a time: by rule and place, each with a reason.
package struct Baseline: Sendable, Equatable {
    /// The entries, in the order of the file.
    package var entries: [Entry]

    /// One accepted finding.
    package struct Entry: Sendable, Equatable {
        /// The rule of the finding.
        package var rule: String
        /// The finding's fingerprint; `nil` accepts every finding of the rule at the places named below.
        package var fingerprint: String?
        /// The operation; `nil` for any.
        package var operation: String?
        /// Where in the response, as reports write it: `/amount`, `header.x-id`, `status`; `nil` for anywhere.
        package var at: String?
        /// Why it is accepted.
        package var reason: String
        /// The last day on which it is, `2026-12-31`.
        package var until: String
        /// A row that had the finding, `scenarios/orders.csv:7 (lifecycle › create)`; only for readers.
        package var example: String?
        /// The day on which it was found for the first time.
        package var firstSeen: String?
        /// The day on which it was found for the last time.
        package var lastSeen: String?
        /// Where the entry is.
        package var location: SourceLocation

        /// An entry.
        package init(
            rule: String, fingerprint: String? = nil, operation: String? = nil, at: String? = nil, reason: String,
            until: String, location: SourceLocation
        ) {
            self.rule = rule
            self.fingerprint = fingerprint
            self.operation = operation
            self.at = at
            self.reason = reason
            self.until = until
            self.location = location
        }

        /// Whether the entry accepts a finding, on any day.
        package func accepts(_ finding: Finding) -> Bool {
            func fits(_ own: String?, _ other: String) -> Bool { own?.isSame(as: other) ?? true }
            return finding.severity > .note && fits(rule, finding.rule) && fits(fingerprint, finding.fingerprint)
                && fits(operation, finding.operation ?? "") && fits(at, finding.response?.reported ?? "")
        }
    }

    /// A baseline of `entries`.
    package init(entries: [Entry] = []) {
        self.entries = entries
    }
}

/// Why a finding is accepted, and for how long.
package struct Acceptance: Sendable, Equatable {
    /// Why.
    package var reason: String
    /// The last day, `2026-12-31`.
    package var until: String

    /// Accepted for `reason` until `until`.
    package init(reason: String, until: String) {
        self.reason = reason
        self.until = until
    }
}

extension Verdict {
    /// The verdict with accepted findings as notes, and with findings about stale and expired entries.
    ///
    /// - Parameters:
    ///   - day: The day to judge by, `2026-01-31`.
    ///   - isWhole: Whether the run covers everything, so that an entry without a finding is stale.
    package func accepting(_ baseline: Baseline, on day: String, isWhole: Bool) -> Verdict {
        var verdict = self
        var used: Set<Int> = []
        var expired: Set<Int> = []
        func accepted(_ finding: Finding) -> Finding {
            let fitting = baseline.entries.indices.filter { baseline.entries[$0].accepts(finding) }
            used.formUnion(fitting)
            var finding = finding
            guard let index = fitting.first(where: { day <= baseline.entries[$0].until }) else {
                expired.formUnion(fitting)
                return finding
            }
            let entry = baseline.entries[index]
            finding.accepted = Acceptance(reason: entry.reason, until: entry.until)
            finding.severity = .note
            finding.details.append("accepted until \(entry.until): \(entry.reason)")
            return finding
        }
        verdict.scenarios.changeFindings { $0.map(accepted) }
        verdict.findings = verdict.findings.map(accepted)
        for (index, entry) in baseline.entries.enumerated() {
            if expired.contains(index) {
                verdict.findings.append(
                    Self.finding(
                        .baselineExpired, entry, "accepted until \(entry.until), but still found: \(entry.reason)"
                    ))
            } else if isWhole, !used.contains(index) {
                verdict.findings.append(
                    Self.finding(.baselineStale, entry, "no longer found; remove the entry"))
            }
        }
        return verdict
    }

    private static func finding(_ rule: Rule, _ entry: Baseline.Entry, _ what: String) -> Finding {
        let place = [entry.operation, entry.at].compactMap { $0 }.joined(separator: " ")
        return Finding(
            rule, "baseline entry for `\(entry.rule)`\(place.isEmpty ? "" : " at \(place)"): \(what)", blame: .table,
            table: entry.location, clause: "\(entry.rule) \(entry.fingerprint ?? place)")
    }
}

extension ResponsePlace {
    /// The place as the JSON report and baselines write it.
    package var reported: String {
        switch self {
        case .status: "status"
        case .header(let name): "header.\(name)"
        case .body(let pointer, _): pointer.description
        }
    }
}
