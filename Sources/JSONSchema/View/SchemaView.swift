public import Diagnostics
public import JSONDocument

/// Looks at a schema without judging: what the document says about a value.
///
/// References are followed. Questions are answered by all branches: the schema itself and everything that `allOf`,
/// `oneOf` and `anyOf` lead to. What the branches disagree on is answered by the first that says something.
public struct SchemaView: Sendable {
    let source: SchemaSource
    let store: SchemaStore

    private let knownPlace: SchemaPlace?
    private let knownLocation: SourceLocation?
    /// Where the schema stands, after following references.
    public var place: SchemaPlace { knownPlace ?? store.index.place(source) }
    /// The file, line and column of the schema.
    public var location: SourceLocation { knownLocation ?? store.index.location(of: nil, at: source) }
    /// The schema as it is written.
    public let node: JSONNode
    /// How its keywords are read.
    let family: ResourceDialect.Family

    /// A view without the store that answers its questions.
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

    /// A view; without place and location these are worked out whenever they are asked for.
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

    /// The schema itself and everything that `$ref`, `allOf`, `oneOf` and `anyOf` lead to, in order, each once.
    public var branches: [SchemaView] {
        store.branches(of: self)
    }

    /// The first of the branches' values for a keyword.
    public func keyword(_ name: String) -> JSONNode? {
        for branch in branches {
            if let value = branch.own(name) { return value }
        }
        return nil
    }

    /// The keyword of this very schema. Beside `$ref` OpenAPI 3.0 and the older drafts know no keywords.
    func own(_ name: String) -> JSONNode? {
        guard node.kind == .object else { return nil }
        if family.ignoresSiblingsOfReference, name != "$ref", node["$ref"] != nil { return nil }
        return node[name]
    }

    // MARK: Descriptions

    /// The `format`.
    public var format: String? { keyword("format")?.string }
    /// The values of `enum`, or of `const`; empty when there is neither.
    public var enumeration: [JSONNode] {
        for branch in branches {
            if let values = branch.own("enum"), values.kind == .array { return Array(values.elements) }
            if branch.family.knowsConstants, let value = branch.own("const") { return [value] }
        }
        return []
    }
    /// The `default`.
    public var defaultValue: JSONNode? { keyword("default") }
    /// The `example`, or else the first of `examples`.
    public var example: JSONNode? { keyword("example") ?? keyword("examples")?[0] }
    /// Whether the value is sent by the server only.
    public var isReadOnly: Bool { says("readOnly") }
    /// Whether the value is sent by the client only.
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
