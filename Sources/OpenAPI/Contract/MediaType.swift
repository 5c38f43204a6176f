public import Diagnostics
public import JSONDocument
internal import Synchronization

/// The description of bodies of one media type.
public final class MediaType: Sendable {
    /// The media type or range of media types.
    public let range: MediaTypeName
    /// The schema of the body.
    public let schema: Schema?
    /// The schema of each item of a stream of items (OpenAPI 3.2).
    public let itemSchema: Schema?
    /// The examples in the order of the document; one given by `example` has no name.
    public let examples: [NamedExample]
    /// The encodings of the members of a form, in the order of the document.
    public let encodings: [FieldEncoding]
    /// The encodings of the first parts of a list of parts (OpenAPI 3.2).
    let prefixEncodings: [FieldEncoding]
    /// The encoding of all other parts of a list of parts (OpenAPI 3.2).
    let itemEncoding: FieldEncoding?
    /// The location of the description.
    public let location: SourceLocation
    private let fields = Mutex<FormFields?>(nil)

    init(
        range: MediaTypeName,
        schema: Schema?,
        itemSchema: Schema?,
        examples: [NamedExample],
        encodings: [FieldEncoding] = [],
        prefixEncodings: [FieldEncoding] = [],
        itemEncoding: FieldEncoding? = nil,
        location: SourceLocation
    ) {
        self.range = range
        self.schema = schema
        self.itemSchema = itemSchema
        self.examples = examples
        self.encodings = encodings
        self.prefixEncodings = prefixEncodings
        self.itemEncoding = itemEncoding
        self.location = location
    }

    /// The same description under another media type, for a description that several places share.
    func named(_ range: MediaTypeName) -> MediaType {
        MediaType(
            range: range, schema: schema, itemSchema: itemSchema, examples: examples, encodings: encodings,
            prefixEncodings: prefixEncodings, itemEncoding: itemEncoding, location: location)
    }

    /// How the members of a form are sent; computed on the first call.
    var formFields: FormFields {
        if let known = fields.withLock({ $0 }) { return known }
        let made = FormFields(self)
        fields.withLock { $0 = made }
        return made
    }

    static func bestMatch(for contentType: String, among candidates: [MediaType]) -> MediaType? {
        MediaTypeName(contentType).flatMap { bestMatch(for: $0, among: candidates) }
    }

    static func bestMatch(for name: MediaTypeName, among candidates: [MediaType]) -> MediaType? {
        var best: (media: MediaType, rank: Int)?
        for candidate in candidates {
            guard let rank = candidate.range.rank(for: name), rank > best?.rank ?? -1 else { continue }
            best = (candidate, rank)
        }
        return best?.media
    }
}

/// An example of a body or value.
public struct NamedExample: Sendable {
    /// The name under `examples`; `nil` for the value of `example`.
    public let name: String?
    /// The example.
    public let value: JSONNode
    /// The location of the value.
    public let location: SourceLocation
    /// The serialised example, if the document contains one (OpenAPI 3.2.0, section 4.19).
    public let serialized: String?
}
