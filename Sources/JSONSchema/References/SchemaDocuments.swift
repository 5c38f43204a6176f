public import Diagnostics
public import JSONDocument
import Primitives

/// The documents that references may lead to, each under its absolute URI. Nothing is ever fetched.
public struct SchemaDocuments: Sendable {
    /// One document and how it is shown and read.
    struct Entry: Sendable {
        let document: JSONDocument
        let uri: String
        let dialect: SchemaDialect
        let locate: @Sendable (TextPosition) -> SourceLocation
    }

    /// In the order in which they were added.
    private(set) var entries: [Entry] = []
    private var indexes: [JSONNameKey: Int] = [:]

    /// Starts with no document.
    public init() {}

    /// Adds a document; one that was added under the same URI before is replaced.
    ///
    /// - Parameters:
    ///   - document: The document: an OpenAPI document, a part of one, or a bare schema.
    ///   - uri: Its absolute URI; a fragment is dropped.
    ///   - file: The name that locations show.
    ///   - dialect: How schemas in it are read, unless `$schema` or `jsonSchemaDialect` says otherwise.
    public mutating func add(_ document: JSONDocument, uri: String, file: String, dialect: SchemaDialect) {
        add(document, uri: uri, dialect: dialect) { position in
            SourceLocation(file: file, line: position.line, column: position.column)
        }
    }

    /// Adds a document whose values come from several files: `locate` tells where a position of it stands.
    public mutating func add(
        _ document: JSONDocument,
        uri: String,
        dialect: SchemaDialect,
        locate: @escaping @Sendable (TextPosition) -> SourceLocation
    ) {
        let absolute = URIReference(uri).withoutFragment.text
        let entry = Entry(document: document, uri: absolute, dialect: dialect, locate: locate)
        if let index = indexes[JSONNameKey(absolute)] {
            entries[index] = entry
        } else {
            indexes[JSONNameKey(absolute)] = entries.count
            entries.append(entry)
        }
    }

    /// The position in `entries` of the document with this URI, which has no fragment.
    func index(of uri: String) -> Int? {
        indexes[JSONNameKey(uri)]
    }
}
