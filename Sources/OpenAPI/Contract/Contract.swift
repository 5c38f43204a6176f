public import Diagnostics
internal import JSONDocument
public import JSONSchema
internal import Primitives
internal import SourceText

/// A loaded OpenAPI document with its references resolved.
public final class Contract: Sendable {
    /// The name given at loading, otherwise the API's version.
    public let name: String
    /// The description of the API.
    public let info: ContractInfo
    /// The servers of the whole API, in the order of the document.
    public let servers: [Server]
    /// The operations, in the order of the document.
    public let operations: [Operation]
    /// The callbacks of all operations and the webhooks, in the order of the document.
    public let outgoing: [OutgoingCall]
    /// The security schemes that operations may require, in the order of the document.
    public let securitySchemes: [SecurityScheme]
    /// The schemas, compiled when first used.
    public let schemas: SchemaStore
    /// The paths, as parts, whose operations cannot be read because a reference cannot be resolved.
    public let unreadPaths: [UnreadReference]
    /// Diagnostics from loading that do not prevent use: notes, warnings, and errors in single parts.
    public let diagnostics: [Diagnostic]

    /// The documents that the contract was read from.
    let source: ContractSource
    private let router: Router

    init(
        name: String,
        info: ContractInfo,
        source: ContractSource,
        servers: [Server],
        operations: [Operation],
        outgoing: [OutgoingCall],
        securitySchemes: [SecurityScheme],
        schemas: SchemaStore,
        unreadPaths: [UnreadReference],
        diagnostics: [Diagnostic]
    ) {
        self.name = name
        self.info = info
        self.source = source
        self.servers = servers
        self.operations = operations
        self.outgoing = outgoing
        self.securitySchemes = securitySchemes
        self.schemas = schemas
        self.unreadPaths = unreadPaths
        self.diagnostics = diagnostics
        router = Router(operations)
    }

    /// The file that was loaded.
    public var file: String { source.file }

    /// The files of the contract as shown to users, the root document first, without overlays.
    public var files: [String] { source.documents.documents.map(\.source.path) }

    /// A hash of all documents and overlays, in hexadecimal digits: equal for equal content.
    public var fingerprint: String { source.fingerprint }

    /// The names under `components/schemas` of the root document, in order.
    public var schemaNames: [String] { source.schemaNames }

    /// The operation with this operationId, or with this method and path template (`GET /parcels/{id}`).
    public func operation(_ name: String) -> Operation? { router.operation(named: name) }

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
        return Schema(place: SchemaPlace(uri: source.uri, pointer: pointer), store: schemas)
    }

    /// The scheme with this name.
    public func securityScheme(_ name: String) -> SecurityScheme? {
        securitySchemes.first { $0.name.isSame(as: name) }
    }
}

/// The description of an API, and the version of its document.
public struct ContractInfo: Sendable, Hashable {
    /// The title of the API; empty if the document has none.
    public let title: String
    /// The version of the API; empty if the document has none.
    public let version: String
    /// The version of the OpenAPI Specification that the document follows, such as `3.0.3`.
    public let openAPIVersion: String
}

/// The documents that a contract was read from.
struct ContractSource: Sendable {
    /// The file that was loaded.
    let file: String
    /// A hash of all documents and overlays, in hexadecimal digits.
    let fingerprint: String
    /// The root document first.
    let documents: DocumentSet
    /// The names under `components/schemas` of the root document, in order.
    let schemaNames: [String]
    /// Every schema that is inside something other than a schema.
    let schemaRoots: [DocumentNode]

    /// The URI of the root document.
    var uri: String { documents.documents[0].uri }
}
