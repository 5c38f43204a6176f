public import Diagnostics
public import JSONDocument
internal import JSONSchema
internal import Primitives
internal import Synchronization

/// A header field of a response.
public final class Header: Sendable {
    /// The field name, as in the document.
    public let name: String
    /// Whether the response must have it.
    public let isRequired: Bool
    /// Whether the members of an object are written `name=value`.
    public let explode: Bool
    /// The schema of the value; `nil` if ``content`` describes it.
    public let schema: Schema?
    /// The media type of the text; `nil` if ``schema`` describes it.
    public let content: MediaType?
    /// The example, or the first of several.
    public let example: JSONNode?
    /// Whether the specification says that this declaration has no effect: `Content-Type` (OpenAPI 3.1.1, section
    /// 4.8.17.1).
    public let isIgnored: Bool
    /// Whether the declared style is `simple`, the only style allowed for headers.
    let hasLegalStyle: Bool
    /// The location of the declaration.
    public let location: SourceLocation
    /// The cached value of ``takesAnyText``: every response of a run has the same headers.
    private let anyText = Mutex<Bool?>(nil)
    /// Single-line texts that were found valid: many responses have the same values.
    private let rightTexts = Mutex<Set<[UInt8]>>([])

    init(
        name: String,
        isRequired: Bool,
        explode: Bool,
        schema: Schema?,
        content: MediaType?,
        example: JSONNode?,
        isIgnored: Bool,
        hasLegalStyle: Bool,
        location: SourceLocation
    ) {
        self.name = name
        self.isRequired = isRequired
        self.explode = explode
        self.schema = schema
        self.content = content
        self.example = example
        self.isIgnored = isIgnored
        self.hasLegalStyle = hasLegalStyle
        self.location = location
    }

    /// The same declaration under another name, for a declaration that several places share.
    func named(_ name: String) -> Header {
        Header(
            name: name, isRequired: isRequired, explode: explode, schema: schema, content: content, example: example,
            isIgnored: name.equalsIgnoringASCIICase("content-type"), hasLegalStyle: hasLegalStyle, location: location)
    }

    /// Whether every single-line text is valid: the schema requires a string and nothing more.
    public var takesAnyText: Bool {
        anyText.withLock { known in
            if let known { return known }
            let answer =
                content == nil && schema?.view?.kinds == [.string]
                && (try? schema?.compiled().acceptsEveryString) == true
            known = answer
            return answer
        }
    }

    /// Whether `name` is the name of this header, ignoring ASCII case (RFC 9110, section 5.1).
    public func isNamed(_ name: String) -> Bool {
        self.name.equalsIgnoringASCIICase(name)
    }

    /// Whether `text` was found valid before.
    public func isKnownRight(_ text: String) -> Bool {
        rightTexts.withLock { !$0.isEmpty && $0.contains(Array(text.utf8)) }
    }

    /// Remembers that a single line with this text is valid. Long texts and large numbers of texts are not remembered.
    public func knowRight(_ text: String) {
        guard text.utf8.count <= 64 else { return }
        rightTexts.withLock { if $0.count < 256 { $0.insert(Array(text.utf8)) } }
    }

    /// The schema of the value, wherever it is declared.
    public var valueSchema: Schema? { schema ?? content?.schema }
}
