import JSONDocument
import SourceText
import Testing

/// Texts of YAML and what they mean, in the order of YAML 1.2.2. All scalars that are compared here are text.
@Suite("YAML presentation")
struct YAMLPresentationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let json: String

        init(_ name: String, _ text: String, _ json: String) {
            self.name = name
            self.text = text
            self.json = json
        }

        var testDescription: String { name }

        /// The value with every scalar as text, however it is resolved.
        func check() throws {
            let document = try SourceReader.parse(Array(text.utf8), path: "a.yaml").document
            #expect(Self.plain(document.root.value).text == json)
        }

        private static func plain(_ value: JSONValue) -> JSONValue {
            switch value {
            case .null: .string("")
            case .boolean(let flag): .string(flag ? "true" : "false")
            case .number(let number): .string(number.lexeme)
            case .string: value
            case .array(let elements): .array(elements.map(plain))
            case .object(let object): .object(JSONObject(object.members.map { ($0.name, plain($0.value)) }))
            }
        }
    }

    @Test(
        "block scalars (section 8.1)",
        arguments: [
            Row("|, one line", "k: |\n  a\n", "{\"k\":\"a\\n\"}"),
            Row("|, two lines", "k: |\n  a\n  b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row("|, a blank line between", "k: |\n  a\n\n  b\n", "{\"k\":\"a\\n\\nb\\n\"}"),
            Row("|, two blank lines between", "k: |\n  a\n\n\n  b\n", "{\"k\":\"a\\n\\n\\nb\\n\"}"),
            Row("|, more indentation", "k: |\n  a\n    b\n  c\n", "{\"k\":\"a\\n  b\\nc\\n\"}"),
            Row("|, more indentation first", "k: |\n    a\n    b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row("|, trailing blank lines", "k: |\n  a\n\n\n", "{\"k\":\"a\\n\"}"),
            Row("|, a blank line first", "k: |\n\n  a\n", "{\"k\":\"\\na\\n\"}"),
            Row("|, no line end", "k: |\n  a", "{\"k\":\"a\"}"),
            Row("|, text like syntax", "k: |\n  - a: b # c\n  [d\n", "{\"k\":\"- a: b # c\\n[d\\n\"}"),
            Row("|, a blank line with blanks", "k: |\n  a\n  \n  b\n", "{\"k\":\"a\\n\\nb\\n\"}"),
            Row("|, indented line after a blank one", "k: |\n  a\n\n    b\n  c\n", "{\"k\":\"a\\n\\n  b\\nc\\n\"}"),
            Row("|-, one line", "k: |-\n  a\n", "{\"k\":\"a\"}"),
            Row("|-, two lines", "k: |-\n  a\n  b\n", "{\"k\":\"a\\nb\"}"),
            Row("|-, a blank line between", "k: |-\n  a\n\n  b\n", "{\"k\":\"a\\n\\nb\"}"),
            Row("|-, two blank lines between", "k: |-\n  a\n\n\n  b\n", "{\"k\":\"a\\n\\n\\nb\"}"),
            Row("|-, more indentation", "k: |-\n  a\n    b\n  c\n", "{\"k\":\"a\\n  b\\nc\"}"),
            Row("|-, more indentation first", "k: |-\n    a\n    b\n", "{\"k\":\"a\\nb\"}"),
            Row("|-, trailing blank lines", "k: |-\n  a\n\n\n", "{\"k\":\"a\"}"),
            Row("|-, a blank line first", "k: |-\n\n  a\n", "{\"k\":\"\\na\"}"),
            Row("|-, no line end", "k: |-\n  a", "{\"k\":\"a\"}"),
            Row("|-, text like syntax", "k: |-\n  - a: b # c\n  [d\n", "{\"k\":\"- a: b # c\\n[d\"}"),
            Row("|-, a blank line with blanks", "k: |-\n  a\n  \n  b\n", "{\"k\":\"a\\n\\nb\"}"),
            Row("|-, indented line after a blank one", "k: |-\n  a\n\n    b\n  c\n", "{\"k\":\"a\\n\\n  b\\nc\"}"),
            Row("|+, one line", "k: |+\n  a\n", "{\"k\":\"a\\n\"}"),
            Row("|+, two lines", "k: |+\n  a\n  b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row("|+, a blank line between", "k: |+\n  a\n\n  b\n", "{\"k\":\"a\\n\\nb\\n\"}"),
            Row("|+, two blank lines between", "k: |+\n  a\n\n\n  b\n", "{\"k\":\"a\\n\\n\\nb\\n\"}"),
            Row("|+, more indentation", "k: |+\n  a\n    b\n  c\n", "{\"k\":\"a\\n  b\\nc\\n\"}"),
            Row("|+, more indentation first", "k: |+\n    a\n    b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row("|+, trailing blank lines", "k: |+\n  a\n\n\n", "{\"k\":\"a\\n\\n\\n\"}"),
            Row("|+, a blank line first", "k: |+\n\n  a\n", "{\"k\":\"\\na\\n\"}"),
            Row("|+, no line end", "k: |+\n  a", "{\"k\":\"a\"}"),
            Row("|+, text like syntax", "k: |+\n  - a: b # c\n  [d\n", "{\"k\":\"- a: b # c\\n[d\\n\"}"),
            Row("|+, a blank line with blanks", "k: |+\n  a\n  \n  b\n", "{\"k\":\"a\\n\\nb\\n\"}"),
            Row("|+, indented line after a blank one", "k: |+\n  a\n\n    b\n  c\n", "{\"k\":\"a\\n\\n  b\\nc\\n\"}"),
            Row(">, one line", "k: >\n  a\n", "{\"k\":\"a\\n\"}"),
            Row(">, two lines", "k: >\n  a\n  b\n", "{\"k\":\"a b\\n\"}"),
            Row(">, a blank line between", "k: >\n  a\n\n  b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row(">, two blank lines between", "k: >\n  a\n\n\n  b\n", "{\"k\":\"a\\n\\nb\\n\"}"),
            Row(">, more indentation", "k: >\n  a\n    b\n  c\n", "{\"k\":\"a\\n  b\\nc\\n\"}"),
            Row(">, more indentation first", "k: >\n    a\n    b\n", "{\"k\":\"a b\\n\"}"),
            Row(">, trailing blank lines", "k: >\n  a\n\n\n", "{\"k\":\"a\\n\"}"),
            Row(">, a blank line first", "k: >\n\n  a\n", "{\"k\":\"\\na\\n\"}"),
            Row(">, no line end", "k: >\n  a", "{\"k\":\"a\"}"),
            Row(">, text like syntax", "k: >\n  - a: b # c\n  [d\n", "{\"k\":\"- a: b # c [d\\n\"}"),
            Row(">, a blank line with blanks", "k: >\n  a\n  \n  b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row(">, indented line after a blank one", "k: >\n  a\n\n    b\n  c\n", "{\"k\":\"a\\n\\n  b\\nc\\n\"}"),
            Row(">-, one line", "k: >-\n  a\n", "{\"k\":\"a\"}"),
            Row(">-, two lines", "k: >-\n  a\n  b\n", "{\"k\":\"a b\"}"),
            Row(">-, a blank line between", "k: >-\n  a\n\n  b\n", "{\"k\":\"a\\nb\"}"),
            Row(">-, two blank lines between", "k: >-\n  a\n\n\n  b\n", "{\"k\":\"a\\n\\nb\"}"),
            Row(">-, more indentation", "k: >-\n  a\n    b\n  c\n", "{\"k\":\"a\\n  b\\nc\"}"),
            Row(">-, more indentation first", "k: >-\n    a\n    b\n", "{\"k\":\"a b\"}"),
            Row(">-, trailing blank lines", "k: >-\n  a\n\n\n", "{\"k\":\"a\"}"),
            Row(">-, a blank line first", "k: >-\n\n  a\n", "{\"k\":\"\\na\"}"),
            Row(">-, no line end", "k: >-\n  a", "{\"k\":\"a\"}"),
            Row(">-, text like syntax", "k: >-\n  - a: b # c\n  [d\n", "{\"k\":\"- a: b # c [d\"}"),
            Row(">-, a blank line with blanks", "k: >-\n  a\n  \n  b\n", "{\"k\":\"a\\nb\"}"),
            Row(">-, indented line after a blank one", "k: >-\n  a\n\n    b\n  c\n", "{\"k\":\"a\\n\\n  b\\nc\"}"),
            Row(">+, one line", "k: >+\n  a\n", "{\"k\":\"a\\n\"}"),
            Row(">+, two lines", "k: >+\n  a\n  b\n", "{\"k\":\"a b\\n\"}"),
            Row(">+, a blank line between", "k: >+\n  a\n\n  b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row(">+, two blank lines between", "k: >+\n  a\n\n\n  b\n", "{\"k\":\"a\\n\\nb\\n\"}"),
            Row(">+, more indentation", "k: >+\n  a\n    b\n  c\n", "{\"k\":\"a\\n  b\\nc\\n\"}"),
            Row(">+, more indentation first", "k: >+\n    a\n    b\n", "{\"k\":\"a b\\n\"}"),
            Row(">+, trailing blank lines", "k: >+\n  a\n\n\n", "{\"k\":\"a\\n\\n\\n\"}"),
            Row(">+, a blank line first", "k: >+\n\n  a\n", "{\"k\":\"\\na\\n\"}"),
            Row(">+, no line end", "k: >+\n  a", "{\"k\":\"a\"}"),
            Row(">+, text like syntax", "k: >+\n  - a: b # c\n  [d\n", "{\"k\":\"- a: b # c [d\\n\"}"),
            Row(">+, a blank line with blanks", "k: >+\n  a\n  \n  b\n", "{\"k\":\"a\\nb\\n\"}"),
            Row(">+, indented line after a blank one", "k: >+\n  a\n\n    b\n  c\n", "{\"k\":\"a\\n\\n  b\\nc\\n\"}"),
        ])
    func blocks(row: Row) throws { try row.check() }

    @Test(
        "indentation, comments and neighbours of block scalars (section 8.1.1)",
        arguments: [
            Row("explicit indentation of 2", "k: |2\n    a\n  b\n", "{\"k\":\"  a\\nb\\n\"}"),
            Row("explicit indentation of 1", "k: |1\n a\n  b\n", "{\"k\":\"a\\n b\\n\"}"),
            Row("indicators in either order", "- |-2\n    a\n- |2-\n    a\n", "[\"  a\",\"  a\"]"),
            Row("a comment behind the indicator", "k: | # c\n  a\n", "{\"k\":\"a\\n\"}"),
            Row("followed by a key", "k: |\n  a\nl: b\n", "{\"k\":\"a\\n\",\"l\":\"b\"}"),
            Row("followed by a comment", "k: |\n  a\n# c\nl: b\n", "{\"k\":\"a\\n\",\"l\":\"b\"}"),
            Row("empty", "k: |\nl: b\n", "{\"k\":\"\",\"l\":\"b\"}"),
            Row("empty and kept", "k: |+\n\nl: b\n", "{\"k\":\"\\n\",\"l\":\"b\"}"),
            Row("in a list", "- |\n  a\n- >\n  b\n", "[\"a\\n\",\"b\\n\"]"),
            Row("nested", "k:\n  l: |\n    a\n  m: >-\n    b\n    c\n", "{\"k\":{\"l\":\"a\\n\",\"m\":\"b c\"}}"),
            Row("at the top", "|\n a\n b\n", "\"a\\nb\\n\""),
            Row("at the top after a marker", "--- |\n  a\n  b\n", "\"a\\nb\\n\""),
            Row("in a list of mappings", "- k: |\n    a\n  l: b\n", "[{\"k\":\"a\\n\",\"l\":\"b\"}]"),
            Row("with quotes", "k: |\n  \"a\"\n  'b'\n", "{\"k\":\"\\\"a\\\"\\n'b'\\n\"}"),
        ])
    func blockHeaders(row: Row) throws { try row.check() }

    @Test(
        "flow scalars over lines and plain text (section 7.3)",
        arguments: [
            Row("plain over lines", "k: a\n  b\n", "{\"k\":\"a b\"}"),
            Row("plain with a blank line", "k: a\n\n  b\n", "{\"k\":\"a\\nb\"}"),
            Row("plain with two blank lines", "k: a\n\n\n  b\n", "{\"k\":\"a\\n\\nb\"}"),
            Row("plain over three lines", "k: a\n  b\n   c\n", "{\"k\":\"a b c\"}"),
            Row("single quotes over lines", "k: 'a\n  b'\n", "{\"k\":\"a b\"}"),
            Row("single quotes with a blank line", "k: 'a\n\n  b'\n", "{\"k\":\"a\\nb\"}"),
            Row("single quotes with blanks at the ends", "k: ' a '\n", "{\"k\":\" a \"}"),
            Row("double quotes over lines", "k: \"a\n  b\"\n", "{\"k\":\"a b\"}"),
            Row("double quotes with an escaped line end", "k: \"a\\\n  b\"\n", "{\"k\":\"ab\"}"),
            Row("double quotes with an escaped line end and blanks", "k: \"a  \\\n  \\ b\"\n", "{\"k\":\"a   b\"}"),
            Row("double quotes with a blank line", "k: \"a\n\n  b\"\n", "{\"k\":\"a\\nb\"}"),
            Row("blanks at line ends are dropped", "k: \"a  \n  b\"\n", "{\"k\":\"a b\"}"),
            Row("a flow list over lines", "k: [a,\n  b\n  ]\n", "{\"k\":[\"a\",\"b\"]}"),
            Row("a flow mapping over lines", "k: {a: b,\n  c: d}\n", "{\"k\":{\"a\":\"b\",\"c\":\"d\"}}"),
            Row("plain text in a flow list over lines", "[a\n b, c]\n", "[\"a b\",\"c\"]"),
            Row("an empty plain scalar", "k:\nl: ''\n", "{\"k\":\"\",\"l\":\"\"}"),
            Row("two quotes", "k: ''''\n", "{\"k\":\"'\"}"),
            Row("quotes inside plain text", "k: a'b\"c\n", "{\"k\":\"a'b\\\"c\"}"),
            Row("a hash inside", "k: a#b\n", "{\"k\":\"a#b\"}"),
            Row("a colon inside", "k: a:b\n", "{\"k\":\"a:b\"}"),
            Row("a colon at a word's end in a list", "- a:\n", "[{\"a\":\"\"}]"),
            Row("a dash inside", "k: a-b\n", "{\"k\":\"a-b\"}"),
            Row("a dash at the start", "k: -a\n", "{\"k\":\"-a\"}"),
            Row("a question mark at the start", "k: ?a\n", "{\"k\":\"?a\"}"),
            Row("a colon at the start", "k: :a\n", "{\"k\":\":a\"}"),
            Row("a comma outside flow", "k: a, b\n", "{\"k\":\"a, b\"}"),
            Row("brackets inside", "k: a[b]\n", "{\"k\":\"a[b]\"}"),
            Row("a percent sign", "k: 50%\n", "{\"k\":\"50%\"}"),
            Row("an exclamation mark inside", "k: a!b\n", "{\"k\":\"a!b\"}"),
            Row("an ampersand inside", "k: a&b\n", "{\"k\":\"a&b\"}"),
            Row("an asterisk inside", "k: a*b\n", "{\"k\":\"a*b\"}"),
            Row("a bar inside", "k: a|b\n", "{\"k\":\"a|b\"}"),
            Row("an equals sign", "k: =\n", "{\"k\":\"=\"}"),
            Row("a less-than sign", "k: <\n", "{\"k\":\"<\"}"),
            Row("a tilde inside", "k: a~\n", "{\"k\":\"a~\"}"),
        ])
    func flowScalars(row: Row) throws { try row.check() }

    @Test(
        "escapes of double quotes (section 5.7)",
        arguments: [
            Row("0", "k: \"\\0\"\n", "{\"k\":\"\\u0000\"}"),
            Row("a", "k: \"\\a\"\n", "{\"k\":\"\\u0007\"}"),
            Row("b", "k: \"\\b\"\n", "{\"k\":\"\\b\"}"),
            Row("t", "k: \"\\t\"\n", "{\"k\":\"\\t\"}"),
            Row("n", "k: \"\\n\"\n", "{\"k\":\"\\n\"}"),
            Row("v", "k: \"\\v\"\n", "{\"k\":\"\\u000b\"}"),
            Row("f", "k: \"\\f\"\n", "{\"k\":\"\\f\"}"),
            Row("r", "k: \"\\r\"\n", "{\"k\":\"\\r\"}"),
            Row("e", "k: \"\\e\"\n", "{\"k\":\"\\u001b\"}"),
            Row(" ", "k: \"\\ \"\n", "{\"k\":\" \"}"),
            Row("\"", "k: \"\\\"\"\n", "{\"k\":\"\\\"\"}"),
            Row("/", "k: \"\\/\"\n", "{\"k\":\"/\"}"),
            Row("\\", "k: \"\\\\\"\n", "{\"k\":\"\\\\\"}"),
            Row("N", "k: \"\\N\"\n", "{\"k\":\"\u{85}\"}"),
            Row("_", "k: \"\\_\"\n", "{\"k\":\"\u{A0}\"}"),
            Row("L", "k: \"\\L\"\n", "{\"k\":\"\u{2028}\"}"),
            Row("P", "k: \"\\P\"\n", "{\"k\":\"\u{2029}\"}"),
            Row("x41", "k: \"\\x41\"\n", "{\"k\":\"A\"}"),
            Row("u0041", "k: \"\\u0041\"\n", "{\"k\":\"A\"}"),
            Row("U0001F600", "k: \"\\U0001F600\"\n", "{\"k\":\"😀\"}"),
            Row("u00e9", "k: \"\\u00e9\"\n", "{\"k\":\"é\"}"),
        ])
    func escapes(row: Row) throws { try row.check() }

    @Test(
        "structure (sections 6, 7.4, 8.2 and 9)",
        arguments: [
            Row("a list in a list", "- - a\n  - b\n- c\n", "[[\"a\",\"b\"],\"c\"]"),
            Row("a list of mappings", "- a: 1\n  b: 2\n- c: 3\n", "[{\"a\":\"1\",\"b\":\"2\"},{\"c\":\"3\"}]"),
            Row(
                "a mapping in a list in a mapping", "k:\n- a: 1\n  b:\n  - 2\n",
                "{\"k\":[{\"a\":\"1\",\"b\":[\"2\"]}]}"),
            Row("a list at the indentation of its key", "k:\n- a\n- b\nl: c\n", "{\"k\":[\"a\",\"b\"],\"l\":\"c\"}"),
            Row("empty elements", "-\n- a\n-\n", "[\"\",\"a\",\"\"]"),
            Row("an explicit key", "? k\n: v\n", "{\"k\":\"v\"}"),
            Row("an explicit key without a value", "? k\nl: m\n", "{\"k\":\"\",\"l\":\"m\"}"),
            Row("a quoted key", "'a b': 1\n\"c: d\": 2\n", "{\"a b\":\"1\",\"c: d\":\"2\"}"),
            Row("a key with blanks", "a b c: d\n", "{\"a b c\":\"d\"}"),
            Row("flow in flow", "{a: [b, {c: d}], e: {}}\n", "{\"a\":[\"b\",{\"c\":\"d\"}],\"e\":{}}"),
            Row("a single pair in a flow list", "[a: b, c]\n", "[{\"a\":\"b\"},\"c\"]"),
            Row("a trailing comma", "[a, b, ]\n", "[\"a\",\"b\"]"),
            Row("JSON keys next to values", "{\"a\":1,\"b\":[2]}\n", "{\"a\":\"1\",\"b\":[\"2\"]}"),
            Row("adjacent colon after quotes in flow", "{\"a\":b}\n", "{\"a\":\"b\"}"),
            Row(
                "an anchor used twice", "a: &x [1]\nb: *x\nc: [*x, *x]\n",
                "{\"a\":[\"1\"],\"b\":[\"1\"],\"c\":[[\"1\"],[\"1\"]]}"),
            Row("an anchor on a mapping", "a: &x\n  b: 1\nc: *x\n", "{\"a\":{\"b\":\"1\"},\"c\":{\"b\":\"1\"}}"),
            Row("an anchor on a list item", "- &x a\n- *x\n", "[\"a\",\"a\"]"),
            Row("an alias as a key", "&x a: b\nc: *x\n", "{\"a\":\"b\",\"c\":\"a\"}"),
            Row("comments everywhere", "# 1\na: # 2\n  # 3\n  b: c # 4\n# 5\n", "{\"a\":{\"b\":\"c\"}}"),
            Row("a marker at the start", "---\na: b\n", "{\"a\":\"b\"}"),
            Row("a marker at the end", "a: b\n...\n", "{\"a\":\"b\"}"),
            Row("a directive", "%YAML 1.2\n---\na: b\n", "{\"a\":\"b\"}"),
            Row("a long indentation", "a:\n          b: c\n", "{\"a\":{\"b\":\"c\"}}"),
            Row("blank lines between", "\n\na: b\n\n\nc: d\n\n", "{\"a\":\"b\",\"c\":\"d\"}"),
            Row("CR LF line ends", "a:\r\n  - b\r\n  - c\r\n", "{\"a\":[\"b\",\"c\"]}"),
            Row("a byte order mark", "\u{FEFF}a: b\n", "{\"a\":\"b\"}"),
            Row("no line end at the end", "a: b", "{\"a\":\"b\"}"),
            Row("blanks at line ends", "a: b   \nc:   \n  d: e  \n", "{\"a\":\"b\",\"c\":{\"d\":\"e\"}}"),
        ])
    func structure(row: Row) throws { try row.check() }

    @Test("a tab behind the indentation of a block scalar is text (section 8.1.1.1), which libyaml does not accept")
    func tabs() {
        withKnownIssue {
            try Row("tabs", "k: |\n  \ta\tb\n", "{\"k\":\"\\ta\\tb\\n\"}").check()
        }
    }

    @Test("a line separator of Latin-1 inside of quotes is text (section 5.4), which libyaml reads as a line break")
    func nextLine() {
        withKnownIssue { try Row("NEL", "k: \"a\u{85}b\"\n", "{\"k\":\"a\u{85}b\"}").check() }
    }
}
