import JSONDocument
import SourceText
import Testing

@Suite("Writing YAML")
struct YAMLTextTests {
    private func readBack(_ text: String) throws -> JSONValue {
        try SourceReader.parse(Array(text.utf8), path: "x.yaml").document.root.value
    }

    @Test("documents look handwritten")
    func form() {
        let value: JSONValue = [
            "openapi": "3.0.0", "list": .array([["a": 1, "b": .array([])], .array([1, .array([2])]), "x"]),
            "empty": .object(JSONObject()), "text": "one\ntwo\n",
            "no": "no", "date": "2024-01-01", "a key": "a: b", "quote": "it's",
        ]
        #expect(
            YAMLText.write(value) == """
                openapi: '3.0.0'
                list:
                  - a: 1
                    b: []
                  -
                    - 1
                    -
                      - 2
                  - x
                empty: {}
                text: |
                  one
                  two
                'no': 'no'
                date: '2024-01-01'
                'a key': 'a: b'
                quote: 'it''s'

                """)
    }

    @Test("written text is read as the same value")
    func roundTrip() throws {
        let texts = [
            "", " ", "a", "a ", " a", "a\n", "\n", "a\n\n", "\na", "a\n b", " a\nb", "a\nb", "a\n\nb\n", "a \nb", "\t",
            "a\tb", "true", "Null", "~", "1", "1e3", "0x1", "-", "- a", "a: b", "a:", "a #b", "#", "&a", "*a", "!a",
            "|",
            ">", "%", "@", "`", "'", "\"", "\\", "{a}", "[a]", "a,b", "a\u{0}b", "a\r\nb", "\u{85}", "\u{2028}x\ny",
            "é\ny", "😀", "\u{FEFF}", "---", "...", "? a", "<<", "=", "a\n---\nb", "x\n...\n", "日本\n語", "/a/{b}:c",
            "https://a.example/b#c", "y", "on", ".inf", "12:30:45", "2024-01-01T00:00:00Z", "+1", "a'b\"c",
        ]
        for text in texts {
            let plain = JSONValue.string(text)
            let named = JSONValue.object(JSONObject([(text, .array([1]))]))
            let values: [JSONValue] = [
                plain, named, ["k": plain], .array([plain]), .array([.array([plain]), named]),
                .array([["a": plain, "b": .array([plain])]]),
            ]
            for value in values {
                let written = YAMLText.write(value)
                #expect(try readBack(written) == value, "\(written)")
            }
        }
        for spelling in ["1", "1.0", "1e400", "-0", "12345678901234567890", "null", "true", "[[]]", "{\"a\":{}}"] {
            let value = try JSONDocument(parsing: spelling).root.value
            let whole: JSONValue = ["k": value, "l": .array([value])]
            #expect(try readBack(YAMLText.write(whole)) == whole)
        }
    }

    @Test(
        "a quoted text and a key are one line, and are read back as the same text",
        arguments: ["", "plain", "it's", "no", "a: b", "line\nbreak", "tab\t", "\u{85}\u{2028}", "😀", "{a}", "# b"])
    func quoted(text: String) throws {
        let line = "\(YAMLText.key(text)): \(YAMLText.quoted(text))"
        #expect(!line.unicodeScalars.contains { $0 == "\n" || $0 == "\u{85}" || $0 == "\u{2028}" })
        #expect(try readBack(line) == .object(JSONObject([(text, .string(text))])))
    }
}
