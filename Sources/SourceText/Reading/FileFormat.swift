package import JSONDocument

/// One kind of file that users write: the names of its rules, and the words for its parts.
package struct FileFormat: Sendable {
    /// The first part of its rules' names: `configuration`, `behaviour`, `baseline`.
    package let name: String
    /// Whether texts and names may be empty.
    package let allowsEmptyText: Bool
    package let words: Words

    /// The words of messages, and the rules that they belong to.
    package struct Words: Sendable {
        /// The rule for a value of the wrong kind.
        package var wrongKind = "wrong-type"
        package var map = "a mapping"
        package var listOfTexts = "a list of strings"
        /// The words for an entry of a list of texts, given those for the list.
        package var entry: @Sendable (_ list: String) -> String = { "each entry of \($0)" }
        /// The words for a kind that was found in place of the expected one.
        package var found: @Sendable (JSONKind) -> String = { $0.name }
        package var unknownKey: @Sendable (_ owner: String, _ key: String) -> String = { "\($0) has no key \($1)" }
        /// The words before the list of known keys.
        package var knownKeys = "the known keys are"
        /// The words before the list of allowed values.
        package var knownWords = "the values are"
        /// The rule for a word that is not an allowed value.
        package var unknownWord = "unknown-choice"
        package var wrongWord: @Sendable (_ owner: String, _ word: String) -> String = {
            "unknown value for \($0): \($1)"
        }

        package init() {}
    }

    package init(name: String, allowsEmptyText: Bool = false, words: Words = Words()) {
        self.name = name
        self.allowsEmptyText = allowsEmptyText
        self.words = words
    }
}
