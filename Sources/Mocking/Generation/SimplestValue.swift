import JSONDocument
import JSONSchema

/// Makes one value that satisfies a schema, as plain as it can be, and always the same one.
///
/// A candidate counts only once the compiled schema accepts it, so a schema that is beyond this way of making
/// values (a pattern, say) gives `nil` and never a wrong value.
struct SimplestValue {
    let schemas: SchemaStore
    /// Values that may still be made, so that recursive schemas end.
    private var budget = 2_000

    init(schemas: SchemaStore) {
        self.schemas = schemas
    }

    /// A value for the schema at `place`, or `nil` when none was found.
    static func value(for place: SchemaPlace, in schemas: SchemaStore) -> JSONValue? {
        var maker = SimplestValue(schemas: schemas)
        guard let view = schemas.view(place) else { return nil }
        return maker.value(view, depth: 0)
    }

    private enum Extent: CaseIterable { case declared, required }

    private mutating func value(_ view: SchemaView, depth: Int) -> JSONValue? {
        budget -= 1
        guard budget > 0, depth < 24 else { return nil }
        for candidate in given(view) where accepts(view, candidate) { return candidate }
        for kind in kinds(of: view) {
            switch kind {
            case .object:
                for extent in depth > 6 ? [.required] : Extent.allCases {
                    if let found = accepted(view, object(view, extent, depth: depth)) { return found }
                }
            case .array:
                for count in [1, 0] {
                    if let found = accepted(view, array(view, atLeast: count, depth: depth)) { return found }
                }
            case .string:
                for text in PlainCandidates.texts(view) where accepts(view, .string(text)) { return .string(text) }
            case .number:
                for number in PlainCandidates.numbers(view) where accepts(view, .number(number)) {
                    return .number(number)
                }
            case .boolean:
                for flag in [true, false] where accepts(view, .boolean(flag)) { return .boolean(flag) }
            case .null:
                if accepts(view, .null) { return .null }
            }
        }
        return alternatives(view, depth: depth)
    }

    /// What the schema itself offers, best first.
    private func given(_ view: SchemaView) -> [JSONValue] {
        var values = [view.keyword("const")?.value, view.example?.value, view.defaultValue?.value].compactMap { $0 }
        values += view.enumeration.map(\.value)
        return values
    }

    private func kinds(of view: SchemaView) -> [JSONKind] {
        let order: [JSONKind] = [.object, .array, .string, .number, .boolean, .null]
        if let kinds = view.kinds { return order.filter(kinds.contains) }
        if !view.propertyNames.isEmpty || !view.requiredNames.isEmpty { return order }
        if view.items != nil { return [.array] + order }
        return [.string] + order
    }

    private mutating func object(_ view: SchemaView, _ extent: Extent, depth: Int) -> JSONValue {
        var object = JSONObject()
        let required = view.requiredNames
        let names = extent == .declared ? view.propertyNames : []
        for name in names + required.filter({ !names.contains($0) }) {
            guard let property = view.property(name) else {
                object[name] = .string("text")
                continue
            }
            if property.isWriteOnly { continue }
            if let made = value(property, depth: depth + 1) { object[name] = made }
        }
        let minimum = min(view.keyword("minProperties")?.number?.int ?? 0, 50)
        var index = 1
        while object.count < minimum, index <= 100 {
            let name = "member\(index)"
            index += 1
            guard object[name] == nil else { continue }
            object[name] = view.additional.flatMap { value($0, depth: depth + 1) } ?? .string("text")
        }
        return .object(object)
    }

    private mutating func array(_ view: SchemaView, atLeast count: Int, depth: Int) -> JSONValue {
        let minimum = min(view.keyword("minItems")?.number?.int ?? 0, 100)
        var elements: [JSONValue] = []
        for index in 0..<max(minimum, count) {
            let item = view.item(index) ?? view.items
            guard let made = item.map({ value($0, depth: depth + 1) }) ?? .string("text") else { break }
            elements.append(made)
        }
        return .array(elements)
    }

    /// Each alternative of `oneOf` and `anyOf` in turn, laid over what the schema requires besides.
    private mutating func alternatives(_ view: SchemaView, depth: Int) -> JSONValue? {
        for branch in view.branches {
            for keyword in ["oneOf", "anyOf"] {
                for index in 0..<min(branch.node[keyword]?.count ?? 0, 32) {
                    let pointer = branch.place.pointer.appending(keyword).appending(index)
                    guard let alternative = schemas.view(SchemaPlace(uri: branch.place.uri, pointer: pointer)),
                        let made = value(alternative, depth: depth + 1)
                    else { continue }
                    if accepts(view, made) { return made }
                    guard case .object(var merged) = object(view, .required, depth: depth + 1),
                        case .object(let members) = made
                    else { continue }
                    for member in members.members { merged[member.name] = member.value }
                    if let found = accepted(view, .object(merged)) { return found }
                }
            }
        }
        return nil
    }

    private func accepted(_ view: SchemaView, _ value: JSONValue) -> JSONValue? {
        accepts(view, value) ? value : nil
    }

    private func accepts(_ view: SchemaView, _ value: JSONValue) -> Bool {
        guard let schema = try? schemas.compiled(view.place) else { return false }
        var options = ValidationOptions()
        options.direction = .response
        return schema.isValid(JSONDocument(value).root, options) == .valid
    }
}
