import Exchanges
import JSONDocument
import Testing

@testable import Mocking

/// The media type and the text of responses that come from the document.
struct MediaTypeTests {
    private static func mock(_ content: String, version: String = "3.0.4") throws -> TestMock {
        try TestMock(
            contract: """
                openapi: \(version)
                info: {title: Media, version: '1'}
                paths:
                  /x: {get: {operationId: x, responses: {'200': {description: ok, content: \(content)}}}}
                """, behaviour: nil, headers: [])
    }

    private static let object = "{type: object, required: [name], properties: {name: {type: string}}}"

    @Test(
        "an authored text is sent as it is",
        arguments: [
            ("application/xml", "<R><name>x</name></R>"), ("text/xml", "<R/>"), ("text/csv", "name\nx\n"),
            ("text/event-stream", "data: {\"name\":\"x\"}\n\n"), ("application/x-ndjson", "{\"name\":\"x\"}\n"),
            ("application/jsonl", "{\"name\":\"x\"}\n"), ("application/yaml", "name: x\n"), ("text/html", "<p>x</p>"),
            ("application/json-seq", "\u{1E}{\"name\":\"x\"}\n"), ("application/pdf", "%PDF-1.7"),
        ])
    func authored(type: String, text: String) throws {
        let example = JSONValue.string(text).text
        for content in [
            "{'\(type)': {schema: \(Self.object), example: \(example)}}",
            "{'\(type)': {schema: \(Self.object), examples: {one: {value: \(example)}}}}",
            "{'\(type)': {example: \(example)}}",
            "{'\(type)': {schema: {type: object, example: \(example)}}}",
        ] {
            var mock = try Self.mock(content)
            let response = mock.send("GET", "/x")
            #expect(response.text == text, "\(content)")
            #expect(response.line("content-type") == type)
        }
    }

    @Test("the serialized form of an example is sent where JSON cannot show it")
    func serialized() throws {
        let example = "{dataValue: {name: x}, serializedValue: '{\"name\": \"y\"}'}"
        for (type, text) in [("application/xml", "{\"name\": \"y\"}"), ("application/json", "{\"name\":\"x\"}")] {
            var mock = try Self.mock(
                "{\(type): {schema: \(Self.object), examples: {one: \(example)}}}", version: "3.2.0")
            #expect(mock.send("GET", "/x").text == text)
        }
    }

