internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives
internal import SourceText

/// Walks through the root document and everything that it refers to.
///
/// It loads the referenced files, resolves each reference, and reports values with the wrong shape. Every value is
/// visited once, without recursion, so neither cycles nor depth matter.
struct ReferenceCrawl {
    struct Item {
        var value: DocumentNode
        var kind: ObjectKind
        /// Whether `$id` changed the base URI of the schema, so that relative references do not name files.
        var hasOwnBase = false
        /// Whether the schema is inside something other than a schema.
        var isRoot = true
        /// Whether the schema is one of several that are applied to the same value.
        var isBranch = false
    }

    var documents: DocumentSet
    var diagnostics: [Diagnostic] = []
    /// The targets of Reference Objects that are not schemas.
    var targets: [NodeKey: DocumentNode] = [:]
    /// Every schema that is inside something other than a schema, in the order found.
    var schemaRoots: [DocumentNode] = []

    var kinds = VisitedKinds()
    /// The targets of references that consist only of a fragment.
    var fragments: [Fragment: DocumentNode?] = [:]
    var pending: [Item] = []
    var identifiers = SchemaIdentifiers()
    var reportedCycles: Set<NodeKey> = []
    /// References that the specification does not allow, with the kind of object expected in their place.
    var misplaced: [(place: String, reference: DocumentNode)] = []
    /// Everything visited, in order; `nil` if it is not requested.
    private(set) var visited: [Item]?

    init(documents: DocumentSet, collects: Bool = false) {
        self.documents = documents
        visited = collects ? [] : nil
    }

    /// Walks from the root document.
    mutating func run(as kind: ObjectKind = .document) {
        pending = [Item(value: documents.root(of: 0), kind: kind)]
        while let item = pending.popLast() {
            visit(item)
        }
        reportMisplaced()
        diagnostics += identifiers.missing
        // A value of another kind than its reference expects is not read as that kind.
        guard kinds.hasConflicts else { return }
        targets = targets.filter { key, target in kinds.conflict(at: target.key).map { $0 == kinds[key] } ?? true }
    }

    mutating func visit(_ item: Item) {
        let key = item.value.key
        if let known = kinds[key] {
            if known != item.kind { reportConflict(at: key, known, item) }
            return
        }
        kinds.insert(item.kind, at: key, of: documents)
        visited?.append(item)
        guard item.kind != .schema else { return visitSchema(item) }
        guard item.value.node.kind == .object else {
            return report(
                "openapi.shape",
                .error,
                "expected \(item.kind.described), found \(item.value.node.kind.described)",
                at: item.value
            )
        }
        let version = documents.version(of: item.value)
        let isReferable = item.kind.isReferable(in: version)
        let mayBeMisplaced = item.kind.mayBeMisplacedReference(in: version)
        let reference = isReferable || mayBeMisplaced ? item.value.reference : nil
        if isReferable, let reference {
            follow(reference, of: item)
            guard item.kind == .pathItem else {
                return noteSiblings(of: reference, in: item.value, version: version)
            }
        }
        if mayBeMisplaced, let reference, reference.node.kind == .string {
            followMisplaced(reference, of: item)
            return noteSiblings(of: reference, in: item.value, version: version)
        }
        let children = ObjectChildren(of: item.value, kind: item.kind, version: version)
        report(children.problems)
        for collection in children.referredCollections { followMisplaced(collection) }
        for child in children.objects.reversed() {
            pending.append(Item(value: child.value, kind: child.kind))
        }
    }

    mutating func noteSiblings(of reference: DocumentNode, in value: DocumentNode, version: OpenAPIVersion) {
        let allowed = version >= .v31 ? ["$ref", "summary", "description"] : ["$ref"]
        for member in value.members where !allowed.contains(member.name) && !member.name.isExtensionName {
            report("reference.sibling", .note, "`\(member.name)` next to $ref has no effect", at: member.value)
        }
    }

    mutating func reportConflict(at key: NodeKey, _ known: ObjectKind, _ item: Item) {
        guard let (referrer, wanted) = kinds.referrer(of: key) else { return }
        let actual = wanted == known ? item.kind : known
        kinds.insertConflict(actual, at: key)
        report(
            "reference.kind",
            .error,
            "the reference must lead to \(wanted.described), but leads to \(actual.described)",
            at: referrer
        )
    }

    mutating func report(_ rule: String, _ severity: Severity, _ message: String, at value: DocumentNode) {
        diagnostics.append(documents.diagnostic(rule, severity, message, at: value))
    }
}

/// The fragment of a reference, and the document of its target.
struct Fragment: Hashable {
    let document: Int
    let text: TextKey
}

/// Every `$id` of the schemas, and the references that only an `$id` can resolve.
struct SchemaIdentifiers {
    /// Every `$id`, as an absolute URI and as written.
    private var known: Set<JSONNameKey> = []
    /// Diagnostics for references that are dropped if an `$id` turns out to be their target.
    private var doubtful: [(uri: String, diagnostic: Diagnostic)] = []

    mutating func insert(_ identifier: String) {
        known.insert(JSONNameKey(identifier))
    }

    /// Remembers a diagnostic about a reference to `uri`.
    mutating func doubt(_ uri: String, _ diagnostic: Diagnostic) {
        doubtful.append((uri, diagnostic))
    }

    /// The diagnostics about references that no `$id` resolves.
    var missing: [Diagnostic] {
        doubtful.filter { !known.contains(JSONNameKey($0.uri)) }.map(\.diagnostic)
    }
}

/// The kind with which each value of the documents was visited, one byte per value, and the conflicts between them.
struct VisitedKinds {
    private var kinds: [[ObjectKind?]] = []
    /// The first reference to a place, and the kind of object that it expects.
    private var referrers: [NodeKey: (reference: DocumentNode, kind: ObjectKind)] = [:]
    /// The actual kind of targets for which references expect another kind.
    private var conflicts: [NodeKey: ObjectKind] = [:]

    var hasConflicts: Bool { !conflicts.isEmpty }

    /// The kind of a target if a reference expects another kind; `nil` if the kinds agree.
    func conflict(at key: NodeKey) -> ObjectKind? { conflicts[key] }

    mutating func insertConflict(_ actual: ObjectKind, at key: NodeKey) {
        conflicts[key] = actual
    }

    /// The first reference to a place, and the kind of object that it expects.
    func referrer(of key: NodeKey) -> (reference: DocumentNode, kind: ObjectKind)? { referrers[key] }

    /// Remembers a reference to a place, unless there was one before.
    mutating func insertReferrer(_ reference: DocumentNode, of key: NodeKey, expecting kind: ObjectKind) {
        if referrers[key] == nil { referrers[key] = (reference, kind) }
    }

    subscript(_ key: NodeKey) -> ObjectKind? {
        key.document < kinds.count && key.index < kinds[key.document].count ? kinds[key.document][key.index] : nil
    }

    mutating func insert(_ kind: ObjectKind, at key: NodeKey, of documents: DocumentSet) {
        while kinds.count <= key.document { kinds.append([]) }
        if kinds[key.document].isEmpty {
            let count = documents.root(of: key.document).node.withTape { tape, _ in tape.count }
            kinds[key.document] = Array(repeating: nil, count: count)
        }
        kinds[key.document][key.index] = kind
    }
}
