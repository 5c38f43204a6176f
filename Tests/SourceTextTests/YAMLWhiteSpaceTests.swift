import Diagnostics
import JSONDocument
import SourceText
import Testing

@Suite("Empty lines and comment lines in YAML")
struct YAMLWhiteSpaceTests {
    @Test(
        "a line of tabs, or of tabs and a comment, is ignored everywhere",
        arguments: ["\t", "\t\t", " \t", "\t ", "\t# c", "  \t# c", "\t\t#"]
    )
    func ignored(line: String) throws {
        let texts = [
            ("a:\n~\n  b: 1\nc: 2\n", #"{"a":{"b":1},"c":2}"#),
            ("~\na: 1\n", #"{"a":1}"#),
            ("a: 1\n~\n", #"{"a":1}"#),
            ("a: 1\n~\nb: 2\n~\n~\nc: 3\n", #"{"a":1,"b":2,"c":3}"#),
            ("- 1\n~\n- 2\n", "[1,2]"),
            ("a: [1,\n~\n 2]\n", #"{"a":[1,2]}"#),
            ("a:\n  - b: 1\n~\n    c: 2\n", #"{"a":[{"b":1,"c":2}]}"#),
            ("a: 1\r\n~\r\nb: 2\r\n", #"{"a":1,"b":2}"#),
            ("a: |\n  x\nb: 1\n~\nc: 2\n", #"{"a":"x\n","b":1,"c":2}"#),
            ("a: 'x\n  y'\n~\nb: 1\n", #"{"a":"x y","b":1}"#),
        ]
        for (text, value) in texts {
            let text = text.split(separator: "~", omittingEmptySubsequences: false).joined(separator: line)
            #expect(try json(text) == value, "\(text)")
        }
    }

    @Test(
        "such a line is kept inside content",
        arguments: [
            ("a:\n\t\n  b: |\n    x\n    \t# y\n    z\nc: 1\n", #"{"a":{"b":"x\n\t# y\nz\n"},"c":1}"#),
            ("a:\n\t\n  b: |\n    x\n    \t\n    z\nc: 1\n", #"{"a":{"b":"x\n\t\nz\n"},"c":1}"#),
            ("a:\n\t# c\n  b: \"x\n\t# y\"\n", #"{"a":{"b":"x # y"}}"#),
        ]
    )
    func content(text: String, value: String) throws {
        #expect(try json(text) == value)
    }

    @Test("tabs for indentation are rejected with the line", arguments: ["a:\n\tb: 1\n", "a:\n\t# c\n\tb: 1\n"])
    func indentation(text: String) {
        let line = text.split(separator: "\n").count
        #expect(problems(text).count == 1)
        #expect(problems(text).first?.hasPrefix("\(line):") == true, "\(problems(text))")
    }

    @Test("many such lines are read in linear time")
    func many() throws {
        let text = (0..<20_000).map { "k\($0): 1\n\t# c\n\t\n" }.joined()
        let document = try SourceReader.parse(Array(text.utf8), path: "a.yaml").document
        #expect(document.root.count == 20_000)
    }

    @Test("tags of other programs are reported once each, and the value is read")
    func tags() throws {
        let text = "a: !include x.yaml\nb: !include y.yaml\nc: !Sub {d: !!str 1}\ne: !!int 3\nf: ! g\n"
        let file = try SourceReader.parse(Array(text.utf8), path: "a.yaml")
        #expect(
            file.document.root.value.text == #"{"a":"x.yaml","b":"y.yaml","c":{"d":"1"},"e":3,"f":"g"}"#)
        #expect(
            file.diagnostics.map { "\($0.location?.line ?? 0) \($0.rule) \($0.severity.rawValue)" } == [
                "1 yaml.tag warning", "3 yaml.tag warning",
            ])
        #expect(file.diagnostics.first?.related.map(\.location.line) == [2])
    }
}

@Suite("Files named .json that are not JSON")
struct NamedJSONTests {
    @Test(
        "they are read as YAML and reported",
        arguments: [
            (#"{"a":1,}"#, #"{"a":1}"#), ("{'a':1}", #"{"a":1}"#), (#"{a:  1}"#, #"{"a":1}"#),
            ("{\"a\":1} # c", #"{"a":1}"#), ("a: 1", #"{"a":1}"#), (#"[1,2,]"#, "[1,2]"),
        ]
    )
    func told(text: String, value: String) throws {
        for name in ["a.json", "x/A.JSON"] {
            let file = try SourceReader.parse(Array(text.utf8), path: name)
            #expect(file.document.root.value.text == value)
            #expect(file.diagnostics.map(\.rule) == ["source.json"])
            #expect(file.diagnostics.map(\.severity) == [.warning])
        }
        #expect(try SourceReader.parse(Array(text.utf8), path: "a.yaml").diagnostics.isEmpty)
    }

    @Test(
        "comments of JavaScript are reported as mistakes of JSON, at their place",
        arguments: [
            ("// c\n{\"a\": 1}", 1, 1), ("{\"a\": 1, // c\n\"b\": 2}", 1, 10), ("{\"a\":1,/*c*/\"b\":2}", 1, 8),
            ("  /* c */ {}", 1, 3), ("[1, 2 // c: d\n, 3]", 1, 7),
        ])
    func comments(text: String, line: Int, column: Int) throws {
        let error = try #require(throws: SourceError.self) {
            try SourceReader.parse(Array(text.utf8), path: "a.json")
        }
        let found = try #require(error.diagnostics.first)
        #expect(error.diagnostics.count == 1)
        #expect(found.rule == "source.json" && found.severity == .error)
        #expect(found.location?.line == line && found.location?.column == column, "\(found)")
    }

    @Test("valid JSON is not reported", arguments: ["{}", "[1]", #"{"a":"b,"}"#])
    func json(text: String) throws {
        #expect(try SourceReader.parse(Array(text.utf8), path: "a.json").diagnostics.isEmpty)
    }
}
