internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

/// A value of one of the documents.
struct DocumentNode: Sendable {
    /// The index of the document in its ``DocumentSet``.
    let document: Int
    let node: JSONNode

    /// The way from the root of the document, found anew each time: most values are looked at and passed.
    var pointer: JSONPointer { node.pointer }

    /// What tells the value from all others of the contract's documents.
    var key: NodeKey { NodeKey(document: document, index: node.tapeIndex) }

    /// The member with this name.
    subscript(_ name: String) -> DocumentNode? {
        node[name].map { DocumentNode(document: document, node: $0) }
    }

    /// The members in order; specification extensions (`x-…`) included.
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

    /// Looks at each member without making a text of its name.
    ///
    /// - Parameter body: Is given the tape, the index of the name on it, and the value.
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

    /// The members of a map, whose names are free: `x-request-id` is a header there and no extension.
    ///
    /// Objects are entries under any name; what else begins with `x-` is taken for an extension that strayed in.
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

    /// The truth value of a member.
    func flag(_ name: String) -> Bool? {
        node[name]?.boolean
    }

    /// Where a reader would look: at the name if the value is a member, else at the value.
    var anchor: TextPosition {
        node.namePosition ?? node.position
    }
}

/// A value of the contract's documents, for tables of them.
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
