internal import JSONDocument

/// The kinds of objects in an OpenAPI document.
enum ObjectKind: String, Sendable, Hashable, CaseIterable {
    case document = "OpenAPI document"
    case info = "info object"
    case contact = "contact object"
    case license = "license object"
    case server = "server"
    case serverVariable = "server variable"
    case paths = "paths object"
    case pathItem = "path item"
    case operation
    case parameter
    case header
    case requestBody = "request body"
    case mediaType = "media type object"
    case encoding = "encoding object"
    case responses = "responses object"
    case response
    case example
    case link
    case callback
    case components = "components object"
    case securityScheme = "security scheme"
    case securityRequirement = "security requirement"
    case tag
    case externalDocumentation = "external documentation object"
    case schema

    /// Whether a Reference Object is allowed in its place.
    func isReferable(in version: OpenAPIVersion) -> Bool {
        switch self {
        case .pathItem, .parameter, .header, .requestBody, .response, .example, .link, .callback, .securityScheme,
            .schema:
            true
        case .mediaType:
            version >= .v32
        default:
            false
        }
    }

    /// Whether a `$ref` in its place is followed although the specification does not allow it.
    func mayBeMisplacedReference(in version: OpenAPIVersion) -> Bool {
        self != .document && self != .schema && !isReferable(in: version)
    }

    /// The kind with its article, for messages.
    var described: String {
        let vowels = "aeioAEIO".utf8
        let article = rawValue.utf8.first.map { vowels.contains($0) } ?? false ? "an" : "a"
        return "\(article) \(rawValue)"
    }
}

/// The editions of the specification, as far as they differ for a reader.
enum OpenAPIVersion: Int, Sendable, Hashable, Comparable, CaseIterable {
    case v30
    case v31
    case v32

    static func < (left: OpenAPIVersion, right: OpenAPIVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}

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
