import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import TestKit
import Testing

/// A response and what is told of it.
struct RawCase: Sendable, CustomTestStringConvertible {
    var name: String
    var operation: String
    var text: String
    var told: String
    var testDescription: String { name }

    init(_ name: String, _ operation: String, _ told: String, _ text: String) {
        self.name = name
        self.operation = operation
        self.text = text
        self.told = told
    }
}

@Suite("Validating responses by hand", .inTurn) struct ValidateResponseTests {
    static let document = """
        openapi: 3.0.3
        info: { title: Shop, version: '1' }
        paths:
          /things/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get:
              operationId: fetch
              responses:
                '200':
                  description: one
                  headers:
                    X-Ids: { schema: { type: array, items: { type: integer } } }
                    X-Range: { schema: { type: object, required: [from], properties: { from: { type: integer }, to: { type: integer } } } }
                    X-Flags: { explode: true, schema: { type: object, properties: { a: { type: integer } } } }
                    X-Meta: { content: { application/json: { schema: { type: object, required: [v] } } } }
                    X-Must: { required: true, schema: { type: string, enum: [yes, no] } }
                    Set-Cookie: { schema: { type: string } }
                  content:
                    application/json: { schema: { $ref: '#/components/schemas/Thing' } }
                    application/*: { schema: { type: object, required: [any] } }
                    text/plain: { schema: { type: integer } }
                    text/csv: { schema: { type: array, items: { type: string } } }
                    application/x-www-form-urlencoded: { schema: { type: object, required: [n], properties: { n: { type: integer }, t: { type: array, items: { type: string } } } } }
                '201': { description: made }
                2XX: { description: other, content: { application/json: { schema: { type: array } } } }
                '404': { description: none, content: { application/problem+json: { schema: { type: object, required: [title] } } } }
                default: { description: else, content: { application/json: { schema: { type: object, required: [error] } } } }
            delete:
              operationId: drop
              responses: { '204': { description: gone } }
        components:
          schemas:
            Thing:
              type: object
              required: [id]
              properties:
                id: { type: integer, format: int32 }
                big: { type: integer, format: int64 }
                note: { type: string, nullable: true }
                at: { type: string, format: date-time }
                raw: { type: string, format: byte }
                secret: { type: string, writeOnly: true }
                pet: { $ref: '#/components/schemas/Pet' }
            Pet:
              oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
              discriminator: { propertyName: kind, mapping: { cat: '#/components/schemas/Cat' } }
            Cat: { type: object, required: [kind, lives], properties: { kind: { type: string }, lives: { type: integer } } }
            Dog: { type: object, required: [kind, tricks], properties: { kind: { type: string }, tricks: { type: integer } } }

        """

    private static let ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Must: yes\r\n"

    private static func body(_ json: String) -> String { "\(ok)\r\n\(json)" }
    private static func head(_ lines: String) -> String { "\(ok)\(lines)\r\n\r\n{\"id\":1}" }
    private static func typed(_ type: String, _ body: String) -> String {
        "HTTP/2 200\r\ncontent-type: \(type)\r\nx-must: no\r\n\r\n\(body)"
    }

    static let statusCases: [RawCase] = [
        RawCase("the documented status", "fetch", "passed", body("{\"id\":1}")),
        RawCase(
            "line feeds alone", "fetch", "passed",
            "HTTP/1.1 200\ncontent-type: application/json\nx-must: no\n\n{\"id\":1}"),
        RawCase(
            "interim responses are passed over", "fetch", "passed",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + body("{\"id\":1}")),
        RawCase("the exact status wins over the range", "fetch", "passed", "HTTP/1.1 201 Created\r\n\r\n"),
        RawCase(
            "the range holds for the others", "fetch", "passed",
            "HTTP/1.1 202 OK\r\ncontent-type: application/json\r\n\r\n[]"),
        RawCase(
            "the range's own schema", "fetch", "failed body.type@body",
            "HTTP/1.1 202 OK\r\ncontent-type: application/json\r\n\r\n{}"),
        RawCase(
            "default holds for the rest", "fetch", "passed",
            "HTTP/1.1 500 X\r\ncontent-type: application/json\r\n\r\n{\"error\":1}"),
        RawCase(
            "default's own schema", "fetch", "failed body.required@/error",
            "HTTP/1.1 418 X\r\ncontent-type: application/json\r\n\r\n{}"),
        RawCase("an undocumented status", "drop", "failed status.undocumented@status", "HTTP/1.1 200 OK\r\n\r\n"),
        RawCase("no body where none is documented", "drop", "passed", "HTTP/1.1 204 No Content\r\n\r\n"),
        RawCase(
            "a body where none is documented", "fetch", "passed warning body.unexpected@body",
            "HTTP/1.1 201 Created\r\ncontent-type: text/plain\r\n\r\nhello"),
        RawCase("no body where one is documented", "fetch", "failed body.missing@body", body("")),
    ]

