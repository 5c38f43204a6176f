import Diagnostics
import JSONDocument
import SourceText
import Testing

/// Where values and names are: a text with marks, and the pointers that the marks are for.
///
/// In the text, `‹a›` marks the place of what comes behind it and is taken out before the text is read.
@Suite("Positions in YAML and JSON")
struct YAMLPositionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let marked: String
        /// The pointers of marked values by mark, or of names where the pointer begins with `name `.
        let places: [(mark: Character, pointer: String)]

        init(_ name: String, _ marked: String, _ places: (Character, String)...) {
            self.name = name
            self.marked = marked
            self.places = places.map { (mark: $0.0, pointer: $0.1) }
        }

        var testDescription: String { name }
    }

    static let rows = [
        Row("a mapping", "‹1›a: ‹2›1\n‹3›b: ‹4›2\n", ("1", "name /a"), ("2", "/a"), ("3", "name /b"), ("4", "/b")),
        Row("the top", "‹1›a: 1\n", ("1", "")), Row("the top behind a marker", "---\n‹1›a: 1\n", ("1", "")),
        Row(
            "nested mappings", "a:\n  b:\n    ‹1›c: ‹2›x\n  ‹3›d: ‹4›y\n", ("1", "name /a/b/c"), ("2", "/a/b/c"),
            ("3", "name /a/d"), ("4", "/a/d")),
        Row("a nested mapping begins at its first name", "a:\n  ‹1›b: 1\n", ("1", "/a")),
        Row("a list begins at its first dash", "a:\n  ‹1›- x\n  - y\n", ("1", "/a")),
        Row("list elements", "- ‹1›a\n- ‹2›b\n-   ‹3›c\n", ("1", "/0"), ("2", "/1"), ("3", "/2")),
        Row("a list in a list", "- - ‹1›a\n  - ‹2›b\n- ‹3›c\n", ("1", "/0/0"), ("2", "/0/1"), ("3", "/1")),
        Row(
            "a list of mappings", "- ‹1›a: ‹2›1\n  ‹3›b: ‹4›2\n", ("1", "name /0/a"), ("2", "/0/a"), ("3", "name /0/b"),
            ("4", "/0/b")),
        Row(
            "flow", "a: ‹1›[‹2›1, ‹3›{‹4›b: ‹5›2}]\n", ("1", "/a"), ("2", "/a/0"), ("3", "/a/1"), ("4", "name /a/1/b"),
            ("5", "/a/1/b")),
        Row("flow over lines", "a: [\n  ‹1›1,\n  ‹2›2\n]\n", ("1", "/a/0"), ("2", "/a/1")),
        Row("quotes belong to the value", "‹1›'a': ‹2›\"b\"\n", ("1", "name /a"), ("2", "/a")),
        Row("a block scalar begins at its indicator", "a: ‹1›|\n  x\nb: ‹2›>-\n  y\n", ("1", "/a"), ("2", "/b")),
        Row("behind a block scalar", "a: |\n  x\n  y\n\n‹1›b: ‹2›1\n", ("1", "name /b"), ("2", "/b")),
        Row("behind a scalar over lines", "a: x\n  y\n‹1›b: ‹2›1\n", ("1", "name /b"), ("2", "/b")),
        Row("comments and blank lines", "# c\n\na: 1 # c\n\n# c\n‹1›b: ‹2›2\n", ("1", "name /b"), ("2", "/b")),
        Row("columns count characters", "é: ‹1›1\n日本: ‹2›[😀, ‹3›x]\n", ("1", "/é"), ("2", "/日本"), ("3", "/日本/1")),
        Row("CR LF", "a: 1\r\n‹1›b: ‹2›2\r\n", ("1", "name /b"), ("2", "/b")),
        Row("a byte order mark has no column", "\u{FEFF}‹1›a: ‹2›1\n", ("1", "name /a"), ("2", "/a")),
        Row("explicit keys", "? ‹1›a\n: ‹2›1\n", ("1", "name /a"), ("2", "/a")),
        Row("values on the next line", "a:\n  ‹1›x\nb:\n\n    ‹2›y\n", ("1", "/a"), ("2", "/b")),
        Row("an alias has the place of its anchor's value", "a: &x [‹1›1]\nb: *x\n", ("1", "/a/0"), ("1", "/b/0")),
        Row(
            "a merged member has the place of its original", "a: &x {‹1›k: ‹2›1}\nb:\n  <<: *x\n", ("1", "name /b/k"),
            ("2", "/b/k")),
        Row(
            "JSON", "‹1›{‹2›\"a\": ‹3›1, ‹4›\"b\": ‹5›[‹6›2, ‹7›{}]}", ("1", ""), ("2", "name /a"), ("3", "/a"),
            ("4", "name /b"), ("5", "/b"), ("6", "/b/0"), ("7", "/b/1")),
        Row("JSON over lines", "{\n  ‹1›\"a\"\n  :\n  ‹2›1\n}\n", ("1", "name /a"), ("2", "/a")),
        Row(
            "JSON with other letters", "{\"é😀\": ‹1›1,\r\n ‹2›\"b\": ‹3›2}", ("1", "/é😀"), ("2", "name /b"), ("3", "/b")
        ),
        Row("tabs are one column", "{\t\"a\":\t‹1›1}", ("1", "/a")),
    ]

    /// The text without marks, and the line and column of each mark.
    private static func places(_ marked: String) -> (text: String, marks: [Character: String]) {
        var text = String.UnicodeScalarView()
        var marks: [Character: String] = [:]
        var (line, column) = (1, 1)
        var mark: Character?
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "‹": mark = "?"
            case "›": mark = nil
            case _ where mark != nil: marks[Character(scalar)] = "\(line):\(column)"
            default:
                text.append(scalar)
                if scalar == "\n" {
                    (line, column) = (line + 1, 1)
                } else if scalar != "\u{FEFF}" {
                    column += 1
                }
            }
        }
        return (String(text), marks)
    }

    @Test("values and names are where the marks are", arguments: rows)
    func positions(row: Row) throws {
        let (text, marks) = Self.places(row.marked)
        let file = try SourceReader.parse(Array(text.utf8), path: "a.yaml")
        #expect(!row.places.isEmpty)
        for (mark, pointer) in row.places {
            let isName = pointer.hasPrefix("name ")
            let path = try #require(JSONPointer(isName ? String(pointer.dropFirst(5)) : pointer))
            let node = try #require(file.document.root.node(at: path), "\(pointer)")
            let position = try isName ? #require(node.namePosition) : node.position
            let location = file.location(of: position)
            #expect("\(location.line):\(location.column)" == marks[mark], "\(pointer)")
        }
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let rule: String
        let marked: String
        var testDescription: String { "\(rule) in \(marked.debugDescription)" }

        init(_ rule: String, _ marked: String) {
            self.rule = rule
            self.marked = marked
        }
    }

    @Test(
        "a mistake is reported at its place",
        arguments: [
            Mistake("source.duplicate-key", "a: 1\n‹1›a: 2\n"), Mistake("source.duplicate-key", "{a: 1, ‹1›a: 2}\n"),
            Mistake("source.duplicate-key", "{\"a\":1,‹1›\"a\":2}"),
            Mistake("source.duplicate-key", "x:\n  - a: 1\n    ‹1›a: 2\n"),
            Mistake("source.duplicate-key", "'a': 1\n‹1›\"a\": 2\n"),
            Mistake("source.duplicate-key", "1: a\n‹1›'1': b\n"),
            Mistake("yaml.alias", "a: 1\nb: ‹1›*x\n"), Mistake("yaml.alias", "a: &x [1, ‹1›*x]\n"),
            Mistake("yaml.alias", "a: ‹1›*x\nb: &x 1\n"),
            Mistake("yaml.key", "? ‹1›[a]\n: 1\n"), Mistake("yaml.key", "? ‹1›{a: b}\n: 1\n"),
            Mistake("yaml.value", "a: ‹1›.inf\n"),
            Mistake("yaml.value", "- 1\n- ‹1›-.INF\n"), Mistake("yaml.value", "a: ‹1›.NaN\n"),
            Mistake("yaml.value", "a: ‹1›!!int x\n"),
            Mistake("yaml.merge", "a:\n  <<: ‹1›1\n"), Mistake("yaml.merge", "a: {<<: ‹1›text}\n"),
            Mistake("source.several-documents", "a: 1\n‹1›---\nb: 1\n"), Mistake("source.empty", "‹1›"),
        ])
    func mistakes(mistake: Mistake) throws {
        let (text, marks) = Self.places(mistake.marked)
        let error = #expect(throws: SourceError.self) { try SourceReader.parse(Array(text.utf8), path: "a.yaml") }
        let diagnostic = try #require(error?.diagnostics.first)
        #expect(diagnostic.rule == mistake.rule)
        let location = try #require(diagnostic.location)
        #expect("\(location.line):\(location.column)" == marks["1"])
    }
}
