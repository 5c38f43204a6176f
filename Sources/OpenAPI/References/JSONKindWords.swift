internal import JSONDocument

extension JSONKind {
    /// The kind with its article: "a string", "null".
    var described: String {
        switch self {
        case .null: "null"
        case .array, .object: self == .array ? "a list" : "an object"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a string"
        }
    }
}
