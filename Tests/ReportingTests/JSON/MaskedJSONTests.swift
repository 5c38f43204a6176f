import Diagnostics
import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// Texts, values and diagnostics in JSON reports.
@Suite("Values of JSON reports")
struct MaskedJSONTests {
    private static let redactor = Redactor(secrets: [("KEY", "swordfish-42"), ("PIN", "778899")])

    @Test(
        "a value keeps its kind and the spelling of its numbers",
        arguments: ["null", "true", "12.50", "1e400", "-0.0", #""x""#, #"["a",{"b":[]}]"#, #"{"é":"\u0000"}"#])
    func kept(text: String) throws {
        let value = try JSONDocument(parsing: text).root.value
        #expect(MaskedJSON(redactor: Self.redactor).value(value) == value)
    }

    @Test(
        "a secret in a value is masked, and the result stays JSON",
        arguments: [
            (#""swordfish-42""#, #""‹secret KEY›""#), (#"["a","swordfish-42"]"#, #"["a","‹secret KEY›"]"#),
            (#"{"swordfish-42":1}"#, #"{"‹secret KEY›":1}"#), ("778899", #""‹secret PIN›""#),
            ("[1778899]", #""[1‹secret PIN›]""#), (#"{"a":"x778899y"}"#, #"{"a":"x‹secret PIN›y"}"#),
        ])
    func masked(text: String, shown: String) throws {
        let masked = MaskedJSON(redactor: Self.redactor).value(try JSONDocument(parsing: text).root.value)
        #expect(masked.text == shown)
        #expect(!masked.text.contains("swordfish") && !masked.text.contains("778899"))
    }

    @Test("a diagnostic has the members that it has a value for, in one order")
    func diagnostics() {
        let values = MaskedJSON(redactor: Self.redactor)
        let place = SourceLocation(file: "a.yaml", line: 3, column: 5)
        #expect(
            values.diagnostic(Diagnostic("a.b", .note, "odd")).text
                == #"{"severity":"note","code":"a.b","message":"odd"}"#)
        let full = Diagnostic(
            "a.b", .error, "is swordfish-42", at: place, place: "#/paths/~1x",
            excerpt: Diagnostic.Excerpt("one two", offset: 4, length: 3), help: "remove swordfish-42",
            related: [Diagnostic.Related("first swordfish-42", at: place)])
        #expect(
            values.diagnostic(full).text
                == #"{"severity":"error","code":"a.b","message":"is ‹secret KEY›","file":"a.yaml","line":3,"column":5,"#
                + #""pointer":"/paths/~1x","excerpt":"two","hint":"remove ‹secret KEY›","#
                + #""related":[{"message":"first ‹secret KEY›","file":"a.yaml","line":3,"column":5}]}"#)
    }

    @Test(
        "a pointer into a document has no number sign, and other places stay",
        arguments: [("#/a", "/a"), ("check", "check"), ("#a", "#a"), ("#", "#")])
    func places(place: String, shown: String) {
        let json = MaskedJSON(redactor: .none).diagnostic(Diagnostic("a.b", .error, "x", place: place))
        #expect(json["pointer"]?.string == shown)
    }

    @Test(
        "the excerpt is the wrong part, whatever its offset and length",
        arguments: [
            (4, 3, "two"), (0, 0, ""), (7, 1, ""), (99, 1, ""), (-5, 3, "one"), (4, -1, ""), (4, 99, "two"),
        ])
    func excerpts(offset: Int, length: Int, meant: String) {
        let excerpt = Diagnostic.Excerpt("one two", offset: offset, length: length)
        let json = MaskedJSON(redactor: .none).diagnostic(Diagnostic("a.b", .error, "x", excerpt: excerpt))
        #expect(json["excerpt"]?.string == meant)
    }

    @Test("a report that is written in pieces equals one that is written at once")
    func pieces() {
        let members: [(String, JSONValue?)] = [
            ("a", ["x", [:]]), ("b", nil), ("c", .members([("d", 1), ("e", nil)])),
        ]
        var pieces: [[UInt8]] = []
        JSONEnvelope("x").write(exit: 0, diagnostics: [], to: { pieces.append($0) }) { text in
            for (name, value) in members { if let value { text.add(name, value) } }
        }
        let whole = JSONEnvelope("x").render(exit: 0, members)
        #expect(String(decoding: pieces.joined(), as: UTF8.self) == whole)
        #expect(
            whole == """
                {
                  "schema": "assay/1",
                  "command": "x",
                  "outcome": "passed",
                  "exit": 0,
                  "a": [
                    "x",
                    {}
                  ],
                  "c": {
                    "d": 1
                  },
                  "diagnostics": []
                }

                """)
    }

    @Test("the word of an exit code can be another one")
    func outcome() throws {
        let root = try JSONDocument(parsing: JSONEnvelope("x").render(exit: 1, outcome: "undecided")).root
        #expect(root["outcome"]?.string == "undecided" && root["exit"]?.number?.int == 1)
    }

    @Test("coverage has the documented and the exercised points of every kind")
    func coverage() throws {
        var operation = Samples.passing.coverage.operations[0]
        operation.negative = [CoveragePoint(name: "no credentials", count: 1), CoveragePoint(name: "wrong", count: 0)]
        operation.missing = [MissingRow(what: "4XX", auth: "", set: "id=…", expect: "4XX", opts: "invalid")]
        let json = VerdictJSON(redactor: .none).coverage(Coverage(operations: [operation]))
        let shares = [
            "operations": "1 1", "responses": "2 1", "mediaTypes": "1 1", "headers": "1 0", "properties": "1 1",
            "values": "1 1", "security": "1 1", "negative": "2 1",
        ]
        for (name, share) in shares {
            let points = json[name]
            let (documented, exercised) = (points?["documented"]?.text ?? "", points?["exercised"]?.text ?? "")
            #expect("\(documented) \(exercised)" == share, "\(name)")
        }
        let row = json["byOperation"]?[0]?["missing"]?[0]
        #expect(
            row?.text
                == #"{"what":"4XX","row":{"call":"fetchParcel","set":"id=…","expect":"4XX","opts":"invalid"}}"#)
        let nothing = VerdictJSON(redactor: .none).coverage(Coverage(operations: []))
        #expect(nothing["byOperation"]?.elements?.isEmpty == true && nothing["values"]?["documented"]?.number?.int == 0)
    }
}
