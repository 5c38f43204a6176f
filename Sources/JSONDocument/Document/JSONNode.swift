/// A view on one value of a document. It keeps the document alive; copying is cheap.
///
/// Nodes have no equality: two of them may be the same place, the same text or the same value. Compare ``value``.
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

    /// Where the value starts.
    public var position: TextPosition { storage.position(of: tapeIndex) }

    /// Where the name of the member starts whose value this is; nil for elements and the root.
    public var namePosition: TextPosition? {
        guard tapeIndex > 0, storage.entries[tapeIndex - 1].flags.contains(.name) else { return nil }
        return storage.position(of: tapeIndex - 1)
    }

    /// Whether the value is `null`.
    public var isNull: Bool { kind == .null }

    /// The truth value; nil for other kinds.
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

    /// The value of the member of this name, compared by Unicode scalars; of repeated names the last one.
    public subscript(_ name: String) -> JSONNode? {
        guard kind == .object else { return nil }
        var name = name
        return name.withUTF8 { text in
            storage.withTape { $0.value(of: tapeIndex, named: text) }.map { JSONNode(storage: storage, index: $0) }
        }
    }

    /// The value of the member of this name.
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

    /// The value that a pointer leads to from here (RFC 6901); nil when there is none.
    public func node(at pointer: JSONPointer) -> JSONNode? {
        var node = self
        for token in pointer.tokens {
            let next = node.kind == .array ? JSONPointer.index(token).flatMap { node[$0] } : node[token]
            guard let next else { return nil }
            node = next
        }
        return node
    }

    /// The way from the root of the document to this value; takes time in proportion to what stands before it.
    public var pointer: JSONPointer { storage.pointers(to: [tapeIndex])[0] }

    /// The value at another place of the same document.
    ///
    /// - Parameter tapeIndex: The index of a value, from the tape itself.
    public func node(tapeIndex: Int) -> JSONNode { JSONNode(storage: storage, index: tapeIndex) }

    /// The value as compact JSON text, numbers with their own digits, repeated names included.
    public var spelling: String {
        var writer = JSONTextWriter(style: .compact)
        storage.withTape { writer.write($0, tapeIndex) }
        return writer.text
    }

    /// A detached copy; of repeated names the last member counts.
    public var value: JSONValue { storage.withTape { $0.value(at: tapeIndex) } }

    /// Lends the low-level view and this value's index; the view's pointers are valid inside `body` only.
    @inlinable
    public func withTape<Result, Failure: Error>(
        _ body: (JSONTape, Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withTape { (tape) throws(Failure) -> Result in try body(tape, tapeIndex) }
    }
}
