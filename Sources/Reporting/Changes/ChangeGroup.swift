import Diagnostics
import JSONDocument
import Versions

/// Changes that readers regard as one: an edit of a shared component that several operations use, or an edit for
/// several statuses or media types of an operation.
struct ChangeGroup {
    /// The changes, in order.
    private(set) var changes: [Change]
    /// The affected operations, in order, each once.
    private(set) var operations: [String] = []
    /// The affected places, each once.
    private(set) var places: [String] = []
    /// The statuses, each once.
    private(set) var statuses: [String] = []
    /// The media types, each once.
    private(set) var mediaTypes: [String] = []
    /// The locations of the changes, each pair once.
    private(set) var locations: [Locations] = []

    /// The location of one change in both contracts.
    struct Locations: Hashable {
        var base: SourceLocation?
        var revision: SourceLocation?
    }

    /// The properties that are equal in all changes of a group.
    private struct Key: Hashable {
        var rule: String
        var severity: Severity
        var message: String
        var pointer: JSONPointer
        var from: String?
        var to: String?
        var details: [String]

        init(_ change: Change) {
            rule = change.rule.id
            severity = change.severity
            message = ChangeGroup.message(change, statuses: "")
            pointer = change.pointer
            from = change.base.text
            to = change.revision.text
            details = change.details
        }
    }

    private struct LocatedKey: Hashable {
        var key: Key
        var locations: Locations
    }

    private struct OperationKey: Hashable {
        var key: Key
        var operations: [String]
    }

    private init(_ changes: [Change]) {
        self.changes = changes
        var seen: Set<String> = []
        func add(_ text: String?, _ kind: String, to list: inout [String]) {
            guard let text, seen.insert(kind + text).inserted else { return }
            list.append(text)
        }
        var seenLocations: Set<Locations> = []
        for change in changes {
            add(Self.name(change), "o", to: &operations)
            add(change.placeText, "p", to: &places)
            add(Self.status(change), "s", to: &statuses)
            add(Self.mediaType(change), "m", to: &mediaTypes)
            let own = Locations(base: change.base.location, revision: change.revision.location)
            if seenLocations.insert(own).inserted { locations.append(own) }
        }
    }

    /// Groups changes, in the order of the first of each.
    static func groups(of changes: [Change]) -> [ChangeGroup] {
        let keyed = changes.map { (Key($0), $0) }
        // Groups the uses of one edit, then the edits that differ only in status or media type.
        let edits = collected(keyed) { key, change in
            LocatedKey(key: key, locations: Locations(base: change.base.location, revision: change.revision.location))
        }.map { (key: $0.key.key, group: ChangeGroup($0.values)) }
        let merged = collected(edits.map { ($0.key, $0.group) }) { key, group in
            OperationKey(key: key, operations: group.operations)
        }
        return merged.map { part in
            part.values.count == 1 ? part.values[0] : ChangeGroup(part.values.flatMap(\.changes))
        }
    }

    private static func collected<Part: Hashable, Value>(
        _ values: [(Key, Value)], _ part: (Key, Value) -> Part
    ) -> [(key: Part, values: [Value])] {
        var result: [(key: Part, values: [Value])] = []
        var known: [Part: Int] = [:]
        for (key, value) in values {
            let part = part(key, value)
            if let index = known[part] {
                result[index].values.append(value)
            } else {
                known[part] = result.count
                result.append((part, [value]))
            }
        }
        return result
    }

    private static func name(_ change: Change) -> String? {
        guard let subject = change.subject else { return nil }
        let key = "\(subject.method) \(subject.path)"
        let call = subject.outgoing.map { "'\($0)' \(key)" } ?? key
        return subject.name == key ? call : "\(call) (\(subject.name))"
    }

    static func status(_ change: Change) -> String? {
        switch change.place {
        case .response(let status, _), .header(let status, _): status
        default: nil
        }
    }

    static func mediaType(_ change: Change) -> String? {
        switch change.place {
        case .response(_, let type), .requestBody(let type): type
        default: nil
        }
    }

    // MARK: Text

    /// The first change, which represents the group.
    var first: Change { changes[0] }

    /// The message of the group, with all of its statuses.
    var message: String {
        statuses.count > 1 ? Self.message(first, statuses: Self.list(statuses)) : first.message
    }

    /// The operations in one line; only the first ones of a long list.
    func operationText(_ limit: Int = 4) -> String { Self.list(operations, limit) }

    /// The places in one line; only the first ones of a long list.
    var placeText: String {
        let text = Self.list(places)
        return mediaTypes.count > 1 ? "\(text) (\(Self.list(mediaTypes)))" : text
    }

    /// Whether the places are more specific than the operation.
    var namesPlaces: Bool { first.subject != nil && places != ["operation"] }

    /// The old and the new value, unless the message contains both.
    var unsaidValues: (from: String, to: String)? {
        guard let from = first.base.text, let to = first.revision.text,
            !(message.contains(from) && message.contains(to))
        else {
            return nil
        }
        return (from, to)
    }

    /// ` and 3 more` where the changes are written in several places.
    var moreLocations: String { locations.count > 1 ? " and \(locations.count - 1) more" : "" }

    /// The message with `the response 200` as `the responses 200, 400`.
    private static func message(_ change: Change, statuses: String) -> String {
        guard let status = status(change), let range = change.message.firstRange(of: "response \(status)") else {
            return change.message
        }
        return change.message.replacingCharacters(in: range, with: "responses \(statuses)")
    }

    private static func list(_ texts: [String], _ limit: Int = 4) -> String {
        let shown = texts.prefix(limit).joined(separator: ", ")
        return texts.count > limit ? "\(shown) and \(texts.count - limit) more" : shown
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
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

/// The changes of one operation, of several operations, or of the contract as a whole.
struct ChangelogSection {
    var title: String
    var groups: [ChangeGroup]
    /// Whether each change names its operations.
    var isShared = false

    /// The sections in the order of the first change of each. Changes that operations share are listed once, at the
    /// start.
    static func sections(of changes: [Change]) -> [ChangelogSection] {
        var shared = ChangelogSection(title: "Several operations", groups: [], isShared: true)
        var sections: [ChangelogSection] = []
        var known: [String: Int] = [:]
        for group in ChangeGroup.groups(of: changes) {
            guard group.operations.count <= 1 else {
                shared.groups.append(group)
                continue
            }
            let title = title(group.first)
            if let index = known[title] {
                sections[index].groups.append(group)
            } else {
                known[title] = sections.count
                sections.append(ChangelogSection(title: title, groups: [group]))
            }
        }
        return shared.groups.isEmpty ? sections : [shared] + sections
    }

    private static func title(_ change: Change) -> String {
        guard let subject = change.subject else { return "The contract as a whole" }
        let key = "\(subject.method) \(subject.path)"
        return subject.outgoing.map { "'\($0)' \(key)" } ?? key
    }
}
