internal import JSONDocument

/// One document of a YAML text as it is written: aliases are not followed and merge keys are not applied.
///
/// Most documents contain nothing of this kind, and `written` is then the result. Otherwise ``YAMLComposer`` writes a
/// second document. Indexes are those of the tape of `written`.
struct YAMLDocument {
    /// A value or a key that has to be resolved.
    enum Mark: Equatable {
        /// A scalar whose text was written as a string, because it has an anchor or a tag, is a merge key, or cannot be
        /// represented in JSON.
        case scalar(isPlain: Bool)
        /// An alias of the value or key at `target`, written as null or as an empty name.
        case alias(target: Int)
        /// A key that is a list or a mapping. It was written as an empty name with a list of the key and its value.
        case compoundKey
    }

    /// Where the document starts.
    let start: TextPosition
    let written: JSONDocument
    let marks: [Int: Mark]
    /// The full tags of values and keys.
    let tags: [Int: String]

    /// Whether `written` is the result.
    var isFinal: Bool { marks.isEmpty && tags.isEmpty }
}
