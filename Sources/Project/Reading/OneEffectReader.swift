import JSONDocument
import Scenarios
import SourceText

/// Reads `one-effect` of a resource: `true`, or a map with operations, statuses and lists.
enum OneEffectReader {
    static func promise(_ node: JSONNode, _ reader: inout DiagnosingReader) -> OneEffectPromise? {
        if node.kind != .object {
            return reader.boolean(node, "one-effect") == true ? OneEffectPromise() : nil
        }
        var promise = OneEffectPromise()
        for part in reader.members(of: node, "one-effect", known: ["on", "refused", "count"]) {
            switch part.name {
            case "on": promise.operations = reader.texts(part.value, "on").map(\.text)
            case "refused": promise.refusals = PromiseReader.statuses(part.value, "refused", &reader)
            default:
                promise.counts = reader.members(of: part.value, "count").compactMap { count($0, &reader) }
            }
        }
        return promise
    }

    /// `OPERATION: {call: OPERATION, items: PATH, where: MEMBER}`.
    private static func count(_ member: JSONMember, _ reader: inout DiagnosingReader) -> OneEffectPromise.Count? {
        let what = "count of \(quoted(member.name))"
        var call: String?
        var items: ItemPath?
        var place: String?
        for part in reader.members(of: member.value, what, known: ["call", "items", "where"]) {
            switch part.name {
            case "call": call = reader.text(part.value, "call")
            case "items": items = reader.paths(part.value, "items").first?.path
            default: place = reader.text(part.value, "where")
            }
        }
        guard member.value.kind == .object else { return nil }
        for name in ["call", "items"] where member.value[name] == nil {
            reader.report(
                "missing-key", "\(what) has no `\(name)`", at: member.namePosition,
                help: "write for example {call: listParcels, items: $}")
        }
        guard let call, let items else { return nil }
        return OneEffectPromise.Count(of: member.name, call: call, items: items, where: place)
    }
}
