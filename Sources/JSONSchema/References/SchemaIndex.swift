import Diagnostics
import JSONDocument
import Primitives

/// The identifiers of all documents: the targets of URIs and anchors, and the scope of each schema.
///
/// It is not safe for concurrent use; the store guards it.
final class SchemaIndex {
    let documents: SchemaDocuments
    private(set) var resources: [SchemaResource] = []
    private var resourceByURI: [JSONNameKey: Int] = [:]
    /// Per document: the resource of the document itself.
    private var documentResources: [Int] = []
    /// Per document and tape entry: the resource of a schema, or -1. A document without identifiers has none, because all
    /// its schemas belong to the resource of the document. Most documents are like that, and are never walked through.
    private var scopes: [[Int32]?] = []

    /// Reads the identifiers of all documents.
    init(_ documents: SchemaDocuments) {
        self.documents = documents
        for (number, entry) in documents.entries.enumerated() {
            documentResources.append(resources.count)
            let root = entry.document.root
            let base = URIReference(entry.uri)
            let own =
                Self.isOpenAPI(root) ? root["$self"]?.string.map { URIReference($0).resolved(against: base) } : nil
            let source = SchemaSource(document: number, entry: 0)
            var resource = SchemaResource(
                uri: (own ?? base).withoutFragment.text, root: source, dialect: ResourceDialect(entry.dialect))
            if Self.isOpenAPI(root), let dialect = root["jsonSchemaDialect"] {
                apply(dialect, at: source, to: &resource)
            }
            let family = resource.dialect.family
            scopes.append(
                entry.document.withTape { tape in
                    Self.hasIdentifiers(tape, family) ? [Int32](repeating: -1, count: tape.count) : nil
                })
            resources.append(resource)
            resourceByURI[JSONNameKey(entry.uri)] = resources.count - 1
            if own != nil { resourceByURI[JSONNameKey(resource.uri)] = resources.count - 1 }
        }
        for number in documents.entries.indices {
            let root = SchemaSource(document: number, entry: 0)
            walk(from: root, as: rootMode(of: number), scope: documentResources[number])
        }
    }

    /// Whether a member of the document may be an identifier or name a dialect. OpenAPI 3.0 has neither.
    private static func hasIdentifiers(_ tape: JSONTape, _ family: ResourceDialect.Family) -> Bool {
        guard family != .openAPI30 else { return false }
        let names = family == .draft04 ? oldIdentifiers : identifiers
        return (0..<tape.count).contains { entry in
            names.tags & tagBit(tape.nameTag(at: entry)) != 0 && names.table.value(ofName: entry, on: tape) == true
        }
    }

    private static let identifiers = nameTable(["$schema", "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"])
    private static let oldIdentifiers = nameTable(["$schema", "id"])

    /// Names with a bit for each of their tags, which excludes most other names without a look-up.
    private static func nameTable(_ names: [String]) -> (tags: UInt64, table: JSONNameTable<Bool>) {
        let tags = names.reduce(0 as UInt64) { bits, name in
            bits | Array(name.utf8).withUnsafeBufferPointer { tagBit(JSONNameKey.tag($0)) }
        }
        return (tags, JSONNameTable(names.map { ($0, true) }))
    }

    private static func tagBit(_ tag: UInt16) -> UInt64 { 1 &<< UInt64(tag) }

    /// How the root of a document is interpreted.
    private func rootMode(of document: Int) -> DocumentWalk.Mode {
        Self.isOpenAPI(documents.entries[document].document.root) ? .object : .schema
    }

    /// How the root of a resource is interpreted.
    func rootMode(of resource: SchemaResource) -> DocumentWalk.Mode {
        resource.root.entry == 0 ? rootMode(of: resource.root.document) : .schema
    }

    /// How a member or element of a value is interpreted; `nil` if the value is data, or not in the reach of any known
    /// keyword.
    func mode(of child: Int, in parent: SchemaSource, as mode: DocumentWalk.Mode?) -> DocumentWalk.Mode? {
        guard let mode else { return nil }
        let family = resources[scope(of: parent)].dialect.family
        return documents.entries[parent.document].document.withTape { tape in
            DocumentWalk(tape: tape).mode(of: child, in: parent.entry, as: mode, family)
        }
    }

    /// The resource with this absolute URI.
    func resource(_ uri: String) -> Int? {
        resourceByURI[JSONNameKey(uri)]
    }

    /// The resource whose scope a schema is in. A place that no known keyword reaches is read now.
    func scope(of source: SchemaSource) -> Int {
        guard let known = scopes[source.document]?[source.entry] else { return documentResources[source.document] }
        if known >= 0 { return Int(known) }
        let scope = scope(around: source)
        walk(from: source, as: .schema, scope: scope)
        return scopes[source.document].map { Int($0[source.entry]) } ?? scope
    }

