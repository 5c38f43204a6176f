import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

/// Responses and values that `assay validate` judges: without a request, and sometimes without headers.
@Suite("Judging single inputs")
struct ResponseJudgeTests {
    private static func contract(
        method: String = "get", _ responses: String, components: String = "{}", openapi: String = "3.1.1"
    ) throws -> Contract {
        try Contract.load(
            text: """
                openapi: \(openapi)
                info: { title: T, version: '1' }
                paths:
                  /x: { \(method): { operationId: x, responses: \(responses) } }
                components: { schemas: \(components) }
                """, name: "v1", file: "x.yaml")
    }

    private static func judge(_ contract: Contract, isStrict: Bool = false) throws -> ResponseJudge {
        ResponseJudge(try #require(contract.operation("x")), of: contract, isStrict: isStrict)
    }

    // MARK: Bodies that are shorter than declared

    /// Content-Length counts the octets of the content (RFC 9110, section 8.6; RFC 9112, section 6.3).
    @Test(
        "a body with fewer bytes than content-length declares is a note",
        arguments: [
            ("get", 200, [("content-length", "5")], true), ("get", 200, [("content-length", "4")], false),
            ("get", 200, [("content-length", "3")], false), ("get", 200, [], false),
            ("get", 200, [("Content-Length", "999")], true), ("get", 200, [("content-length", "many")], false),
            ("get", 200, [("content-length", "-9")], false),
            ("get", 200, [("content-length", "99999999999999999999")], false),
            // The length of encoded or chunked content is another one.
            ("get", 200, [("content-length", "9"), ("content-encoding", "gzip")], false),
            ("get", 200, [("content-length", "9"), ("transfer-encoding", "chunked")], false),
            ("head", 200, [("content-length", "9")], false), ("get", 304, [("content-length", "9")], false),
        ] as [(String, Int, [(String, String)], Bool)])
    func length(method: String, status: Int, headers: [(String, String)], isFound: Bool) throws {
        let contract = try Self.contract(
            method: method, "{ '200': { description: d, content: { text/plain: {} } }, '304': { description: d } }")
        let hasBody = method != "head" && status != 304
        let message = ResponseMessage(
            status: status,
            headers: [HeaderField(name: "content-type", value: "text/plain")]
                + headers.map { HeaderField(name: $0.0, value: $0.1) }, body: hasBody ? Array("four".utf8) : [])
        let found = try Self.judge(contract).findings(message).filter { $0.rule == "body.length" }
        #expect(found.map(\.short) == (isFound ? ["body.length note header content-length"] : []))
        #expect(found.allSatisfy { $0.actual == "4 bytes" && $0.evidence.expected?.hasSuffix(" bytes") == true })
    }

    // MARK: Bodies without headers

    private static func found(_ content: String, _ body: String, status: Int = 200) throws -> [String] {
        let contract = try contract("{ '200': { description: d, content: \(content) }, '204': { description: d } }")
        return try judge(contract).findings(body: Array(body.utf8), status: status).map(\.short)
    }

    @Test("a body without headers has the only media type that it can have")
    func onlyType() throws {
        let object = "{ schema: { type: object } }"
        #expect(try Self.found("{ application/json: \(object) }", "{}") == [])
        #expect(try Self.found("{ application/json: \(object) }", "[]") == ["body.type error body"])
        #expect(try Self.found("{ application/json: \(object) }", "{") == ["body.json error body"])
        #expect(try Self.found("{ application/json: \(object), text/csv: {} }", "[]") == ["body.type error body"])
        #expect(try Self.found("{ application/hal+json: \(object), text/csv: {} }", "[]") == ["body.type error body"])
        #expect(try Self.found("{ text/plain: { schema: { maxLength: 3 } } }", "four") == ["body.maxLength error body"])
        // Text that is not JSON can only be one of the others, but several types of JSON say the same about its syntax.
        #expect(
            try Self.found("{ application/json: \(object), application/hal+json: {} }", "{") == ["body.json error body"]
        )
    }

    @Test("a body that several media types could describe is not judged, and that is said")
    func severalTypes() throws {
        let several = "{ application/json: { schema: { type: object } }, application/hal+json: {} }"
        #expect(try Self.found(several, "[]") == ["body.unjudged note body"])
        #expect(try Self.found("{ text/csv: {}, text/plain: {} }", "a,b") == ["body.unjudged note body"])
        #expect(try Self.found("{ application/json: {}, text/csv: {} }", "a,b") == ["body.unjudged note body"])
        #expect(try Self.found("{ 'image/*': { schema: {} } }", "a,b") == ["body.unjudged note body"])
        #expect(try Self.found("{ '*/*': { schema: { type: object } } }", "[]") == ["body.type error body"])
    }

