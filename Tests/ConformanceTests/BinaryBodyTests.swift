import Conformance
import Testing

/// OpenAPI 3.0.4 and 3.1.1, Working with Binary Data.
@Suite("Bodies of octets and of text")
struct BinaryBodyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var openapi: String
        var type: String
        var content: String
        var body: [UInt8]
        var found: [String]
        var testDescription: String { "\(openapi) \(type) \(content) \(body)" }

        init(_ openapi: String, _ type: String, _ content: String, _ body: [UInt8], _ found: String...) {
            (self.openapi, self.type, self.content) = (openapi, type, content)
            (self.body, self.found) = (body, found)
        }
    }

    static let binary = "{ schema: { type: string, format: binary } }"
    static let three = "{ schema: { type: string, format: binary, maxLength: 3 } }"
    static let cases = [
        // Nothing to judge.
        Case("3.1.1", "application/pdf", "{}", [0xFF]), Case("3.1.1", "application/pdf", "{ schema: {} }", [0xFF]),
        Case("3.1.1", "application/pdf", "{ schema: true }", [0xFF]),
        Case("3.1.1", "image/png", "{ schema: { description: a picture, contentMediaType: image/png } }", [0xFF]),
        Case("3.0.4", "application/pdf", "{ schema: {} }", [0xFF]),
        Case("3.0.4", "application/octet-stream", binary, [0, 1, 0xFE]),
        Case("3.0.4", "application/octet-stream", "{ schema: { allOf: [{ type: string, format: binary }] } }", [0xFE]),
        // Octets are counted.
        Case("3.0.4", "application/octet-stream", three, [0, 1, 0xFE]),
        Case("3.0.4", "application/octet-stream", three, [0, 1, 2, 3], "body.maxLength error body"),
        Case("3.1.1", "image/png", "{ schema: { maxLength: 3 } }", [0x89, 0x50, 0x4E]),
        Case("3.1.1", "image/png", "{ schema: { maxLength: 3 } }", [0x89, 1, 2, 3], "body.maxLength error body"),
        Case("3.1.1", "image/png", "{ schema: { minLength: 2 } }", [0x89], "body.minLength error body"),
        Case("3.1.1", "image/png", "{ schema: { minLength: 1 } }", [], "body.minLength error body"),
        Case("3.1.1", "image/png", "{ schema: { maxLength: 3 } }", []),
        Case("3.0.4", "application/octet-stream", "{ schema: { type: string, format: binary } }", []),
        Case("3.0.4", "text/csv", three, Array("äö".utf8), "body.maxLength error body"),
        Case("3.0.4", "text/csv", "{ schema: { type: string, maxLength: 3 } }", Array("äöü".utf8)),
        Case("3.0.4", "application/json", binary, Array("{\"a\":1}".utf8)),
        Case("3.0.4", "application/json", three, Array("{\"a\":1}".utf8), "body.maxLength error body"),
        Case("3.0.4", "application/json", binary, Array("{".utf8)),
        // What counting cannot judge stays unjudged.
        Case("3.1.1", "image/png", "{ schema: { type: object } }", [1], "body.unjudged note body"),
        Case("3.1.1", "image/png", "{ schema: { pattern: a } }", [1], "body.unjudged note body"),
        Case("3.1.1", "image/png", "{ schema: { contentEncoding: base64 } }", [1], "body.unjudged note body"),
        Case("3.0.4", "application/xml", "{ schema: { type: object } }", [1], "body.unjudged note body"),
        Case("3.0.4", "image/png", "{ schema: { type: string, format: byte } }", [1], "body.unjudged note body"),
    ]

    @Test("lengths count octets, and a schema without keywords accepts everything", arguments: cases)
    func octets(one: Case) throws {
        #expect(try OneResponse.findings(openapi: one.openapi, one.type, content: one.content, one.body) == one.found)
    }

    @Test("an encoded body is not counted")
    func encoded() throws {
        let verdict = try OneResponse.verdict(
            responses: "{ '200': { description: d, content: { image/png: { schema: { maxLength: 1 } } } } }",
            [("content-type", "image/png"), ("content-encoding", "br")], [1, 2, 3])
        #expect(verdict.allFindings.map(\.short) == ["body.unjudged note body"])
    }

    @Test("the message contains the number of bytes")
    func message() throws {
        let verdict = try OneResponse.verdict(
            responses: "{ '200': { description: d, content: { image/png: { schema: { maxLength: 1 } } } } }",
            [("content-type", "image/png")], [1, 2])
        let finding = try #require(verdict.allFindings.first)
        #expect(finding.message == "has 2 bytes, but the schema allows at most 1")
        #expect([finding.expected, finding.actual] == ["at most 1 bytes", "2 bytes"])
    }

    @Test(
        "text must be in the charset that it declares",
        arguments: [
            ("text/plain; charset=us-ascii", [UInt8]("cafe".utf8), [String]()),
            ("text/plain; charset=US-ASCII", [UInt8]("café".utf8), ["body.encoding error body"]),
            ("text/plain; charset=ascii", [0x63, 0xE9], ["body.encoding error body"]),
            ("text/plain; charset=utf-8", [UInt8]("café".utf8), []),
            ("text/plain; charset=utf-8", [0x63, 0xE9], ["body.encoding error body"]),
            ("text/plain; charset=iso-8859-1", [0x63, 0xE9], []),
            ("text/plain", [UInt8]("café".utf8), []),
        ])
    func charsets(type: String, body: [UInt8], found: [String]) throws {
        let content = "{ schema: { type: string, maxLength: 9 } }"
        #expect(try OneResponse.findings("text/plain", content: content, sent: type, body) == found)
    }

    @Test(
        "JSON with a wrong charset parameter has a finding",
        arguments: [
            ("us-ascii", "{\"a\":\"e\"}", [String]()),
            ("us-ascii", "{\"a\":\"é\"}", ["body.encoding error header content-type"]),
            ("UTF8", "{\"a\":\"é\"}", []),
            ("latin1", "{\"a\":\"e\"}", ["media-type.charset warning header content-type"]),
        ])
    func json(charset: String, body: String, found: [String]) throws {
        let sent = "application/json; charset=\(charset)"
        let content = "{ schema: { type: object, properties: { a: { type: string } } } }"
        #expect(try OneResponse.findings("application/json", content: content, sent: sent, Array(body.utf8)) == found)
    }
}
