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