    static let mediaCases: [RawCase] = [
        RawCase("parameters and case", "fetch", "passed", typed("Application/JSON; Charset=\"UTF-8\"", "{\"id\":1}")),
        RawCase(
            "the most specific type wins over the range", "fetch",
            "failed body.required@/id warning body.undeclared@/any",
            typed("application/json", "{\"any\":1}")),
        RawCase("a suffix under the range", "fetch", "passed", typed("application/hal+json", "{\"any\":1}")),
        RawCase(
            "a suffix under the range, judged", "fetch", "failed body.required@/any",
            typed("application/hal+json", "{}")),
        RawCase(
            "an undocumented type", "fetch", "failed media-type.undocumented@header content-type",
            typed("image/png", "x")),
        RawCase(
            "json is not problem+json", "fetch", "failed media-type.undocumented@header content-type",
            "HTTP/1.1 404 X\r\ncontent-type: application/json\r\n\r\n{\"title\":1}"),
        RawCase(
            "problem+json is", "fetch", "passed",
            "HTTP/1.1 404 X\r\ncontent-type: application/problem+json\r\n\r\n{\"title\":1}"),
        RawCase(
            "no type at all", "fetch", "failed media-type.missing@header content-type",
            "HTTP/1.1 404 X\r\n\r\n{\"title\":1}"),
        RawCase(
            "a type that is none", "fetch", "failed media-type.syntax@header content-type", typed("json", "{\"id\":1}")),
        RawCase("two types", "fetch", "failed media-type.syntax@header content-type", head("content-type: text/plain")),
        RawCase(
            "xml is not looked into", "fetch", "undecided note body.unjudged@body", typed("application/xml", "<a/>")),
        RawCase("text that spells an integer", "fetch", "passed", typed("text/plain", "12")),
        RawCase("text that spells an integer in a line", "fetch", "passed", typed("text/plain", "12\r\n")),
        RawCase(
            "text that spells none", "fetch", "failed body.type@body", typed("text/plain; charset=utf-8", "twelve")),
        RawCase("a list in text", "fetch", "undecided note body.unjudged@body", typed("text/csv", "a,b")),
        RawCase("a form", "fetch", "passed", typed("application/x-www-form-urlencoded", "n=1&t=a&t=b%20c")),
        RawCase(
            "a form's wrong value", "fetch", "failed body.type@/n", typed("application/x-www-form-urlencoded", "n=one")),
        RawCase(
            "a form without its field", "fetch", "failed body.required@/n",
            typed("application/x-www-form-urlencoded", "")),
        RawCase("no form", "fetch", "failed body.form@body", typed("application/x-www-form-urlencoded", "n=%zz")),
        RawCase("a coded body that curl has decoded", "fetch", "passed", head("content-encoding: gzip")),
    ]

