internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

/// A value of one of the documents, and the way to it.
struct DocumentNode: Sendable {
    /// The index of the document in its ``DocumentSet``.
    let document: Int
    let node: JSONNode
    private let way: Way

    /// The way from the root. Most values are looked at and passed, so that it is put together when it is asked for.
    private enum Way {
        case known(JSONPointer)
        case below(Holder)
    }

    /// The list or object that a value stands in; its values share it.
    private final class Holder: Sendable {
        let value: DocumentNode

        init(_ value: DocumentNode) { self.value = value }
    }

    /// The value at the end of `pointer`.
    init(document: Int, node: JSONNode, pointer: JSONPointer) {
        self.document = document
        self.node = node
        way = .known(pointer)
    }

    private init(_ node: JSONNode, in holder: Holder) {
        document = holder.value.document
        self.node = node
        way = .below(holder)
    }

    /// The way from the root of the document.
    var pointer: JSONPointer {
        var tokens: [String] = []
        var current = self
        while true {
            switch current.way {
            case .known(let start):
                return JSONPointer(start.tokens + tokens.reversed())
            case .below(let holder):
                tokens.append(current.node.token(in: holder.value.node))
                current = holder.value
            }
        }
    }

    /// What tells the value from all others of the contract's documents.
    var key: NodeKey { NodeKey(document: document, index: node.tapeIndex) }

    /// The member with this name.
    subscript(_ name: String) -> DocumentNode? {
        node[name].map { DocumentNode($0, in: Holder(self)) }
    }

    /// The members in order; specification extensions (`x-…`) included.
    var members: [(name: String, value: DocumentNode)] {
        guard node.kind == .object else { return [] }
        let holder = Holder(self)
        return node.members.map { ($0.name, DocumentNode($0.value, in: holder)) }
    }

    /// The members whose values are lists or objects.
    var branches: [(name: String, value: DocumentNode)] {
        guard node.kind == .object else { return [] }
        let holder = Holder(self)
        return node.members.compactMap { member in
            let kind = member.value.kind
            return kind == .object || kind == .array ? (member.name, DocumentNode(member.value, in: holder)) : nil
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
        guard node.kind == .array else { return [] }
        let holder = Holder(self)
        return node.elements.map { DocumentNode($0, in: holder) }
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

extension JSONNode {
    /// The name or index of the value in the list or object that it stands in.
    fileprivate func token(in holder: JSONNode) -> String {
        withTape { tape, own in
            guard holder.kind == .array else { return tape.string(at: own - 1) }
            var element = tape.firstChild(of: holder.tapeIndex)
            var number = 0
            while element < own {
                element = tape.end(of: element)
                number += 1
            }
            return String(number)
        }
    }
}

extension String {
    /// Whether a member of this name is a specification extension.
    var isExtensionName: Bool {
        utf8.starts(with: "x-".utf8)
    }
}
