import Conformance
import Testing

@Suite("Multipart bodies of responses")
struct PartTests {
    private static func found(
        _ content: String, _ parts: [(head: String, body: String)], type: String = "multipart/mixed",
        sent: String = "; boundary=b", end: String = "--b--\r\n"
    ) throws -> [String] {
        let text = parts.map { "--b\r\n\($0.head)\r\n\($0.body)\r\n" }.joined() + end
        return try OneResponse.findings(
            openapi: "3.2.0", type, content: content, sent: type + sent, Array(text.utf8))
    }

    private static let json = "Content-Type: application/json\r\n"

    @Test("a list of parts is judged by itemSchema and schema")
    func lists() throws {
        let items = "{ itemSchema: { type: object, required: [n], properties: { n: { type: integer } } } }"
        #expect(try Self.found(items, [(Self.json, "{\"n\":1}"), (Self.json, "{\"n\":2}")]) == [])
        #expect(try Self.found(items, [(Self.json, "{\"n\":1}"), (Self.json, "{}")]) == ["body.required error /1/n"])
        let list = "{ schema: { type: array, maxItems: 1, items: { type: integer } } }"
        #expect(try Self.found(list, [("", "7")], type: "multipart/related") == [])
        #expect(try Self.found(list, [("", "7"), ("", "8")]) == ["body.maxItems error body"])
        #expect(try Self.found(list, [("", "x")]) == ["body.type error /0"])
    }

    @Test("each part must have a media type that the contract allows")
    func types() throws {
        let encodings = "prefixEncoding: [{ contentType: 'text/csv' }], itemEncoding: { contentType: 'image/*' }"
        let list = "{ itemSchema: {}, \(encodings) }"
        let csv = "Content-Type: text/csv\r\n"
        let png = "Content-Type: image/png\r\n"
        #expect(try Self.found(list, [(csv, "a"), (png, "x"), (png, "y")]) == [])
        #expect(try Self.found(list, [(csv, "a"), (csv, "x")]) == ["body.part-type error /1"])
        #expect(try Self.found(list, [("", "a"), (png, "x")]) == ["body.part-type error /0"])
    }

    @Test("the headers of parts are judged by the encoding of the part")
    func headers() throws {
        let headers = "headers: { X-Pages: { required: true, schema: { type: integer, maximum: 9 } } }"
        let list = "{ itemSchema: {}, itemEncoding: { \(headers) } }"
        #expect(try Self.found(list, [("X-Pages: 1\r\n", "a"), ("x-pages: 9\r\n", "b")]) == [])
        #expect(
            try Self.found(list, [("X-Pages: 10\r\n", "a"), ("", "b")])
                == ["body.part-header error /0", "body.part-header error /1"])
        let form = "{ schema: { type: object, properties: { a: {} } }, encoding: { a: { \(headers) } } }"
        let named = "Content-Disposition: form-data; name=\"a\"\r\n"
        #expect(try Self.found(form, [(named + "X-Pages: 1\r\n", "1")], type: "multipart/form-data") == [])
        #expect(
            try Self.found(form, [(named + "X-Pages: one\r\n", "1")], type: "multipart/form-data")
                == ["body.part-header error /a"])
    }

    @Test("parts with names are an object; parts without are not judged where no list is described")
    func names() throws {
        let object = "{ schema: { type: object, required: [a], properties: { a: { type: integer } } } }"
        let named = "Content-Disposition: form-data; name=\"a\"\r\n"
        #expect(try Self.found(object, [(named, "1")], type: "multipart/form-data") == [])
        #expect(try Self.found(object, [(named, "x")], type: "multipart/form-data") == ["body.type error /a"])
        #expect(try Self.found(object, [("", "x")]) == ["body.unjudged note body"])
        #expect(try Self.found(object, [(named, "1")], sent: "") == ["body.form error body"])
        #expect(try Self.found(object, [(named, "1")], end: "") == ["body.form error body"])
    }
}
