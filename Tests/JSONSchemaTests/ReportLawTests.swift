import Diagnostics
import JSONDocument
import JSONSchema
import TestKit
import Testing

/// Every part of an issue refers to something that exists.
@Suite("Issues and their places")
struct ReportLawTests {
    private typealias Maker = JSONSchemaTests.SchemaMaker

    private static func all(_ issues: [SchemaIssue]) -> [SchemaIssue] {
        issues.flatMap { [$0] + all($0.causes.flatMap { $0 }) }
    }

    /// A text with one token per line, so that a wrong position is a wrong line.
    private static func spread(_ value: JSONValue, indent: Int = 0) -> String {
        let space = "\n" + String(repeating: " ", count: indent + 1)
        switch value {
        case .array(let elements) where !elements.isEmpty:
            return "[" + elements.map { space + spread($0, indent: indent + 1) }.joined(separator: ",") + "]"
        case .object(let object) where !object.isEmpty:
            return "{"
                + object.members.map {
                    space + JSONValue.string($0.name).text + ":" + space + spread($0.value, indent: indent + 1)
                }.joined(separator: ",") + "}"
        default: return value.text
        }
    }

    @Test("pointers, positions and locations of issues are those of value and keyword", arguments: 0..<10)
    func places(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 1_300))
        var count = 0
        for _ in 0..<50 {
            var schema = maker.schema(depth: 3).object ?? JSONObject([("not", false)])
            schema["$defs"] = .object(JSONObject(Maker.definitions.map { ($0, maker.schema(depth: 1, leaf: true)) }))
            let document = try JSONDocument(parsing: Self.spread(.object(schema)))
            let compiled = try compile(String(decoding: document.bytes, as: UTF8.self))
            for _ in 0..<8 {
                let value = try JSONDocument(parsing: Self.spread(maker.value(depth: 3)))
                for issue in Self.all(compiled.validate(value.root, ValidationOptions(direction: .none)).issues) {
                    count += 1
                    try check(issue, document, value)
                }
            }
        }
        #expect(count > 50)
    }

    private func check(_ issue: SchemaIssue, _ schema: JSONDocument, _ value: JSONDocument) throws {
        let keyword = try #require(schema.root.node(at: issue.schema.pointer), "\(issue)")
        let last = issue.schema.pointer.tokens.last
        if issue.keyword == "false" {
            #expect(keyword.boolean == false)
        } else if last?.utf8.elementsEqual(issue.keyword.utf8) == true, let position = keyword.namePosition {
            #expect(issue.location.line == position.line)
            #expect(issue.location.column == position.column)
        } else {
            #expect(issue.location.line == keyword.position.line, "\(issue)")
        }
        #expect(issue.location.file == "schema.json")
        let found = try #require(value.root.node(at: issue.pointer), "\(issue)")
        #expect(issue.position == found.position, "\(issue)")
        if let property = issue.property {
            #expect(found.kind == .object)
            let isMissing = ["required", "dependentRequired", "discriminator"].contains(issue.keyword)
            #expect((found[property] == nil) == isMissing, "\(issue)")
        }
        #expect(!issue.message.isEmpty && !issue.message.contains("\n"))
        #expect(!issue.expected.isEmpty || issue.keyword == "propertyNames")
    }

    @Test("a basic report has every issue once, with references that resolve", arguments: 0..<6)
    func output(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 1_400))
        var count = 0
        for _ in 0..<50 {
            let schema = maker.schema(depth: 2, leaf: true)
            let compiled = try compile(schema.text)
            for _ in 0..<6 {
                let value = maker.value(depth: 2)
                let report = try compiled.report(value.text)
                let flag = report.output(.flag)
                #expect(flag["valid"] == .boolean(report.outcome == .valid))
                let units = report.output(.basic)["errors"]?.elements ?? []
                #expect(units.count == Self.all(report.issues).count)
                count += units.count
                for unit in units {
                    let pointer = try #require(unit["instanceLocation"]?.string.flatMap { JSONPointer($0) })
                    #expect(JSONDocument(value).root.node(at: pointer) != nil)
                    let keyword = try #require(unit["keywordLocation"]?.string.flatMap { JSONPointer($0) })
                    #expect(JSONDocument(schema).root.node(at: keyword) != nil)
                    #expect(unit["absoluteKeywordLocation"]?.string?.hasPrefix("test:///schema.json#") == true)
                }
                #expect(Self.units(report.output(.detailed)["errors"]) == units.count)
            }
        }
        #expect(count > 100)
    }

    private static func units(_ errors: JSONValue?) -> Int {
        (errors?.elements ?? []).reduce(0) { $0 + 1 + units($1["errors"]) }
    }

    @Test(
        "a report escapes what would control a terminal, and cuts what is long",
        arguments: [
            (#"{"const": 1}"#, "\u{1B}[31m", #""\u001b[31m""#), (#"{"const": 1}"#, "\u{202E}abc", #""\u202eabc""#),
            (#"{"const": 1}"#, "a\u{2028}b", #""a\u2028b""#), (#"{"const": 1}"#, "\u{9B}", #""\u009b""#),
            (#"{"const": 1}"#, "a\"b\\c", #""a\"b\\c""#), (#"{"const": 1}"#, "\n\r\t", #""\n\r\t""#),
            (#"{"const": 1}"#, "é日😀", #""é日😀""#), (#"{"const": 1}"#, "\u{2066}x", #""\u2066x""#),
        ])
    func escapes(schema: String, text: String, excerpt: String) throws {
        let value = JSONDocument(.string(text)).root
        let issue = try #require(try compile(schema).validate(value).issues.first)
        #expect(issue.actual == excerpt)
        #expect(issue.message == "\(excerpt) is not the only allowed value 1")
        let member = JSONDocument(.object(JSONObject([(text, 1)]))).root
        let unknown = try #require(try compile(#"{"additionalProperties": false}"#).validate(member).issues.first)
        #expect(unknown.message == "has the member \(excerpt), which the schema does not allow")
        let missing = JSONValue.object(JSONObject([("required", .array([.string(text)]))]))
        #expect(try compile(missing.text).issues("{}") == [" required: lacks the required member \(excerpt)"])
    }

    @Test(
        "numbers and lists in messages are bounded",
        arguments: [
            (#"{"maximum": 1}"#, String(repeating: "9", count: 5_000)),
            (#"{"maximum": \#(String(repeating: "1", count: 5_000))}"#, "1e9999"),
            (#"{"multipleOf": 7}"#, String(repeating: "1", count: 3_001)),
            (#"{"const": "\#(String(repeating: "x", count: 5_000))"}"#, "1"),
            (#"{"enum": [\#((0..<500).map(String.init).joined(separator: ","))]}"#, "-1"),
            (#"{"pattern": "^\#(String(repeating: "a?", count: 2_000))$"}"#, #""b""#),
            (#"{"required": ["\#(String(repeating: "n", count: 9_000))"]}"#, "{}"),
            (#"{"additionalProperties": false}"#, #"{"\#(String(repeating: "m", count: 9_000))": 1}"#),
            (#"{"propertyNames": {"maxLength": 1}}"#, #"{"\#(String(repeating: "m", count: 9_000))": 1}"#),
            (#"{"type": "null"}"#, "[" + Array(repeating: "[]", count: 3_000).joined(separator: ",") + "]"),
            (#"{"anyOf": [\#(Array(repeating: "false", count: 800).joined(separator: ","))]}"#, "1"),
            (#"{"oneOf": [\#(Array(repeating: "true", count: 800).joined(separator: ","))]}"#, "1"),
        ])
    func bounded(schema: String, value: String) throws {
        let issues = Self.all(try compile(schema).report(value).issues)
        #expect(!issues.isEmpty)
        for issue in issues {
            #expect(issue.message.utf8.count < 500, "\(issue.message.prefix(80))")
            #expect(issue.expected.utf8.count < 700)
            #expect(issue.actual.utf8.count < 500)
        }
    }
}
