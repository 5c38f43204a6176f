/// One value of a document. It keeps the document alive; copying is cheap.
///
/// Nodes are not `Equatable`: two nodes may have the same place, the same text or the same value. Compare ``value``.
public struct JSONNode: Sendable {
    @usableFromInline let storage: JSONStorage
    /// The index of this value on the document's tape.
    public let tapeIndex: Int

    @inlinable
    init(storage: JSONStorage, index: Int) {
        self.storage = storage
        self.tapeIndex = index
    }

    /// The kind of the value.
    @inlinable
    public var kind: JSONKind { storage.entries[tapeIndex].kind }

    /// The position of the value.
    public var position: TextPosition { storage.position(of: tapeIndex) }

    /// The position of the name of this member value; nil for elements and the root.
    public var namePosition: TextPosition? {
        guard tapeIndex > 0, storage.entries[tapeIndex - 1].flags.contains(.name) else { return nil }
        return storage.position(of: tapeIndex - 1)
    }

    /// Whether the value is `null`.
    public var isNull: Bool { kind == .null }

    /// The boolean; nil for other kinds.
    public var boolean: Bool? { kind == .boolean ? storage.entries[tapeIndex].flags.contains(.yes) : nil }

    /// The number with its spelling; nil for other kinds.
    public var number: JSONNumber? { kind == .number ? storage.withTape { $0.number(at: tapeIndex) } : nil }

    /// The text of a string; nil for other kinds.
    public var string: String? { kind == .string ? storage.withTape { $0.string(at: tapeIndex) } : nil }

    /// The number of elements or members, repeated names counted each time; 0 for scalars.
    public var count: Int { storage.withTape { $0.childCount(at: tapeIndex) } }

    /// The elements of an array; empty for other kinds.
    public var elements: JSONElements { JSONElements(of: self) }

    /// The members of an object in the order of the text, repeated names included; empty for other kinds.
    public var members: JSONMembers { JSONMembers(of: self) }

    /// The value of the member with this name, compared by Unicode scalars; the last one if the name is repeated.
    public subscript(_ name: String) -> JSONNode? {
        guard kind == .object else { return nil }
        var name = name
        return name.withUTF8 { text in
            storage.withTape { $0.value(of: tapeIndex, named: text) }.map { JSONNode(storage: storage, index: $0) }
        }
    }

    /// The value of the member with this name.
    public subscript(_ key: JSONNameKey) -> JSONNode? {
        storage.withTape { $0.value(of: tapeIndex, named: key) }.map { JSONNode(storage: storage, index: $0) }
    }

    /// The element at an index from 0; nil beyond the end and for other kinds. Takes time in proportion to `index`.
    public subscript(_ index: Int) -> JSONNode? {
        guard kind == .array, index >= 0, index < count else { return nil }
        return storage.withTape { tape in
            var element = tape.firstChild(of: tapeIndex)
            for _ in 0..<index { element = tape.end(of: element) }
            return JSONNode(storage: storage, index: element)
        }
    }

    /// The value at a pointer from here (RFC 6901); nil if there is none.
    public func node(at pointer: JSONPointer) -> JSONNode? {
        var node = self
        for token in pointer.tokens {
            let next = node.kind == .array ? JSONPointer.index(token).flatMap { node[$0] } : node[token]
            guard let next else { return nil }
            node = next
        }
        return node
    }

    /// The pointer from the root of the document to this value; takes time in proportion to the text before it.
    public var pointer: JSONPointer { storage.pointers(to: [tapeIndex])[0] }

    /// The value at another tape index of the same document.
    ///
    /// - Parameter tapeIndex: The index of a value, taken from the tape.
    public func node(tapeIndex: Int) -> JSONNode { JSONNode(storage: storage, index: tapeIndex) }

    /// The value as compact JSON text, with the original digits of numbers and repeated names.
    public var spelling: String {
        var writer = JSONTextWriter(style: .compact)
        storage.withTape { writer.write($0, tapeIndex) }
        return writer.text
    }

    /// A detached copy; the last of repeated names counts.
    public var value: JSONValue { storage.withTape { $0.value(at: tapeIndex) } }

    /// Calls `body` with the low-level view and this value's index; the view's pointers are valid only inside `body`.
    @inlinable
    public func withTape<Result, Failure: Error>(
        _ body: (JSONTape, Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withTape { (tape) throws(Failure) -> Result in try body(tape, tapeIndex) }
    }
}