    /// The value at a place.
    func node(_ source: SchemaSource) -> JSONNode {
        let document = documents.entries[source.document].document
        return document.node(tapeIndex: source.entry) ?? document.root
    }

    /// File, line and column of a position in the document of `source`.
    func location(_ position: TextPosition, in source: SchemaSource) -> SourceLocation {
        documents.entries[source.document].locate(position)
    }

    /// File, line and column of a keyword's name in the schema at `source`, or of the schema if it has no such keyword.
    func location(of keyword: String?, at source: SchemaSource) -> SourceLocation {
        let node = node(source)
        let position = keyword.flatMap { node[$0]?.namePosition } ?? node.position
        return location(position, in: source)
    }

    private static func isOpenAPI(_ root: JSONNode) -> Bool {
        root["openapi"]?.string != nil || root["swagger"]?.string != nil
    }

    /// The resource whose scope contains a value that is not a schema.
    func scope(around source: SchemaSource) -> Int {
        var scope = documentResources[source.document]
        guard let scopes = scopes[source.document] else { return scope }
        documents.entries[source.document].document.withTape { tape in
            var place = 0
            while place != source.entry {
                if scopes[place] >= 0 { scope = Int(scopes[place]) }
                guard let next = tape.child(of: place, containing: source.entry) else { return }
                place = next.value
            }
        }
        return scope
    }

    // MARK: Reading

    private func walk(from source: SchemaSource, as mode: DocumentWalk.Mode, scope: Int) {
        guard scopes[source.document] != nil else { return }
        let document = documents.entries[source.document].document
        document.withTape { tape in
            var walk = DocumentWalk(tape: tape)
            walk.open(source.entry, as: mode, scope: scope)
            while let step = walk.next() {
                let place = SchemaSource(document: source.document, entry: step.entry)
                guard step.mode == .schema else {
                    walk.descend(step, scope: step.scope, resources[step.scope].dialect.family)
                    continue
                }
                if scopes[place.document]?[place.entry] ?? -1 >= 0 { continue }
                let scope = register(place, within: step.scope)
                scopes[place.document]?[place.entry] = Int32(scope)
                walk.descend(step, scope: scope, resources[scope].dialect.family)
            }
        }
    }

    /// Records the identifiers of one schema; returns the resource that it belongs to.
    private func register(_ place: SchemaSource, within outer: Int) -> Int {
        let node = node(place)
        guard node.kind == .object, resources[outer].dialect.family != .openAPI30 else { return outer }
        var scope = outer
        let declaresDialect = node["$schema"]
        let declared = declaresDialect?.string.flatMap(ResourceDialect.wellKnown)?.family
        let family = declared ?? resources[outer].dialect.family
        // In older drafts, all keywords next to a reference are ignored, including identifiers.
        let isReference = family.ignoresSiblingsOfReference && node["$ref"] != nil
        let identifier = isReference ? nil : node[family.identifier]?.string
        if let identifier, family.hasAnchorsInIdentifiers, identifier.utf8.first == UInt8(ascii: "#") {
            scope = openDialect(declaresDialect, at: place, within: outer)
            addAnchor(String(identifier.dropFirst()), family.identifier, isDynamic: false, at: place, in: scope)
        } else if let identifier {
            scope = openResource(identifier, at: place, within: outer, dialect: declaresDialect)
        } else {
            scope = openDialect(declaresDialect, at: place, within: outer)
        }
        guard resources[scope].dialect.family.knowsUnevaluated else { return scope }
        for (keyword, isDynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
            guard let name = node[keyword]?.string else { continue }
            addAnchor(name, keyword, isDynamic: isDynamic, at: place, in: scope)
        }
        if node["$recursiveAnchor"]?.boolean == true {
            resources[scope].dynamicAnchors[JSONNameKey("")] = place
        }
        return scope
    }

    private func addAnchor(_ name: String, _ keyword: String, isDynamic: Bool, at place: SchemaSource, in scope: Int) {
        let owner = resources[scope].owner ?? scope
        let key = JSONNameKey(name)
        if let other = resources[owner].anchors[key], other != place {
            resources[owner].problems.append(
                Diagnostic(
                    "schema.identifier", .error, Messages.anchorTwice(name),
                    at: location(of: keyword, at: place),
                    related: [.init(Messages.firstUse, at: location(of: nil, at: other))]))
            return
        }
        resources[owner].anchors[key] = place
        if isDynamic { resources[owner].dynamicAnchors[key] = place }
    }

