internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
import Primitives
internal import SourceText

/// A file of the contract.
struct LoadedDocument: Sendable {
    /// `file:///` and the path below the project folder, percent-encoded.
    let uri: String
    /// The path below the project folder.
    let path: String
    let source: SourceFile
    let version: OpenAPIVersion
    /// Other URIs under which references reach the document.
    var aliases: [String] = []

    /// The URI that the document declares for itself.
    var ownAddress: String? { version >= .v32 ? source.document.root["$self"]?.string : nil }
}

/// The documents of one contract, loaded as references name them.
struct DocumentSet: Sendable {
    /// The maximum number of files in one contract.
    static let maximumFiles = 1_000

    private(set) var documents: [LoadedDocument] = []
    private var indexes: [JSONNameKey: Int] = [:]
    private var failures: [JSONNameKey: SourceError] = [:]
    private let reader: SourceReader

    init(root: SourceFile, path: String, version: OpenAPIVersion, reader: SourceReader) {
        self.reader = reader
        _ = append(root, path: path, version: version)
    }

    /// The root value of a document.
    func root(of document: Int) -> DocumentNode {
        DocumentNode(document: document, node: documents[document].source.document.root)
    }

    /// The value at a place.
    func node(at place: SchemaPlace) -> DocumentNode? {
        guard let index = documents.firstIndex(where: { $0.uri.isSame(as: place.uri) }) else { return nil }
        return documents[index].source.document.root.node(at: place.pointer).map {
            DocumentNode(document: index, node: $0)
        }
    }

    func place(of node: DocumentNode) -> SchemaPlace {
        SchemaPlace(uri: documents[node.document].uri, pointer: node.pointer)
    }

    func version(of node: DocumentNode) -> OpenAPIVersion {
        documents[node.document].version
    }

    /// The location of the value that is most useful to readers.
    func location(of node: DocumentNode) -> SourceLocation {
        documents[node.document].source.location(of: node.anchor)
    }

    /// A diagnostic for a value.
    func diagnostic(
        _ rule: String,
        _ severity: Severity,
        _ message: String,
        at node: DocumentNode,
        help: String? = nil,
        related: [Diagnostic.Related] = []
    ) -> Diagnostic {
        Diagnostic(
            rule,
            severity,
            message,
            at: location(of: node),
            place: "#" + node.pointer.description,
            help: help,
            related: related
        )
    }

    /// The document in a file, read on the first call.
    ///
    /// - Parameter path: Relative to the project folder.
    mutating func document(at path: String, inheriting version: OpenAPIVersion) throws(SourceError) -> Int {
        let path = reader.relativePath(path)
        if let index = indexes[JSONNameKey(path)] { return index }
        if let failure = failures[JSONNameKey(path)] { throw failure }
        guard documents.count < Self.maximumFiles else {
            throw SourceError(
                Diagnostic(
                    "reference.too-many-files",
                    .error,
                    "the document refers to more than \(Self.maximumFiles) files"
                )
            )
        }
        do {
            let source = try reader.read(path)
            let declared = source.document.root["openapi"]?.string.flatMap { OpenAPIVersion(declared: $0) }
            return append(source, path: path, version: declared ?? version)
        } catch {
            failures[JSONNameKey(path)] = error
            throw error
        }
    }

    /// The document that declares this URI.
    func index(ofAddress uri: String) -> Int? {
        documents.firstIndex { $0.aliases.contains { $0.isSame(as: uri) } }
    }

    /// Registers another URI for a document.
    mutating func addAlias(_ uri: String, of document: Int) {
        let known = documents[document]
        guard !([known.uri] + known.aliases).contains(where: { $0.isSame(as: uri) }) else { return }
        documents[document].aliases.append(uri)
    }

    private mutating func append(_ source: SourceFile, path: String, version: OpenAPIVersion) -> Int {
        indexes[JSONNameKey(path)] = documents.count
        // References may name a document by the URI that it declares (OpenAPI 3.2.0, section 4.1.2.2.2).
        let own = version >= .v32 ? source.document.root["$self"]?.string : nil
        documents.append(
            LoadedDocument(
                uri: Self.uri(ofPath: path),
                path: path,
                source: source,
                version: version,
                aliases: own.map { [$0] } ?? []
            )
        )
        return documents.count - 1
    }

    static func uri(ofPath path: String) -> String {
        "file:///" + PercentEncoding.encoded(path, keeping: "/!$&'()*+,;=:@")
    }
}

extension OpenAPIVersion {
    /// The edition for a version string such as `3.1.0`; `nil` if it is not supported.
    init?(declared text: String) {
        let text = DocumentVersion.withoutBlanks(text)
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        guard parts[0].elementsEqual("3".utf8) else { return nil }
        // Pre-releases such as `3.1.0-rc0` are read like the final release.
        let minor = String(Substring(parts[1]))
        switch minor {
        case "0": self = .v30
        case "1": self = .v31
        case "2": self = .v32
        default: return nil
        }
    }
}

/// The targets of references, and everything inside them: the values that may be read more than once.
struct ReferredPlaces {
    /// Disjoint ranges of the tape in order, by document.
    private var ranges: [Int: [Range<Int>]] = [:]

    init(_ targets: some Sequence<DocumentNode>) {
        for target in targets {
            let range = target.node.withTape { tape, own in own..<tape.end(of: own) }
            ranges[target.document, default: []].append(range)
        }
        ranges = ranges.mapValues { ranges in
            var outermost: [Range<Int>] = []
            for range in ranges.sorted(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }) {
                // Values are either nested or disjoint.
                if let last = outermost.last, range.lowerBound < last.upperBound { continue }
                outermost.append(range)
            }
            return outermost
        }
    }

    /// Whether a value is the target of a reference, or is inside one.
    func contains(_ place: NodeKey) -> Bool {
        guard let ranges = ranges[place.document] else { return false }
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= place.index { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(place.index)
    }
}
