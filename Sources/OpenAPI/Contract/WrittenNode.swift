public import Diagnostics
public import JSONDocument
public import JSONSchema
internal import Primitives
internal import SourceText

/// A value of a contract's documents as written, with overlays applied. Use it for facts that no other part of the
/// contract provides.
public struct WrittenNode: Sendable {
    private let contract: Contract
    private let value: DocumentNode

    init(_ value: DocumentNode, of contract: Contract) {
        self.contract = contract
        self.value = value
    }

    /// The value.
    public var node: JSONNode { value.node }

    /// The identity of the value among all values of the contract's documents.
    public var identity: AnyHashable { AnyHashable(value.key) }

    /// The member with this name; references are not followed.
    public subscript(_ name: String) -> WrittenNode? {
        value[name].map { WrittenNode($0, of: contract) }
    }

    /// The members in order, specification extensions (`x-…`) included.
    public var members: [(name: String, value: WrittenNode)] {
        value.members.map { ($0.name, WrittenNode($0.value, of: contract)) }
    }

    /// The elements in order.
    public var elements: [WrittenNode] {
        value.elements.map { WrittenNode($0, of: contract) }
    }

    /// The text of a member.
    public func text(_ name: String) -> String? { value.text(name) }

    /// The boolean of a member.
    public func flag(_ name: String) -> Bool? { value.flag(name) }

    /// The location that is most useful to readers: of the name if the value is a member, otherwise of the value.
    public var location: SourceLocation { contract.source.documents.location(of: value) }

    /// The value after following references; `nil` if a reference cannot be resolved.
    public var followed: WrittenNode? {
        var current = value
        for _ in 0..<100 {
            guard current.node.kind == .object, let reference = current.reference else {
                return WrittenNode(current, of: contract)
            }
            guard let text = reference.node.string,
                let next = contract.source.documents.target(of: text, in: current.document)
            else { return nil }
            current = next
        }
        return nil
    }

    /// The target of the value's own reference, one step; `nil` without a reference.
    public var target: WrittenNode? {
        guard let text = value.text("$ref") else { return nil }
        return contract.source.documents.target(of: text, in: value.document).map { WrittenNode($0, of: contract) }
    }

    /// The view of the value as a schema; `nil` if its reference cannot be resolved.
    public var schema: SchemaView? {
        contract.schemas.view(of: value.node, in: contract.source.documents.documents[value.document].uri)
    }

    /// Whether the value's document follows OpenAPI 3.0.
    public var isOpenAPI30: Bool { contract.source.documents.version(of: value) == .v30 }

    /// Whether both values are equal as JSON.
    public func isEqual(to other: WrittenNode) -> Bool {
        value.node.withTape { left, one in
            other.node.withTape { right, two in JSONTape.equal(left, one, right, two) }
        }
    }
}

extension Contract {
    /// The root document, as written.
    public var written: WrittenNode { WrittenNode(source.documents.root(of: 0), of: self) }
}

extension DocumentSet {
    /// The target of a reference in a document, if it is in a loaded document.
    func target(of text: String, in document: Int) -> DocumentNode? {
        guard let reference = try? Reference(text, in: documents[document].path) else { return nil }
        let index: Int? =
            switch reference.target {
            case .sameDocument: document
            case .absolute(let uri): index(ofAddress: uri)
            case .file(let path, let uri):
                documents.firstIndex { $0.path.isSame(as: path) } ?? index(ofAddress: uri)
                    ?? documents.firstIndex { $0.uri.isSame(as: uri) }
            }
        guard let index, let pointer = JSONPointer(reference.fragment ?? "") else { return nil }
        return documents[index].source.document.root.node(at: pointer).map {
            DocumentNode(document: index, node: $0)
        }
    }
}
