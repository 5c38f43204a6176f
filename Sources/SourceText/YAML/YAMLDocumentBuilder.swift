internal import JSONDocument

/// Writes the values and keys of one YAML document, in the order of the text, to a ``YAMLDocument``.
///
/// It follows the nesting, decides which scalars are keys, and counts values. It does not check limits.
struct YAMLDocumentBuilder {
    /// A value or key with an anchor.
    struct Anchored {
        /// Its index on the tape.
        fileprivate(set) var index: Int
        /// The number of values once aliases are expanded; nil until the value is complete. Until then, an alias to it is
        /// inside of it.
        fileprivate(set) var size: Int?
    }

    /// An open list or mapping.
    private struct Container {
        /// The role of its next value.
        enum Next { case element, key, value, compoundKey, valueOfCompoundKey }

        let position: TextPosition
        let isMapping: Bool
        let isKey: Bool
        /// The index in `anchored`, or -1.
        let anchor: Int
        var next: Next
        var size = 1
    }

    private let start: TextPosition
    private var json: JSONDocumentBuilder
    private var marks: [Int: YAMLDocument.Mark] = [:]
    private var tags: [Int: String] = [:]
    private var open: [Container] = []
    private var anchors: [JSONNameKey: Int] = [:]
    private var anchored: [Anchored] = []

    /// Begins a document at `start`, in a text of about `bytes` bytes.
    init(at start: TextPosition, expecting bytes: Int) {
        self.start = start
        // The depth of libyaml is bounded, a compound key adds one level, and the reader counts values.
        let limits = JSONLimits(maximumBytes: .max, maximumDepth: JSONLimits.depthCeiling, maximumNodes: .max)
        json = JSONDocumentBuilder(limits: limits, expecting: bytes)
    }

    /// The number of open lists and mappings.
    var depth: Int { open.count }

    /// The number of values in the innermost open container so far, once aliases are expanded; 1 outside of containers.
    var size: Int { open.last?.size ?? 1 }

    /// The latest value with an anchor.
    func anchored(_ name: String) -> Anchored? { anchors[JSONNameKey(name)].map { anchored[$0] } }

    /// Returns the document, whose root must be complete.
    func finish() throws(JSONSyntaxError) -> YAMLDocument {
        YAMLDocument(start: start, written: try json.finish(), marks: marks, tags: tags)
    }

    /// Adds a scalar with its text in UTF-8.
    mutating func scalar(
        _ text: UnsafeBufferPointer<UInt8>, isPlain: Bool, tag: String?, anchor: String?, at position: TextPosition
    ) throws(JSONSyntaxError) {
        let index = json.nextIndex
        var isMarked = tag != nil || anchor != nil
        if let tag { tags[index] = tag }
        if let anchor { register(anchor, Anchored(index: index, size: 1)) }
        if open.last?.next == .key {
            // Keys are text in any spelling.
            isMarked = isMarked || open[open.count - 1].isKey || isPlain && Self.isMergeKey(text)
            try json.name(text, at: position)
        } else if isMarked {
            try json.string(text, at: position)
        } else {
            switch isPlain ? YAMLCoreSchema.value(of: text) : .string {
            case .null: try json.null(at: position)
            case .boolean(let value): try json.boolean(value, at: position)
            case .number(nil): try json.number(text, at: position)
            case .number(let lexeme?): try json.number(lexeme, at: position)
            case .string: try json.string(text, at: position)
            case .impossible:
                isMarked = true
                try json.string(text, at: position)
            }
        }
        if isMarked { marks[index] = .scalar(isPlain: isPlain) }
        complete(size: 1)
    }

    /// Adds an alias of a complete value.
    mutating func alias(of target: Anchored, at position: TextPosition) throws(JSONSyntaxError) {
        marks[json.nextIndex] = .alias(target: target.index)
        if open.last?.next == .key { try json.name("", at: position) } else { try json.null(at: position) }
        complete(size: target.size ?? 1)
    }

    /// Begins a list or a mapping.
    mutating func begin(
        isMapping: Bool, tag: String?, anchor: String?, at position: TextPosition
    ) throws(JSONSyntaxError) {
        let isKey = open.last?.next == .key
        if isKey {
            marks[json.nextIndex] = .compoundKey
            open[open.count - 1].next = .compoundKey
            try json.name("", at: position)
            try json.beginArray(at: position)
        }
        if let tag { tags[json.nextIndex] = tag }
        if let anchor { register(anchor, Anchored(index: json.nextIndex, size: nil)) }
        open.append(
            Container(
                position: position, isMapping: isMapping, isKey: isKey, anchor: anchor == nil ? -1 : anchored.count - 1,
                next: isMapping ? .key : .element
            )
        )
        if isMapping { try json.beginObject(at: position) } else { try json.beginArray(at: position) }
    }

    /// Ends the innermost list or mapping, and returns where it began.
    mutating func end() -> TextPosition? {
        guard let last = open.popLast() else { return nil }
        if last.isMapping { json.endObject() } else { json.endArray() }
        if last.anchor >= 0 { anchored[last.anchor].size = last.size }
        complete(size: last.size)
        return last.position
    }

    private static func isMergeKey(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count == 2 && text[0] == UInt8(ascii: "<") && text[1] == UInt8(ascii: "<")
    }

    private mutating func register(_ anchor: String, _ value: Anchored) {
        anchors[JSONNameKey(anchor)] = anchored.count
        anchored.append(value)
    }

    /// Counts a complete value in the container around it.
    private mutating func complete(size: Int) {
        guard let last = open.indices.last else { return }
        open[last].size += size
        switch open[last].next {
        case .element: break
        case .key: open[last].next = .value
        case .value: open[last].next = .key
        case .compoundKey: open[last].next = .valueOfCompoundKey
        case .valueOfCompoundKey:
            json.endArray()
            open[last].next = .key
        }
    }
}
