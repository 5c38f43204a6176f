/// A JSON value without a position, to build, change and compare.
///
/// Equality follows JSON: numbers by value, members in any order, strings by Unicode scalars.
public enum JSONValue: Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A number with its spelling.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)

    /// The kind of the value.
    public var kind: JSONKind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// An integer.
    public static func integer(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

    /// Whether this is `null`.
    public var isNull: Bool { kind == .null }

    /// The boolean; nil for other kinds.
    public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

    /// The number; nil for other kinds.
    public var number: JSONNumber? { if case .number(let value) = self { value } else { nil } }

    /// The text of a string; nil for other kinds.
    public var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The elements of an array; nil for other kinds.
    public var elements: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

    /// The object; nil for other kinds.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// The value of a member; nil if absent or not an object.
    ///
    /// Setting changes an object and turns `null` into one; it has no effect on other kinds. Setting nil removes the
    /// member.
    public subscript(_ name: String) -> JSONValue? {
        get { object?[name] }
        set {
            var object: JSONObject
            switch self {
            case .object(let value): object = value
            case .null where newValue != nil: object = JSONObject()
            default: return
            }
            self = .null
            object[name] = newValue
            self = .object(object)
        }
    }

    /// The element at an index from 0; nil beyond the end and for other kinds.
    public subscript(_ index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}

extension JSONValue: CustomStringConvertible {
    /// The compact text.
    public var description: String { text }
}

/// The six kinds of JSON values (RFC 8259, section 3).
public enum JSONKind: Sendable, Hashable, CaseIterable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case boolean
    /// A number of any size and precision.
    case number
    /// A string.
    case string
    /// An array.
    case array
    /// An object.
    case object

    /// The name used by JSON Schema's `type`.
    public var name: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// Creates a kind from its ``name``.
    public init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}

// There is deliberately no null literal: with one, `isThere ? value : nil` would turn an absent value into a null.

extension JSONValue: ExpressibleByBooleanLiteral {
    /// `true` or `false`
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    /// An integer.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
}

extension JSONValue: ExpressibleByFloatLiteral {
    /// The shortest decimal of a double; use `.number` with a lexeme if the spelling matters.
    public init(floatLiteral value: Double) { self = JSONNumber(value.description).map(JSONValue.number) ?? .null }
}

extension JSONValue: ExpressibleByStringLiteral {
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object with its members in the literal's order.
    public init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(JSONObject(members)) }
}
