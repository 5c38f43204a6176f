import JSONDocument
import OpenAPI

/// Decides whether a change between two contracts announces a difference between two responses.
struct Announcement {
    /// The changes of one operation and of the contract as a whole, by their index in the comparison.
    private let changes: [(index: Int, change: Change)]

    init(_ changes: [(index: Int, change: Change)]) {
        self.changes = changes
    }

    /// The indexes of the changes that announce `difference` between the responses to `step`.
    ///
    /// A response that violates the new contract at the place was not announced by the change.
    func indexes(
        for difference: ResponseDifference, _ before: ObservedStep, _ after: ObservedStep
    ) -> [Int] {
        let isBroken = after.brokenPlaces.contains { Self.isSame($0.place, difference.place) }
        guard !isBroken, let old = before.response, let new = after.response else { return [] }
        return changes.filter { entry in
            difference.place == .status
                ? announcesStatus(entry.change, old.status, new.status, before, after)
                : announces(entry.change, difference, [old, new])
        }.map(\.index)
    }

    // MARK: Statuses

    private func announcesStatus(
        _ change: Change, _ old: Int, _ new: Int, _ before: ObservedStep, _ after: ObservedStep
    ) -> Bool {
        switch change.place {
        case .response(let status, _):
            guard change.rule.area == "status" else { return false }
            return change.rule.action == "added" ? Self.covers(status, new) : Self.covers(status, old)
        case .requestBody, .parameter:
            // This change made the request invalid or valid.
            return Set(before.wrongPlaces).symmetricDifference(after.wrongPlaces).contains { isAbout(change, $0) }
        case .operation, .contract:
            let isDenied = [old, new].contains { $0 == 401 || $0 == 403 }
            return change.rule.kind == .security && isDenied
        case .header: return false
        }
    }

    /// Whether a request that is invalid at `place` is invalid because of `change`.
    private func isAbout(_ change: Change, _ place: RequestIssue.Place) -> Bool {
        switch (change.place, place) {
        case (.requestBody, .mediaType): return change.rule.area == "media-type"
        case (.requestBody, .body(let pointer)):
            if Self.matches(change.pointer, pointer) { return true }
            // A missing member is reported at the object that should contain it.
            return change.rule.id.contains("required")
                && change.pointer.parent.map { Self.matches($0, pointer) } == true
        case (.parameter(let location, let name), _):
            guard let (kind, named) = Self.parameter(place) else { return false }
            return location == kind && isSameField(name, named, ignoresCase: kind == "header")
        default: return false
        }
    }

    private static func parameter(_ place: RequestIssue.Place) -> (kind: String, name: String)? {
        switch place {
        case .path(let name): ("path", name)
        case .query(let name): ("query", name)
        case .header(let name): ("header", name)
        case .cookie(let name): ("cookie", name)
        case .mediaType, .body, .partHeader, .method: nil
        }
    }

    private func isSameField(_ one: String, _ other: String, ignoresCase: Bool) -> Bool {
        ignoresCase ? one.lowercased() == other.lowercased() : one == other
    }

    // MARK: Places

    private func announces(
        _ change: Change, _ difference: ResponseDifference, _ responses: [ObservedResponse]
    ) -> Bool {
        func covers(_ key: String) -> Bool { responses.contains { $0.isCovered(by: key) } }
        switch (change.place, difference.place) {
        case (.header(let key, let name), .header(let other)):
            return covers(key) && isSameField(name, other, ignoresCase: true)
                && isOfKind(change, difference.kind)
        case (.response(let key, _), .mediaType):
            return covers(key) && change.rule.area == "media-type"
        case (.response(let key, _), .body(let pointer)), (.response(let key, _), .count(let pointer)):
            guard covers(key), change.rule.area != "status" else { return false }
            if change.rule.area == "media-type" { return change.rule.kind == .structure || pointer.tokens.isEmpty }
            if change.pointer.tokens.count == pointer.tokens.count {
                return Self.matches(change.pointer, pointer) && isOfKind(change, difference.kind)
            }
            // A change of a whole object or array also announces differences inside it.
            return change.pointer.tokens.count < pointer.tokens.count
                && Self.matches(change.pointer, JSONPointer(Array(pointer.tokens.prefix(change.pointer.tokens.count))))
                && [.existence, .type, .structure].contains(change.rule.kind)
        default: return false
        }
    }

    /// Whether a change of this kind can cause a difference of that kind.
    private func isOfKind(_ change: Change, _ kind: ResponseDifference.Kind) -> Bool {
        switch kind {
        case .appeared, .disappeared:
            [.existence, .requiredness, .structure, .access].contains(change.rule.kind)
                || change.rule.id.contains(".nullable-")
        case .typeChanged: [.type, .structure, .serialization].contains(change.rule.kind)
        case .valueChanged:
            [.type, .structure, .values, .bounds, .serialization].contains(change.rule.kind)
                || change.rule.id.contains("default")
        }
    }

    /// Whether a status key of a document (`200`, `2XX`, `default`) covers a status.
    static func covers(_ key: String, _ status: Int) -> Bool {
        if let number = Int(key) { return number == status }
        guard key.utf8.count == 3, let first = key.first.flatMap({ $0.wholeNumberValue }) else { return true }
        return status / 100 == first
    }

    /// Whether two pointers refer to the same place; `*` is any element or undeclared member.
    static func matches(_ one: JSONPointer, _ other: JSONPointer) -> Bool {
        one.tokens.count == other.tokens.count
            && zip(one.tokens, other.tokens).allSatisfy { left, right in
                left == right || left == "*" || (right == "*" && Int(left) != nil)
                    || (right == "*" && left == "*") || (left == "*" && Int(right) != nil)
            }
    }

    private static func isSame(_ one: ResponseDifference.Place, _ other: ResponseDifference.Place) -> Bool {
        switch (one, other) {
        case (.body(let left), .body(let right)): matches(left, right) || matches(right, left)
        default: one == other
        }
    }
}
