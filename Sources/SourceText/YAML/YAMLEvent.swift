internal import JSONDocument

/// One event of a YAML text: a scalar, an alias, or the start or end of a collection.
struct YAMLEvent {
    enum Kind: Equatable {
        case scalar(isPlain: Bool)
        /// The index of the event that has the anchor.
        case alias(target: Int32)
        case sequence
        case mapping
        case end
    }

    let kind: Kind
    /// The text of a scalar.
    let text: String
    // There are about a tenth as many events as bytes, so each byte here counts.
    private let line: UInt32
    private let column: UInt32
    private var end: Int32
    private var count: Int32

    init(_ kind: Kind, text: String = "", at position: TextPosition, next: Int, size: Int = 1) {
        self.kind = kind
        self.text = text
        line = UInt32(clamping: position.line)
        column = UInt32(clamping: position.column)
        end = Int32(clamping: next)
        count = Int32(clamping: size)
    }

    var position: TextPosition { TextPosition(line: Int(line), column: Int(column), offset: -1) }

    /// The index after the last event of the value, including its `end`.
    var next: Int {
        get { Int(end) }
        set { end = Int32(clamping: newValue) }
    }

    /// The number of values once aliases are expanded.
    var size: Int {
        get { Int(count) }
        set { count = Int32(clamping: newValue) }
    }
}

/// The documents of a YAML text, each a range of events.
struct YAMLStream {
    var events: [YAMLEvent] = []
    /// The full tags that the text contains, by event index.
    var tags: [Int: String] = [:]
    /// The root value of each document.
    var roots: [Int] = []
    /// Where each document starts.
    var starts: [TextPosition] = []
}