    @Test("missing and undocumented bodies need no media type")
    func noType() throws {
        #expect(try Self.found("{ application/json: {} }", "") == ["body.missing error body"])
        #expect(try Self.found("{ application/json: {} }", "", status: 204) == [])
        #expect(try Self.found("{ application/json: {} }", "{}", status: 204).contains("body.forbidden error body"))
        #expect(
            try Self.found("{ application/json: {} }", "{}", status: 500).contains("status.undocumented error status"))
    }

    @Test("headers that the input does not have are not missing")
    func noHeaders() throws {
        let contract = try Self.contract(
            "{ '200': { description: d, headers: { X-Id: { required: true, schema: {} } }, content: { application/json: {} } } }"
        )
        #expect(try Self.judge(contract).findings(body: Array("{}".utf8), status: 200) == [])
        let whole = ResponseMessage(
            status: 200, headers: [HeaderField(name: "content-type", value: "application/json")], body: Array("{}".utf8)
        )
        #expect(try Self.judge(contract).findings(whole).map(\.short) == ["header.required error header X-Id"])
    }

    @Test("strictness makes undeclared members and headers errors, and nothing else")
    func strict() throws {
        let contract = try Self.contract(
            "{ '200': { description: d, content: { application/json: { schema: { type: object, properties: { a: {} } } } } } }"
        )
        let message = ResponseMessage(
            status: 200,
            headers: [
                HeaderField(name: "content-type", value: "application/json; charset=latin1"),
                HeaderField(name: "x-odd", value: "1"),
            ], body: Array(#"{"b":1}"#.utf8))
        let usual = [
            "media-type.charset warning header content-type", "body.undeclared warning /b",
            "header.undeclared warning header x-odd",
        ]
        #expect(try Self.judge(contract).findings(message).map(\.short) == usual)
        #expect(
            try Self.judge(contract, isStrict: true).findings(message).map(\.short) == [
                usual[0], "body.undeclared error /b", "header.undeclared error header x-odd",
            ])
    }

    // MARK: Values

    private static func values(_ schema: String, isStrict: Bool = false) throws -> ValueJudge {
        let contract = try contract(
            "{ '200': { description: d, content: { application/json: { schema: \(schema) } } } }")
        let operation = try #require(contract.operation("x"))
        let place = try #require(operation.response(status: 200)?.content.first?.schema)
        return ValueJudge(try place.compiled(), at: place, isStrict: isStrict)
    }

    @Test("a value is judged by its schema, at its line of the input")
    func value() throws {
        let judge = try Self.values("{ type: object, required: [a], properties: { a: { type: string } } }")
        #expect(judge.findings(Array(#"{"a":"b"}"#.utf8)) == [])
        func told(_ text: String, line: Int) -> [String] { judge.findings(Array(text.utf8), line: line).map(\.told) }
        #expect(
            told("{\n \"a\": 5}", line: 1) == [
                "body.type @/a 2:7 x.yaml:4:159\nis a number, but the schema allows only string\n- string + 5"
            ])
        #expect(told("{\n \"a\": 5}", line: 40)[0].hasPrefix("body.type @/a 41:7 "))
        #expect(
            told("{\"a\":\n\"b\",\"a\":\"c\"}", line: 10) == ["body.duplicate-name @/a 11:5\nduplicate member \"a\""])
        #expect(told("{\"a\":", line: 7)[0].hasPrefix("body.json @body 7:6\nthe body is not JSON"))
        #expect(told("\u{FEFF}[]", line: 1).map { $0.prefix(15) } == ["body.type @body"])
    }

    @Test("each schema that rejects every value has a finding", arguments: ["false", "{ not: {} }", "{ enum: [] }"])
    func nothing(schema: String) throws {
        for text in ["null", "{}", "0", #""""#] {
            #expect(try !Self.values(schema).findings(Array(text.utf8)).isEmpty, "\(schema) \(text)")
        }
    }

    @Test("undeclared members come last, and are errors only where that is required")
    func undeclared() throws {
        let schema = "{ type: object, properties: { a: { type: string } } }"
        let text = Array(#"{"b":1,"a":2}"#.utf8)
        #expect(
            try Self.values(schema).findings(text).map(\.short) == ["body.type error /a", "body.undeclared warning /b"])
        #expect(
            try Self.values(schema, isStrict: true).findings(text).map(\.short)
                == ["body.type error /a", "body.undeclared error /b"])
    }

    @Test("an unusable keyword is reported for every value, and the others are applied")
    func unusable() throws {
        let judge = try Self.values("{ type: string, pattern: '(' }")
        #expect(judge.findings(Array("1".utf8)).map(\.rule) == ["document.schema", "body.type"])
        #expect(judge.findings(Array(#""a""#.utf8)).map(\.rule) == ["document.schema"])
        #expect(judge.findings(Array("1".utf8)).map(\.blame) == [.document, .server])
    }

    // MARK: Results

    @Test(
        "an input fails with a certain error only, and passes only if all of it was judged",
        arguments: [
            ([String](), InputVerdict.Outcome.passed), (["body.undeclared"], .passed), (["body.length"], .passed),
            (["body.type"], .failed), (["body.unjudged"], .undecided), (["body.undecided"], .undecided),
            (["body.unjudged", "body.type"], .failed), (["header.undecided", "body.undeclared"], .undecided),
            (["document.unjudged"], .undecided), (["document.schema"], .failed),
        ])
    func outcomes(rules: [String], outcome: InputVerdict.Outcome) throws {
        var template = try #require(try Self.values("false").findings([0x30]).first)
        let findings = try rules.map { rule in
            template.rule = rule
            template.severity = try #require(Rule.named(rule)).severity
            return template
        }
        #expect(InputVerdict(input: "-", line: 1, subject: "x 200", findings: findings).outcome == outcome)
    }
}
