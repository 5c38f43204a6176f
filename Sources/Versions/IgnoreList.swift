public import Diagnostics
import JSONDocument
import Primitives

/// Changes that are known and accepted for a time, by rule and place, each with a reason.
public struct IgnoreList: Sendable, Hashable {
    /// One accepted change.
    public struct Entry: Sendable, Hashable {
        /// The id of the rule.
        public var id: String
        /// The operation, by operationId or method and path; `nil` for any.
        public var operation: String?
        /// The place in the operation in the syntax of reports: `query.limit`, `body/customer/name`; `nil` for any.
        public var place: String?
        /// Why it is accepted.
        public var reason: String
        /// The last day on which it is accepted, `2026-12-31`.
        public var until: String
        /// The location of the entry.
        public var location: SourceLocation

        /// Creates an entry.
        public init(
            id: String, operation: String? = nil, place: String? = nil, reason: String, until: String,
            location: SourceLocation
        ) {
            self.id = id
            self.operation = operation
            self.place = place
            self.reason = reason
            self.until = until
            self.location = location
        }

        /// Whether a change matches the entry, on any day.
        public func accepts(_ change: Change) -> Bool {
            func isSame(_ own: String, _ other: String) -> Bool { own.isSame(as: other) }
            guard isSame(id, change.rule.id) else { return false }
            if let place, !isSame(place, change.placeText) { return false }
            guard let operation else { return true }
            guard let subject = change.subject else { return false }
            return isSame(operation, subject.name) || isSame(operation, "\(subject.method) \(subject.path)")
        }
    }

    /// The entries, in the order of the file.
    public var entries: [Entry]

    /// Creates a list of `entries`.
    public init(entries: [Entry] = []) {
        self.entries = entries
    }

    /// Returns the changes with accepted ones as notes; entries that match nothing or have expired are changes of their
    /// own.
    ///
    /// - Parameter day: The day of the comparison, `2026-01-31`.
    public func applied(to changes: [Change], on day: String, _ preset: RulePreset) -> [Change] {
        var used: Set<Int> = []
        var expired: Set<Int> = []
        var result = changes.map { change -> Change in
            let fitting = entries.indices.filter { entries[$0].accepts(change) }
            used.formUnion(fitting)
            guard let index = fitting.first(where: { day <= entries[$0].until }) else {
                expired.formUnion(fitting)
                return change
            }
            var change = change
            change.severity = .note
            change.accepted = Change.Acceptance(reason: entries[index].reason, until: entries[index].until)
            change.details.append("accepted until \(entries[index].until): \(entries[index].reason)")
            return change
        }
        for (index, entry) in entries.enumerated() {
            let what = "the entry for `\(entry.id)`\(entry.place.map { " at \($0)" } ?? "")"
            if expired.contains(index) {
                result += [
                    Self.change("ignore.expired", entry, "\(what) expired on \(entry.until): \(entry.reason)", preset)
                ]
                .compactMap { $0 }
            } else if !used.contains(index) {
                result += [Self.change("ignore.unmatched", entry, "\(what) matches no change", preset)].compactMap {
                    $0
                }
            }
        }
        return result
    }

    private static func change(_ id: String, _ entry: Entry, _ message: String, _ preset: RulePreset) -> Change? {
        ChangeRule.named(id).map { rule in
            Change(
                rule: rule, severity: rule.severity(under: preset), subject: nil, place: .contract(entry.id),
                pointer: .root, revision: Change.Side(location: entry.location), message: message)
        }
    }
}
