/// Builds a document from the events of another syntax, such as YAML, with the positions of that syntax.
///
/// The document keeps the line and column of a position, and not its offset, which belongs to another text.
///
/// Events must come in order: a name before each member's value, an end for each beginning, and exactly one root value.
/// Events out of order make ``finish()`` throw; they do not trap.
public struct JSONDocumentBuilder: Sendable {
    private let limits: JSONLimits
    private var tape: JSONEventTape

    /// Creates an empty document; ``JSONLimits/maximumBytes`` bounds the total size of names, strings and numbers.
    public init(limits: JSONLimits = JSONLimits()) { self.init(limits: limits, expecting: 0) }

    /// Creates an empty document for the events of a text of about `bytes` bytes.
    package init(limits: JSONLimits, expecting bytes: Int) {
        self.limits = limits
        tape = JSONEventTape(expecting: bytes)
    }

    /// The tape index of the next value or name; pass it to ``copyValue(at:position:)`` to repeat that value.
    public var nextIndex: Int { tape.entries.count }

    /// The number of open containers.
    public var depth: Int { tape.depth }

    /// Begins an object.
    public mutating func beginObject(at position: TextPosition) throws(JSONSyntaxError) {
        try begin(.object, at: position)
    }

    /// Begins an array.
    public mutating func beginArray(at position: TextPosition) throws(JSONSyntaxError) {
        try begin(.array, at: position)
    }

    /// Ends the innermost object.
    public mutating func endObject() { tape.end(.object) }

    /// Ends the innermost array.
    public mutating func endArray() { tape.end(.array) }

    /// Adds the name of the member whose value comes next.
    public mutating func name(_ name: String, at position: TextPosition) throws(JSONSyntaxError) {
        try name.withBytes { (text) throws(JSONSyntaxError) in try self.name(text, at: position) }
    }

    /// Adds the name, in UTF-8, of the member whose value comes next.
    package mutating func name(
        _ name: UnsafeBufferPointer<UInt8>, at position: TextPosition
    ) throws(JSONSyntaxError) {
        try checkSize(adding: name.count, at: position)
        tape.name(name, at: position)
    }

    /// Adds a string.
    public mutating func string(_ text: String, at position: TextPosition) throws(JSONSyntaxError) {
        try text.withBytes { (text) throws(JSONSyntaxError) in try string(text, at: position) }
    }

    /// Adds a string in UTF-8.
    package mutating func string(
        _ text: UnsafeBufferPointer<UInt8>, at position: TextPosition
    ) throws(JSONSyntaxError) {
        try scalar(.string, text, [], at: position)
    }

    /// Adds a number, spelt by the grammar of RFC 8259.
    public mutating func number(_ lexeme: String, at position: TextPosition) throws(JSONSyntaxError) {
        try lexeme.withBytes { (text) throws(JSONSyntaxError) in try number(text, at: position) }
    }

    /// Adds a number, spelt by the grammar of RFC 8259.
    package mutating func number(
        _ lexeme: UnsafeBufferPointer<UInt8>, at position: TextPosition
    ) throws(JSONSyntaxError) {
        var isInteger = true
        let scanner = JSONScanner(lexeme)
        guard !lexeme.isEmpty, (try? scanner.number(0, &isInteger)) == lexeme.count else {
            let message = "\"\(String(decoding: lexeme, as: UTF8.self))\" is not a valid JSON number"
            throw JSONSyntaxError(message: message, position: position, reason: .syntax)
        }
        try scalar(.number, lexeme, isInteger ? .integer : [], at: position)
    }

    /// Adds a boolean.
    public mutating func boolean(_ value: Bool, at position: TextPosition) throws(JSONSyntaxError) {
        try scalar(.boolean, Self.none, value ? .yes : [], at: position)
    }

    /// Adds a null.
    public mutating func null(at position: TextPosition) throws(JSONSyntaxError) {
        try scalar(.null, Self.none, [], at: position)
    }

    /// The text of a value without one.
    private static var none: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

