import Diagnostics
import JSONDocument
import SourceText
import Testing

/// Every function of the diagnosing reader with every kind of value, in YAML and in JSON.
@Suite("The diagnosing reader and every kind of value")
struct ReaderKindTests {
    private static let format = FileFormat(name: "test")
    private static let kinds = [
        ("text", "word"), ("number", "7"), ("boolean", "true"), ("null", "null"), ("array", "[a, b]"),
        ("object", "{a: 1}"),
    ]

    private static func reader(
        _ text: String, _ format: FileFormat = format
    ) throws
        -> DiagnosingReader
    {
        DiagnosingReader(try SourceReader.parse(Array(text.utf8), path: "dir/a.yaml"), as: format)
    }

    private static func lines(_ reader: DiagnosingReader) -> [String] {
        reader.diagnostics.sorted.map { diagnostic in
            let place = diagnostic.location.map { "\($0.file):\($0.line):\($0.column)" } ?? "-"
            return "\(place) \(diagnostic.rule): \(diagnostic.message)"
                + (diagnostic.help.map { " | \($0)" } ?? "")
        }
    }

    @Test(
        "each function accepts its kind, and reports every other one once, at the value",
        arguments: kinds)
    func matrix(kind: String, spelling: String) throws {
        let expectations: [(String, Set<String>, (inout DiagnosingReader, JSONNode) -> Bool)] = [
            ("text", ["text"], { $0.text($1, "x") != nil }),
            ("word", ["text"], { $0.word($1, "x", ["word", "other"]) != nil }),
            ("boolean", ["boolean"], { $0.boolean($1, "x") != nil }),
            ("integer", ["number"], { $0.integer($1, "x", in: 0...9) != nil }),
            ("texts", ["text", "array"], { !$0.texts($1, "x").isEmpty }),
            ("members", ["object"], { !$0.members(of: $1, "x").isEmpty }),
            ("fields", ["object"], { $0.fields($1, "x", known: ["a"]) != nil }),
        ]
        for (name, accepted, function) in expectations {
            var reader = try Self.reader("# a comment\nkey: \(spelling)\n")
            let node = try #require(reader.root["key"])
            #expect(function(&reader, node) == accepted.contains(kind), "\(name) of \(kind)")
            guard !accepted.contains(kind) else {
                #expect(reader.diagnostics.entries.isEmpty, "\(name) of \(kind)")
                continue
            }
            let found = Self.lines(reader)
            #expect(found.count == 1, "\(name) of \(kind): \(found)")
            #expect(
                found.first?.hasPrefix("dir/a.yaml:2:6 test.wrong-type: x must be ") == true, "\(found)")
            #expect(reader.location(of: node) == SourceLocation(file: "dir/a.yaml", line: 2, column: 6))
        }
    }

    @Test(
        "a whole number is within its range, at both ends",
        arguments: [
            ("0", nil), ("1", 1), ("9", 9), ("10", nil), ("-1", nil), ("1.5", nil),
            ("99999999999999999999", nil),
            ("'5'", nil), ("0x5", 5), ("1e400", nil), ("-99999999999999999999", nil),
        ] as [(String, Int?)])
    func integers(spelling: String, number: Int?) throws {
        var reader = try Self.reader("key: \(spelling)")
        let node = try #require(reader.root["key"])
        #expect(reader.integer(node, "x", in: 1...9) == number)
        let expected = "dir/a.yaml:1:6 test.wrong-type: x must be a whole number from 1 to 9, found "
        #expect(Self.lines(reader).map { $0.hasPrefix(expected) } == (number == nil ? [true] : []))
    }

    @Test(
        "an unknown word has the nearest one as help, otherwise all of them",
        arguments: [
            ("wrod", "did you mean `word`?"), ("WORD", "did you mean `word`?"),
            ("othr", "did you mean `other`?"),
            ("completely different", "the values are word, other"),
        ])
    func words(word: String, help: String) throws {
        var reader = try Self.reader("[\(word), word]")
        let elements = reader.root.elements.map { $0 }
        #expect(reader.word(elements[0], "x", ["word", "other"]) == nil)
        #expect(reader.word(elements[1], "x", ["word", "other"]) == "word")
        #expect(
            Self.lines(reader) == [
                "dir/a.yaml:1:2 test.unknown-choice: unknown value for x: '\(word)' | \(help)"
            ])
    }

    @Test("a list of texts leaves out what is not a text, each with its own place")
    func texts() throws {
        var reader = try Self.reader("- a\n- 1\n-\n- ''\n- [b]\n- c\n")
        #expect(reader.texts(reader.root, "x").map(\.text) == ["a", "c"])
        #expect(
            Self.lines(reader) == [
                "dir/a.yaml:2:3 test.wrong-type: each entry of x must be a string, found number | quote it",
                "dir/a.yaml:3:2 test.wrong-type: each entry of x must be a string, found null",
                "dir/a.yaml:4:3 test.empty: each entry of x is empty",
                "dir/a.yaml:5:3 test.wrong-type: each entry of x must be a string, found array",
            ])
    }

    @Test("names are compared by their scalars, so a letter with a separate accent is unknown")
    func scalars() throws {
        var reader = try Self.reader("{\"e\u{301}\": 1, \"\u{E9}\": 2}")
        #expect(reader.members(of: reader.root, "x", known: ["\u{E9}"]).count == 1)
        #expect(reader.diagnostics.entries.count == 1)
    }

    @Test("the words of a format replace the general ones")
    func formatWords() throws {
        var words = FileFormat.Words()
        words.wrongKind = "kind"
        words.map = "an object"
        words.found = { "a \($0.name)" }
        words.unknownKey = { "\($0): unknown name \($1)" }
        words.knownKeys = "use"
        var reader = try Self.reader("{qqq: [1]}", FileFormat(name: "own", words: words))
        let list = try #require(reader.root["qqq"])
        _ = reader.members(of: list, "list")
        _ = reader.members(of: reader.root, "file", known: ["a", "b"])
        #expect(
            Self.lines(reader) == [
                "dir/a.yaml:1:2 own.unknown-key: file: unknown name 'qqq' | use a, b",
                "dir/a.yaml:1:7 own.kind: list must be an object, found a array",
            ])
        #expect(reader.all([]) == nil && reader.all(["a"]) == "use a")
    }

    @Test("a required name is found in its fields, and is reported at its owner otherwise")
    func required() throws {
        var reader = try Self.reader("a:\n  b: 1\n")
        let owner = try #require(reader.root["a"])
        let found = reader.fields(owner, "a", known: ["b", "c"])
        let fields = try #require(found)
        let present = reader.required("b", fields, of: owner, "a")
        #expect(present?.spelling == "1")
        #expect(reader.required("c", fields, of: owner, "a") == nil)
        #expect(Self.lines(reader) == ["dir/a.yaml:2:3 test.missing-key: a requires `c`"])
    }

    @Test(
        "a quoted text has at most 80 scalars and no control characters",
        arguments: [
            ("", "''"), ("a", "'a'"), ("a\u{0}\n\u{7F}b", "'a\u{FFFD}\u{FFFD}\u{FFFD}b'"), ("é😀", "'é😀'"),
        ])
    func quoting(text: String, shown: String) {
        #expect(quoted(text).unicodeScalars.elementsEqual(shown.unicodeScalars))
        let long = String(repeating: "é", count: 81)
        #expect(quoted(long) == "'" + String(repeating: "é", count: 80) + "'")
    }
}
