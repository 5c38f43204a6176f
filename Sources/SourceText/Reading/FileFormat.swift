package import JSONDocument

/// One kind of file that people write for us: how its rules are called, and the words for its parts.
package struct FileFormat: Sendable {
    /// What the rules of its diagnostics start with: `configuration`, `behaviour`, `baseline`.
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
        /// What an entry of a list of texts is called, in terms of the list.
        package var entry: @Sendable (_ list: String) -> String = { "each entry of \($0)" }
        /// What was found instead of the right kind.
        package var found: @Sendable (JSONKind) -> String = { $0.name }
        package var unknownKey: @Sendable (_ owner: String, _ key: String) -> String = { "\($0) has no key \($1)" }
        /// What all known keys are called.
        package var knownKeys = "the known keys are"
        /// What all words of a few are called.
        package var knownWords = "the values are"
        /// The rule for a word that is not one of a few.
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
