import Diagnostics
import JSONDocument
import OpenAPI
import TestKit
import Testing

/// Bodies that are sequences of JSON values (OpenAPI 3.2.0, section 4.14).
@Suite("Sequences of JSON values")
struct SequenceTextTests {
    private static func media(_ type: String, _ description: String, version: String = "3.2.0") throws -> MediaType {
        try #require(
            contract(document(type, description, version)).operation("send")?.requestBody?.content.first)
    }

    private static func document(_ type: String, _ description: String, _ version: String = "3.2.0") -> String {
        """
        openapi: \(version)
        info: {title: t, version: '1'}
        paths:
          /s:
            post:
              operationId: send
              requestBody: {content: {'\(type)': \(description)}}
              responses: {'200': {description: ok}}
        """
    }

    @Test(
        "the media type decides the form, and an event stream needs a described list",
        arguments: [
            ("application/jsonl", "{}", SequenceForm.lines), ("application/x-ndjson", "{}", .lines),
            ("application/ndjson", "{}", .lines), ("application/x-jsonlines", "{}", .lines),
            ("application/json-seq", "{}", .records), ("application/geo+json-seq", "{}", .records),
            ("text/event-stream", "{itemSchema: {}}", .events),
            ("text/event-stream", "{schema: {type: array}}", .events),
            ("text/event-stream", "{schema: {type: [array, 'null']}}", .events),
            ("text/event-stream", "{schema: {type: string}}", nil), ("text/event-stream", "{schema: {}}", nil),
            ("text/event-stream", "{}", nil), ("application/json", "{itemSchema: {}}", nil),
            ("text/jsonl", "{itemSchema: {}}", nil), ("application/xjson-seq", "{itemSchema: {}}", nil),
            ("multipart/mixed", "{itemSchema: {}}", nil),
        ] as [(String, String, SequenceForm?)])
    func forms(type: String, description: String, form: SequenceForm?) throws {
        let name = try #require(MediaTypeName(type))
        #expect(SequenceText.form(of: name, as: try Self.media(type, description)) == form)
        // Without a description only the type decides.
        #expect(SequenceText.form(of: name, as: nil) == (form == .events ? nil : form))
    }

    @Test(
        "items have the lines where they start, and blank ones are skipped",
        arguments: [
            (SequenceForm.lines, "1\n2\n", ["1: 1", "2: 2"]), (.lines, "1\n\n \t\r\n2", ["1: 1", "4: 2"]),
            (.lines, "", []), (.lines, "\n\n", []), (.lines, "{\n}\n", ["1: {", "2: }"]),
            (.lines, "1\r2", ["1: 1\r2"]), (.lines, "\u{1E}1\n", ["1: \u{1E}1"]),
            (.records, "\u{1E}1\n\u{1E}{\n}\n\u{1E}3\n", ["1: 1\n", "2: {\n}\n", "4: 3\n"]),
            (.records, "\n \u{1E}1\n", ["2: 1\n"]), (.records, "\u{1E}\u{1E}\n\u{1E}[]", ["2: []"]),
            (.records, "", []), (.records, " \n", []),
        ])
    func pieces(form: SequenceForm, body: String, expected: [String]) throws {
        let pieces = try SequenceText.pieces(Array(body.utf8), form, as: nil)
        #expect(pieces.map { "\($0.line): \(String(decoding: $0.text, as: UTF8.self))" } == expected)
    }

    @Test(
        "a body without the required form is a mistake with its line",
        arguments: [
            (
                SequenceForm.records, "1\n", 1, false,
                "the body is not a JSON text sequence: item 1 does not start with a record separator (1E)"
            ),
            (
                .records, " \n{}\u{1E}1\n", 1, false,
                "the body is not a JSON text sequence: item 1 does not start with a record separator (1E)"
            ),
            // RFC 7464, section 2.4: the end of a number or literal is known only by the white space after it.
            (
                .records, "\u{1E}1\n\u{1E}12", 2, false,
                "item 2 of the body may be cut: a number or literal must end with a line feed"
            ),
            (
                .records, "\u{1E}true\u{1E}{}", 1, false,
                "item 1 of the body may be cut: a number or literal must end with a line feed"
            ),
            (
                .records, "\u{1E}\"a", 1, false,
                "item 1 of the body may be cut: a number or literal must end with a line feed"
            ),
            (.lines, "\u{FEFF}1\n", 1, true, "the body starts with a byte order mark, which JSON must not have"),
        ])
    func problems(form: SequenceForm, body: String, line: Int, isEncoding: Bool, message: String) {
        let problem = #expect(throws: SequenceText.Problem.self) {
            try SequenceText.pieces(Array(body.utf8), form, as: nil)
        }
        #expect(problem?.message == message)
        #expect(problem?.line == line)
        #expect(problem?.isEncoding == isEncoding)
    }

    @Test("an event stream that is not UTF-8 is a mistake of the whole body")
    func encoding() throws {
        let problem = #expect(throws: SequenceText.Problem.self) {
            try SequenceText.pieces(Array("data: ".utf8) + [0xC3, 0x0A, 0x0A], .events, as: nil)
        }
        #expect(problem?.isEncoding == true && problem?.line == nil)
    }

    @Test(
        "each item is judged by `itemSchema`, and all of them by `schema`, with their places",
        arguments: [
            ("application/jsonl", "{itemSchema: {type: integer}}", "1\n2\n", []),
            ("application/jsonl", "{itemSchema: {type: integer}}", "1\n\"x\"\n", ["body/1 type"]),
            (
                "application/jsonl", "{itemSchema: {properties: {a: {items: {type: integer}}}}}", "{\"a\":[1,\"x\"]}",
                ["body/0/a/1 type"]
            ),
            ("application/jsonl", "{schema: {type: array, minItems: 2}}", "1\n", ["body minItems"]),
            ("application/jsonl", "{schema: {type: array, items: {type: integer}}}", "1\n\"x\"", ["body/1 type"]),
            (
                "application/jsonl", "{itemSchema: {type: integer}, schema: {type: array, maxItems: 1}}", "1\n\"x\"\n",
                ["body/1 type", "body maxItems"]
            ),
            ("application/jsonl", "{schema: {maxItems: 1}}", "1\n2\n", ["body maxItems"]),
            ("application/jsonl", "{schema: {type: object}}", "{}\n", ["body mediaType undecided"]),
            (
                "application/jsonl", "{itemSchema: {type: string}, schema: {type: object}}", "1\n",
                ["body/0 type", "body mediaType undecided"]
            ),
            ("application/jsonl", "{}", "not JSON", []),
            (
                "application/json-seq", "{itemSchema: {required: [n]}}", "\u{1E}{}\n\u{1E}{\"n\":1}\n",
                ["body/0 required"]
            ),
            ("application/json-seq", "{itemSchema: {}}", "{}", ["body json"]),
            ("text/event-stream", "{itemSchema: {type: integer}}", "data: 1\n\ndata: x\n\n", ["body json"]),
            ("text/event-stream", "{itemSchema: {type: string, maxLength: 1}}", "data: 12\n\n", ["body/0 maxLength"]),
            ("text/event-stream", "{schema: {type: string, maxLength: 1}}", "data: 12\n\n", ["body maxLength"]),
        ])
    func judged(type: String, description: String, body: String, expected: [String]) throws {
        let request = WireRequest(method: "POST", path: "/s", headers: [("content-type", type)], body: Array(body.utf8))
        let issues = try contract(Self.document(type, description)).issues(in: request)
        #expect(issues.map { "\($0.place) \($0.keyword)\($0.isUndecided ? " undecided" : "")" } == expected)
    }

    @Test("an item that is not JSON is named by its number and its line, and the description by its location")
    func invalidItem() throws {
        let document = Self.document("application/jsonl", "{itemSchema: {type: integer}}")
        let request = WireRequest(
            method: "POST", path: "/s", headers: [("content-type", "application/jsonl")],
            body: Array("1\n\n2\n{x}\n".utf8))
        let issue = try #require(contract(document).issues(in: request).first)
        #expect(issue.message.hasPrefix("item 3 (line 4) is not JSON: "))
        #expect(issue.location.description == "api.yaml:7:31")
        #expect(issue.expected == "application/jsonl")
    }

    /// A JSON value of at most `depth` levels.
    private static func value(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch random.number(below: depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .boolean(random.once(in: 2))
        case 2: return JSONNumber(random.pick(["0", "-1", "1.50", "1e3"])).map { .number($0) } ?? .null
        case 3, 4: return .string(random.pick(["", "a", "\n", "\u{1E}", "é", "\u{2028}", "{}", "data: x"]))
        case 5: return .array((0..<random.number(below: 3)).map { _ in value(&random, depth: depth - 1) })
        default:
            return .object(
                JSONObject((0..<random.number(below: 3)).map { ("k\($0)", value(&random, depth: depth - 1)) }))
        }
    }

    @Test("any values are written and read back unchanged", arguments: [SequenceForm.lines, .records, .events])
    func roundTrip(form: SequenceForm) throws {
        var random = SplitMix(seed: 3)
        // Only an item that is not an object of fields is JSON in the data of an event.
        let media = try Self.media("text/event-stream", "{itemSchema: {type: [array, number, boolean, 'null']}}")
        for _ in 0..<200 {
            let items: [JSONValue] = (0..<random.number(below: 4)).map { _ in
                let value = Self.value(&random, depth: 3)
                return form == .events ? [value] : value
            }
            let text = SequenceText.text(of: items, form, as: media)
            let pieces = try SequenceText.pieces(Array(text.utf8), form, as: media)
            let read = try pieces.map { try JSONDocument(parsing: $0.text).root.value }
            #expect(read == items, "\(text.debugDescription)")
            if form == .lines { #expect(pieces.map(\.line) == Array(1..<(items.count + 1))) }
        }
    }
}
