import Conformance
import Exchanges
import Testing

/// Headers of responses: their lines, their styles, and those that need no declaration (OpenAPI 3.1.1, sections 4.8.17
/// and 4.8.21; RFC 9110, section 5.3).
@Suite("Headers of responses")
struct HeaderRuleTests {
    /// The findings about headers of a response that declares `headers`, as `rule place`.
    private static func found(
        _ headers: String, _ sent: [(String, String)], openapi: String = "3.1.1"
    ) throws -> [String] {
        try OneResponse.verdict(
            openapi: openapi, responses: "{ '200': { description: d, headers: \(headers) } }", sent, []
        ).allFindings.map { "\($0.rule) \($0.response?.description ?? "-")" }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var declared: String
        var sent: [String]
        var found: [String]
        var testDescription: String { "\(declared) \(sent)" }

        init(_ declared: String, _ sent: [String], _ found: String...) {
            (self.declared, self.sent) = (declared, sent)
            self.found = found.map { "header.\($0) header X" }
        }
    }

    static let cases = [
        // No line, an empty line, several lines.
        Case("{ schema: { type: string } }", []), Case("{ required: true, schema: {} }", [], "required"),
        Case("{ required: true, schema: {} }", [""]), Case("{ required: false, schema: {} }", []),
        Case("{ schema: { type: string, minLength: 1 } }", [""], "minLength"),
        Case("{ schema: { type: string, maxLength: 3 } }", ["a", "b"], "maxLength"),
        Case("{ schema: { type: string, maxLength: 4 } }", ["a", "b"]),
        Case("{ schema: { type: integer } }", ["1", "2"], "type"),
        Case("{ schema: { type: array, maxItems: 2, items: { type: integer } } }", ["1", "2"]),
        Case("{ schema: { type: array, maxItems: 2, items: { type: integer } } }", ["1,2", "3"], "maxItems"),
        // Scalars.
        Case("{ schema: { type: integer } }", ["7"]), Case("{ schema: { type: integer } }", ["+7"], "type"),
        Case("{ schema: { type: integer } }", ["07"], "type"), Case("{ schema: { type: integer } }", ["7.0"]),
        Case("{ schema: { type: number } }", ["1e2"]), Case("{ schema: { type: number } }", ["NaN"], "type"),
        Case("{ schema: { type: boolean } }", ["true"]), Case("{ schema: { type: boolean } }", ["True"], "type"),
        Case("{ schema: { type: boolean } }", ["1"], "type"),
        Case("{ schema: { type: [integer, 'null'] } }", ["x"], "type"),
        Case("{ schema: { type: [integer, string] } }", ["x"]),
        Case("{ schema: { const: 7 } }", ["7"]), Case("{ schema: { const: 7 } }", ["8"], "const"),
        Case("{ schema: { enum: [a, b] } }", ["b"]), Case("{ schema: { enum: [a, b] } }", ["B"], "enum"),
        Case("{ schema: { type: string, format: date } }", ["2026-02-29"], "format"),
        Case("{ schema: { type: string, format: date } }", ["2028-02-29"]),
        // Outside of an enumeration, the form is of no interest.
        Case("{ schema: { type: string, enum: [ab], pattern: '^a' } }", ["x"], "enum"),
        // Lists and objects.
        Case("{ schema: { type: array, items: { enum: [a, b] } } }", ["a,c"], "enum"),
        Case("{ schema: { type: array, uniqueItems: true, items: {} } }", ["a,b,a"], "uniqueItems"),
        Case("{ explode: true, schema: { type: object, required: [a] } }", ["a=1,b=2"]),
        Case("{ explode: true, schema: { type: object, required: [a] } }", ["b=2"], "required"),
        Case("{ explode: true, schema: { type: object, required: [a] } }", ["b"], "syntax"),
        Case("{ schema: { type: object, required: [a] } }", ["a,1,b,2"]),
        Case("{ schema: { type: object, required: [a] } }", ["a,1,b"], "syntax"),
        // Content in place of a schema.
        Case("{ content: { application/json: { schema: { type: array } } } }", ["[1,2]"]),
        Case("{ content: { application/json: { schema: { type: array } } } }", ["{}"], "type"),
        Case("{ content: { application/json: { schema: { type: array } } } }", ["[1,"], "syntax"),
        // A style that headers do not have says nothing.
        Case("{ style: form, schema: { type: integer } }", ["x"], "undecided"),
    ]

