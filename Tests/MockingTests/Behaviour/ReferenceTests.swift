import Testing

@testable import Mocking

/// Texts with `{{…}}`: references, their arguments, and what is wrong with others.
@Suite("References of behaviour files")
struct ReferenceTests {
    private static func parts(_ text: String) throws -> [String] {
        try ValueReferenceParser.parts(of: text).map { part in
            switch part {
            case .literal(let text): "'\(text)'"
            case .reference(let reference): "\(reference)"
            }
        }
    }

    private static func only(_ text: String) throws -> ValueReference? {
        let parts = try ValueReferenceParser.parts(of: "{{\(text)}}")
        guard parts.count == 1, case .reference(let reference) = parts[0] else { return nil }
        return reference
    }

    @Test(
        "each reference is read with its path or argument",
        arguments: [
            ("request.body", .body([])), ("request.body.a", .body(["a"])), ("request.body.a.b-c", .body(["a", "b-c"])),
            ("request.path.id", .pathValue("id")), ("request.path.a.b", .pathValue("a.b")),
            ("request.query.page", .query("page")), ("request.query.filter.from", .query("filter.from")),
            ("request.header.X-Id", .header("X-Id")), ("request.method", .method), ("entity.id", .entity(["id"])),
            ("entity.to.city", .entity(["to", "city"])), ("owner.id", .owner(["id"])), ("item.at", .item(["at"])),
            ("input.amount", .input(["amount"])), ("now", .now(0)), ("now+30s", .now(30)), ("now-5m", .now(-300)),
            ("now+2h", .now(7_200)), ("now+30d", .now(2_592_000)), ("now+0s", .now(0)),
            ("now+36525d", .now(3_155_760_000)), ("counter:order", .counter("order")),
            ("counter:a b", .counter("a b")), ("token:1", .token(1)), ("token:256", .token(256)),
            ("digits:18", .digits(18)),
            ("field", .field), ("received", .received), ("reason", .reason), ("id", .id), ("state", .state),
            ("list", .list), ("version", .version), ("  now  ", .now(0)), ("\tid\t", .id),
        ] as [(String, ValueReference)])
    func references(text: String, reference: ValueReference) throws {
        #expect(try Self.only(text) == reference)
    }

    @Test(
        "a text is literal around its references",
        arguments: [
            ("", []), ("plain", ["'plain'"]), ("a{{id}}b", ["'a'", "id", "'b'"]), ("{{id}}{{state}}", ["id", "state"]),
            ("{ {id} }", ["'{ {id} }'"]), ("{id}", ["'{id}'"]), ("a}}b", ["'a}}b'"]), ("{{'{{'}}", ["'{{'"]),
            ("{{'{{'}}id}}", ["'{{id}}'"]), ("{{'{{'}}{{id}}", ["'{{'", "id"]), ("ü{{id}}😀", ["'ü'", "id", "'😀'"]),
            ("{{{id}}", nil), ("{{id}}}", ["id", "'}'"]),
        ] as [(String, [String]?)])
    func texts(text: String, parts: [String]?) throws {
        guard let parts else {
            #expect(throws: TemplateSyntaxError.self) { try ValueReferenceParser.parts(of: text) }
            return
        }
        #expect(try Self.parts(text) == parts)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var text: String
        var message: String
        var help: String?
        /// The marked part of the text, in Unicode scalars.
        var marked: String
        var testDescription: String { text }

        init(_ text: String, _ message: String, _ help: String?, marked: String) {
            (self.text, self.message, self.help, self.marked) = (text, message, help, marked)
        }
    }

    private static let anyPart =
        "write request.body.x, request.path.x, request.query.x, request.header.x or request.method"

