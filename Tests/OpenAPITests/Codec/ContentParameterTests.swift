import JSONDocument
import OpenAPI
import Testing

/// Parameters that are serialised by a media type instead of a style (OpenAPI 3.1.1, section 4.8.12.2, `content`).
@Suite("Parameters with content")
struct ContentParameterTests {
    private static func contract(_ place: String, _ content: String, more: String = "") throws -> Contract {
        try OpenAPITests.contract(
            """
            openapi: 3.2.0
            info: {title: t, version: '1'}
            paths:
              /a/{id}:
                get:
                  operationId: read
                  parameters:
                    - {name: p, in: \(place), required: \(place == "path"), content: {\(content)}}
                  \(more)
                  responses: {'200': {description: ok}}
            """)
    }

    private static func parameter(_ place: String, _ content: String) throws -> Parameter {
        try #require(contract(place, content).operations.first?.parameters.first)
    }

    private static func parsed(_ wire: String, _ parameter: Parameter) -> ParameterCodec.Parsed {
        switch parameter.place {
        case .path: ParameterCodec.parse(pathText: wire, as: parameter)
        case .query, .querystring: ParameterCodec.parse(query: wire, as: parameter)
        case .header: ParameterCodec.parse(headerLines: [wire], as: parameter)
        case .cookie: ParameterCodec.parse(cookie: wire, as: parameter)
        }
    }

    static let json = "application/json: {}"
    static let number = "text/plain: {schema: {type: integer}}"
    static let text = "text/plain: {schema: {type: string}}"
    static let form = "application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: integer}}}}"

