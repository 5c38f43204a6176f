public import Diagnostics
public import JSONDocument

/// One way in which a request violates its contract.
public struct RequestIssue: Sendable, Hashable {
    /// The affected part of the request.
    public enum Place: Sendable, Hashable, CustomStringConvertible {
        /// A path parameter; the whole path if the name is empty.
        case path(String)
        /// A query parameter.
        case query(String)
        /// A header.
        case header(String)
        /// A cookie.
        case cookie(String)
        /// The media type of the body.
        case mediaType
        /// A place in the body.
        case body(JSONPointer)
        /// A header of a part of the body, by the place of the part and the name of the header.
        case partHeader(JSONPointer, String)
        /// The method.
        case method

        /// The place as written in scenario tables; a place in the body is a JSON pointer after `body`.
        public var description: String {
            switch self {
            case .path(let name): name.isEmpty ? "path" : "path.\(name)"
            case .query(let name): name.isEmpty ? "query" : "query.\(name)"
            case .header(let name): "header.\(name)"
            case .cookie(let name): "cookie.\(name)"
            case .mediaType: "header.content-type"
            case .body(let pointer): "body\(pointer)"
            case .partHeader(let part, let name): "part.\(part.tokens.joined(separator: ".")).header.\(name)"
            case .method: "method"
            }
        }
    }

    /// The affected part of the request.
    public var place: Place
    /// The violated keyword: a schema keyword (`type`, `pattern`), `required`, `mediaType`, `json`, `form`, `syntax`,
    /// `method` or `path`.
    public var keyword: String
    /// The violation, without the place: "is a string, but the schema says number".
    public var message: String
    /// The location of the violated declaration in the contract.
    public var location: SourceLocation
    /// The requirement of the contract, in short.
    public var expected: String
    /// The content of the request, in short.
    public var actual: String
    /// Whether it could not be decided if the request violates the contract here.
    public var isUndecided: Bool

    /// Creates an issue.
    public init(
        _ place: Place,
        _ keyword: String,
        _ message: String,
        at location: SourceLocation,
        expected: String = "",
        actual: String = "",
        isUndecided: Bool = false
    ) {
        self.place = place
        self.keyword = keyword
        self.message = message
        self.location = location
        self.expected = expected
        self.actual = actual
        self.isUndecided = isUndecided
    }
}