    /// The scope of a schema without an identifier: that of the schema around it, unless it declares another dialect.
    private func openDialect(_ keyword: JSONNode?, at place: SchemaSource, within outer: Int) -> Int {
        guard let keyword else { return outer }
        if resources[outer].root == place {
            apply(keyword, at: place, to: &resources[outer])
            return outer
        }
        var resource = resources[outer]
        resource.problems = []
        resource.root = place
        apply(keyword, at: place, to: &resource)
        guard resource.dialect != resources[outer].dialect || !resource.problems.isEmpty else { return outer }
        resource.anchors = [:]
        resource.dynamicAnchors = [:]
        resource.owner = resources[outer].owner ?? outer
        resources.append(resource)
        return resources.count - 1
    }

    private func openResource(
        _ identifier: String, at place: SchemaSource, within outer: Int, dialect: JSONNode?
    ) -> Int {
        let base = URIReference(resources[outer].uri)
        let uri = URIReference(identifier).resolved(against: base).withoutFragment.text
        let isDocument = resources[outer].root == place && place.entry == 0
        if isDocument, uri.isSame(as: resources[outer].uri) {
            if let dialect { apply(dialect, at: place, to: &resources[outer]) }
            return outer
        }
        var resource = SchemaResource(uri: uri, root: place, dialect: resources[outer].dialect)
        if let dialect { apply(dialect, at: place, to: &resource) }
        if let other = resourceByURI[JSONNameKey(uri)], resources[other].root != place {
            resource.problems.append(
                Diagnostic(
                    "schema.identifier", .error, Messages.identifierTwice(uri),
                    at: location(of: resource.dialect.family.identifier, at: place),
                    related: [
                        .init(
                            Messages.firstUse,
                            at: location(
                                of: resources[other].dialect.family.identifier, at: resources[other].root))
                    ]))
        }
        if isDocument {
            // The URI of the document remains valid; references inside are resolved against `$id`.
            resource.problems += resources[outer].problems
            resources[outer] = resource
            if resourceByURI[JSONNameKey(uri)] == nil { resourceByURI[JSONNameKey(uri)] = outer }
            return outer
        }
        resources.append(resource)
        if resourceByURI[JSONNameKey(uri)] == nil { resourceByURI[JSONNameKey(uri)] = resources.count - 1 }
        return resources.count - 1
    }

    /// Reads `$schema` or `jsonSchemaDialect`.
    private func apply(_ keyword: JSONNode, at place: SchemaSource, to resource: inout SchemaResource) {
        let spot = location(keyword.namePosition ?? keyword.position, in: place)
        guard let text = keyword.string else { return }
        if let dialect = ResourceDialect.wellKnown(text) {
            resource.dialect = dialect
            return
        }
        let uri = URIReference(text).resolved(against: URIReference(resource.uri)).withoutFragment.text
        if ResourceDialect.isUnsupportedDraft(uri) {
            resource.problems.append(
                Diagnostic(
                    "schema.dialect", .error, Messages.unsupportedDialect(uri), at: spot,
                    help: Messages.unsupportedDialectHelp))
            return
        }
        guard let index = documents.index(of: uri) else {
            resource.problems.append(
                Diagnostic("schema.dialect", .warning, Messages.unknownDialect(uri), at: spot))
            return
        }
        let metaschema = documents.entries[index].document.root
        let family = metaschema["$schema"]?.string.flatMap(ResourceDialect.wellKnown)?.family ?? .draft202012
        resource.dialect = ResourceDialect(family: family)
        guard let vocabularies = metaschema["$vocabulary"], vocabularies.kind == .object else { return }
        var groups: Vocabularies = [.openAPI]
        for member in vocabularies.members {
            if let group = Vocabularies.named(member.name) {
                groups.formUnion(group)
            } else if member.value.boolean == true {
                resource.problems.append(
                    Diagnostic("schema.dialect", .error, Messages.unknownVocabulary(member.name), at: spot))
            }
        }
        resource.dialect.vocabularies = groups
    }
}

/// A schema or document with its own URI, and the anchors that can follow its `#`.
struct SchemaResource {
    /// The absolute URI, without a fragment: the base of references inside.
    var uri: String
    /// Its root schema or document.
    var root: SchemaSource
    /// The dialect of its schemas.
    var dialect: ResourceDialect
    /// Schemas by `$anchor` and `$dynamicAnchor`.
    var anchors: [JSONNameKey: SchemaSource] = [:]
    /// Schemas by `$dynamicAnchor` alone.
    var dynamicAnchors: [JSONNameKey: SchemaSource] = [:]
    /// The resource whose URI and anchors this one shares; only the dialect differs.
    var owner: Int?
    /// Diagnostics for the identifiers and the dialect of the resource.
    var problems: [Diagnostic] = []
}
