/// One member of an object in a document.
public struct JSONMember: Sendable {
    /// The value.
    public let value: JSONNode

    private var nameIndex: Int { value.tapeIndex - 1 }

    init(value: JSONNode) { self.value = value }

    /// The name.
    public var name: String { value.storage.withTape { $0.string(at: nameIndex) } }

    /// The position of the name.
    public var namePosition: TextPosition { value.storage.position(of: nameIndex) }
}

/// The members of an object in the order of the text.
public struct JSONMembers: Sequence, Sendable {
    private let node: JSONNode

    init(of node: JSONNode) { self.node = node }

    /// The number of members.
    public var count: Int { node.kind == .object ? node.count : 0 }

    /// Whether there are none.
    public var isEmpty: Bool { count == 0 }

    /// The exact number of members.
    public var underestimatedCount: Int { count }

    /// Creates an iterator at the first member.
    public func makeIterator() -> Iterator { Iterator(node: node, left: count, name: node.tapeIndex + 1) }

    /// Iterates over the members.
    public struct Iterator: IteratorProtocol, Sendable {
        fileprivate let node: JSONNode
        fileprivate var left: Int
        fileprivate var name: Int

        /// The next member.
        public mutating func next() -> JSONMember? {
            guard left > 0 else { return nil }
            left -= 1
            let value = JSONNode(storage: node.storage, index: name + 1)
            name = Int(node.storage.entries[name + 1].end)
            return JSONMember(value: value)
        }
    }
}

/// The elements of an array in order.
public struct JSONElements: Sequence, Sendable {
    private let node: JSONNode

    init(of node: JSONNode) { self.node = node }

    /// The number of elements.
    public var count: Int { node.kind == .array ? node.count : 0 }

    /// Whether there are none.
    public var isEmpty: Bool { count == 0 }

    /// The exact number of elements.
    public var underestimatedCount: Int { count }

    /// Creates an iterator at the first element.
    public func makeIterator() -> Iterator { Iterator(node: node, left: count, element: node.tapeIndex + 1) }

    /// Iterates over the elements.
    public struct Iterator: IteratorProtocol, Sendable {
        fileprivate let node: JSONNode
        fileprivate var left: Int
        fileprivate var element: Int

        /// The next element.
        public mutating func next() -> JSONNode? {
            guard left > 0 else { return nil }
            left -= 1
            let value = JSONNode(storage: node.storage, index: element)
            element = Int(node.storage.entries[element].end)
            return value
        }
    }
}
