import Foundation
import JSONDocument
import OpenAPI
import SourceText
import TestKit
import Testing

/// Bodies of multipart/form-data in requests.
struct MultipartTests {
    private static let text = """
        openapi: 3.0.3
        info: {title: Files, version: '1'}
        paths:
          /files:
            post:
              operationId: upload
              requestBody:
                required: true
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      required: [file, count]
                      additionalProperties: false
                      properties:
                        file: {type: string, format: binary, maxLength: 4}
                        count: {type: integer, minimum: 1}
                        isPublic: {type: boolean}
                        tags: {type: array, maxItems: 2, items: {type: string, maxLength: 3}}
                        numbers: {type: array, items: {type: integer}}
                        owner: {type: object, required: [name], properties: {name: {type: string}}}
              responses: {'200': {description: ok}}
        """

    private func issues(_ body: [UInt8], type: String = "multipart/form-data; boundary=b") throws -> [String] {
        let contract = try Contract.load(text: Self.text, name: "1", file: "files.yaml")
        let request = WireRequest(method: "POST", path: "/files", headers: [("content-type", type)], body: body)
        return contract.issues(in: request).map { "\($0.place) \($0.keyword)" + ($0.isUndecided ? " undecided" : "") }
    }

    private static func part(_ name: String, _ value: String, _ more: String = "", type: String? = nil) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n"
            + (type.map { "Content-Type: \($0)\r\n" } ?? "") + "\r\n\(value)\r\n"
    }

    private static let file = part("file", "abc", "; filename=\"a.txt\"", type: "application/octet-stream")
    private static let count = part("count", "1")

    @Test(
        "parts are judged against the schema of their property",
        arguments: [
            (file + count, []),
            ("a preamble\r\n" + file + count, []),
            (file, ["body required"]),
            (file + part("count", "x"), ["body/count type"]),
            (file + part("count", "0"), ["body/count minimum"]),
            (file + count + count, ["body/count type"]),
            (part("file", "abcde") + count, ["body/file maxLength"]),
            (file + count + part("isPublic", "true"), []),
            (file + count + part("isPublic", "yes"), ["body/isPublic type"]),
            (file + count + part("tags", "a") + part("tags", "b"), []),
            (file + count + part("tags", "a"), []),
            (file + count + part("tags", "a") + part("tags", "long"), ["body/tags/1 maxLength"]),
            (file + count + part("tags", #"["a","b"]"#, type: "application/json"), []),
            (file + count + part("numbers", "1") + part("numbers", "x"), ["body/numbers/1 type"]),
            (file + count + part("owner", #"{"name":"Ann"}"#, type: "application/json"), []),
            (file + count + part("owner", #"{"name":"Ann"}"#), []),
            (file + count + part("owner", "{}", type: "application/json"), ["body/owner required"]),
            (file + count + part("owner", "Ann"), ["body/owner type"]),
            (file + count + part("other", "1"), ["body additionalProperties"]),
            (part("file", "") + count, []),
        ])
    func judged(parts: String, expected: [String]) throws {
        #expect(try issues(Array((parts + "--b--\r\n").utf8)) == expected)
        // Whatever follows the last delimiter is not part of the form.
        #expect(try issues(Array((parts + "--b--\r\nan epilogue").utf8)) == expected)
    }

    @Test("binary octets are counted individually")
    func octets() throws {
        let octets: [UInt8] = [0xFF, 0x00, 0x0D, 0x0A]
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
        let rest = "\r\n" + Self.count + "--b--\r\n"
        #expect(try issues(Array(head.utf8) + octets + rest.utf8) == [])
        #expect(try issues(Array(head.utf8) + octets + [0xFE] + rest.utf8) == ["body/file maxLength"])
    }

    @Test(
        "an invalid multipart body is an error",
        arguments: [
            "", "--b", "--b--", file + count, "nothing", "--b\r\nname\r\n--b--\r\n", "--bb\r\n\r\n--bb--\r\n",
            "--b\r\nContent-Disposition: form-data; name=a\r\n--b--\r\n",
        ])
    func malformed(body: String) throws {
        let found = try issues(Array(body.utf8))
        #expect(!found.isEmpty && found.allSatisfy { !$0.hasSuffix("undecided") }, "\(found)")
    }

    @Test("a boundary may be quoted, and is required")
    func boundary() throws {
        let body = Array((Self.file + Self.count + "--b--\r\n").utf8)
        #expect(try issues(body, type: #"multipart/form-data; boundary="b""#) == [])
        #expect(try issues(body, type: "multipart/form-data") == ["header.content-type mediaType"])
    }

    @Test("a large body is split in one pass")
    func large() throws {
        let body = Array((Self.file + Self.count).utf8) + Array(repeating: UInt8(ascii: "-"), count: 2_000_000)
        #expect(try issues(body) == ["body form"])
    }

    private static let encoded = """
        openapi: 3.2.0
        info: {title: Files, version: '1'}
        paths:
          /files:
            post:
              operationId: upload
              requestBody:
                content:
                  multipart/form-data:
                    schema: {type: object, properties: {file: {type: string}, meta: {type: object}, note: {type: string}}}
                    encoding: {file: {contentType: 'image/png, image/jp*, audio/*'}, meta: {contentType: application/json}}
                  multipart/mixed:
                    itemSchema: {type: object, required: [n]}
                    prefixEncoding: [{contentType: application/json}]
                  multipart/related: {schema: {type: object}}
                  application/jsonl: {itemSchema: {type: object, required: [n]}}
                  application/json-seq: {schema: {type: array, maxItems: 1}}
                  text/event-stream: {itemSchema: {type: object, required: [n], properties: {n: {type: integer}}}}
              responses: {'200': {description: ok}}
        """

    private func encodedIssues(_ body: String, type: String) throws -> [String] {
        let request = WireRequest(
            method: "POST", path: "/files", headers: [("content-type", type)], body: Array(body.utf8))
        return try OpenAPITests.contract(Self.encoded).issues(in: request).map {
            "\($0.place) \($0.keyword)" + ($0.isUndecided ? " undecided" : "")
        }
    }

    @Test(
        "a part has the media type of its encoding",
        arguments: [
            (part("file", "x", type: "image/png"), []), (part("file", "x", type: "audio/ogg; codecs=opus"), []),
            (part("file", "x", type: "image/gif"), ["body/file mediaType"]),
            (part("file", "x", type: "nonsense"), ["body/file mediaType"]),
            // Without a media type it is text.
            (part("file", "x"), ["body/file mediaType"]),
            (part("meta", "{}", type: "application/json"), []), (part("meta", "{}"), ["body/meta mediaType"]),
            (part("note", "x", type: "image/gif"), []),
        ])
    func types(parts: String, expected: [String]) throws {
        #expect(try encodedIssues(parts + "--b--\r\n", type: "multipart/form-data; boundary=b") == expected)
    }

    @Test(
        "parts in order and sequences are judged item by item",
        arguments: [
            ("multipart/mixed", "--b\r\nContent-Type: application/json\r\n\r\n{\"n\":1}\r\n--b--", []),
            ("multipart/mixed", "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--", ["body/0 required"]),
            ("multipart/mixed", "--b\r\n\r\n{\"n\":1}\r\n--b--", ["body/0 mediaType"]),
            ("multipart/related", "--b\r\n\r\nx\r\n--b--", ["body mediaType undecided"]),
            ("application/jsonl", "{\"n\":1}\n{\"n\":2}\n", []),
            ("application/jsonl", "{\"n\":1}\n{}\n", ["body/1 required"]),
            ("application/jsonl", "{\"n\":1}\n{\n", ["body json"]),
            ("application/json-seq", "\u{1E}1\n", []),
            ("application/json-seq", "\u{1E}1\n\u{1E}2\n", ["body maxItems"]),
            ("application/json-seq", "1\n", ["body json"]),
            ("text/event-stream", "data: {\"n\":1}\n\n", []),
            ("text/event-stream", "data: {}\n\n", ["body/0 required"]),
        ])
    func items(type: String, body: String, expected: [String]) throws {
        #expect(try encodedIssues(body, type: type.hasPrefix("multipart") ? type + "; boundary=b" : type) == expected)
    }

    @Test(
        "written bodies are read back, with the media types of the contract",
        arguments: [
            #"{"file":"octets","meta":{"a":[1]},"note":"a\r\nb"}"#, #"{"note":"--assay-boundary\r\n"}"#, #"{}"#,
            #"{"note":"\"quoted\" é"}"#, #"{"a \"b\"":"x"}"#,
        ])
    func written(value: String) throws {
        let value = try JSONDocument(parsing: value).root.value
        let operation = try #require(try OpenAPITests.contract(Self.encoded).operation("upload"))
        let media = try #require(operation.requestBody?.mediaType(for: "multipart/form-data"))
        let name = try #require(MediaTypeName("multipart/form-data"))
        let body = try #require(MultipartWriter.body(value, named: name, as: media))
        let received = try #require(MediaTypeName(body.contentType))
        let reading = try MultipartContent(body.bytes, named: received, as: media)
        #expect(reading.wrongTypes.isEmpty)
        guard case .object(let again) = reading.value else { return #expect(Bool(false)) }
        #expect(again == value)
    }
}
