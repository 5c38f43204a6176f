import JSONDocument
import OpenAPI
import TestKit
import Testing

/// The syntax of multipart bodies (RFC 2046, section 5.1; RFC 7578, section 4), and the values of their parts.
@Suite("Parts of multipart bodies")
struct MultipartFormatTests {
    private static func media(
        _ description: String, type: String = "multipart/form-data", version: String = "3.2.0"
    ) throws
        -> MediaType
    {
        let contract = try contract(
            """
            openapi: \(version)
            info: {title: t, version: '1'}
            paths:
              /a: {post: {operationId: send, requestBody: {content: {\(type): \(description)}}, responses: {'200': {description: ok}}}}
            """)
        return try #require(contract.operation("send")?.requestBody?.content.first)
    }

    /// The value of a body as JSON, or the mistake.
    private static func read(
        _ body: [UInt8], _ description: String = "{}", type: String = "multipart/form-data", boundary: String = "b"
    ) throws -> String {
        let name = try #require(MediaTypeName("\(type); boundary=\"\(boundary)\""))
        let media = try media(description, type: type)
        do {
            switch try MultipartContent(body, named: name, as: media).value {
            case .object(let value): return value.text
            case .list(let parts): return parts.map { "\($0.line): \($0.value.text)" }.joined(separator: ", ")
            case .undescribed(let reason): return "undescribed: " + reason
            }
        } catch {
            return error == .malformed ? "malformed" : "no boundary"
        }
    }

    static let head = "Content-Disposition: form-data; name=\"n\"\r\n"