    @Test(
        "a value is written by its media type, then escaped for its place, and read back",
        arguments: [
            ("path", json, #"{"a":1}"#, "%7B%22a%22%3A1%7D"), ("query", json, #"{"a":1}"#, "p=%7B%22a%22%3A1%7D"),
            ("header", json, #"{"a":1}"#, #"{"a":1}"#), ("cookie", json, #"{"a":1}"#, "p=%7B%22a%22%3A1%7D"),
            ("querystring", json, #"{"a":1}"#, "%7B%22a%22%3A1%7D"), ("query", json, "null", "p=null"),
            ("query", json, #"[[1],{"b":[]}]"#, "p=%5B%5B1%5D%2C%7B%22b%22%3A%5B%5D%7D%5D"),
            ("query", json, #""a b""#, "p=%22a%20b%22"), ("query", json, "1.50", "p=1.50"),
            ("path", "application/vnd.a+json: {}", "[1]", "%5B1%5D"),
            ("path", text, #""a b""#, "a%20b"), ("query", text, #""a&b+c""#, "p=a%26b%2Bc"),
            ("header", text, #""a b""#, "a b"), ("cookie", text, #""a;b""#, "p=a%3Bb"), ("query", number, "7", "p=7"),
            ("querystring", text, #""a b""#, "a%20b"),
            ("querystring", form, #"{"a":1,"b":"x y"}"#, "a=1&b=x%20y"),
            ("query", form, #"{"a":1,"b":"x y"}"#, "p=a%3D1%26b%3Dx%2520y"),
            ("header", form, #"{"a":1,"b":"x y"}"#, "a=1&b=x%20y"), ("path", form, #"{"a":1}"#, "a%3D1"),
        ])
    func bothWays(place: String, content: String, value: String, wire: String) throws {
        let parameter = try Self.parameter(place, content)
        let value = try JSONDocument(parsing: value).root.value
        #expect(try ParameterCodec.serialise(value, as: parameter) == wire)
        #expect(Self.parsed(wire, parameter) == .value(value))
    }

    @Test(
        "a text that is not of the media type is invalid, and one that it cannot represent is undefined",
        arguments: [
            ("query", json, "p=%7B", "invalid: is not valid JSON: "),
            ("query", json, "p=", "invalid: is not valid JSON: "),
            ("query", json, "p=%FF", "invalid: is not percent-encoded UTF-8"),
            ("query", json, "p=1&p=2", "invalid: occurs 2 times"), ("query", json, "p=1&p", "invalid: occurs 2 times"),
            ("query", json, "q=1", "absent"), ("query", json, "", "absent"), ("query", json, "P=1", "absent"),
            ("query", number, "p=x", "invalid: 'x' is not an integer"),
            ("query", "text/plain: {schema: {type: array}}", "p=1", "undefined: text/plain cannot represent lists"),
            ("query", "text/plain: {schema: {type: [array, integer]}}", "p=1", "1"),
            ("path", json, "%7B%zz", "invalid: is not percent-encoded UTF-8"),
            ("header", json, "{", "invalid: is not valid"),
            ("cookie", json, "p=%7B%7D; q=1", "{}"), ("cookie", json, "q=1", "absent"),
            ("cookie", json, "p=1; p=2", "1"), ("querystring", json, "", "absent"),
            ("querystring", json, "a=1", "invalid: is not valid JSON"),
            ("querystring", form, "a=x", "invalid: 'x' is not an integer"),
            ("querystring", form, "b=1&b=2", "invalid: contains"),
            ("querystring", form, "a=%zz", "invalid: is not percent-encoded"),
            ("querystring", form, "%zz=1", "invalid: the form is not percent-encoded UTF-8"),
            (
                "querystring", "application/x-www-form-urlencoded: {schema: {type: array}}", "a=1",
                "undefined: a form must be"
            ),
            ("query", form, "p=a%3Dx", "invalid: 'x' is not an integer"), ("query", form, "p=", "{}"),
        ])
    func read(place: String, content: String, wire: String, expected: String) throws {
        let outcome = try Self.parsed(wire, Self.parameter(place, content)).outcome
        #expect(outcome.hasPrefix(expected), "\(outcome)")
    }

    @Test(
        "a value that the media type or the place cannot represent is rejected",
        arguments: [
            ("query", text, "null", "null has no text form"),
            ("query", text, "[1]", "a list inside another value has no text form"),
            ("query", form, "1", "a form must be an object"),
            ("query", form, #"{"a":{}}"#, "an object inside another value has no text form"),
            ("header", text, #""a\nb""#, "a header cannot contain the control character U+000A"),
            ("header", text, #""a ""#, "a header cannot start or end with a space"),
        ])
    func rejected(place: String, content: String, value: String, message: String) throws {
        let parameter = try Self.parameter(place, content)
        let value = try JSONDocument(parsing: value).root.value
        let error = #expect(throws: ParameterError.self) { try ParameterCodec.serialise(value, as: parameter) }
        #expect(error?.message == message)
    }

    @Test(
        "the value is judged by the schema of the media type, in the place of the parameter",
        arguments: [
            ("p=%7B%22a%22%3A1%7D", []), ("p=%7B%22a%22%3A%22x%22%7D", ["query.p type"]),
            ("p=%5B%5D", ["query.p type"]),
            ("p=%7B%7D", ["query.p required"]), ("p=%7B", ["query.p syntax"]), (nil, []),
            ("p=%7B%22a%22%3A1%7D&p=x", ["query.p syntax"]),
        ] as [(String?, [String])])
    func judged(query: String?, expected: [String]) throws {
        let contract = try Self.contract(
            "query", "application/json: {schema: {type: object, required: [a], properties: {a: {type: integer}}}}")
        let operation = try #require(contract.operation("read"))
        let issues = operation.issues(in: WireRequest(method: "GET", path: "/a/1", query: query), pathValues: [])
        #expect(issues.map { "\($0.place) \($0.keyword)" } == expected)
        // The message names the part of the value, because a parameter has no inner places.
        if query?.contains("x%22") == true { #expect(issues.first?.message.hasPrefix("/a ") == true) }
        if expected == ["query.p syntax"] { #expect(issues.first?.expected == "application/json") }
    }

    @Test("a query string that is described as a whole is judged as one value, named `query`")
    func whole() throws {
        let contract = try Self.contract("querystring", Self.form)
        let operation = try #require(contract.operation("read"))
        let issues = operation.issues(in: WireRequest(method: "GET", path: "/a/1", query: "a=x"), pathValues: [])
        #expect(issues.map(\.place.description) == ["query"])
        #expect(operation.issues(in: WireRequest(method: "GET", path: "/a/1"), pathValues: []).isEmpty)
    }
}