    @Test(
        "a text that violates its schema is not sent where the judge checks it, but JSON in a string is sent",
        arguments: [
            ("{text/plain: {schema: {type: string, enum: [a]}, example: b}}", "a"),
            ("{text/plain: {schema: {type: integer, minimum: 3, maximum: 3}, example: x}}", "3"),
            ("{application/json: {schema: \(object), example: '{\"name\": \"x\"}'}}", #"{"name":"x"}"#),
            ("{application/json: {schema: {type: string}, example: '{}'}}", #""{}""#),
        ])
    func unusable(content: String, text: String) throws {
        var mock = try Self.mock(content)
        #expect(mock.send("GET", "/x").text == text)
    }

    @Test(
        "JSON is preferred among equally accepted media types",
        arguments: [
            (nil, "application/json"), ("*/*", "application/json"),
            ("text/plain, application/json, text/json", "application/json"), ("text/plain", "text/plain"),
            ("text/plain, application/json;q=0.5", "text/plain"), ("text/*;q=0.9, */*;q=0.1", "text/json"),
        ] as [(String?, String)])
    func preferred(accept: String?, type: String) throws {
        let schema = "{schema: \(Self.object)}"
        var mock = try Self.mock(
            "{text/plain: \(schema), application/xml: \(schema), application/json: \(schema), text/json: \(schema)}")
        let response = mock.send("GET", "/x", headers: accept.map { [("Accept", $0)] } ?? [])
        #expect(response.line("content-type") == type)
        #expect(response.json?["name"] != nil)
    }

    @Test(
        "a media range becomes a type that suits the value, or the one that the client accepts",
        arguments: [
            ("*/*", "{type: string, format: binary}", nil, "application/octet-stream"),
            ("*/*", "{type: string}", nil, "text/plain"), ("*/*", "{type: object}", nil, "application/json"),
            ("*/*", "{type: integer}", nil, "application/json"),
            ("image/*", "{type: string, format: binary}", nil, "image/png"),
            ("image/*", "{type: string, format: binary}", "image/webp", "image/webp"),
            ("text/*", "{type: string}", nil, "text/plain"), ("text/*", "{type: string}", "text/html", "text/html"),
            ("text/*", "{type: object}", nil, "text/json"),
            ("application/*+json", "{type: object}", nil, "application/x.mock+json"),
        ] as [(String, String, String?, String)])
    func range(range: String, schema: String, accept: String?, type: String) throws {
        var mock = try Self.mock("{'\(range)': {schema: \(schema)}}")
        let response = mock.send("GET", "/x", headers: accept.map { [("Accept", $0)] } ?? [])
        #expect(response.line("content-type") == type)
    }

    @Test(
        "values are written in the format of their media type",
        arguments: [
            (
                "application/xml",
                "{type: object, xml: {name: r}, properties: {id: {type: integer, enum: [7], xml: {attribute: true}}, tags: {type: array, items: {type: string, enum: ['<']}, xml: {wrapped: true}}}}",
                "<r id=\"7\"><tags><tags>&lt;</tags></tags></r>"
            ),
            (
                "text/csv", "{type: array, items: {type: object, properties: {a: {enum: ['x,\"y']}, b: {enum: [1]}}}}",
                "a,b\r\n\"x,\"\"y\",1\r\n"
            ),
            ("application/jsonl", "{type: array, items: {enum: [1]}}", "1\n"),
            ("application/json-seq", "{type: array, items: {enum: [1]}}", "\u{1E}1\n"),
            ("text/event-stream", "{type: object, properties: {a: {enum: [1]}}}", "data: {\"a\":1}\n\n"),
            (
                "text/event-stream",
                "{type: array, items: {type: object, properties: {event: {enum: [e]}, data: {enum: [\"x\\ny\"]}}}}",
                "event: e\ndata: x\ndata: y\n\n"
            ),
            (
                "application/x-www-form-urlencoded",
                "{type: object, properties: {a: {enum: ['x y']}, b: {type: array, items: {enum: [1]}}}}", "a=x%20y&b=1"
            ),
            ("application/yaml", "{type: object, properties: {a: {enum: [1]}}}", "{\"a\":1}"),
        ])
    func formats(type: String, schema: String, text: String) throws {
        var mock = try Self.mock("{'\(type)': {schema: \(schema)}}")
        #expect(mock.send("GET", "/x").text == text)
    }

    @Test(
        "where no value can be generated the response is a 500 problem document with the reason",
        arguments: [
            "{not: {}}", "{type: integer, minimum: 2, maximum: 1}", "{allOf: [{type: string}, {type: integer}]}",
        ])
    func withoutValue(schema: String) throws {
        var mock = try Self.mock("{application/json: {schema: \(schema)}}")
        let response = mock.send("GET", "/x")
        #expect(response.status == 500)
        #expect(response.line("content-type") == "application/problem+json")
        #expect(response.json?["status"] == 500)
        #expect(response.json?["detail"]?.string?.contains("no value that satisfies the schema") == true)
        #expect(response.line(MockProblem.header) == MockProblem.noValue)
    }

    @Test("a response whose status has no content is sent without a body", arguments: [204, 205, 304])
    func noContent(status: Int) throws {
        var mock = try TestMock(
            contract: """
                openapi: 3.0.4
                info: {title: Media, version: '1'}
                paths:
                  /x: {get: {responses: {'\(status)': {description: ok, content: {application/json: {schema: {type: object}}}}}}}
                """, behaviour: nil, headers: [])
        let response = mock.send("GET", "/x")
        #expect(response.status == status)
        #expect(response.body.isEmpty)
        #expect(response.header("content-type").isEmpty)
    }
}
