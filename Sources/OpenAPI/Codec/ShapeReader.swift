internal import JSONDocument
internal import JSONSchema

/// The shapes of a serialised value.
enum ValueShape {
    case scalar
    case list
    case object
}

/// A text read in one shape, before types are considered.
enum ShapedText {
    case text(String)
    case list([String])
    case pairs([(name: String, text: String)])
    case absent
    case invalid(String)
    case undefined(String)

    /// A list, or the first item that is not percent-encoded text.
    static func list(_ items: [String?]) -> ShapedText {
        let texts = items.compactMap { $0 }
        return texts.count == items.count ? .list(texts) : .notText
    }

    /// Alternating names and values.
    static func alternating(_ items: [String?]) -> ShapedText {
        let texts = items.compactMap { $0 }
        guard texts.count == items.count else { return .notText }
        guard texts.count.isMultiple(of: 2) else { return .invalid("has a name without a value") }
        return .pairs(stride(from: 0, to: texts.count, by: 2).map { (texts[$0], texts[$0 + 1]) })
    }

    /// Items of the form `name=value`, split at the first `=`.
    static func assignments(
        _ items: [ArraySlice<UInt8>],
        decode: (ArraySlice<UInt8>) -> String?
    ) -> ShapedText {
        var pairs: [(String, String)] = []
        for item in items {
            guard let sign = item.firstIndex(of: UInt8(ascii: "=")) else {
                return .invalid("has an item without '='")
            }
            guard let name = decode(item[..<sign]), let text = decode(item[(sign + 1)...]) else { return .notText }
            pairs.append((name, text))
        }
        return .pairs(pairs)
    }

    static let notText = ShapedText.invalid("is not percent-encoded UTF-8")
}

/// Reads a text in each shape that the schema allows, and converts the result to the types of the schema.
enum ShapeReader {
    static func read(_ schema: Schema?, _ reading: (ValueShape) -> ShapedText) -> ParameterCodec.Parsed {
        let view = schema?.view
        let typing = SchemaTyper(schema: schema)
        var first: ParameterCodec.Parsed?
        var invalid: JSONValue?
        for shape in shapes(of: view) {
            switch typed(reading(shape), view, typing) {
            case .value(let value):
                if typing.accepts(value) { return .value(value) }
                if invalid == nil { invalid = value }
            case .absent:
                return .absent
            case let other:
                if first == nil { first = other }
            }
        }
        // No reading is valid; the value is returned, so that the schema check reports it.
        return invalid.map { .value($0) } ?? first ?? .undefined("the schema allows no value")
    }

    /// The shapes that the schema allows; text if it does not restrict them.
    private static func shapes(of view: SchemaView?) -> [ValueShape] {
        guard let view, view.kinds != nil else { return [.scalar] }
        var shapes: [ValueShape] = []
        if view.allows(.string) || view.allows(.number) || view.allows(.boolean) { shapes.append(.scalar) }
        if view.allows(.array) { shapes.append(.list) }
        if view.allows(.object) { shapes.append(.object) }
        return shapes.isEmpty ? [.scalar] : shapes
    }

    private static func typed(
        _ reading: ShapedText,
        _ view: SchemaView?,
        _ typing: SchemaTyper
    ) -> ParameterCodec.Parsed {
        switch reading {
        case .text(let text):
            return scalar(text, view, typing)
        case .list(let texts):
            var elements: [JSONValue] = []
            for (index, text) in texts.enumerated() {
                let item = view?.item(index) ?? view?.items
                if let item, isNested(item) { return .undefined("lists in lists have no text form") }
                guard case .value(let value) = scalar(text, item, typing) else { return scalar(text, item, typing) }
                elements.append(value)
            }
            return .value(.array(elements))
        case .pairs(let pairs):
            var object = JSONObject()
            for (name, text) in pairs {
                let member = view?.property(name) ?? view?.additional
                if let member, isNested(member) {
                    return .undefined("the member '\(name)' is not a single value and has no text form")
                }
                guard object[name] == nil else { return .invalid("contains the member '\(name)' twice") }
                guard case .value(let value) = scalar(text, member, typing) else {
                    return scalar(text, member, typing)
                }
                object[name] = value
            }
            return .value(.object(object))
        case .absent: return .absent
        case .invalid(let message): return .invalid(message)
        case .undefined(let message): return .undefined(message)
        }
    }

    private static func scalar(
        _ text: String,
        _ view: SchemaView?,
        _ typing: SchemaTyper
    ) -> ParameterCodec.Parsed {
        let candidates = TypedText.candidates(text, for: view)
        guard let first = candidates.first else { return .invalid(TypedText.mismatch(text, for: view).message) }
        guard candidates.count > 1, let view else { return .value(first) }
        return .value(candidates.first { typing.accepts($0, view) } ?? first)
    }

    private static func isNested(_ view: SchemaView) -> Bool {
        guard view.kinds != nil else { return false }
        return !view.allows(.string) && !view.allows(.number) && !view.allows(.boolean)
            && (view.allows(.array) || view.allows(.object))
    }
}

/// Uses compiled schemas to find the reading that they accept.
struct SchemaTyper {
    let schema: Schema?

    /// Whether the schema accepts a value; a schema that cannot be compiled accepts everything.
    func accepts(_ value: JSONValue) -> Bool {
        Self.accepts(value, schema)
    }

    /// Whether a part of the schema accepts a value.
    func accepts(_ value: JSONValue, _ view: SchemaView) -> Bool {
        Self.accepts(value, schema?.other(view.place))
    }

    private static func accepts(_ value: JSONValue, _ schema: Schema?) -> Bool {
        guard let compiled = try? schema?.compiled() else { return true }
        return compiled.isValid(JSONDocument(value).root, ValidationOptions()) != .invalid
    }
}
