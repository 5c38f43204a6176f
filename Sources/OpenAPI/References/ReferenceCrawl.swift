internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
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

    /// The kind with which each place was visited.
    var kinds = VisitedKinds()
    /// The first reference to a place, and the kind of object that it expects.
    var referrers: [NodeKey: (reference: DocumentNode, kind: ObjectKind)] = [:]
    /// The targets of references that consist only of a fragment.
    var fragments: [Fragment: DocumentNode?] = [:]
    var pending: [Item] = []
    /// Every `$id`, as an absolute URI and as written.
    var identifiers: Set<JSONNameKey> = []
    /// Diagnostics for references that are dropped if an `$id` turns out to be their target.
    var doubtful: [(uri: String, diagnostic: Diagnostic)] = []
    var reportedCycles: Set<NodeKey> = []
    /// The actual kind of targets for which references expect another kind.
    var mistaken: [NodeKey: ObjectKind] = [:]
    /// References that the specification does not allow, with the kind of object expected in their place.
    var misplaced: [(place: String, reference: DocumentNode)] = []
    /// Everything visited, in order, if requested.
    private(set) var visited: [Item] = []
    private let collects: Bool

    init(documents: DocumentSet, collects: Bool = false) {
        self.documents = documents
        self.collects = collects
    }

    /// Walks from the root document.
    mutating func run(as kind: ObjectKind = .document) {
        pending = [Item(value: documents.root(of: 0), kind: kind)]
        while let item = pending.popLast() {
            visit(item)
        }
        reportMisplaced()
        for (uri, diagnostic) in doubtful where !identifiers.contains(JSONNameKey(uri)) {
            diagnostics.append(diagnostic)
        }
        // A value of another kind than its reference expects is not read as that kind.
        guard !mistaken.isEmpty else { return }
        targets = targets.filter { key, target in mistaken[target.key].map { $0 == kinds[key] } ?? true }
    }

    mutating func visit(_ item: Item) {
        let key = item.value.key
        if let known = kinds[key] {
            if known != item.kind { reportConflict(at: key, known, item) }
            return
        }
        kinds.insert(item.kind, at: key, of: documents)
        if collects { visited.append(item) }
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
        if item.kind.isReferable(in: version), let reference = item.value["$ref"] {
            follow(reference, of: item)
            guard item.kind == .pathItem else {
                return noteSiblings(of: reference, in: item.value, version: version)
            }
        }
        if item.kind.mayBeMisplacedReference(in: version), let reference = item.value["$ref"],
            reference.node.kind == .string
        {
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
        guard let (referrer, wanted) = referrers[key] else { return }
        let actual = wanted == known ? item.kind : known
        mistaken[key] = actual
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

/// The fragment of a reference, and the document of its target; equality is by Unicode scalars.
struct Fragment: Hashable {
    let document: Int
    let text: String

    static func == (left: Fragment, right: Fragment) -> Bool {
        left.document == right.document && left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(document)
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// The kind with which each value of the documents was visited, one byte per value.
struct VisitedKinds {
    private var kinds: [[ObjectKind?]] = []

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
