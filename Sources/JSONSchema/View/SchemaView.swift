public import Diagnostics
public import JSONDocument

/// A schema for reading, without validating: what the document says about a value.
///
/// References are followed. Each property considers all branches: the schema itself and all schemas in `allOf`, `oneOf`
/// and `anyOf`. If branches disagree, the first one with a value wins.
public struct SchemaView: Sendable {
    let source: SchemaSource
    let store: SchemaStore

    private let knownPlace: SchemaPlace?
    private let knownLocation: SourceLocation?
    /// The place of the schema, after following references.
    public var place: SchemaPlace { knownPlace ?? store.index.place(source) }
    /// The file, line and column of the schema.
    public var location: SourceLocation { knownLocation ?? store.index.location(of: nil, at: source) }
    /// The schema as written.
    public let node: JSONNode
    /// The dialect of its keywords.
    let family: ResourceDialect.Family

    /// A view without its store.
    struct Parts: Sendable {
        fileprivate var source: SchemaSource
        fileprivate var place: SchemaPlace
        fileprivate var location: SourceLocation
        fileprivate var node: JSONNode
        fileprivate var family: ResourceDialect.Family
    }

    var parts: Parts { Parts(source: source, place: place, location: location, node: node, family: family) }

    init(_ parts: Parts, store: SchemaStore) {
        self.store = store
        source = parts.source
        knownPlace = parts.place
        knownLocation = parts.location
        node = parts.node
        family = parts.family
    }

    /// Creates a view. If place and location are not given, they are computed on each access.
    init(
        source: SchemaSource, store: SchemaStore, place: SchemaPlace?, location: SourceLocation?, node: JSONNode,
        family: ResourceDialect.Family
    ) {
        self.source = source
        self.store = store
        knownPlace = place
        knownLocation = location
        self.node = node
        self.family = family
    }

    /// The schema itself and all schemas in `$ref`, `allOf`, `oneOf` and `anyOf`, in order, each once.
    public var branches: [SchemaView] {
        store.branches(of: self)
    }

    /// The first value for a keyword among the branches.
    public func keyword(_ name: String) -> JSONNode? {
        for branch in branches {
            if let value = branch.own(name) { return value }
        }
        return nil
    }

    /// The keyword of this schema itself. In OpenAPI 3.0 and the older drafts, keywords next to `$ref` are ignored.
    func own(_ name: String) -> JSONNode? {
        guard node.kind == .object else { return nil }
        if family.ignoresSiblingsOfReference, name != "$ref", node["$ref"] != nil { return nil }
        return node[name]
    }

    // MARK: Descriptions

    /// The `format`.
    public var format: String? { keyword("format")?.string }
    /// The values of `enum`, or of `const`; empty if there is neither.
    public var enumeration: [JSONNode] { Self.enumeration(of: branches) }

    /// The `enum` or `const` of the first branch that has one.
    static func enumeration(of branches: [SchemaView]) -> [JSONNode] {
        for branch in branches {
            if let values = branch.own("enum"), values.kind == .array { return Array(values.elements) }
            if branch.family.knowsConstants, let value = branch.own("const") { return [value] }
        }
        return []
    }
    /// The `default`.
    public var defaultValue: JSONNode? { keyword("default") }
    /// The `example`, or otherwise the first of `examples`.
    public var example: JSONNode? { keyword("example") ?? keyword("examples")?[0] }
    /// Whether only the server sends the value.
    public var isReadOnly: Bool { says("readOnly") }
    /// Whether only the client sends the value.
    public var isWriteOnly: Bool { says("writeOnly") }
    /// Whether null is among the allowed values.
    public var isNullable: Bool { allows(.null) }
    /// Whether the value should no longer be used.
    public var isDeprecated: Bool { says("deprecated") }
    /// The `title`.
    public var title: String? { keyword("title")?.string }
    /// The `description`.
    public var description: String? { keyword("description")?.string }

    private func says(_ keyword: String) -> Bool {
        branches.contains { $0.own(keyword)?.boolean == true }
    }
}

/// The schema of a view itself, without its branches.
extension SchemaView {
    /// A keyword of this schema itself, without its branches.
    public func ownKeyword(_ name: String) -> JSONNode? {
        own(name)
    }

    /// A schema inside this one, with references followed; `nil` if a reference cannot be resolved.
    ///
    /// - Parameter schema: A value inside this view's ``node``, at any depth.
    public func subschema(_ schema: JSONNode) -> SchemaView? {
        store.view(of: part(schema))
    }

    /// The schemas that these keywords (`$ref`, `allOf`, `oneOf` …) of this schema itself apply to the same value.
    public func applied(by keywords: [String]) -> [SchemaView] {
        store.targets(of: self, under: keywords)
    }
}
