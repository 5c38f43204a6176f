import Foundation
import OpenAPI
import SourceText
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
        let folder = FileManager.default.temporaryDirectory.appending(path: "files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.text.utf8).write(to: folder.appending(path: "files.yaml"))
        let reader = SourceReader(root: folder.path(percentEncoded: false))
        let contract = try ContractLoading.load(file: "files.yaml", name: "1", reader: reader)
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
        "parts are judged by the schema of their property",
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

    @Test("octets that are not text are counted one by one")
    func octets() throws {
        let octets: [UInt8] = [0xFF, 0x00, 0x0D, 0x0A]
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
        let rest = "\r\n" + Self.count + "--b--\r\n"
        #expect(try issues(Array(head.utf8) + octets + rest.utf8) == [])
        #expect(try issues(Array(head.utf8) + octets + [0xFE] + rest.utf8) == ["body/file maxLength"])
    }

    @Test(
        "what is not a multipart body is an error",
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
}
