import JSONDocument
import JSONSchema
import Primitives
import Scenarios
import Versions

extension JSONPointer {
    /// Whether the pointer leads to a concrete place; `*` in it matches every element and undeclared member.
    func covers(_ place: ArraySlice<String>) -> Bool {
        tokens.count == place.count
            && zip(tokens, place).allSatisfy { $0 == "*" || $0.isSame(as: $1) }
    }

    /// Whether ``covers(_:)`` is true of a prefix of the place.
    func coversBeginning(of place: [String]) -> Bool {
        tokens.count <= place.count && covers(place.prefix(tokens.count))
    }

    /// The places in a value that the pointer leads to, at most a thousand.
    ///
    /// - Parameter view: The schema of the value: `*` does not match the members that it declares.
    func places(in value: JSONValue, _ view: SchemaView?) -> [[String]] {
        var found: [(value: JSONValue, view: SchemaView?, path: [String])] = [(value, view, [])]
        for token in tokens {
            var next: [(value: JSONValue, view: SchemaView?, path: [String])] = []
            for entry in found.prefix(1_000) {
                switch entry.value {
                case .object(let object) where token == "*":
                    for member in object.members where entry.view?.property(member.name) == nil {
                        next.append((member.value, entry.view?.additional, entry.path + [member.name]))
                    }
                case .object(let object):
                    guard let member = object[token] else { continue }
                    next.append((member, entry.view?.property(token), entry.path + [token]))
                case .array(let elements):
                    for (index, element) in elements.enumerated().prefix(1_000)
                    where token == "*" || String(index).isSame(as: token) {
                        next.append((element, entry.view?.item(index), entry.path + [String(index)]))
                    }
                default: continue
                }
            }
            found = next
        }
        return found.prefix(1_000).map(\.path)
    }
}

extension ItemPath {
    /// The relation of a path into a body to the place of a change.
    enum Relation {
        /// It leads to the place, or into the value there.
        case uses
        /// It leads to a value that contains the place.
        case contains
        case none
    }

    /// - Parameter view: The schema of the body: `*` does not match the members that it declares.
    func relation(to pointer: JSONPointer, in view: SchemaView?) -> Relation {
        var current = view
        for (segment, token) in zip(segments, pointer.tokens) {
            switch segment {
            case .name(let name):
                if token == "*" {
                    guard current?.property(name) == nil else { return .none }
                    current = current?.additional
                } else {
                    guard name.isSame(as: token) else { return .none }
                    current = current?.property(name)
                }
            case .index(let index):
                guard token == "*" || String(index).isSame(as: token) else { return .none }
                current = current?.item(index)
            case .every, .some:
                guard token == "*" || Int(token) != nil else { return .none }
                current = current?.items
            }
        }
        return segments.count >= pointer.tokens.count ? .uses : .contains
    }
}

extension Change {
    /// A clause about the place that describes the change: "which was removed", "whose type changed".
    var clause: String {
        if rule.id.hasSuffix("nullable-added") { return "which may be null now" }
        if rule.id.hasSuffix("nullable-removed") { return "which is never null now" }
        if rule.id.hasSuffix(".format-changed") || rule.id.hasSuffix(".format-added") { return "whose format changed" }
        switch rule.kind {
        case .existence:
            if isRemoval { return "which was removed" }
            return rule.id.contains("required-added") ? "which was added as required" : "which was added"
        case .requiredness:
            return rule.id.contains("became-required") ? "which became required" : "which became optional"
        case .type: return "whose type changed"
        case .values:
            if rule.id.hasSuffix("enum-value-added"), let to = revision.text { return "whose values include \(to) now" }
            if rule.id.hasSuffix("enum-value-removed"), let from = base.text {
                return "whose values no longer include \(from)"
            }
            return "whose list of values changed"
        case .bounds: return "whose bounds changed"
        case .structure: return "whose structure changed"
        case .serialization: return "which is written in another form"
        case .lifecycle: return "whose lifecycle changed"
        case .access: return "which is read-only or write-only in another way"
        case .annotation: return rule.id.contains("default") ? "whose default changed" : "whose description changed"
        case .identity: return "whose name changed"
        case .security: return "whose security changed"
        }
    }

    /// Whether the change removes the place itself.
    var isRemoval: Bool { rule.kind == .existence && rule.id.contains("removed") }

    /// Whether the change affects the values at its place.
    var mayBreak: Bool { rule.kind != .annotation && rule.kind != .lifecycle && rule.kind != .identity }

    /// Whether the change can make a message of the old contract invalid under the new one.
    var mayReject: Bool { mayBreak && (rule.effect != .widened || rule.kind == .existence) }

    /// Whether the change can make a message valid that is invalid under the old contract.
    var mayAccept: Bool { mayBreak && (rule.effect != .narrowed || rule.kind == .existence) }
}
