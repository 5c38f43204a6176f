import Conformance
import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Mocking
import OpenAPI
import Primitives
import SourceText
import TestKit
import Testing

/// Everything that the mock sends is judged correct by the judge, whatever the media type.
struct MockMediaTypeTests {
    static let mediaTypes = [
        "application/json", "application/problem+json", "text/json", "*/*", "application/*", "application/*+json",
        "text/*", "image/*", "audio/*", "video/*", "font/*", "multipart/*", "text/plain",
        "text/plain; charset=us-ascii", "text/html", "text/csv", "application/xml", "text/xml", "application/atom+xml",
        "application/yaml", "application/jsonl", "application/x-ndjson", "application/json-seq", "text/event-stream",
        "application/x-www-form-urlencoded", "multipart/form-data", "application/pdf", "application/octet-stream",
        "image/png",
    ]

    static let contents = [
        "{}",
        "{schema: {type: string}}",
        "{schema: {type: string, format: binary}}",
        "{schema: {type: string, enum: [a, b]}}",
        "{schema: {type: string}, example: 'a text'}",
        "{schema: {type: integer, minimum: 7}}",
        "{schema: {type: boolean}}",
        "{schema: {type: object, required: [a], properties: {a: {type: integer}, b: {type: array, items: {type: string}}}}}",
        "{schema: {type: array, items: {type: object, required: [a], properties: {a: {type: string}}}}}",
        "{itemSchema: {type: object, required: [data], properties: {data: {type: string}, event: {enum: [added]}}}}",
        "{schema: {type: array, items: {type: string}}}",
        "{itemSchema: {type: object, required: [a], properties: {a: {type: integer}, data: {type: object}}}}",
        """
        {schema: {type: object, required: [p], properties: {p: {type: string}}}, encoding: {p: {headers: {x-n: \
        {required: true, schema: {type: integer, minimum: 7}}, x-t: {schema: {enum: [a b]}}}}}}
        """,
        """
        {schema: {type: object, required: [p, j], properties: {p: {type: string, format: binary}, j: {type: object}, \
        l: {type: array, minItems: 2, items: {type: integer}}}}, encoding: {p: {contentType: 'image/*'}, j: \
        {contentType: 'application/json, text/plain'}}}
        """,
        "{schema: {}}",
    ]

    private static func contract(_ mediaType: String, _ content: String) throws -> Contract {
        let document = """
            openapi: 3.2.0
            info: {title: Media, version: '1'}
            paths:
              /x: {get: {operationId: x, responses: {'200': {description: ok, content: {'\(mediaType)': \(content)}}}}}
            """
        return try Contract.load(text: document, name: "media")
    }

    private static func response(_ contract: Contract, accept: String?) -> ResponseMessage {
        var engine = MockEngine(versions: [MockVersion(contract: contract)], settings: MockSettings(seed: "media"))
        let headers = accept.map { [HeaderField(name: "Accept", value: $0)] } ?? []
        let request = RequestMessage(method: "GET", url: "http://mock/x", headers: headers, body: nil)
        return engine.respond(to: request, at: Instant(secondsSinceEpoch: 1_700_000_000))
    }

    /// Forms are objects, and events have members of their own: other schemas cannot describe them.
    private static func canDescribe(_ content: String, _ mediaType: String) -> Bool {
        switch mediaType {
        case "application/x-www-form-urlencoded":
            content == "{}" || content == "{schema: {}}" || content.contains("itemSchema")
                || content.contains("schema: {type: object")
        default: true
        }
    }

    @Test("a response of any media type and schema has no error", arguments: mediaTypes, contents)
    func judged(mediaType: String, content: String) throws {
        guard Self.canDescribe(content, mediaType) else { return }
        let contract = try Self.contract(mediaType, content)
        let operation = try #require(contract.operation("x"))
        for accept in [nil, mediaType, "*/*"] {
            let response = Self.response(contract, accept: accept)
            let text = String(decoding: response.body, as: UTF8.self)
            #expect(response.status == 200, "\(text)")
            #expect(!response.body.isEmpty)
            let type = try #require(response.header("content-type").first)
            #expect(!type.contains("*"), "\(type)")
            let findings = ResponseJudge(operation, of: contract).findings(response)
            let errors = findings.filter { $0.severity == .error }.map { "\($0.rule) \($0.message)" }
            #expect(errors.isEmpty, "\(errors) of \(type): \(text)")
        }
    }

    @Test("a judged sequence has items", arguments: ["application/jsonl", "application/json-seq", "text/event-stream"])
    func sequences(mediaType: String) throws {
        let contract = try Self.contract(
            mediaType, "{itemSchema: {type: object, required: [data], properties: {data: {type: string}}}}")
        let operation = try #require(contract.operation("x"))
        #expect(ResponseJudge(operation, of: contract).findings(Self.response(contract, accept: nil)).isEmpty)
        // The same bytes do not satisfy another schema: so they were read.
        let other = try Self.contract(mediaType, "{itemSchema: {type: object, required: [other]}}")
        let judge = ResponseJudge(try #require(other.operation("x")), of: other)
        #expect(judge.findings(Self.response(contract, accept: nil)).map(\.rule) == ["body.required"])
    }
}
