/// Writes the pretty text of an object member by member, so that its values never have to exist all at once.
///
/// The text is the same as that of the whole value in ``JSONStyle/pretty``.
public struct JSONObjectText {
    /// The minimum number of bytes in a piece that is handed on.
    private static let pieceLength = 1 << 16

    private var writer = JSONTextWriter(style: .pretty)
    private var isEmpty = true
    private var depth = 1
    private let handOn: ([UInt8]) -> Void

    /// Starts the text of an object without members.
    ///
    /// - Parameter handOn: Receives the UTF-8 bytes of the text, piece by piece.
    public init(handingOn handOn: @escaping ([UInt8]) -> Void) {
        self.handOn = handOn
        writer.append("{")
    }

    /// Adds a member; the name must differ from all earlier names.
    public mutating func add(_ name: String, _ value: JSONValue) {
        begin(name)
        writer.write(value, depth: depth)
        handOnPiece()
    }

    /// Adds a member that is an array, with the elements that `elements` adds. Each is written before the next one is made.
    public mutating func addElements(_ name: String, _ elements: (_ add: (JSONValue) -> Void) -> Void) {
        begin(name)
        writer.append("[")
        var isFirst = true
        elements { element in
            writer.begin(nil, isFirst: isFirst, depth: depth + 1)
            writer.write(element, depth: depth + 1)
            isFirst = false
            handOnPiece()
        }
        if isFirst { writer.append("]") } else { writer.close("]", depth: depth) }
    }

    /// Adds a member that is an object, with the members that `members` adds.
    public mutating func addMembers(_ name: String, _ members: (inout JSONObjectText) -> Void) {
        begin(name)
        writer.append("{")
        isEmpty = true
        depth += 1
        members(&self)
        depth -= 1
        if isEmpty { writer.append("}") } else { writer.close("}", depth: depth) }
        isEmpty = false
    }

    /// Completes the text, with a line break.
    public consuming func end() {
        if isEmpty { writer.append("}") } else { writer.close("}", depth: 0) }
        writer.append("\n")
        handOn(writer.take())
    }

    private mutating func handOnPiece() {
        if writer.bytes.count >= Self.pieceLength { handOn(writer.take()) }
    }

    private mutating func begin(_ name: String) {
        writer.begin(name, isFirst: isEmpty, depth: depth)
        isEmpty = false
    }
}
