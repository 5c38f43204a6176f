internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

/// A value of one of the documents.
struct DocumentNode: Sendable {
    /// The index of the document in its ``DocumentSet``.
    let document: Int
    let node: JSONNode

    /// The pointer from the root of the document. It is computed on each access, because most values are never located.
    var pointer: JSONPointer { node.pointer }

    /// The identity of the value among all values of the contract's documents.
    var key: NodeKey { NodeKey(document: document, index: node.tapeIndex) }

    /// The member with this name.
    subscript(_ name: String) -> DocumentNode? {
        node[name].map { DocumentNode(document: document, node: $0) }
    }

    /// `$ref`, whatever its value is. It is looked up in most objects, so its name is prepared once.
    var reference: DocumentNode? {
        guard node.kind == .object else { return nil }
        return node[Self.referenceName].map { DocumentNode(document: document, node: $0) }
    }

    private static let referenceName = JSONNameKey("$ref")

    /// The members in order, including specification extensions (`x-…`).
    var members: [(name: String, value: DocumentNode)] {
        node.members.map { ($0.name, DocumentNode(document: document, node: $0.value)) }
    }

    /// The values of the members that are lists or objects.
    var branches: [DocumentNode] {
        node.members.compactMap { member in
            let kind = member.value.kind
            return kind == .object || kind == .array ? DocumentNode(document: document, node: member.value) : nil
        }
    }

    /// Visits each member without creating a string for its name.
    ///
    /// - Parameter body: Receives the tape, the index of the name on it, and the value.
    func forEachMember(_ body: (JSONTape, Int, DocumentNode) -> Void) {
        guard node.kind == .object else { return }
        node.withTape { tape, own in
            var name = tape.firstChild(of: own)
            let end = tape.end(of: own)
            while name < end {
                body(tape, name, DocumentNode(document: document, node: node.node(tapeIndex: name + 1)))
                name = tape.end(of: name + 1)
            }
        }
    }

    /// The members of a map with author-defined names: there, `x-request-id` is a header and not an extension.
    ///
    /// Objects are entries under any name. Other values whose names begin with `x-` are treated as misplaced
    /// extensions.
    var entries: [(name: String, value: DocumentNode)] {
        members.filter { !$0.name.isExtensionName || $0.value.node.kind == .object }
    }

    /// The elements in order.
    var elements: [DocumentNode] {
        node.elements.map { DocumentNode(document: document, node: $0) }
    }

    /// The text of a member.
    func text(_ name: String) -> String? {
        node[name]?.string
    }

    /// The boolean of a member.
    func flag(_ name: String) -> Bool? {
        node[name]?.boolean
    }

    /// The position that is most useful to readers: of the name if the value is a member, otherwise of the value.
    var anchor: TextPosition {
        node.namePosition ?? node.position
    }
}

/// The identity of a value of the contract's documents, for use as a key.
struct NodeKey: Hashable, Sendable {
    let document: Int
    /// The value's index on the tape of its document.
    let index: Int
}

extension String {
    /// Whether a member of this name is a specification extension.
    var isExtensionName: Bool {
        utf8.starts(with: "x-".utf8)
    }
}

extension JSONTape {
    /// Whether the member of this name is a specification extension.
    func isExtensionName(_ name: Int) -> Bool {
        withText(at: name) { $0.starts(with: "x-".utf8) }
    }
}
