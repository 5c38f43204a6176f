/// A parsed JSON text that keeps the position, spelling and order of every value. Cheap to copy.
///
/// Parsing follows RFC 8259 strictly and is lossless: numbers keep their digits, members keep their order, and repeated
/// names are kept and reported.
///
/// ```swift
/// let document = try JSONDocument(parsing: #"{"price": 19.90}"#)
/// document.root["price"]?.number?.lexeme   // "19.90"
/// document.root["price"]?.position         // 1:11
/// ```
public struct JSONDocument: Sendable {
    @usableFromInline let storage: JSONStorage

    init(storage: JSONStorage) { self.storage = storage }

    /// Parses a UTF-8 text; a byte order mark at its start is ignored.
    public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        guard bytes.count <= limits.effectiveBytes else {
            let message = "\(bytes.count) bytes, more than the limit of \(limits.effectiveBytes)"
            throw JSONSyntaxError(message: message, position: .start, reason: .tooLarge)
        }
        storage = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONSyntaxError) -> JSONStorage in
            var parser = JSONParser(buffer, limits: limits)
            do throws(JSONParser.Failure) {
                try parser.run()
            } catch {
                parser.discard()
                let position = JSONLineTable.scan(to: error.offset, in: buffer)
                throw JSONSyntaxError(message: error.message, position: position, reason: error.reason)
            }
            return parser.finish(source: bytes)
        }
    }

    /// Parses a text; offsets count its UTF-8 bytes.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONSyntaxError) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    /// The outermost value.
    public var root: JSONNode { JSONNode(storage: storage, index: 0) }

    /// The original text, including a byte order mark; empty for a document built from events.
    public var bytes: [UInt8] { storage.source }

    /// Whether the text starts with a byte order mark, which RFC 8259, section 8.1, forbids writers to add.
    public var hasByteOrderMark: Bool { storage.source.starts(with: [0xEF, 0xBB, 0xBF]) }

    /// Calls `body` with the low-level view; its pointers are valid only inside `body`.
    @inlinable
    public func withTape<Result, Failure: Error>(
        _ body: (JSONTape) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try storage.withTape(body)
    }

    /// The value at an index of the tape; nil if there is no value at this index.
    public func node(tapeIndex: Int) -> JSONNode? {
        guard (0..<storage.count).contains(tapeIndex), !storage.entries[tapeIndex].flags.contains(.name) else {
            return nil
        }
        return JSONNode(storage: storage, index: tapeIndex)
    }

    /// The position of the value or name at an index of the tape.
    package func position(tapeIndex: Int) -> TextPosition { storage.position(of: tapeIndex) }
}

extension JSONDocument {
    /// Creates a document from a value; positions refer to its compact text.
    ///
    /// A value whose text exceeds 4 GiB does not fit into a document and gives the document `null`.
    public init(_ value: JSONValue) {
        let text = value.utf8
        if let document = try? JSONDocument(parsing: text, limits: .unbounded) {
            self = document
        } else {
            self.init(storage: .null())
        }
    }
}
