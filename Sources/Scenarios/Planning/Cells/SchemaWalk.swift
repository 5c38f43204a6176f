import Diagnostics
import JSONDocument
import JSONSchema

/// The target of a path in a schema.
enum SchemaWalk {
    /// A schema that the contract declares.
    case declared(SchemaView)
    /// A part that the contract does not describe.
    case untyped
    /// A member that no schema declares, although others are declared next to it.
    case undeclared(name: String, candidates: [String], isClosed: Bool)
    /// A value without such parts.
    case impossible(String)

    init(_ view: SchemaView?, _ segments: some Sequence<ItemPath.Segment>) {
        var current = view
        for segment in segments {
            guard let view = current else {
                self = .untyped
                return
            }
            switch SchemaWalk.step(view, segment) {
            case .declared(let next): current = next
            case let end:
                self = end
                return
            }
        }
        self = current.map(SchemaWalk.declared) ?? .untyped
    }

    private static func step(_ view: SchemaView, _ segment: ItemPath.Segment) -> SchemaWalk {
        switch segment {
        case .name(let name):
            if let property = view.property(name) { return .declared(property) }
            guard view.allows(.object) else { return .impossible("of type \(kindNames(view)), which has no members") }
            if let additional = view.additional { return .declared(additional) }
            if view.keyword("patternProperties") != nil { return .untyped }
            let names = view.propertyNames
            if names.isEmpty, view.allowsAdditional { return .untyped }
            return .undeclared(name: name, candidates: names, isClosed: !view.allowsAdditional)
        case .index, .every, .some:
            guard view.allows(.array) else { return .impossible("of type \(kindNames(view)), which has no elements") }
            let item: SchemaView? = if case .index(let index) = segment { view.item(index) } else { view.items }
            return item.map(SchemaWalk.declared) ?? .untyped
        }
    }

    private static func kindNames(_ view: SchemaView) -> String {
        let kinds = view.kinds ?? []
        let names = JSONKind.allCases.filter { kinds.contains($0) && $0 != .null }.map {
            $0 == .number && view.integerOnly ? "integer" : $0.name
        }
        return names.isEmpty ? "null" : names.joined(separator: " or ")
    }

    /// The schema, if there is one.
    var view: SchemaView? {
        if case .declared(let view) = self { view } else { nil }
    }
}
