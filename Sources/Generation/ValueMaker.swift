import JSONDocument
import JSONSchema
import Primitives

/// The state of generating one value: the remaining budget, and the schemas around it.
struct ValueMaker {
    let generator: ValueGenerator
    /// The number of values that may still be generated, so that recursive schemas end.
    var budget = 3_000
    /// The schemas around the current value.
    var open: [SchemaPlace] = []
    /// Whether a value is acceptable if its validity is undecided.
    var takesUndecided = false

    static let maximumDepth = 24

    /// How many of the optional members are generated.
    enum Extent { case all, some, required }

    var style: ValueGenerator.Style { generator.style }

    func random(_ words: String...) -> StableRandom {
        StableRandom([generator.seed] + words)
    }

    /// Whether the schemas accept a value. A schema that cannot be used accepts everything: the mistake is in the
    /// document, and values around it can still be generated.
    func accepts(_ views: [SchemaView], _ value: JSONValue) -> Bool {
        views.allSatisfy { view in
            guard let outcome = generator.outcome(value, by: view.place) else { return true }
            return outcome == .valid || (takesUndecided && outcome == .undecided)
        }
    }

    /// Generates a value that every schema in `views` accepts.
    mutating func value(_ views: [SchemaView], _ path: String) -> JSONValue? {
        budget -= 1
        guard budget > 0, open.count < Self.maximumDepth else { return nil }
        open += views.map(\.place)
        defer { open.removeLast(views.count) }
        for candidate in given(views, path) where accepts(views, candidate) { return candidate }
        for choice in choices(views, path) {
            let constraints = Constraints(choice)
            for kind in kinds(constraints, path) {
                if let made = value(kind, constraints, views, path) { return made }
                guard budget > 0 else { return nil }
            }
        }
        return nil
    }

    private mutating func value(
        _ kind: JSONKind, _ constraints: Constraints, _ views: [SchemaView], _ path: String
    ) -> JSONValue? {
        switch kind {
        case .null: return accepts(views, .null) ? .null : nil
        case .boolean:
            var random = random(path, "boolean")
            let flags = style != .varied ? [true, false] : [true, false].shuffled(using: &random)
            return flags.lazy.map { JSONValue.boolean($0) }.first { accepts(views, $0) }
        case .number:
            return NumberCandidates.candidates(constraints, random(path, "number")).lazy
                .map { JSONValue.number($0) }.first { accepts(views, $0) }
        case .string:
            if let made = embedded(constraints, views, path) { return made }
            return TextCandidates.candidates(constraints, random(path, "string")).lazy
                .map { JSONValue.string($0) }.first { accepts(views, $0) }
        case .array:
            for attempt in 0..<3 {
                if let made = array(constraints, path, attempt: attempt), accepts(views, made) { return made }
            }
            return nil
        case .object:
            for extent in extents {
                if let made = object(constraints, path, extent) {
                    if let settled = settled(made, constraints, views) { return settled }
                }
                guard budget > 0 else { return nil }
            }
            return thinned(constraints, views, path)
        }
    }

    /// An object without one of its optional members, which another condition, such as `not`, may forbid.
    private mutating func thinned(
        _ constraints: Constraints, _ views: [SchemaView], _ path: String
    ) -> JSONValue? {
        guard style != .required || open.count <= 8, case .object(let all)? = object(constraints, path, .all) else {
            return nil
        }
        let required = constraints.required
        for name in all.names.prefix(16) where !required.contains(same: name) {
            var fewer = all
            fewer[name] = nil
            if let settled = settled(.object(fewer), constraints, views) { return settled }
        }
        return nil
    }

    /// JSON in a string, as `contentSchema` describes it (JSON Schema 2020-12 Validation, section 8.5).
    private mutating func embedded(
        _ constraints: Constraints, _ views: [SchemaView], _ path: String
    ) -> JSONValue? {
        let schemas = constraints.subschemas("contentSchema")
        let isJSON = constraints.all("contentMediaType").contains { $0.string?.hasSuffix("json") == true }
        guard isJSON, !schemas.isEmpty, constraints.all("contentEncoding").isEmpty,
            let content = value(schemas, path + "/content")
        else { return nil }
        let text = JSONValue.string(content.text)
        return accepts(views, text) ? text : nil
    }

    private var extents: [Extent] {
        if open.count > 8 { return [.required] }
        return switch style {
        case .plain: [.all, .required]
        case .required: [.required, .all]
        case .varied: [.some, .all, .required]
        }
    }

    /// The values in the schemas themselves, such as examples and defaults, best first.
    private func given(_ views: [SchemaView], _ path: String) -> [JSONValue] {
        var values: [JSONValue] = []
        for branch in views.flatMap(\.branches) {
            if let value = branch.ownKeyword("const") { values.append(value.value) }
            guard style != .varied else { continue }
            if let value = branch.ownKeyword("example") { values.append(value.value) }
            if let examples = branch.ownKeyword("examples"), examples.kind == .array {
                values += examples.elements.prefix(4).map(\.value)
            }
            if let value = branch.ownKeyword("default") { values.append(value.value) }
        }
        var listed = views.flatMap { $0.branches }.flatMap { branch in
            branch.ownKeyword("enum").map { $0.elements.prefix(200).map(\.value) } ?? []
        }
        if style == .varied {
            var random = random(path, "enum")
            listed.shuffle(using: &random)
        }
        return values + listed
    }

    private func kinds(_ constraints: Constraints, _ path: String) -> [JSONKind] {
        let order: [JSONKind] = [.object, .array, .string, .number, .boolean, .null]
        let allowed = order.filter { kind in constraints.views.allSatisfy { $0.allows(kind) } }
        guard allowed.count == order.count else {
            guard style == .varied else { return allowed }
            var random = random(path, "kind")
            return allowed.shuffled(using: &random)
        }
        if constraints.speaksOfObjects { return order }
        if constraints.speaksOfArrays { return [.array] + order }
        return [.string] + order
    }
}
