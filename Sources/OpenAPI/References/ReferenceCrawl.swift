internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import SourceText

/// Walks through everything that the root document holds or refers to.
///
/// It loads the files that references name, finds out where each reference leads, and reports what has the wrong
/// shape. Everything is visited once, without recursion, so neither cycles nor depth can hurt.
struct ReferenceCrawl {
    struct Item {
        var value: DocumentNode
        var kind: ObjectKind
        /// Whether `$id` gave the schema a base of its own, so that relative references name no files.
        var hasOwnBase = false
        /// Whether the schema stands in something that is no schema.
        var isRoot = true
        /// Whether the schema is one of several that are applied to the same value.
        var isBranch = false
    }

    var documents: DocumentSet
    var diagnostics: [Diagnostic] = []
    /// Where each Reference Object that stands for something else than a schema leads to.
    var targets: [SchemaPlace: SchemaPlace] = [:]
    /// Every schema that stands in something else than a schema, in the order found.
    var schemaRoots: [SchemaPlace] = []

    /// What each visited place was taken for.
    var kinds: [SchemaPlace: ObjectKind] = [:]
    /// The first reference to a place, and what it takes the place for.
    var referrers: [SchemaPlace: DocumentNode] = [:]
    var targetKinds: [SchemaPlace: ObjectKind] = [:]
    var pending: [Item] = []
    /// Every `$id`, as an absolute URI and as written.
    var identifiers: Set<JSONNameKey> = []
    /// Problems of references that turn out to be none if an `$id` is what they name.
    var doubtful: [(uri: String, diagnostic: Diagnostic)] = []
    var reportedCycles: Set<SchemaPlace> = []
    /// What really stands at places that references take for something else.
    var mistaken: [SchemaPlace: ObjectKind] = [:]
    /// Everything visited, in order, if that is asked for.
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
        for (uri, diagnostic) in doubtful where !identifiers.contains(JSONNameKey(uri)) {
            diagnostics.append(diagnostic)
        }
        // A value of another kind than its reference means is not read as what it is not.
        targets = targets.filter { place, target in mistaken[target].map { $0 == kinds[place] } ?? true }
    }

    mutating func visit(_ item: Item) {
        let place = documents.place(of: item.value)
        if let known = kinds[place] {
            if known != item.kind { reportConflict(at: place, known, item) }
            return
        }
        kinds[place] = item.kind
        if collects { visited.append(item) }
        guard item.kind != .schema else { return visitSchema(item, at: place) }
        guard item.value.node.kind == .object else {
            return report(
                "openapi.shape",
                .error,
                "\(item.value.node.kind.described) stands where \(item.kind.described) belongs",
                at: item.value
            )
        }
        let version = documents.version(of: item.value)
        if item.kind.isReferable(in: version), let reference = item.value["$ref"] {
            follow(reference, of: item, at: place)
            guard item.kind == .pathItem else {
                return noteSiblings(of: reference, in: item.value, version: version)
            }
        }
        let children = ObjectChildren(of: item.value, kind: item.kind, version: version)
        for problem in children.problems {
            diagnostics.append(
                documents.diagnostic(
                    problem.rule,
                    problem.severity,
                    problem.message,
                    at: problem.value,
                    help: problem.help
                )
            )
        }
        for child in children.objects.reversed() {
            pending.append(Item(value: child.value, kind: child.kind))
        }
    }

    mutating func noteSiblings(of reference: DocumentNode, in value: DocumentNode, version: OpenAPIVersion) {
        let allowed = version >= .v31 ? ["$ref", "summary", "description"] : ["$ref"]
        for member in value.members where !allowed.contains(member.name) && !member.name.isExtensionName {
            report("reference.sibling", .note, "\"\(member.name)\" next to $ref has no effect", at: member.value)
        }
    }

    mutating func reportConflict(at place: SchemaPlace, _ known: ObjectKind, _ item: Item) {
        guard let referrer = referrers[place] else { return }
        let wanted = targetKinds[place] ?? item.kind
        let actual = wanted == known ? item.kind : known
        mistaken[place] = actual
        report(
            "reference.kind",
            .error,
            "the reference leads to \(actual.described), where \(wanted.described) belongs",
            at: referrer
        )
    }

    mutating func report(_ rule: String, _ severity: Severity, _ message: String, at value: DocumentNode) {
        diagnostics.append(documents.diagnostic(rule, severity, message, at: value))
    }
}
