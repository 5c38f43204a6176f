import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Finds the parts of two documents that have the same text and refer to nothing that changed, so that most of two
/// similar contracts is never compared.
final class Sameness {
    /// Components that are the same, including everything they refer to, by their reference `#/components/…`.
    private var same: Set<JSONNameKey> = []
    /// Whether texts can be compared at all: both documents must have the same dialect.
    private let isUsable: Bool
    private let old: JSONNode
    private let new: JSONNode

    init(_ old: Contract, _ new: Contract) {
        self.old = old.written.node
        self.new = new.written.node
        let dialects = [self.old, self.new].map { $0["jsonSchemaDialect"]?.string ?? "" }
        isUsable =
            old.written.isOpenAPI30 == new.written.isOpenAPI30 && dialects[0].isSame(as: dialects[1])
            && old.files.count == 1 && new.files.count == 1
        if isUsable { compareComponents() }
    }

    /// Whether two schemas are the same, including everything they refer to; `false` if unknown.
    func isSame(_ left: SchemaView, _ right: SchemaView) -> Bool {
        isSame(left.node, right.node)
    }

    /// Whether two values are the same, including everything they refer to.
    func isSame(_ left: JSONNode, _ right: JSONNode) -> Bool {
        guard isUsable, left.tapeIndex > 0 || right.tapeIndex > 0 else { return false }
        return Self.areEqual(left, right) && references(of: left).allSatisfy { same.contains($0) }
    }

    private static func areEqual(_ left: JSONNode, _ right: JSONNode) -> Bool {
        left.withTape { one, first in right.withTape { other, second in JSONTape.equal(one, first, other, second) } }
    }

    private func compareComponents() {
        guard let ours = old["components"], let theirs = new["components"] else { return }
        var referrers: [JSONNameKey: [JSONNameKey]] = [:]
        var pending: [JSONNameKey] = []
        for kind in ours.members {
            guard let others = theirs[kind.name] else { continue }
            for member in kind.value.members {
                guard let other = others[member.name] else { continue }
                let key = Self.key(kind.name, member.name)
                guard Self.areEqual(member.value, other) else {
                    pending.append(key)
                    continue
                }
                same.insert(key)
                for reference in references(of: member.value) { referrers[reference, default: []].append(key) }
            }
        }
        // A component that refers to a changed one is changed as well.
        pending += referrers.keys.filter { !same.contains($0) }
        while let key = pending.popLast() {
            for referrer in referrers[key] ?? [] where same.remove(referrer) != nil { pending.append(referrer) }
        }
    }

    private static func key(_ kind: String, _ name: String) -> JSONNameKey {
        JSONNameKey("#" + JSONPointer(["components", kind, name]).description)
    }

    /// Every reference inside a value. Dynamic references are never the same, because their target depends on the path.
    private func references(of node: JSONNode) -> [JSONNameKey] {
        var found: [JSONNameKey] = []
        node.withTape { tape, start in
            var index = start + 1
            let end = tape.end(of: start)
            // Names and values are distinguished by the preceding characters: a text `$ref` as a value has no effect.
            while index + 1 < end {
                if tape.kind(at: index) == .string, tape.kind(at: index + 1) == .string,
                    let first = tape.bytes(at: index).first, first == UInt8(ascii: "$"),
                    tape.bytes(at: index).elementsEqual("$ref".utf8)
                        || tape.bytes(at: index).elementsEqual("$dynamicRef".utf8)
                {
                    let isDynamic = tape.bytes(at: index).count > 4
                    found.append(JSONNameKey((isDynamic ? "dynamic:" : "") + tape.string(at: index + 1)))
                }
                index += 1
            }
        }
        return found
    }
}
