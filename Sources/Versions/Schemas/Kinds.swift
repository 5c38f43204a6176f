import JSONDocument

/// A set of JSON kinds.
struct Kinds: OptionSet, Hashable {
    let rawValue: UInt8

    static let null = Kinds(rawValue: 1)
    static let boolean = Kinds(rawValue: 2)
    static let number = Kinds(rawValue: 4)
    static let string = Kinds(rawValue: 8)
    static let array = Kinds(rawValue: 16)
    static let object = Kinds(rawValue: 32)
    static let all = Kinds(rawValue: 63)
    static let each: [Kinds] = [.boolean, .number, .string, .array, .object]

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ kind: JSONKind) {
        self =
            switch kind {
            case .null: .null
            case .boolean: .boolean
            case .number: .number
            case .string: .string
            case .array: .array
            case .object: .object
            }
    }

    /// The kind for a name in `type`; `integer` is a number.
    init?(typeName: String) {
        switch typeName {
        case "null": self = .null
        case "boolean": self = .boolean
        case "number", "integer": self = .number
        case "string": self = .string
        case "array": self = .array
        case "object": self = .object
        default: return nil
        }
    }

    /// The names in the order of the specification.
    func names(integerOnly: Bool) -> [String] {
        let all: [(Kinds, String)] = [
            (.boolean, "boolean"), (.number, integerOnly ? "integer" : "number"), (.string, "string"),
            (.array, "array"), (.object, "object"), (.null, "null"),
        ]
        return all.filter { contains($0.0) }.map(\.1)
    }
}
