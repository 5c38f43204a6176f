internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import SourceText

/// Converts the documents of a contract to its values.
///
/// Parts with the wrong shape were reported by the crawl and are skipped here. This type reports violations of the
/// specification beyond shapes.
struct ContractReader {
    let documents: DocumentSet
    let store: SchemaStore
    private let schemaRoots: [DocumentNode]
    private(set) var diagnostics: [Diagnostic] = []
    private var references: ResolvedReferences
    private var referred: ReferredValues
    /// The diagnostics for mistakes that several operations share.
    private var shared: [JSONNameKey: Int] = [:]
    var securitySchemes: [SecurityScheme] = []
    var outgoing: [OutgoingCall] = []
    var isReadingOutgoing = false
    /// The paths whose operations cannot be read because a reference cannot be resolved.
    var unreadPaths: [UnreadReference] = []

    init(crawl: ReferenceCrawl, given: [GivenDocument] = []) {
        documents = crawl.documents
        references = ResolvedReferences(targets: crawl.targets)
        referred = ReferredValues(places: ReferredPlaces(crawl.targets.values))
        schemaRoots = crawl.schemaRoots
        store = SchemaStore(crawl.schemaDocuments(with: given))
    }

    /// Reads the whole contract.
    mutating func contract(
        name: String?,
        file: String,
        version: String,
        fingerprint: String,
        diagnostics found: [Diagnostic]
    ) -> Contract {
        diagnostics = found
        for problem in found where problem.rule.utf8.starts(with: "reference.".utf8) && problem.severity > .note {
            if let location = problem.location { references.deadEnds[location] = problem }
        }
        let root = documents.root(of: 0)
        let info = inner(root["info"])
        checkDocument(root)
        let servers = servers(of: root) ?? []
        securitySchemes = readSecuritySchemes(components(root, "securitySchemes"))
        let operations = readOperations(root, servers: servers)
        checkOperations(operations)
        readWebhooks(root)
        readUnused(root)
        let schemas = components(root, "schemas")?.members.map(\.name) ?? []
        let apiVersion = info?.text("version") ?? ""
        return Contract(
            name: name ?? apiVersion,
            info: ContractInfo(title: info?.text("title") ?? "", version: apiVersion, openAPIVersion: version),
            source: ContractSource(
                file: file, fingerprint: fingerprint, documents: documents, schemaNames: schemas,
                schemaRoots: schemaRoots),
            servers: servers,
            operations: operations,
            outgoing: outgoing,
            securitySchemes: securitySchemes,
            schemas: store,
            unreadPaths: unreadPaths,
            diagnostics: Diagnostics(diagnostics).sorted
        )
    }

    mutating func report(
        _ rule: String,
        _ severity: Severity,
        _ message: String,
        at value: DocumentNode,
        help: String? = nil,
        related: [Diagnostic.Related] = []
    ) {
        diagnostics.append(
            documents.diagnostic(rule, severity, message, at: value, help: help, related: related)
        )
    }

    /// Reports a mistake that several operations of a path share only once, and lists each operation.
    mutating func reportOnce(
        _ rule: String,
        _ severity: Severity,
        _ message: String,
        of operation: Operation,
        at location: SourceLocation,
        place: String
    ) {
        let key = JSONNameKey(rule + message)
        if let index = shared[key], index < diagnostics.count {
            diagnostics[index].related.append(Diagnostic.Related(operation.name, at: location))
            return
        }
        shared[key] = diagnostics.count
        diagnostics.append(Diagnostic(rule, severity, message, at: location, place: place))
    }

    mutating func reportTwice(_ id: String, _ operation: Operation, _ other: Operation) {
        diagnostics.append(
            Diagnostic(
                "operation.id-twice",
                .error,
                "the operationId '\(id)' of \(operation.key) is also used by \(other.key)",
                at: operation.location,
                related: [Diagnostic.Related("the other operation", at: other.location)]
            )
        )
    }

    /// The value at a place after following references; `nil` if one cannot be resolved or the value is unusable.
    func resolved(_ value: DocumentNode) -> DocumentNode? {
        guard value.node.kind == .object else { return nil }
        var current = value
        for _ in 0..<Self.maximumReferences {
            guard current.reference != nil else { return current }
            guard let next = references.targets[current.key], next.node.kind == .object else { return nil }
            current = next
        }
        return nil
    }

    /// The maximum length of a chain of references; the crawl reports cycles.
    private static let maximumReferences = 100

    /// Why a part of an operation cannot be read; `nil` if its references can be resolved.
    func unread(_ value: DocumentNode, part: String) -> UnreadReference? {
        guard value.node.kind == .object, resolved(value) == nil else { return nil }
        var current = value
        for _ in 0..<Self.maximumReferences {
            guard let next = references.targets[current.key], next.node.kind == .object else { break }
            current = next
        }
        let location = documents.location(of: current.reference ?? current)
        let problem = references.deadEnds[location]
        return UnreadReference(
            part: part, reason: problem?.message ?? "its reference cannot be followed",
            isRemote: problem?.rule == Reference.remoteRule, location: location)
    }

    /// A map of the root document's components.
    func components(_ root: DocumentNode, _ name: String) -> DocumentNode? {
        inner(inner(root["components"])?[name])
    }

    /// The value at a place after following misplaced references; a value without a reference is returned unchanged.
    func inner(_ value: DocumentNode?) -> DocumentNode? {
        guard var current = value else { return nil }
        for _ in 0..<Self.maximumReferences {
            guard current.node.kind == .object, current.reference != nil else { return current }
            guard let next = references.targets[current.key] else { return current }
            current = next
        }
        return nil
    }

    /// The target of a path item's own reference.
    func target(of value: DocumentNode) -> DocumentNode? {
        value.reference == nil ? nil : references.targets[value.key]
    }

    func schema(_ value: DocumentNode?) -> Schema? {
        value.map { Schema($0, uri: documents.documents[$0.document].uri, store: store) }
    }

    mutating func once(
        _ value: DocumentNode,
        parameter read: (inout ContractReader) -> Parameter?
    ) -> Parameter? {
        once(value, keeping: \.referred.parameters, read)
    }

    mutating func once(_ value: DocumentNode, header read: (inout ContractReader) -> Header?) -> Header? {
        once(value, keeping: \.referred.headers, read)
    }

    mutating func once(
        _ value: DocumentNode,
        mediaType read: (inout ContractReader) -> MediaType
    ) -> MediaType {
        once(value, keeping: \.referred.mediaTypes, read)
    }

    /// Values that no reference refers to are read from one place only, so they are not cached.
    private mutating func once<Value>(
        _ value: DocumentNode,
        keeping kept: WritableKeyPath<ContractReader, [NodeKey: Value]>,
        _ read: (inout ContractReader) -> Value
    ) -> Value {
        let place = value.key
        guard referred.places.contains(place) else { return read(&self) }
        if let known = self[keyPath: kept][place] { return known }
        let value = read(&self)
        self[keyPath: kept][place] = value
        return value
    }
}

/// The targets of references, and why the other references have none.
private struct ResolvedReferences {
    let targets: [NodeKey: DocumentNode]
    /// Why references cannot be resolved, by the location of each.
    var deadEnds: [SourceLocation: Diagnostic] = [:]
}

/// Values that references refer to. They are read once, so that each mistake is reported once.
private struct ReferredValues {
    let places: ReferredPlaces
    var parameters: [NodeKey: Parameter?] = [:]
    var headers: [NodeKey: Header?] = [:]
    var mediaTypes: [NodeKey: MediaType] = [:]
}
