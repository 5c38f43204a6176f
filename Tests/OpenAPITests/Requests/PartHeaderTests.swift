import JSONDocument
import OpenAPI
import SourceText
import TestKit
import Testing

@Suite("Headers of parts")
struct PartHeaderTests {
    private static let text = """
        openapi: 3.2.0
        info: {title: Files, version: '1'}
        paths:
          /files:
            post:
              operationId: upload
              requestBody:
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      properties: {photo: {type: string}, note: {type: string}}
                    encoding:
                      photo:
                        headers:
                          X-Pages: {required: true, schema: {type: integer, minimum: 1}}
                          X-Tags: {schema: {type: array, items: {type: string, maxLength: 3}}}
                          Content-Type: {schema: {enum: [never]}}
              responses: {'200': {description: ok}}
          /lists:
            post:
              operationId: list
              requestBody:
                content:
                  multipart/mixed:
                    schema: {type: array, items: {type: string}}
                    prefixEncoding: [{headers: {X-First: {required: true, schema: {type: boolean}}}}]
                    itemEncoding: {headers: {X-Rest: {required: true, schema: {type: boolean}}}}
              responses: {'200': {description: ok}}
        """

    private static func issues(
        _ path: String, _ type: String, _ parts: [(head: String, body: String)]
    ) throws -> [String] {
        let contract = try Contract.load(text: text, name: "1", file: "files.yaml")
        let body = parts.map { "--b\r\n\($0.head)\r\n\($0.body)\r\n" }.joined() + "--b--\r\n"
        let request = WireRequest(
            method: "POST", path: path, headers: [("content-type", "\(type); boundary=b")], body: Array(body.utf8))
        return contract.issues(in: request).map { "\($0.place) \($0.keyword)" }
    }

    private static let photo = "Content-Disposition: form-data; name=\"photo\"\r\n"
    private static let note = "Content-Disposition: form-data; name=\"note\"\r\n"

    @Test(
        "the headers of a named part are judged by its encoding; a declared Content-Type is ignored",
        arguments: [
            ("X-Pages: 2\r\n", []),
            ("x-pages:  2 \r\n", []),
            ("Content-Type: text/plain\r\nX-Pages: 2\r\nX-Other: 1\r\n", []),
            ("", ["part.photo.header.X-Pages required"]),
            ("X-Pages: 0\r\n", ["part.photo.header.X-Pages minimum"]),
            ("X-Pages: two\r\n", ["part.photo.header.X-Pages syntax"]),
            ("X-Pages: 1\r\nX-Tags: a,b\r\n", []),
            ("X-Pages: 1\r\nX-Tags: a\r\nX-Tags: long\r\n", ["part.photo.header.X-Tags maxLength"]),
        ])
    func named(head: String, expected: [String]) throws {
        let type = "multipart/form-data"
        #expect(try Self.issues("/files", type, [(Self.photo + head, "x"), (Self.note, "n")]) == expected)
        // A part that is not sent has no headers, and other parts need none.
        #expect(try Self.issues("/files", type, [(Self.note, "n")]) == [])
    }

    @Test("parts of a list have the headers of their position")
    func lists() throws {
        let (first, rest) = ("X-First: true\r\n", "X-Rest: true\r\n")
        let type = "multipart/mixed"
        #expect(try Self.issues("/lists", type, [(first, "a"), (rest, "b"), (rest, "c")]) == [])
        #expect(
            try Self.issues("/lists", type, [(rest, "a"), (rest, "b"), (first, "c")])
                == ["part.0.header.X-First required", "part.2.header.X-Rest required"])
    }

    @Test("the header of a part replaces the one that is written without it")
    func written() throws {
        let name = try #require(MediaTypeName("multipart/form-data"))
        let body = MultipartWriter.body(["a": "1", "b": ["x", "y"]], named: name, as: nil) { part, _ in
            part == JSONPointer(["a"])
                ? [PartHeader(name: "content-type", value: "text/csv"), PartHeader(name: "X-A", value: "1")]
                : [PartHeader(name: "X-Place", value: part.description)]
        }
        let text = String(decoding: try #require(body).bytes, as: UTF8.self)
        #expect(
            text.hasPrefix(
                "--assay-boundary\r\nContent-Disposition: form-data; name=\"a\"\r\ncontent-type: text/csv\r\n"
                    + "X-A: 1\r\n\r\n1\r\n--assay-boundary\r\n"))
        #expect(text.contains("name=\"b\"\r\nContent-Type: text/plain\r\nX-Place: /b/0\r\n\r\nx"))
        #expect(text.contains("X-Place: /b/1\r\n\r\ny"))
    }
}