    /// Repeats a complete value of this builder, as an alias does; its inner positions stay those of the original.
    ///
    /// `index` is the value of ``nextIndex`` before the value; `position` is the position of the copy. Texts are
    /// shared, so a copy costs 16 bytes and a position per value. It counts fully against the limit of values.
    public mutating func copyValue(at index: Int, position: TextPosition) throws(JSONSyntaxError) {
        guard let extent = tape.extent(ofValueAt: index) else {
            tape.isBroken = true
            return
        }
        try checkNodes(adding: extent.values, at: position)
        try checkDepth(adding: extent.depth, at: position)
        tape.copyValue(at: index, values: extent.values, position: position)
    }

    /// Repeats a value of another document with all its positions.
    public mutating func copy(_ node: JSONNode) throws(JSONSyntaxError) {
        try node.withTape { (source, root) throws(JSONSyntaxError) in
            let end = source.end(of: root)
            var ends: [(end: Int, kind: JSONKind)] = []
            var index = root
            while index < end {
                let position = node.storage.position(of: index)
                if index != root, node.storage.entries[index].flags.contains(.name) {
                    try name(source.string(at: index), at: position)
                } else {
                    switch source.kind(at: index) {
                    case .null: try null(at: position)
                    case .boolean: try boolean(source.boolean(at: index), at: position)
                    case .number: try number(source.number(at: index).lexeme, at: position)
                    case .string: try string(source.string(at: index), at: position)
                    case .array, .object:
                        try begin(source.kind(at: index), at: position)
                        ends.append((source.end(of: index), source.kind(at: index)))
                    }
                }
                index += 1
                while let last = ends.last, last.end == index {
                    tape.end(last.kind)
                    ends.removeLast()
                }
            }
        }
    }

    /// Returns the document; throws if the events were not a single complete value.
    public consuming func finish() throws(JSONSyntaxError) -> JSONDocument {
        guard let storage = tape.storage(maximumRepeated: limits.maximumDuplicateNames) else {
            throw JSONSyntaxError(
                message: "the values, names and ends do not form one complete value",
                position: tape.positions.last?.position ?? .start,
                reason: .syntax
            )
        }
        return JSONDocument(storage: storage)
    }

    private mutating func begin(_ kind: JSONKind, at position: TextPosition) throws(JSONSyntaxError) {
        try checkNodes(adding: 1, at: position)
        try checkDepth(adding: 1, at: position)
        tape.begin(kind, at: position)
    }

    private mutating func scalar(
        _ kind: JSONKind,
        _ text: UnsafeBufferPointer<UInt8>,
        _ flags: JSONTapeEntry.Flags,
        at position: TextPosition
    ) throws(JSONSyntaxError) {
        try checkNodes(adding: 1, at: position)
        try checkSize(adding: text.count, at: position)
        tape.scalar(kind, text, flags, at: position)
    }

    private func checkNodes(adding count: Int, at position: TextPosition) throws(JSONSyntaxError) {
        guard tape.values + count > limits.effectiveNodes else { return }
        let message = "more than \(limits.effectiveNodes) values"
        throw JSONSyntaxError(message: message, position: position, reason: .tooManyValues)
    }

    private func checkDepth(adding levels: Int, at position: TextPosition) throws(JSONSyntaxError) {
        guard tape.depth + levels > limits.effectiveDepth else { return }
        let message = "nested deeper than \(limits.effectiveDepth) levels"
        throw JSONSyntaxError(message: message, position: position, reason: .tooDeep)
    }

    private func checkSize(adding count: Int, at position: TextPosition) throws(JSONSyntaxError) {
        guard tape.content.count + count > limits.effectiveBytes else { return }
        let message = "more than \(limits.effectiveBytes) bytes of text"
        throw JSONSyntaxError(message: message, position: position, reason: .tooLarge)
    }
}

extension String {
    /// `withUTF8` with a typed error.
    fileprivate func withBytes<Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var text = self
        let result = text.withUTF8 { bytes -> Result<Void, Failure> in
            do throws(Failure) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        try result.get()
    }
}
