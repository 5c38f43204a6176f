public import JSONDocument
internal import JSONSchema
internal import Primitives

/// Reads bodies of `application/x-www-form-urlencoded`.
public enum FormReader {
    /// The result of reading a form.
    public struct Form: Sendable {
        /// The members that could be read, with the types of the schema.
        public internal(set) var value: JSONValue
        /// The members that could not be read.
        public internal(set) var problems: [Problem] = []
    }

    /// Why one member of a form cannot be read.
    public struct Problem: Sendable {
        /// The name of the member.
        public let name: String
        /// The mistake, as a clause without the name.
        public let message: String
        /// Whether the declared style is undefined for the member's value, so that nothing can be checked.
        public let isUndefined: Bool
    }

    /// Reads a form as an object; `nil` if a percent escape is invalid or the text is not UTF-8.
    ///
    /// A form without pairs is an empty object.
    public static func form(_ body: [UInt8], as media: MediaType?) -> Form? {
        guard var pairs = QueryText.Pairs(body) else { return nil }
        let fields = media?.formFields
        var object = JSONObject()
        var problems: [Problem] = []
        for (name, field) in fields?.described ?? [] {
            guard case .style(let parameter) = field else { continue }
            let others = (fields?.names ?? []).filter { !$0.isSame(as: name) }
            let (own, rest) = taken(pairs, for: parameter, besides: others)
            guard !own.pairs.isEmpty else { continue }
            pairs = rest
            switch styled(own, parameter, besides: others) {
            case .value(let value): object[name] = value
            case .absent: break
            case .invalid(let message): problems.append(Problem(name: name, message: message, isUndefined: false))
            case .undefined(let reason): problems.append(Problem(name: name, message: reason, isUndefined: true))
            }
        }
        guard readPlain(pairs, fields, into: &object) else { return nil }
        return Form(value: .object(object), problems: problems)
    }

    /// Splits the pairs into those of one styled member and the others.
    private static func taken(
        _ pairs: QueryText.Pairs, for parameter: Parameter, besides others: [String]
    ) -> (own: QueryText.Pairs, rest: QueryText.Pairs) {
        let name = parameter.name
        let view = parameter.schema?.view
        let isSpread = parameter.style == .form && parameter.explode && view?.allows(.object) == true
        let members = isSpread ? view?.propertyNames ?? [] : []
        let prefix = (name + "[").utf8
        return pairs.divided { pair in
            if pair.isSame(as: name) { return true }
            if parameter.style == .deepObject { return pair.utf8.starts(with: prefix) }
            guard members.contains(where: { $0.isSame(as: pair) }) else { return false }
            return !others.contains { $0.isSame(as: pair) }
        }
    }

    private static func styled(
        _ pairs: QueryText.Pairs, _ parameter: Parameter, besides others: [String]
    ) -> ParameterCodec.Parsed {
        guard parameter.style == .deepObject else {
            return ShapeReader.read(parameter.schema) { shape in
                QueryText.reading(pairs, parameter, shape, besides: others)
            }
        }
        return BracketedValue.parsed(pairs, parameter)
    }

    /// Reads the pairs without a declared style; `false` if one of them is not percent-encoded text.
    private static func readPlain(
        _ pairs: QueryText.Pairs, _ fields: FormFields?, into object: inout JSONObject
    )
        -> Bool
    {
        var members: [(name: String, values: [String])] = []
        var indexes: [JSONNameKey: Int] = [:]
        for pair in pairs.pairs {
            guard let value = PercentEncoding.text(pair.value, plusIsBlank: true) else { return false }
            if let index = indexes[JSONNameKey(pair.name)] {
                members[index].values.append(value)
            } else {
                indexes[JSONNameKey(pair.name)] = members.count
                members.append((pair.name, [value]))
            }
        }
        let view = fields?.schema?.view
        for (name, values) in members {
            let member = view?.property(name) ?? view?.additional
            let typing = SchemaTyper(schema: fields?.schema)
            let field = fields?.field(name) ?? .plain
            if case .json = field, values.count == 1, let value = json(values[0]) {
                object[name] = value
            } else if let kinds = member?.kinds, kinds.contains(.array), !kinds.contains(.string) {
                object[name] = .array(values.map { typed($0, member?.items, typing) })
            } else if values.count == 1 {
                object[name] = typed(values[0], member, typing)
            } else {
                object[name] = .array(values.map { typed($0, nil, typing) })
            }
        }
        return true
    }

    /// Converts a text to a type that the schema allows. A text that fits none stays text, and the schema rejects it.
    static func typed(_ text: String, _ view: SchemaView?, _ typing: SchemaTyper) -> JSONValue {
        guard let view, let kinds = view.kinds else { return .string(text) }
        var candidates = TypedText.candidates(text, for: view)
        if kinds.contains(.null), !kinds.contains(.string), text.isSame(as: "null") {
            candidates.append(.null)
        }
        // An object in a form is JSON text unless its encoding declares otherwise (OpenAPI 3.0.4, section 4.7.15.1).
        if kinds.contains(.object) || kinds.contains(.array), let value = json(text),
            value.kind == .object && kinds.contains(.object) || value.kind == .array && kinds.contains(.array)
        {
            candidates.append(value)
        }
        guard candidates.count > 1 else { return candidates.first ?? .string(text) }
        return candidates.first { typing.accepts($0, view) } ?? candidates[0]
    }

    private static func json(_ text: String) -> JSONValue? {
        (try? JSONDocument(parsing: text))?.root.value
    }
}
