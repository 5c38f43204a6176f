import Exchanges
import JSONDocument
import Testing

@testable import Mocking

/// The content of rejections, and the place of the errors in them.
struct RejectionTests {
    private static let body = #"{"age":"x"}"#

    /// An operation whose body lacks `name` and has a wrong `age`, with one documented error.
    private static func contract(_ error: String, _ others: String = "") -> String {
        """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: /}]
        paths:
          /things:
            post:
              operationId: add
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      required: [name]
                      properties: {name: {type: string}, age: {type: integer}}
              responses:
                '200': {description: ok}
                '400': {description: bad\(error)}
                \(others)
        """
    }

    private static func json(_ schema: String, example: String? = nil) -> String {
        ", content: {application/json: {schema: \(schema)\(example.map { ", example: \($0)" } ?? "")}}"
    }

    @Test(
        "every error is named in the document's own shape",
        arguments: [
            // One sentence.
            (json("{type: object, properties: {message: {type: string}}}"), ["message"]),
            (json("{type: object, properties: {Message: {type: string}, code: {type: string}}}"), ["Message"]),
            (json("{type: object, properties: {error_description: {type: string}}}"), ["error_description"]),
            (json("{type: string}"), []),
            // A sentence inside of an object.
            (
                json(
                    "{type: object, required: [error], properties: {error: {type: object, required: [message], "
                        + "properties: {code: {enum: [a]}, message: {type: string}}}}}"), ["error", "message"]
            ),
            // Lists.
            (
                json("{type: object, required: [errors], properties: {errors: {type: array, items: {type: string}}}}"),
                ["errors"]
            ),
            (
                json(
                    "{type: object, properties: {errors: {type: array, items: {type: object, required: [field, message], "
                        + "properties: {field: {type: string}, message: {type: string}}}}}}"), ["errors"]
            ),
            (
                json(
                    "{type: array, items: {type: object, required: [path, msg], "
                        + "properties: {path: {type: string}, msg: {type: string}}}}"), []
            ),
            (
                json(
                    "{type: object, properties: {detail: {type: array, items: {type: object, required: [loc, msg], "
                        + "properties: {loc: {type: array, items: {type: string}}, msg: {type: string}}}}}}"),
                ["detail"]
            ),
            // Errors by field.
            (
                json(
                    "{type: object, properties: {title: {type: string}, errors: {type: object, "
                        + "additionalProperties: {type: array, items: {type: string}}}}}"), ["errors"]
            ),
            // No schema.
            (", content: {application/json: {example: {error: {code: 7, message: no}}}}", ["error", "message"]),
        ] as [(String, [String])])
    func shapes(error: String, path: [String]) throws {
        var mock = try TestMock(contract: Self.contract(error), behaviour: nil, headers: [])
        let response = mock.send("POST", "/things", Self.body)
        #expect(response.status == 400)
        let text = try #require(response.json?.value(at: JSONPointer(path))).text
        #expect(text.contains("name"), "\(response.text)")
        #expect(text.contains("age"), "\(response.text)")
        #expect(response.line("assay-mock-reason") == nil)
    }

    @Test(
        "an error body without a member for the reason stays as documented, and a header contains the reason",
        arguments: [
            ("", ""),
            (
                json("{type: object}", example: "{code: bad_request, status: 400}"),
                #"{"code":"bad_request","status":400}"#
            ),
            (json("{type: object}", example: "{error: invalid_request}"), #"{"error":"invalid_request"}"#),
            (
                json("{type: object, additionalProperties: false, properties: {code: {enum: [E1]}}}"),
                #"{"code":"E1"}"#
            ),
        ])
    func header(error: String, text: String) throws {
        var mock = try TestMock(contract: Self.contract(error), behaviour: nil, headers: [])
        let response = mock.send("POST", "/things", Self.body)
        #expect(response.status == 400)
        #expect(response.text == text)
        let reason = try #require(response.line("assay-mock-reason"))
        #expect(reason.contains("name") && reason.contains("age"), "\(reason)")
    }

    @Test("a reason in a header is ASCII without line breaks, and bounded")
    func safeHeader() throws {
        let contract = Self.contract("").replacing(
            "{name: {type: string}", with: "{name: {enum: [\"\\u00fc\\r\\nx: y\"]}")
        var mock = try TestMock(contract: contract, behaviour: nil, headers: [])
        let response = mock.send("POST", "/things", #"{"name":""# + String(repeating: "ü", count: 5_000) + #""}"#)
        let reason = try #require(response.line("assay-mock-reason"))
        #expect(reason.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) })
        #expect(reason.utf8.count <= 8_000)
    }

    @Test("a response with an undocumented status lists all errors as problem details")
    func problem() throws {
        let contract = Self.contract("").replacing("'400': {description: bad}", with: "'201': {description: ok}")
        var mock = try TestMock(contract: contract, behaviour: nil, headers: [])
        let response = mock.send("POST", "/things", Self.body)
        #expect(response.status == 400)
        #expect(response.line("content-type") == "application/problem+json")
        #expect(response.json?["errors"]?.elements?.map { $0["field"] } == ["name", "age"])
    }

    @Test("a generated status member of an error equals the status of the response")
    func status() throws {
        let error = Self.json(
            "{type: object, required: [status], properties: {status: {type: integer}, title: {type: string}}}")
        var mock = try TestMock(contract: Self.contract(error), behaviour: nil, headers: [])
        #expect(mock.send("POST", "/things", Self.body).json?["status"] == 400)
    }

    // MARK: Statuses

    @Test("an unknown path gets 404, regardless of the documented statuses", arguments: ["GET", "POST"])
    func unknownPath(method: String) throws {
        var mock = try TestMock(
            contract: Self.contract(Self.json("{type: object, properties: {message: {type: string}}}")), behaviour: nil,
            headers: [])
        #expect(mock.send(method, "/nothing", method == "POST" ? "{}" : nil).status == 404)
    }

    @Test(
        "an operation responds with a status that it documents",
        arguments: [
            (["'503'"], 503), (["'404'", "'503'"], 404), (["4XX"], 400), (["5XX"], 500), (["'302'", "default"], 302),
            (["default"], 200), (["'400'", "default"], 200), (["'400'", "2XX"], 200), (["'400'", "'204'"], 204),
            (["'400'", "'301'"], 301),
        ] as [([String], Int)])
    func documentedStatus(keys: [String], status: Int) throws {
        let responses = keys.map { "\($0): {description: d}" }.joined(separator: ", ")
        let contract = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            servers: [{url: /}]
            paths: {/x: {get: {responses: {\(responses)}}}}
            """
        var mock = try TestMock(contract: contract, behaviour: nil, headers: [])
        #expect(mock.send("GET", "/x").status == status)
    }

    @Test(
        "a body with a content coding gets 415, regardless of the documented statuses",
        arguments: [("gzip", 415), ("identity", 200), ("br, gzip", 415)])
    func contentCoding(coding: String, status: Int) throws {
        var mock = try TestMock(contract: Self.contract(""), behaviour: nil, headers: [])
        let response = mock.send("POST", "/things", #"{"name":"a"}"#, adding: [("Content-Encoding", coding)])
        #expect(response.status == status)
        #expect(response.line("accept-encoding") == (status == 415 ? "identity" : nil))
    }
}
