import JSONDocument
import OpenAPI
import TestKit
import Testing

@Suite("Files as parts and bodies")
struct PartFileTests {
    @Test(
        "the media type comes from the extension, as far as the contract allows it",
        arguments: [
            ("cat.png", [], "image/png"), ("CAT.PNG", [], "image/png"), ("cat", [], "application/octet-stream"),
            ("cat.unknown", [], "application/octet-stream"), (".png", [], "image/png"),
            ("cat.png", ["image/jpeg", "image/*"], "image/png"), ("cat.png", ["application/pdf"], "image/png"),
            ("a.xml", ["application/json", "text/xml"], "text/xml"),
            ("a.xml", ["application/atom+xml"], "application/atom+xml"),
            ("a.json", ["text/plain", "application/vnd.a+json"], "application/vnd.a+json"),
            ("a.bin", ["application/pdf"], "application/pdf"), ("a.bin", ["image/*"], "application/octet-stream"),
            ("a.bin", ["image/png", "image/gif"], "application/octet-stream"),
        ] as [(String, [String], String)])
    func types(name: String, documented: [String], expected: String) {
        let file = PartFile(name: name, bytes: [])
        #expect(file.mediaType(among: documented.compactMap { MediaTypeName($0) }).description == expected)
    }

    private static let document = """
        openapi: 3.1.0
        info: {title: Uploads, version: '1'}
        paths:
          /uploads:
            post:
              operationId: upload
              requestBody:
                content:
                  multipart/form-data:
                    schema:
                      type: object
                      properties:
                        photo: {type: string, format: binary}
                        pages: {type: array, items: {type: string, contentMediaType: image/gif}}
                        note: {type: string}
                    encoding:
                      photo: {contentType: 'image/jpeg, image/png'}
              responses: {'200': {description: ok}}
        """

    @Test("a file is a part with its own bytes, its name and an allowed media type")
    func written() throws {
        let contract = try Contract.load(text: Self.document)
        let media = try #require(contract.operation("upload")?.requestBody?.content.first)
        let name = try #require(MediaTypeName("multipart/form-data"))
        let bytes: [UInt8] = Array(0...255) + Array("\r\n--assay-boundary\r\n".utf8)
        let value = JSONValue.object(
            JSONObject([
                ("photo", .string("")), ("pages", .array([.string("a"), .string("b")])), ("note", .string("x")),
            ]))
        let body = try #require(
            MultipartWriter.body(
                value, named: name, as: media,
                files: [
                    JSONPointer(["photo"]): PartFile(name: "a \"b\"\r\n.png", bytes: bytes),
                    JSONPointer(["pages", "1"]): PartFile(name: "two.scan", bytes: [0xFF]),
                ]))
        #expect(body.contentType == "multipart/form-data; boundary=assay-boundary-1")
        let text = String(String.UnicodeScalarView(body.bytes.map { Unicode.Scalar($0) }))
        #expect(
            text.hasPrefix(
                "--assay-boundary-1\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a %22b%22%0D%0A.png\"\r\n"
                    + "Content-Type: image/png\r\n\r\n"))
        #expect(body.bytes.contains(bytes))
        #expect(text.contains("name=\"pages\"\r\n") || text.contains("name=\"pages\"; filename=\"pages\""))
        // The type of this extension is not known, so the schema decides.
        #expect(text.contains("name=\"pages\"; filename=\"two.scan\"\r\nContent-Type: image/gif\r\n\r\n\u{FF}\r\n"))
        #expect(text.contains("name=\"note\"\r\nContent-Type: text/plain\r\n\r\nx\r\n"))
    }
}
