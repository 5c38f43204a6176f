import Diagnostics
import JSONDocument
import Versions

/// Changes that are one edit of the documents, met in several operations.
struct ChangeGroup {
    /// The first of them.
    var first: Change
    /// All of them.
    var changes: [Change] = []
    /// The operations that it touches, in order, each once.
    var operations: [String] = []
    /// The places in them, each once.
    var places: [String] = []

    private struct Key: Hashable {
        var rule: String
        var message: String
        var base: SourceLocation?
        var revision: SourceLocation?
        var severity: Severity
        var pointer: String
    }

    /// Groups changes, in the order of the first of each.
    static func groups(of changes: [Change]) -> [ChangeGroup] {
        var groups: [ChangeGroup] = []
        var known: [Key: Int] = [:]
        for change in changes {
            let key = Key(
                rule: change.rule.id, message: change.message, base: change.base, revision: change.revision,
                severity: change.severity, pointer: change.pointer.description)
            let index: Int
            if let place = known[key] {
                index = place
            } else {
                index = groups.count
                known[key] = index
                groups.append(ChangeGroup(first: change))
            }
            groups[index].changes.append(change)
            if let operation = name(change), !groups[index].operations.contains(operation) {
                groups[index].operations.append(operation)
            }
            if !groups[index].places.contains(change.placeText) { groups[index].places.append(change.placeText) }
        }
        return groups
    }

    private static func name(_ change: Change) -> String? {
        guard let subject = change.subject else { return nil }
        let key = "\(subject.method) \(subject.path)"
        let call = subject.outgoing.map { "'\($0)' \(key)" } ?? key
        return subject.name == key ? call : "\(call) (\(subject.name))"
    }

    /// The operations in one line; of many only the first.
    func operationText(_ limit: Int = 4) -> String {
        let shown = operations.prefix(limit).joined(separator: ", ")
        return operations.count > limit ? "\(shown) and \(operations.count - limit) more" : shown
    }

    /// How severe changes are called.
    static func word(_ severity: Severity) -> String {
        severity == .note ? "note" : severity.rawValue
    }
}

/// The figures of a comparison: `3 errors, 1 warning, 12 notes`.
func changeCounts(_ changes: [Change]) -> String {
    guard !changes.isEmpty else { return "no changes" }
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
        let count = changes.count { $0.severity == severity }
        return count > 0 ? "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")" : nil
    }
    return "\(changes.count) change\(changes.count == 1 ? "" : "s"): \(counts.joined(separator: ", "))"
}
