import Conformance
import Exchanges
import Testing

/// The media type of a response and whether it has a body (RFC 9110, section 8.3; OpenAPI 3.1.1, section 4.8.17).
@Suite("Media types of responses")
struct MediaTypeRuleTests {
    /// The findings of a response whose documentation has this content.
    private static func found(
        _ content: String, _ types: [String], _ body: String = "{}", method: String = "get"
    ) throws -> [String] {
        try OneResponse.verdict(
            method: method, responses: "{ '200': { description: d, content: \(content) } }",
            types.map { ("content-type", $0) }, Array(body.utf8)
        ).allFindings.map(\.short)
    }

    private static let json = "{ application/json: { schema: { type: object } } }"

    @Test(
        "the content type is that of the documentation, whatever its case and parameters",
        arguments: [
            ("application/json", true), ("Application/JSON", true), ("application/json;charset=UTF-8", true),
            ("application/json ; v=1", true), (#"application/json; a="b;c""#, true), ("application/json;", true),
            ("text/json", false), ("application/problem+json", false), ("application/jsonp", false),
            ("application/vnd.a+json", false),
        ])
    func names(type: String, isDocumented: Bool) throws {
        let found = try Self.found(Self.json, [type])
        #expect(found == (isDocumented ? [] : ["media-type.undocumented error header content-type"]))
    }

    @Test(
        "a content type that cannot be read is a finding of its own",
        arguments: ["json", "application", "application/", "/json", "application/json text/html", "*/*", "a/b/c", ""])
    func syntax(type: String) throws {
        #expect(try Self.found(Self.json, [type]).first == "media-type.syntax error header content-type", "\(type)")
    }

    @Test("two content types are a mistake, even if they are equal")
    func twice() throws {
        #expect(
            try Self.found(Self.json, ["application/json", "application/json"]).first
                == "media-type.syntax error header content-type")
        #expect(
            try Self.found(Self.json, ["application/json", "text/html"]).first?.hasPrefix("media-type.syntax") == true)
    }

    @Test("a body without a content type is read as the only documented one")
    func noType() throws {
        #expect(try Self.found(Self.json, []) == ["media-type.missing error header content-type"])
        #expect(
            try Self.found(Self.json, [], "[]") == [
                "media-type.missing error header content-type", "body.type error body",
            ])
        let two = "{ application/json: { schema: { type: object } }, text/plain: {} }"
        #expect(try Self.found(two, [], "[]") == ["media-type.missing error header content-type"])
        #expect(
            try Self.found("{ 'application/*': { schema: { type: object } } }", [], "[]").first
                == "media-type.missing error header content-type")
    }

    /// The most specific range describes a media type (OpenAPI 3.1.1, section 4.8.17, content).
    @Test(
        "of several documented types, the most specific one describes the body",
        arguments: [
            ("application/json", "body.maxProperties error body"),
            ("application/hal+json", "body.minProperties error body"),
            ("text/json", "body.required error /a"),
            // Text cannot represent an object.
            ("text/plain", "body.unjudged note body"),
        ])
    func specific(type: String, expected: String) throws {
        let content =
            "{ '*/*': { schema: { required: [a], type: object } }, 'application/*': { schema: { minProperties: 1 } }, "
            + "application/json: { schema: { maxProperties: 0 } } }"
        let body = type == "application/json" ? #"{"b":1}"# : "{}"
        #expect(try Self.found(content, [type], body).first == expected)
    }

    @Test("a documented body is required, and an undocumented one is a warning")
    func presence() throws {
        #expect(try Self.found(Self.json, [], "") == ["body.missing error body"])
        #expect(try Self.found(Self.json, ["application/json"], "") == ["body.missing error body"])
        #expect(try Self.found("{}", ["application/json"], "{}") == ["body.unexpected warning body"])
        #expect(try Self.found("{}", [], "{}") == ["body.unexpected warning body"])
        #expect(try Self.found("{}", [], "") == [])
        #expect(try Self.found("{}", ["application/json"], "") == [])
        // No bytes are a whole text or file, but not JSON, not even beside another type.
        let both = "{ application/json: {}, text/plain: {} }"
        #expect(try Self.found(both, ["text/plain"], "") == [])
        #expect(try Self.found(both, ["application/json"], "") == ["body.missing error body"])
        #expect(try Self.found(both, ["image/png"], "") == ["body.missing error body"])
        #expect(try Self.found("{ text/plain: {} }", [], "", method: "head") == [])
    }

    @Test(
        "a charset of JSON other than UTF-8 is a warning where the bytes are the same text, and an error elsewhere",
        arguments: [
            ("utf-8", "{}", [String]()), ("UTF-8", "{\"a\":\"ü\"}", []), ("utf8", "{}", []), ("us-ascii", "{}", []),
            ("ascii", "{}", []), ("iso-8859-1", "{}", ["media-type.charset warning header content-type"]),
            ("utf-16", "{}", ["media-type.charset warning header content-type"]),
            ("iso-8859-1", "{\"a\":\"ü\"}", ["body.encoding error header content-type"]),
            ("us-ascii", "{\"a\":\"ü\"}", ["body.encoding error header content-type"]),
        ])
    func charset(name: String, body: String, expected: [String]) throws {
        let content = "{ application/json: { schema: { type: object, additionalProperties: true } } }"
        #expect(try Self.found(content, ["application/json; charset=\(name)"], body) == expected)
    }

    @Test("JSON does not start with a byte order mark (RFC 8259, section 8.1)")
    func mark() throws {
        #expect(try Self.found(Self.json, ["application/json"], "\u{FEFF}{}") == ["body.encoding error body"])
        #expect(try Self.found("{ text/plain: {} }", ["text/plain"], "\u{FEFF}{}") == [])
    }

    @Test("forms of responses are objects, and a broken one has a finding")
    func forms() throws {
        let form =
            "{ application/x-www-form-urlencoded: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } }"
        let type = ["application/x-www-form-urlencoded"]
        #expect(try Self.found(form, type, "a=5") == [])
        #expect(try Self.found(form, type, "b=5").contains("body.required error /a"))
        #expect(try Self.found(form, type, "a=%zz") == ["body.form error body"])
        #expect(try Self.found(form, type, "a=%ff") == ["body.form error body"])
    }

    @Test(
        "a body that was not stored, or not completely, is never called missing",
        arguments: [
            (BodyCut(length: 10, hash: "00"), Array("{\"a".utf8), "only the first 3 of its 10 bytes were stored"),
            (BodyCut(length: 10, hash: "00"), [], "its 10 bytes were not stored"),
            (BodyCut.unrecorded, [], "it was not recorded"),
        ] as [(BodyCut, [UInt8], String)])
    func cut(cut: BodyCut, body: [UInt8], reason: String) throws {
        let document = """
            openapi: 3.1.1
            info: { title: T, version: '1' }
            paths: { /x: { get: { operationId: x, responses: { '200': { description: d, content: \(Self.json) } } } } }
            """
        let bench = try Bench(spec: document, tables: [("t.csv", "scenario,step,call,expect\ns,x,x,200\n")])
        let message = ResponseMessage(
            status: 200, headers: [HeaderField(name: "content-type", value: "application/json")], body: body, cut: cut)
        let found = try bench.verdict(.response(message)).allFindings
        #expect(found.map(\.short) == ["body.unjudged warning body"])
        #expect(found.map(\.message) == ["the body is not validated against its schema: \(reason)"])
    }
}
