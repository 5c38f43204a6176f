import JSONDocument
import JSONSchema
import OpenAPI

/// The examples of a media type that can be sent as they are.
struct Examples {
    private let media: MediaType
    private let source: DocumentAnswer

    init(_ media: MediaType, _ source: DocumentAnswer) {
        self.media = media
        self.source = source
    }

    /// The valid examples, in the order of the document.
    var values: [JSONValue] { (media.examples.map(Self.sent(media)) + text).compactMap(usable) }

    /// An example as it is sent: its serialized form where JSON cannot represent it.
    static func sent(_ media: MediaType) -> (NamedExample) -> JSONValue {
        let isJSON = BodyFormat(media.range) == .json
        return { example in
            guard !isJSON, let text = example.serialized else { return example.value.value }
            return .string(text)
        }
    }

    /// A text that a schema of other values has as its example: the body of a type that JSON cannot represent.
    private var text: [JSONValue] {
        guard BodyFormat(media.range) != .json, let view = media.schema?.view, !view.allows(.string),
            let text = view.example?.string
        else { return [] }
        return [.string(text)]
    }

    /// The example as it is sent; `nil` where its schema forbids it.
    private func usable(_ example: JSONValue) -> JSONValue? {
        let format = BodyFormat(media.range)
        guard case .string(let text) = example, format != .json else {
            if format.isSequence, let item = media.itemSchema, media.schema == nil {
                return (example.elements ?? [example]).allSatisfy { source.fits($0, item) } ? example : nil
            }
            if source.fits(example, media.schema) { return example }
            // JSON in a string, as some documents write it.
            guard let text = example.string, let parsed = try? JSONDocument(parsing: Array(text.utf8)).root.value,
                source.fits(parsed, media.schema)
            else { return nil }
            return parsed
        }
        if format == .lines || format == .records, !Self.isSequence(text, format) { return nil }
        guard let view = media.schema?.view else { return example }
        // A text that is checked as one string must satisfy the schema. Any other text is sent unchanged.
        if format == .form || (media.range.type == "text" && !format.isSequence) {
            if view.allows(.string) { return source.fits(example, media.schema) ? example : nil }
            guard view.allows(.number) || view.allows(.boolean) else { return example }
            guard let value = try? JSONDocument(parsing: Array(text.utf8)).root.value,
                source.fits(value, media.schema)
            else { return nil }
            return example
        }
        if media.range.type == "*" { return source.fits(example, media.schema) ? example : nil }
        return example
    }

    /// Whether a text is a sequence of JSON values: one on each line, or one after each record separator.
    private static func isSequence(_ text: String, _ format: BodyFormat) -> Bool {
        if format == .records, text.utf8.first != 0x1E { return false }
        let separator: UInt8 = format == .records ? 0x1E : 0x0A
        let blanks: [UInt8] = [0x20, 0x09, 0x0D, 0x0A]
        return text.utf8.split(separator: separator).allSatisfy { part in
            part.allSatisfy(blanks.contains) || (try? JSONDocument(parsing: Array(part))) != nil
        }
    }
}
