import Diagnostics
import Exchanges
import Harness
import TestKit
import Testing

@Suite("Responses as curl prints them", .inTurn)
struct RawResponseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var status: Int
        var body: String
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ status: Int, _ body: String) {
            self.name = name
            self.text = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
            self.status = status
            self.body = body
        }
    }

    static let last = "HTTP/2 200 \ncontent-type: application/json\n\n{}"
    static let cases = [
        Case("interim responses", "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nlink: a\n\n" + last, 200, "{}"),
        Case("a proxy", "HTTP/1.1 200 Connection established\n\n" + last, 200, "{}"),
        Case("a proxy with headers", "HTTP/1.0 200 OK\nproxy-agent: a\ndate: b\n\n" + last, 200, "{}"),
        Case(
            "a proxy that asks for credentials",
            "HTTP/1.1 407 X\nproxy-authenticate: Basic\ncontent-length: 99\n\nHTTP/1.1 200 OK\n\n" + last, 200, "{}"),
        Case("a redirect", "HTTP/1.1 302 Found\nlocation: /a\ncontent-length: 150\n\n" + last, 200, "{}"),
        Case(
            "redirects",
            "HTTP/2 301 \nlocation: /a\ncontent-type: text/html\n\nHTTP/2 308 \nlocation: /b\n\n" + last, 200, "{}"),
        Case(
            "digest", "HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Digest a\nContent-Type: text/html\n\n" + last, 200,
            "{}"),
        Case("a response without content before", "HTTP/1.1 503 X\ncontent-length: 0\n\n" + last, 200, "{}"),
        Case("all of them to an error", "HTTP/1.1 302 Found\nlocation: /a\n\nHTTP/1.1 404 X\na: b\n\nno", 404, "no"),
        Case("empty lines before", "\n\n" + last, 200, "{}"),
        // The last response, whose body is its own.
        Case("a redirect that was not followed", "HTTP/1.1 302 Found\nlocation: /a\n\n<html>", 302, "<html>"),
        Case("a body that names HTTP", "HTTP/1.1 200 OK\n\nHTTP/1.1 is old", 200, "HTTP/1.1 is old"),
        Case(
            "a body that is a message", "HTTP/1.1 200 OK\ncontent-type: message/http\n\nHTTP/1.1 404 X\n\nno", 200,
            "HTTP/1.1 404 X\r\n\r\nno"),
        Case(
            "a counted body that is a message", "HTTP/1.1 200 OK\ncontent-length: 23\n\nHTTP/1.1 404 X\n\nhowdy",
            200, "HTTP/1.1 404 X\r\n\r\nhowdy"),
        Case(
            "a refusal whose counted body is a message",
            "HTTP/1.1 401 X\nwww-authenticate: a\ncontent-length: 20\n\nHTTP/1.1 404 X\n\nno", 401,
            "HTTP/1.1 404 X\r\n\r\nno"),
        Case(
            "a body that starts like a head", "HTTP/1.1 200 OK\n\nHTTP/1.1 404 X\nno colon\n\n", 200,
            "HTTP/1.1 404 X\r\nno colon\r\n\r\n"),
    ]

    @Test("the last head counts, and a body that looks like a head is a body", arguments: cases)
    func heads(one: Case) throws {
        let raw = try RawResponse(Array(one.text.utf8), name: "r")
        #expect(raw.message.status == one.status)
        #expect(String(decoding: raw.message.body, as: UTF8.self) == one.body)
    }

    @Test("files that Windows shells write are read, or rejected with the reason")
    func encodings() throws {
        let text = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nä\u{1F600}"
        func utf16(_ isLittle: Bool) -> [UInt8] {
            text.utf16.flatMap { unit -> [UInt8] in
                let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
                return isLittle ? [low, high] : [high, low]
            }
        }
        let files: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + utf16(true),
            [0xFE, 0xFF] + utf16(false), utf16(true), utf16(false),
        ]
        for file in files {
            let raw = try RawResponse(file, name: "r")
            #expect(raw.message.status == 200)
            #expect(String(decoding: raw.message.body, as: UTF8.self) == "ä\u{1F600}")
        }
        for file in [[0xFF, 0xFE, 0x48], [0xFF, 0xFE, 0x00, 0xD8], [0xFF, 0xFE, 0, 0, 0x48, 0, 0, 0]] as [[UInt8]] {
            let error = try #require(throws: HarnessError.self) { try RawResponse(file, name: "r") }
            #expect(error.diagnostics.entries.map(\.rule) == ["validate.encoding"])
        }
    }

    @Test("lines of values are read in the same encodings")
    func lines() throws {
        let document = """
            openapi: 3.0.3
            info: { title: t, version: '1' }
            paths: {}
            components: { schemas: { X: { type: object, required: [a] } } }
            """
        let units = "\u{FEFF}{\"a\":1}\r\n{}\r\n".utf16
        let bytes = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let result = try ValidateBench.run(document, [("v.ndjson", "")], bytes: ["v.ndjson": bytes]) { $0.schema = "X" }
        #expect(ValidateBench.told(result) == ["passed", "failed body.required@/a"])
    }

    @Test("bodies keep a byte order mark of their own")
    func mark() throws {
        let raw = try RawResponse(Array("HTTP/1.1 200 OK\n\n\u{FEFF}{}".utf8), name: "r")
        #expect(raw.message.body == [0xEF, 0xBB, 0xBF, 0x7B, 0x7D])
    }
}
