import Primitives
import Testing

@Suite("Text for messages")
struct TextTests {
    @Test(
        "invisible characters are written as escapes",
        arguments: [
            ("plain text", "plain text"),
            ("tab\there", #"tab\there"#),
            ("\u{1B}[31mred", #"\u{1b}[31mred"#),
            ("a\u{202E}b", #"a\u{202e}b"#),
            ("zero\u{200B}width", #"zero\u{200b}width"#),
            ("line\u{2028}end", #"line\u{2028}end"#),
            ("\u{E000}", #"\u{e000}"#),
            ("\u{7F}\u{9B}", #"\u{7f}\u{9b}"#),
            ("größe 中文 🙂", "größe 中文 🙂"),
            ("a\nb", #"a\nb"#),
        ])
    func visible(text: String, shown: String) {
        #expect(visibleText(text) == shown)
    }

    @Test("line breaks stay where several lines are shown, and nothing else does")
    func multiline() {
        #expect(visibleText("a\nb\r\u{0}", multiline: true) == "a\nb\\r\\u{0}")
    }

    @Test(
        "a text of more than the limit ends with an ellipsis",
        arguments: [
            ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, "…"), ("", 0, ""),
            ("e\u{301}e\u{301}", 3, "e\u{301}…"), ("abc", -1, "…"),
        ])
    func truncation(text: String, limit: Int, shown: String) {
        #expect(truncated(text, to: limit).unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test(
        "a count agrees with its noun",
        arguments: [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (-1, "-1 rows")])
    func count(count: Int, text: String) {
        #expect(plural(count, "row") == text)
    }

    @Test("a noun may have a plural of its own")
    func ownPlural() {
        #expect(plural(2, "entry", manyAre: "entries") == "2 entries")
        #expect(plural(1, "entry", manyAre: "entries") == "1 entry")
    }

    @Test(
        "lists",
        arguments: [
            ([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c"),
        ])
    func list(words: [String], text: String) {
        #expect(listed(words, "or") == text)
    }
}
