public import Diagnostics
internal import JSONDocument
public import JSONSchema
internal import SourceText

/// A loaded OpenAPI document with its references resolved.
public final class Contract: Sendable {
    /// The name given at loading, otherwise the API's version.
    public let name: String
    /// The file that was loaded.
    public let file: String
    /// The title of the API; empty if the document has none.
    public let title: String
    /// The version of the API; empty if the document has none.
    public let apiVersion: String
    /// The version of the OpenAPI Specification that the document follows, such as `3.0.3`.
    public let openAPIVersion: String
    /// The servers of the whole API, in the order of the document.
    public let servers: [Server]
    /// The operations, in the order of the document.
    public let operations: [Operation]
    /// The callbacks of all operations and the webhooks, in the order of the document.
    public let outgoing: [OutgoingCall]
    /// The security schemes that operations may require, in the order of the document.
    public let securitySchemes: [SecurityScheme]
    /// Diagnostics from loading that do not prevent use: notes, warnings, and errors in single parts.
    public let diagnostics: [Diagnostic]
    /// The schemas, compiled when first used.
    public let schemas: SchemaStore
    /// A hash of all documents and overlays, in hexadecimal digits: equal for equal content.
    public let fingerprint: String
    /// The names under `components/schemas` of the root document, in order.
    public let schemaNames: [String]
    /// The paths, as parts, whose operations cannot be read because a reference cannot be resolved.
    public let unreadPaths: [UnreadReference]

    let uri: String
    let documents: DocumentSet
    let schemaRoots: [DocumentNode]
    let router: Router

    init(
        name: String,
        file: String,
        title: String,
        apiVersion: String,
        openAPIVersion: String,
        servers: [Server],
        operations: [Operation],
        outgoing: [OutgoingCall],
        securitySchemes: [SecurityScheme],
        diagnostics: [Diagnostic],
        schemas: SchemaStore,
        fingerprint: String,
        schemaNames: [String],
        uri: String,
        documents: DocumentSet,
        schemaRoots: [DocumentNode],
        unreadPaths: [UnreadReference] = [],
        router: Router
    ) {
        self.name = name
        self.file = file
        self.title = title
        self.apiVersion = apiVersion
        self.openAPIVersion = openAPIVersion
        self.servers = servers
        self.operations = operations
        self.outgoing = outgoing
        self.securitySchemes = securitySchemes
        self.diagnostics = diagnostics
        self.schemas = schemas
        self.fingerprint = fingerprint
        self.schemaNames = schemaNames
        self.unreadPaths = unreadPaths
        self.uri = uri
        self.documents = documents
        self.schemaRoots = schemaRoots
        self.router = router
    }

    /// The operation with this operationId, or with this method and path template (`GET /parcels/{id}`).
    public func operation(_ name: String) -> Operation? {
        operations.first { $0.id?.utf8.elementsEqual(name.utf8) ?? false }
            ?? operations.first { $0.key.utf8.elementsEqual(name.utf8) }
    }

    /// The operation for a request.
    ///
    /// - Parameters:
    ///   - method: In any case.
    ///   - path: Percent-encoded, without the server's own path and without the query.
    public func route(method: String, path: String) -> Route {
        router.route(method: method, path: path)
    }

    /// A schema by its name under `components/schemas`, or by a reference into the root document (`#/…`).
    public func schema(_ reference: String) -> Schema? {
        let pointer =
            reference.utf8.first == UInt8(ascii: "#")
            ? JSONPointer(uriFragment: String(reference.dropFirst()))
            : JSONPointer(["components", "schemas", reference])
        guard let pointer else { return nil }
        return Schema(place: SchemaPlace(uri: uri, pointer: pointer), store: schemas)
    }

    /// The files of the contract as shown to users, the root document first, without overlays.
    public var files: [String] {
        documents.documents.map(\.source.path)
    }

    /// The scheme with this name.
    public func securityScheme(_ name: String) -> SecurityScheme? {
        securitySchemes.first { $0.name.utf8.elementsEqual(name.utf8) }
    }
}