    static let headerCases: [RawCase] = [
        RawCase("an array", "fetch", "passed", head("X-Ids: 1,2, 3")),
        RawCase("an array on two lines", "fetch", "passed", head("X-Ids: 1\r\nX-Ids: 2,3")),
        RawCase(
            "an array with a wrong item", "fetch", "failed header.syntax@header X-Ids", head("X-Ids: 1\r\nx-ids: two")),
        RawCase("an object", "fetch", "passed", head("X-Range: from,1,to,2")),
        RawCase(
            "an object without its member", "fetch", "failed header.required@header X-Range", head("X-Range: to,2")),
        RawCase("an object with an odd item", "fetch", "failed header.syntax@header X-Range", head("X-Range: from")),
        RawCase("an exploded object", "fetch", "passed", head("X-Flags: a=1")),
        RawCase("an exploded object that is not", "fetch", "failed header.syntax@header X-Flags", head("X-Flags: a,1")),
        RawCase("content", "fetch", "passed", head("X-Meta: {\"v\": 1}")),
        RawCase("content that is broken", "fetch", "failed header.required@header X-Meta", head("X-Meta: {}")),
        RawCase("content that is no JSON", "fetch", "failed header.syntax@header X-Meta", head("X-Meta: v=1")),
        RawCase(
            "an enumeration", "fetch", "failed header.enum@header X-Must",
            typed("application/json", "{\"id\":1}").replacingMust("maybe")),
        RawCase(
            "a required header", "fetch", "failed header.required@header X-Must",
            typed("application/json", "{\"id\":1}").replacingMust(nil)),
        RawCase("a continued line", "fetch", "passed", head("X-Ids: 1,\r\n 2")),
        RawCase("undeclared", "fetch", "passed warning header.undeclared@header x-own", head("X-Own: 1")),
        RawCase("standard ones", "fetch", "passed", head("Date: Thu\r\nServer: x\r\nETag: \"1\"\r\nContent-Length: 8")),
    ]

    static let bodyCases: [RawCase] = [
        RawCase("null where nullable", "fetch", "passed", body("{\"id\":1,\"note\":null}")),
        RawCase("null where not", "fetch", "failed body.type@/at", body("{\"id\":1,\"at\":null}")),
        RawCase("int32", "fetch", "failed body.format@/id", body("{\"id\":2147483648}")),
        RawCase("int32's last", "fetch", "passed", body("{\"id\":2147483647}")),
        RawCase("1.0 is an integer", "fetch", "passed", body("{\"id\":1.0}")),
        RawCase("1.5 is none", "fetch", "failed body.type@/id", body("{\"id\":1.5}")),
        RawCase("int64", "fetch", "failed body.format@/big", body("{\"id\":1,\"big\":9223372036854775808}")),
        RawCase("date-time", "fetch", "failed body.format@/at", body("{\"id\":1,\"at\":\"2026-02-30T00:00:00Z\"}")),
        RawCase("byte", "fetch", "failed body.format@/raw", body("{\"id\":1,\"raw\":\"*\"}")),
        RawCase("writeOnly", "fetch", "failed body.writeOnly@/secret", body("{\"id\":1,\"secret\":\"s\"}")),
        RawCase("the mapped branch", "fetch", "passed", body("{\"id\":1,\"pet\":{\"kind\":\"cat\",\"lives\":9}}")),
        RawCase(
            "the branch of its name", "fetch", "passed", body("{\"id\":1,\"pet\":{\"kind\":\"Dog\",\"tricks\":9}}")),
        RawCase(
            "a branch's own fault", "fetch", "failed body.required@/pet/lives",
            body("{\"id\":1,\"pet\":{\"kind\":\"cat\"}}")),
        RawCase(
            "no such branch", "fetch", "failed body.discriminator@/pet", body("{\"id\":1,\"pet\":{\"kind\":\"fish\"}}")),
        RawCase(
            "no discriminator", "fetch", "failed body.discriminator@/pet", body("{\"id\":1,\"pet\":{\"lives\":1}}")),
        RawCase("cut JSON", "fetch", "failed body.json@body", body("{\"id\":1")),
        RawCase("doubled JSON", "fetch", "failed body.json@body", body("{\"id\":1}{\"id\":1}")),
        RawCase("a name twice", "fetch", "failed body.duplicate-name@/id", body("{\"id\":1,\"id\":1}")),
        RawCase("undeclared", "fetch", "passed warning body.undeclared@/x", body("{\"id\":1,\"x\":1}")),
    ]

