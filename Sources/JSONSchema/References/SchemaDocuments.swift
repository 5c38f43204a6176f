public import Diagnostics
public import JSONDocument
import Primitives

/// The documents that references may target, each with its absolute URI. Nothing is ever downloaded.
public struct SchemaDocuments: Sendable {
    /// A document, with its file name and dialect.
    struct Entry: Sendable {
        let document: JSONDocument
        let uri: String
        let dialect: SchemaDialect
        let locate: @Sendable (TextPosition) -> SourceLocation
    }

    /// In the order in which they were added.
    private(set) var entries: [Entry] = []
    private var indexes: [JSONNameKey: Int] = [:]

    /// Creates an empty list.
    public init() {}

    /// Adds a document; it replaces an earlier document with the same URI.
    ///
    /// - Parameters:
    ///   - document: An OpenAPI document, a part of one, or a bare schema.
    ///   - uri: Its absolute URI; a fragment is dropped.
    ///   - file: The file name in locations.
    ///   - dialect: The dialect of its schemas, unless `$schema` or `jsonSchemaDialect` declares another.
    public mutating func add(_ document: JSONDocument, uri: String, file: String, dialect: SchemaDialect) {
        add(document, uri: uri, dialect: dialect) { position in
            SourceLocation(file: file, line: position.line, column: position.column)
        }
    }

    /// Adds a document whose values come from several files: `locate` maps a position to its location.
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

    /// The index in `entries` of the document with this URI, which has no fragment.
    func index(of uri: String) -> Int? {
        indexes[JSONNameKey(uri)]
    }
}

/// The place of a schema or of one of its keywords: a document and a pointer into it.
public struct SchemaPlace: Hashable, Sendable {
    /// The absolute URI under which the document was added, without a fragment.
    public var uri: String
    /// The pointer from the root of the document.
    public var pointer: JSONPointer

    /// Creates a place in the document `uri`.
    public init(uri: String, pointer: JSONPointer) {
        self.uri = uri
        self.pointer = pointer
    }

    /// Whether both have the same document, by Unicode scalars, and the same pointer.
    public static func == (left: SchemaPlace, right: SchemaPlace) -> Bool {
        left.uri.isSame(as: right.uri) && left.pointer == right.pointer
    }

    /// Feeds only the pointer: equal places have equal pointers.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(pointer)
    }
}
