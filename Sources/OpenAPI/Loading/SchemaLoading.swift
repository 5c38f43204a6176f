public import Diagnostics
internal import JSONDocument
internal import JSONSchema
public import SourceText

/// A file with a JSON Schema (2020-12, unless its `$schema` declares another draft), which is not an OpenAPI document.
public struct SchemaDocument: Sendable {
    /// References that cannot be resolved; they matter only if a schema cannot be compiled.
    public let diagnostics: [Diagnostic]

    let store: SchemaStore
    let uri: String

    /// The schema at a reference into the document: `#`, `#/$defs/Thing`; `nil` if there is none.
    public func schema(_ reference: String) -> Schema? {
        guard reference.utf8.first == UInt8(ascii: "#"),
            let pointer = JSONPointer(uriFragment: String(reference.dropFirst()))
        else { return nil }
        return Schema(place: SchemaPlace(uri: uri, pointer: pointer), store: store)
    }

    /// Whether a file declares itself an OpenAPI or Swagger document.
    public static func isOpenAPI(_ source: SourceFile) -> Bool {
        let root = source.document.root
        return root["openapi"] != nil || root["swagger"] != nil
    }

    /// Loads the schema in `source`, with the files that it refers to.
    ///
    /// - Parameter given: Documents with the URI used in references, so that nothing has to be downloaded.
    public static func load(
        _ source: SourceFile,
        given: [GivenDocument] = [],
        reader: SourceReader
    ) -> SchemaDocument {
        let documents = DocumentSet(
            root: source, path: reader.path(shownAs: source.path), version: .v31, reader: reader)
        var crawl = ReferenceCrawl(documents: documents)
        crawl.take(given)
        crawl.run(as: .schema)
        return SchemaDocument(
            diagnostics: crawl.diagnostics,
            store: SchemaStore(crawl.schemaDocuments(with: given)),
            uri: crawl.documents.documents[0].uri
        )
    }
}