    @Test("status", arguments: statusCases) func status(one: RawCase) throws { try judge(one) }
    @Test("media type", arguments: mediaCases) func media(one: RawCase) throws { try judge(one) }
    @Test("headers", arguments: headerCases) func headers(one: RawCase) throws { try judge(one) }
    @Test("body", arguments: bodyCases) func body(one: RawCase) throws { try judge(one) }

    private func judge(_ one: RawCase) throws {
        let result = try ValidateBench.run(Self.document, [("r.http", one.text)]) { $0.operation = one.operation }
        #expect(ValidateBench.told(result) == [one.told])
        #expect(result.exit == (one.told.utf8.starts(with: "passed".utf8) ? .passed : .findings))
    }

    @Test("a body that is still coded keeps the header that says so")
    func coded() throws {
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n"
        let raw = try RawResponse(Array(head.utf8) + [0x1F, 0x8B, 0x08], name: "r")
        #expect(raw.message.header("content-encoding") == ["gzip"])
        #expect(raw.message.body == [0x1F, 0x8B, 0x08])
    }

    @Test("an operation is found by id, by template, and by a real path")
    func names() throws {
        for name in ["fetch", "GET /things/{id}", "get /things/7"] {
            let result = try ValidateBench.run(Self.document, [("-", Self.body("{\"id\":1}"))]) { $0.operation = name }
            #expect(ValidateBench.told(result) == ["passed"])
        }
        let error = try #require(throws: HarnessError.self) {
            try ValidateBench.run(Self.document, [("-", "")]) { $0.operation = "fetsh" }
        }
        #expect(error.diagnostics.entries.first?.help == "did you mean `fetch`?")
    }

    @Test("a body with its status and head is judged as a response, one without a head as far as it is known")
    func bodies() throws {
        func told(_ text: String, _ status: Int, _ headers: [String] = []) throws -> String {
            try ValidateBench.told(
                ValidateBench.run(Self.document, [("b.json", text)]) {
                    $0.operation = "fetch"
                    $0.status = status
                    $0.headers = headers
                })[0]
        }
        let json = "content-type: application/json"
        #expect(try told("{\"id\":1}", 200, [json, "x-must: yes"]) == "passed")
        #expect(try told("{\"id\":1}", 200, [json]) == "failed header.required@header X-Must")
        #expect(try told("{\"id\":1}", 200) == "passed")
        #expect(try told("{\"id\":\"1\"}", 200) == "failed body.type@/id")
        #expect(try told("n=1", 200) == "undecided note body.unjudged@body")
        #expect(try told("", 404) == "failed body.missing@body")
        #expect(try told("{", 404) == "failed body.json@body")
    }

    @Test("an input that is not a response is reported with its line, and the other inputs are judged")
    func unreadable() throws {
        let inputs = [
            ("a", "{\"id\":1}"), ("b", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), ("c", Self.body("{\"id\":1}")),
        ]
        let result = try ValidateBench.run(Self.document, inputs) { $0.operation = "fetch" }
        #expect(result.exit == .wrongInput)
        #expect(
            result.diagnostics.entries.map { "\($0.rule) \($0.location?.description ?? "")" } == [
                "validate.status-line a:1:1", "validate.header-line b:2:1",
            ])
        #expect(ValidateBench.told(result) == ["passed"])
    }

    @Test("a broken keyword of the response's schema is a finding about the document; one of another response is not")
    func brokenSchema() throws {
        let document = Self.document.replacingOccurrences(
            of: "id: { type: integer, format: int32 }", with: "id: { type: 7 }")
        let broken = try ValidateBench.run(document, [("r", Self.body("{\"id\":1}"))]) { $0.operation = "fetch" }
        // The keyword judges nothing, and everything else is judged.
        #expect(broken.exit == .findings)
        #expect(broken.results.map { $0.findings.map(\.rule) } == [["document.schema"]])
        let other = try ValidateBench.run(document, [("r", "HTTP/1.1 201 X\r\n\r\n")]) { $0.operation = "fetch" }
        #expect(other.exit == .passed)
    }
}

extension String {
    /// Another value of x-must, or none.
    fileprivate func replacingMust(_ value: String?) -> String {
        replacingOccurrences(of: "x-must: no\r\n", with: value.map { "x-must: \($0)\r\n" } ?? "")
    }
}
