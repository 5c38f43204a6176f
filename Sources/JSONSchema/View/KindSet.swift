package import JSONDocument

/// A set of kinds of JSON values.
package struct KindSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package static let null = KindSet(rawValue: 1)
    package static let boolean = KindSet(rawValue: 2)
    package static let number = KindSet(rawValue: 4)
    package static let string = KindSet(rawValue: 8)
    package static let array = KindSet(rawValue: 16)
    package static let object = KindSet(rawValue: 32)
    package static let all = KindSet(rawValue: 63)

    @inline(__always)
    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    @inline(__always)
    package init(_ kind: JSONKind) {
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

    /// The kind for a name in `type`; `integer` is a number. `nil` for an unknown name.
    package init?(typeName: String) {
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

    /// The names in `type` of these kinds: simple values before containers, `null` last.
    ///
    /// - Parameter integerOnly: Whether numbers are named `integer`.
    package func names(integerOnly: Bool) -> [String] {
        let order: [JSONKind] = [.string, .number, .boolean, .object, .array, .null]
        return order.filter { contains(KindSet($0)) }.map { kind in
            kind == .number && integerOnly ? "integer" : kind.name
        }
    }
}
