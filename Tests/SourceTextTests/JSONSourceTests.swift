import Diagnostics
import JSONDocument
import SourceText
import Testing

@Suite("JSON sources")
struct JSONSourceTests {
    @Test("a text that starts like JSON and is JSON is read as JSON")
    func json() throws {
        // A surrogate pair as escapes and a tab between tokens are JSON and not YAML.
        let text = "{\"a\":\t\"\\ud83d\\ude00\"}"
        let file = try SourceReader.parse(Array(text.utf8), path: "a.json")
        #expect(file.document.root["a"]?.string == "\u{1F600}")
        #expect(file.document.root["a"].map { file.location(of: $0).description } == "a.json:1:7")
    }

    @Test("a text that starts like JSON and is YAML is read as YAML")
    func flow() throws {
        #expect(try SourceTextTests.json("{a: 1, b: [x]}") == "{\"a\":1,\"b\":[\"x\"]}")
    }

    @Test("of two syntax errors, the later one is reported")
    func errors() {
        #expect(
            problems("{\"a\": 1,\n \"b\": tru}\nx: [").first?.utf8.starts(with: "3:".utf8) == true
        )
        #expect(problems("{\n\"a\": 1,\n\"b\" 2\n}").first?.utf8.contains(UInt8(ascii: ":")) == true)
    }

    @Test("a duplicate name is reported with both places")
    func duplicates() {
        #expect(
            problems("{\"a\":1,\n\"a\":2}")
                == ["2:1 source.duplicate-key: duplicate key 'a' on line 1 and again on line 2"]
        )
    }

    @Test("depth and size are bounded")
    func limits() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(problems(deep).first?.utf8.starts(with: "1:513 source.too-deep".utf8) == true)
        #expect(
            problems("{\"a\":1}", limits: SourceLimits(maximumBytes: 3))
                == ["1:1 source.too-large: the text is larger than the limit of 3 bytes"]
        )
    }
}
