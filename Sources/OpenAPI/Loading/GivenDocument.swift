public import JSONDocument
internal import JSONSchema
internal import SourceText

/// A document with the URI by which references name it.
public struct GivenDocument: Sendable {
    /// The absolute URI, without a fragment.
    public let uri: String
    /// The document.
    public let document: JSONDocument

    /// Provides `document` for references to `uri`.
    public init(uri: String, document: JSONDocument) {
        self.uri = uri
        self.document = document
    }
}

extension ReferenceCrawl {
    /// Makes `given` available to references of schemas; the schema module resolves the fragments.
    mutating func take(_ given: [GivenDocument]) {
        for entry in given {
            let address = entry.uri.utf8.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false).first
            identifiers.insert(address.map { String(Substring($0)) } ?? "")
        }
    }

    /// All documents that schemas may refer to: those of the crawl and those given.
    func schemaDocuments(with given: [GivenDocument]) -> SchemaDocuments {
        var result = SchemaDocuments()
        let isOld = documents.documents.first?.version == .v30
        for entry in given {
            let dialect: SchemaDialect = isOld ? .openAPI30 : .draft202012
            result.add(entry.document, uri: entry.uri, file: entry.uri, dialect: dialect)
        }
        for document in documents.documents {
            let map = document.source.map
            for uri in [document.uri] + document.aliases {
                result.add(
                    document.source.document,
                    uri: uri,
                    dialect: document.version == .v30 ? .openAPI30 : .draft202012,
                    locate: { map.location(of: $0) }
                )
            }
        }
        return result
    }
}
