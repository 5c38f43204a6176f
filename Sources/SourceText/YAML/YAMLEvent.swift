internal import JSONDocument

/// One step of a YAML text: a scalar, an alias, or the beginning or end of a collection.
struct YAMLEvent {
    enum Kind: Equatable {
        case scalar(isPlain: Bool)
        /// The index of the event that the anchor stands at.
        case alias(target: Int)
        case sequence
        case mapping
        case end
    }

    var kind: Kind
    /// The text of a scalar.
    var text = ""
    /// The full tag, when one was written.
    var tag: String?
    var position: TextPosition
    /// One past the last event of the value, its `end` included.
    var next: Int
    /// How many values the value comes to once its aliases are followed.
    var size = 1
}

/// The documents of a YAML text, each a run of events.
struct YAMLStream {
    var events: [YAMLEvent] = []
    /// The root value of each document.
    var roots: [Int] = []
    /// Where each document starts.
    var starts: [TextPosition] = []
}