    @Test(
        "delimiters are lines that begin with the boundary, and the line break before one belongs to it",
        arguments: [
            ("--b\r\n\(head)\r\nx\r\n--b--", #"{"n":"x"}"#), ("--b\r\n\(head)\r\n\r\n--b--", #"{"n":""}"#),
            ("--b\r\n\(head)\r\nx\r\n\r\n--b--", #"{"n":"x\r\n"}"#), ("--b \t\r\n\(head)\r\nx\r\n--b--", #"{"n":"x"}"#),
            ("text\r\nmore\r\n--b\r\n\(head)\r\nx\r\n--b--\r\nepilogue\r\n--b\r\n", #"{"n":"x"}"#),
            ("\r\n--b\r\n\(head)\r\nx\r\n--b--", #"{"n":"x"}"#), ("--b\r\n\(head)\r\n --b\r\n--b--", #"{"n":" --b"}"#),
            ("--b\r\n\(head)\r\nx--b--\r\n--b--", #"{"n":"x--b--"}"#),
            ("--b\r\n\(head)\r\nx\n--b\r\n--b--", #"{"n":"x\n--b"}"#),
            ("--b\r\n\(head)\r\nx\r\n--b-\r\n--b--", "malformed"), ("--b\r\n\(head)\r\nx\r\n--b", "malformed"),
            ("--b\r\n\(head)\r\nx\r\n", "malformed"), ("--b\n\(head)\r\nx\r\n--b--", "malformed"), ("--b--", "{}"),
            ("x--b\r\n\(head)\r\nx\r\n--b--", "{}"), ("--b\r\n--b--", "malformed"),
            ("--b\r\n\r\n--b--", "malformed"),
            ("--b\r\n\(head)x\r\n--b--", "malformed"), ("--b\r\nno colon\r\n\r\nx\r\n--b--", "malformed"),
            ("--B\r\n\(head)\r\nx\r\n--B--", "malformed"), ("", "malformed"),
        ])
    func delimiters(body: String, expected: String) throws {
        #expect(try Self.read(Array(body.utf8)) == expected)
    }

    @Test(
        "a boundary has 1 to 70 characters, and may have spaces and signs inside",
        arguments: [
            ("b", true), (String(repeating: "b", count: 70), true), (String(repeating: "b", count: 71), false),
            ("a b", true), ("'()+_,-./:=?", true), ("", false),
        ])
    func boundaries(boundary: String, isValid: Bool) throws {
        let body = "--\(boundary)\r\n\(Self.head)\r\nx\r\n--\(boundary)--"
        #expect(try Self.read(Array(body.utf8), boundary: boundary) == (isValid ? #"{"n":"x"}"# : "malformed"))
    }

    @Test(
        "the name of a part is a parameter of its Content-Disposition",
        arguments: [
            ("form-data; name=a", #"{"a":"x"}"#), ("form-data; name=\"a b\"", #"{"a b":"x"}"#),
            ("form-data;name=a;filename=f.txt", #"{"a":"x"}"#),
            ("form-data; filename=\"a; name=b\"; name=c", #"{"c":"x"}"#),
            ("form-data; NAME=a", #"{"a":"x"}"#), ("form-data ; name=\"a\\\"b\"", #"{"a\"b":"x"}"#),
            ("form-data; name=\"a%22b%0D%0A\"", #"{"a\"b\r\n":"x"}"#), ("form-data; name=\"100%\"", #"{"100%":"x"}"#),
            ("form-data; name=\"é\"", #"{"é":"x"}"#), ("attachment; name=a", #"{"a":"x"}"#),
            ("form-data; name=\"\"", #"{"":"x"}"#),
            // Parts of a form without a name are ignored.
            ("form-data", "{}"), ("form-data; filename=a", "{}"), ("form-data; name", "{}"), ("", "{}"),
        ])
    func names(disposition: String, expected: String) throws {
        for header in [
            "Content-Disposition: \(disposition)", "content-disposition:\(disposition)  \r\nX-Other: name=z",
        ] {
            #expect(try Self.read(Array("--b\r\n\(header)\r\n\r\nx\r\n--b--".utf8)) == expected, "\(header)")
        }
    }

    @Test("names are compared by their characters as written, and repeated ones are a list")
    func equalNames() throws {
        func part(_ name: String) -> String {
            "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(name.utf8.count)\r\n"
        }
        #expect(try Self.read(Array((part("a") + part("b") + part("a") + "--b--").utf8)) == #"{"a":["1","1"],"b":"1"}"#)
        // Two spellings of one letter are two names.
        let read = try Self.read(Array((part("\u{E9}") + part("e\u{301}") + "--b--").utf8))
        #expect(try JSONDocument(parsing: read).root.value == ["\u{E9}": "2", "e\u{301}": "3"])
    }

    private static func form(_ schema: String) -> String { "{schema: {type: object, properties: {n: \(schema)}}}" }

    @Test(
        "a part has the type of its property, and stays text if it does not fit",
        arguments: [
            ("{type: integer}", "", "7", "7"), ("{type: integer}", "", "x", #""x""#),
            ("{type: number}", "", "1.50", "1.50"),
            ("{type: boolean}", "", "true", "true"), ("{type: boolean}", "", "True", #""True""#),
            ("{type: string}", "", "7", #""7""#),
            ("{type: [string, integer]}", "", "7", #""7""#), ("{}", "", "7", #""7""#),
            ("{type: object}", "", #"{"a":1}"#, #"{"a":1}"#),
            ("{type: object}", "", "{", #""{""#), ("{type: [object, string]}", "", "{}", #""{}""#),
            ("{type: [object, string]}", "application/json", "{}", "{}"),
            ("{}", "application/vnd.a+json", "[1]", "[1]"),
            ("{type: string}", "application/json", #""a""#, #""a""#),
            ("{type: string}", "application/json", "a", #""a""#),
            ("{type: array, items: {type: integer}}", "", "7", "[7]"),
            ("{type: array, items: {type: integer}}", "", "[7,8]", "[7,8]"),
            ("{type: array, items: {type: object}}", "", #"{"a":1}"#, #"[{"a":1}]"#),
            ("{type: [array, string]}", "", "[7]", #""[7]""#),
            ("{type: [integer, 'null']}", "", "null", #""null""#),
        ])
    func values(schema: String, type: String, text: String, expected: String) throws {
        let header = type.isEmpty ? "" : "Content-Type: \(type)\r\n"
        let body = "--b\r\n\(Self.head)\(header)\r\n\(text)\r\n--b--"
        #expect(try Self.read(Array(body.utf8), Self.form(schema)) == #"{"n":\#(expected)}"#)
    }

    @Test("octets that are not UTF-8 are one character each, whatever the type")
    func octets() throws {
        let body = Array("--b\r\n\(Self.head)\r\n".utf8) + [0xFF, 0x00, 0x41] + Array("\r\n--b--".utf8)
        for schema in ["{type: string}", "{}", "{type: integer}"] {
            let read = try JSONDocument(parsing: Self.read(body, Self.form(schema))).root.value
            #expect(read == ["n": "\u{FF}\u{0}A"], "\(schema)")
        }
    }

    @Test(
        "whether parts are a list or an object is said by the schema, then by their names",
        arguments: [
            ("multipart/mixed", "{itemSchema: {type: integer}}", head, "2: 7"),
            ("multipart/mixed", "{itemSchema: {type: integer}}", "", "2: 7"),
            ("multipart/mixed", "{schema: {type: array, items: {type: integer}}}", "", "2: 7"),
            ("multipart/mixed", "{schema: {type: array, prefixItems: [{type: integer}]}}", "", "2: 7"),
            ("multipart/form-data", "{schema: {type: array}}", head, #"2: "7""#),
            ("multipart/related", "{schema: {type: object}}", head, #"{"n":"7"}"#),
            ("multipart/related", "{}", head, #"{"n":"7"}"#),
            ("multipart/form-data", "{}", "", "{}"),
            (
                "multipart/related", "{schema: {type: object}}", "",
                "undescribed: its parts have no names, and the contract describes no list of parts"
            ),
            (
                "multipart/mixed", "{schema: {type: string, format: binary}}", head,
                "undescribed: its schema describes neither an object nor a list of parts"
            ),
        ])
    func shapes(type: String, description: String, header: String, expected: String) throws {
        let body = "--b\r\n\(header)\r\n7\r\n--b--"
        #expect(try Self.read(Array(body.utf8), description, type: type) == expected)
    }

    @Test("each part of a list has the line where it starts, also after parts of several lines")
    func lines() throws {
        let body = "preamble\r\n--b\r\n\r\n1\r\n2\r\n--b\r\nX-A: 1\r\n\r\n\r\n--b\r\n\r\n3\r\n--b--"
        #expect(
            try Self.read(Array(body.utf8), "{itemSchema: {}}", type: "multipart/mixed")
                == #"3: "1\r\n2", 7: "", 11: "3""#)
    }

    @Test("a body of very many parts is rejected, and one of very many lines is read in one pass")
    func bounds() throws {
        let part = "--b\r\n\(Self.head)\r\nx\r\n"
        #expect(try Self.read(Array((String(repeating: part, count: 10_001) + "--b--").utf8)) == "malformed")
        let lines = String(repeating: "--a\r\n", count: 200_000)
        #expect(try Self.read(Array("--b\r\n\(Self.head)\r\n\(lines)\r\n--b--".utf8)).utf8.count > 1_000_000)
    }

    @Test(
        "a part that is written has the media type of its encoding, or the default for its value",
        arguments: [
            ("{type: string}", "{}", #""a""#, "text/plain", "a"), ("{type: integer}", "{}", "7", "text/plain", "7"),
            ("{type: object}", "{}", #"{"a":1}"#, "application/json", #"{"a":1}"#),
            ("{}", "{}", "null", "application/json", "null"),
            ("{type: string, format: binary}", "{}", #""a""#, "application/octet-stream", "a"),
            ("{type: string, contentEncoding: base64}", "{}", #""YQ==""#, "application/octet-stream", "YQ=="),
            ("{type: string, contentMediaType: image/gif}", "{}", #""a""#, "image/gif", "a"),
            ("{type: string}", "{n: {contentType: 'image/*'}}", #""a""#, "image/png", "a"),
            ("{type: string}", "{n: {contentType: 'audio/*, text/csv'}}", #""a""#, "audio/mpeg", "a"),
            ("{type: string}", "{n: {contentType: 'video/*'}}", #""a""#, "video/mp4", "a"),
            ("{type: string}", "{n: {contentType: 'text/*'}}", #""a""#, "text/plain", "a"),
            ("{type: string}", "{n: {contentType: '*/*'}}", #""a""#, "application/octet-stream", "a"),
            ("{type: object}", "{n: {contentType: 'application/*+json'}}", "{}", "application/vnd.part+json", "{}"),
            ("{type: string}", "{n: {contentType: application/json}}", #""a""#, "application/json", #""a""#),
            // A style replaces the media type (OpenAPI 3.1.1, section 4.8.15.1.2).
            ("{type: string}", "{n: {contentType: application/json, style: form}}", #""a""#, "text/plain", "a"),
        ])
    func written(schema: String, encoding: String, value: String, type: String, text: String) throws {
        let media = try Self.media(
            "{schema: {type: object, properties: {n: \(schema)}}, encoding: \(encoding)}")
        let name = try #require(MediaTypeName("multipart/form-data"))
        let value = try JSONDocument(parsing: value).root.value
        let body = try #require(MultipartWriter.body(["n": value], named: name, as: media))
        let parts = String(decoding: body.bytes, as: UTF8.self).components("\r\n")
        #expect(parts.contains("Content-Type: \(type)"), "\(parts)")
        #expect(parts.dropLast(2).last == text, "\(parts)")
        // Servers recognise a file by its file name.
        let isText = type.hasPrefix("text/") || type.hasSuffix("json")
        #expect(parts.contains("Content-Disposition: form-data; name=\"n\"") == isText, "\(parts)")
        // What is written conforms.
        let received = try #require(MediaTypeName(body.contentType))
        #expect(try MultipartContent(body.bytes, named: received, as: media).wrongTypes.isEmpty)
    }

    @Test("a value that is neither an object nor a list has no parts, and a given boundary is kept")
    func others() throws {
        let name = try #require(MediaTypeName("multipart/form-data; boundary=given"))
        for value: JSONValue in ["a", 1, true, .null] {
            #expect(MultipartWriter.body(value, named: name, as: nil) == nil)
        }
        let body = try #require(MultipartWriter.body(["a": ["x", "y"]], named: name, as: nil))
        #expect(body.contentType == "multipart/form-data; boundary=given")
        #expect(try Self.read(body.bytes, boundary: "given") == #"{"a":["x","y"]}"#)
        let empty = try #require(MultipartWriter.body([:], named: name, as: nil))
        #expect(String(decoding: empty.bytes, as: UTF8.self) == "--given--\r\n")
    }
}

extension String {
    /// The parts between the occurrences of a separator.
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
    }
}