    @Test("each line is read in the style of its declaration", arguments: cases)
    func values(one: Case) throws {
        #expect(try Self.found("{ X: \(one.declared) }", one.sent.map { ("x", $0) }) == one.found)
    }

    @Test("Set-Cookie lines are never joined, so each is judged by itself")
    func setCookie() throws {
        let cookie = "{ Set-Cookie: { schema: { type: string, pattern: '^sid=' } } }"
        #expect(try Self.found(cookie, [("set-cookie", "sid=1; Path=/")]) == [])
        #expect(try Self.found(cookie, [("set-cookie", "sid=1, 2"), ("Set-Cookie", "sid=2")]) == [])
        #expect(
            try Self.found(cookie, [("set-cookie", "sid=1"), ("set-cookie", "theme=dark")])
                == ["header.pattern header Set-Cookie"])
        // Undeclared, it is a header that HTTP declares.
        #expect(try Self.found("{}", [("set-cookie", "sid=1")]) == [])
    }

    @Test("a declared content-type is ignored, because the media types describe it")
    func contentType() throws {
        let declared = "{ Content-Type: { required: true, schema: { type: integer } } }"
        #expect(try Self.found(declared, []) == [])
        #expect(
            try OneResponse.verdict(
                responses: "{ '200': { description: d, headers: \(declared), content: { text/plain: {} } } }",
                [("content-type", "text/plain")], Array("x".utf8)
            ).allFindings == [])
    }

    @Test(
        "headers of HTTP, its caches and proxies need no declaration",
        arguments: [
            ("Date", true), ("ETAG", true), ("retry-after", true), ("x-powered-by", true), ("location", true),
            ("www-authenticate", true), ("x-request-id", false), ("x-ratelimit-limit", false), ("etags", false),
            ("authorization", false), ("cookie", false),
        ])
    func standard(name: String, isKnown: Bool) throws {
        let place = "header.undeclared header \(name.lowercased())"
        #expect(try Self.found("{}", [(name, "1")]) == (isKnown ? [] : [place]))
        #expect(try Self.found("{ \(name): { schema: {} } }", [(name.uppercased(), "1")]) == [])
    }

    @Test("names are compared without regard to case, and an undeclared one is reported once")
    func names() throws {
        #expect(try Self.found("{ x-Id: { required: true, schema: {} } }", [("X-ID", "1")]) == [])
        #expect(
            try Self.found("{}", [("X-B", "1"), ("x-a", "2"), ("x-b", "3")])
                == ["header.undeclared header x-b", "header.undeclared header x-a"])
        // A status without documentation has no documented headers either.
        let verdict = try OneResponse.verdict(
            responses: "{ '200': { description: d } }", status: 418, [("x-odd", "1")], [])
        #expect(verdict.allFindings.map(\.rule) == ["status.undocumented"])
    }

    @Test("a value that was right is remembered, and a wrong one after it is found")
    func remembered() throws {
        let document = """
            openapi: 3.1.1
            info: { title: T, version: '1' }
            paths:
              /x:
                get:
                  operationId: x
                  responses: { '200': { description: d, headers: { X: { schema: { type: integer, maximum: 5 } } } } }
            """
        let rows = (0..<4).map { "s\($0),r\($0),x,200" }.joined(separator: "\n")
        let bench = try Bench(spec: document, tables: [("t.csv", "scenario,step,call,expect\n\(rows)\n")])
        func answer(_ value: String) -> [ExchangeOutcome] { [.answer(200, "", [("x", value)])] }
        let verdict = try bench.verdict(["r0": answer("5"), "r1": answer("5"), "r2": answer("6"), "r3": answer("5")])
        #expect(verdict.allFindings.map { "\($0.rule) \($0.step)" } == ["header.maximum r2"])
    }

    @Test("a received value in a finding is cut and has no control characters")
    func hostile() throws {
        let verdict = try OneResponse.verdict(
            responses: "{ '200': { description: d, headers: { X: { schema: { type: integer } } } } }",
            [("x", "\u{1B}[31m" + String(repeating: "9", count: 500)), ("x-\u{7}", "\u{1B}]0;t\u{7}")], [])
        for finding in verdict.allFindings {
            let texts = [finding.expected ?? "", finding.actual ?? ""]
            #expect(texts.allSatisfy { $0.utf8.count < 300 })
            #expect(!texts.joined().unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x07 }, "\(texts)")
        }
        #expect(verdict.allFindings.map(\.rule) == ["header.type", "header.undeclared"])
    }
}
