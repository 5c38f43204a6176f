internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

/// A value of one of the documents, and the way to it.
struct DocumentNode: Sendable {
    /// The index of the document in its ``DocumentSet``.
    let document: Int
    let node: JSONNode
    let pointer: JSONPointer

    /// The member with this name.
    subscript(_ name: String) -> DocumentNode? {
        node[name].map { DocumentNode(document: document, node: $0, pointer: pointer.appending(name)) }
    }

    /// The members in order; specification extensions (`x-…`) included.
    var members: [(name: String, value: DocumentNode)] {
        node.members.map { member in
            (
                member.name,
                DocumentNode(document: document, node: member.value, pointer: pointer.appending(member.name))
            )
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
        node.elements.enumerated().map { index, element in
            DocumentNode(document: document, node: element, pointer: pointer.appending(index))
        }
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

extension String {
    /// Whether a member of this name is a specification extension.
    var isExtensionName: Bool {
        utf8.starts(with: "x-".utf8)
    }
}