    @Test(
        "a mistake has a message, and marks the reference",
        arguments: [
            Mistake(
                "a {{", "`{{` is never closed", "close it with `}}`, or write {{'{{'}} for two braces", marked: "{{"),
            Mistake(
                "a {{id} }", "`{{` is never closed", "close it with `}}`, or write {{'{{'}} for two braces",
                marked: "{{"),
            Mistake("{{}}", "`{{}}` is empty", "write a value, such as {{now}}", marked: "}"),
            Mistake("{{  }}", "`{{}}` is empty", "write a value, such as {{now}}", marked: "}"),
            Mistake("ü{{ entty.id }}", "unknown reference 'entty.id'", "did you mean `entity`?", marked: "entty.id"),
            Mistake(
                "{{reqest.body.a}}", "unknown reference 'reqest.body.a'", "did you mean `request`?",
                marked: "reqest.body.a"),
            Mistake("{{entity}}", "unknown reference 'entity'", "did you mean `entity`?", marked: "entity"),
            Mistake(
                "{{request.bdy.a}}", "'request.bdy.a' is not a part of a request", "did you mean `request.body`?",
                marked: "request.bdy.a"),
            Mistake(
                "{{request.cookie.a}}", "'request.cookie.a' is not a part of a request", anyPart,
                marked: "request.cookie.a"),
            Mistake(
                "{{request.path}}", "'request.path' is not a part of a request", "did you mean `request.path`?",
                marked: "request.path"),
            Mistake(
                "{{request.method.x}}", "'request.method.x' is not a part of a request",
                "did you mean `request.method`?", marked: "request.method.x"),
            Mistake("{{request.body..a}}", "'request.body..a' has an empty name", nil, marked: "request.body..a"),
            Mistake("{{.a}}", "'.a' has an empty name", nil, marked: ".a"),
            Mistake(
                "{{token:0}}", "'token:0' requires a length from 1 to 256", "write {{token:12}}", marked: "token:0"),
            Mistake(
                "{{token:257}}", "'token:257' requires a length from 1 to 256", "write {{token:12}}",
                marked: "token:257"),
            Mistake("{{token:}}", "'token:' requires a length from 1 to 256", "write {{token:12}}", marked: "token:"),
            Mistake(
                "{{digits:19}}", "'digits:19' requires a length from 1 to 18", "write {{digits:10}}",
                marked: "digits:19"),
            Mistake(
                "{{digits:x}}", "'digits:x' requires a length from 1 to 18", "write {{digits:10}}", marked: "digits:x"),
        ])
    func mistakes(mistake: Mistake) throws {
        do {
            _ = try ValueReferenceParser.parts(of: mistake.text)
            Issue.record("no error")
        } catch {
            #expect(error.message == mistake.message)
            #expect(error.help == mistake.help)
            let scalars = Array(mistake.text.unicodeScalars)
            let marked = scalars[error.offset..<min(scalars.count, error.offset + error.length)]
            #expect(String(String.UnicodeScalarView(marked)) == mistake.marked)
        }
    }

    @Test(
        "a time that is not a duration of at most a hundred years is not a reference",
        arguments: [
            "now+", "now+5", "now+5w", "now+ 5s", "now5s", "now*5s", "now+-5s", "now+1.5h", "now+36526d",
            "now+99999999999s",
            "now+12345678901s", "now+٣s", "nowx", "counter:",
        ])
    func times(text: String) {
        #expect(throws: TemplateSyntaxError.self) { try ValueReferenceParser.parts(of: "{{\(text)}}") }
    }

    @Test(
        "durations have a whole number and one unit",
        arguments: [
            ("0s", 0), ("1s", 1), ("90m", 5_400), ("24h", 86_400), ("36525d", 3_155_760_000),
            ("3155760000s", 3_155_760_000),
            ("3155760001s", nil), ("", nil), ("s", nil), ("1", nil), ("1S", nil), ("1ms", nil), ("+1s", nil),
            (" 1s", nil),
            ("1 s", nil), ("00001s", 1), ("00000000001s", nil),
        ] as [(String, Int?)])
    func durations(text: String, seconds: Int?) {
        #expect(ValueReferenceParser.seconds(duration: text) == seconds)
    }
}
