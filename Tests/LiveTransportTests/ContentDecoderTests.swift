import Exchanges
import Primitives
import TestKit
import Testing

@testable import LiveTransport

/// Bodies that zlib encoded, decoded by our own code.
@Suite("Decoding of bodies")
struct ContentDecoderTests {
    /// Long enough for a code of its own.
    private static let long = (0..<120).map { "{\"id\": \($0), \"square\": \($0 * $0)}\n" }.joined()
    private static let short = "hello hello hello hello"

    /// `long` in gzip with dynamic codes.
    private static let dynamic =
        "H4sIAAAAAAAA/12Wva4TMAyFd57iqjND/BPH4W2QYGAExHTFu9MrpOY7Ges2jf3FPj7vjx/fHl/exue3x++ff77++v7x4e+n"
        + "9/9hY9heYWc4X+FgeL/CKX9Sr/hk3OcrXozH+f2SW8//N+N10tmM98nepFgbKFfrdZyRki3PLRZa3snLtPB9KjEtHbVbKRSc"
        + "kfK9cY8ACEduW1HiBYVBgoELg0yc0Wfvc48Lg+knNxcGc516XBgUGLgwKJ4RBov3CIPF3LQNUE8Igw0GIQw2uIX2wQDs0EYY"
        + "eKHQTjA8a0xtOXCI0q/QQCEgLNB10VenIkNBYRP9nToTBRipQ1GYpFQaC8OXSqMxr3nNBUY8dTAGaKROhkFIUkfDB+4SGh4D"
        + "GQoNz3HqmkOnEDSm0PDiKaHhC3fN0OFFhlNo+KZACo0gjakiaWA41yUHuEuVIvBeU6Ui8co1VEVAo4RGLHRUCY1o9GEJjdjo"
        + "3krVJfR8CY3kpJTQyMB8lW6NxFSW0MjCLJfQyAUFWKqclI0lNOaA1iyhMQ0CtVQ8A6q2VD0TUriExqR+rlLN5SmhMTfv0jU6"
        + "mOFWqUZdPXT5gkYLjZpg2K4KD/ItNKrxXi001sAr99TFABotNFago1rXyUQftu6The5tobE2en4PtRygsYVGO+Zru24oWhih"
        + "0YVZ3kKjGwqwpy420NhC45k7TgmNndCo3boPoWxbaOwe9Fm30aLVGnZtUjl5rdnEjTauRVvI9PnTawujQhu6bI1knv+jX3rw"
        + "pC7c51rlnbpyrYrZ6tK1phO9rKirGb3caNCPXobUJy3p5Ul90ZVettQ3jak6UwvxpmpOLZL21G5LQoeqFtVi06SqS7W0D6X4"
        + "B9tmhgyYDAAA"

    /// `short` in gzip with the fixed code, a name and a comment.
    private static let fixed =
        "H4sIGAAAAAAA/25hbWUAY29tbWVudADLSM3JyVfIQCcB41E9jRcAAAA="

    /// `short` in gzip without compression, in two members.
    private static let stored =
        "H4sIAAAAAAAA/wEKAPX/aGVsbG8gaGVsbAg2vfkKAAAAH4sIAAAAAAAA/wENAPL/byBoZWxsbyBoZWxsb72FbFQNAAAA"

    /// `short` in the zlib format.
    private static let zlibFormat =
        "eNrLSM3JyVfIQCcBaAMIsQ=="

    /// `short` as a bare deflate stream.
    private static let bare =
        "y0jNyclXyEAnAQ=="

    private func decoded(
        _ body: [UInt8], _ coding: String, accepting codings: [ContentCoding] = [.gzip, .deflate], limit: Int = 1 << 24
    ) -> ExchangeOutcome {
        let headers = [
            HeaderField(name: "Content-Encoding", value: coding),
            HeaderField(name: "Content-Length", value: "\(body.count)"),
            HeaderField(name: "X-Other", value: "1"),
        ]
        return ContentDecoder(codings: codings, limit: limit).decoded(
            ResponseMessage(status: 200, headers: headers, body: body))
    }

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64.decode(text.utf8)) }

    @Test(
        "every form of a deflate stream is decoded, and the headers about the encoded body are removed",
        arguments: [
            (dynamic, "gzip", long), (dynamic, "x-gzip", long), (fixed, "GZIP", short), (stored, "gzip", short),
            (zlibFormat, "deflate", short), (bare, "deflate", short),
        ])
    func forms(text: String, coding: String, expected: String) throws {
        let response = try #require(decoded(try bytes(text), coding).response)
        #expect(String(decoding: response.body, as: UTF8.self) == expected)
        #expect(response.headers.map(\.name) == ["X-Other"])
    }

    @Test("two codings are undone in reverse order, and three are refused")
    func layers() throws {
        let inner = try bytes(Self.zlibFormat)
        // The outer layer is a gzip member with one stored block.
        let length = UInt16(inner.count)
        let block = [1, UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)] + inner
        func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        let outer =
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + block + word(Checksums.crc32(inner)) + word(UInt32(inner.count))
        #expect(decoded(outer, "deflate, gzip").response?.body == Array(Self.short.utf8))
        #expect(decoded(outer, "gzip, deflate, gzip").failure?.class == .badEncoding)
    }

    @Test("a body in a coding that is not accepted stays as it is")
    func unaccepted() throws {
        let body = try bytes(Self.fixed)
        #expect(decoded(body, "gzip", accepting: [.deflate]).response?.body == body)
        #expect(decoded(body, "br").response?.body == body)
        #expect(decoded(body, "zstd").response?.body == body)
        #expect(decoded(body, "identity").response?.headers.count == 3)
        #expect(decoded([], "gzip").response?.headers.count == 3)
    }

    @Test("a body cut anywhere is incomplete, and never a crash")
    func truncated() throws {
        for text in [Self.dynamic, Self.fixed, Self.stored] {
            let body = try bytes(text)
            for length in 1..<body.count {
                let outcome = decoded(Array(body[..<length]), "gzip")
                let failure = outcome.failure
                // Between two members, the first one is complete.
                #expect(failure?.class == .badEncoding || text == Self.stored && outcome.response != nil)
            }
        }
    }

    @Test("a changed byte is found by the checksum or the format, and never a crash")
    func changed() throws {
        let body = try bytes(Self.dynamic)
        for index in 10..<body.count {
            var changed = body
            changed[index] ^= 0x55
            let failure = decoded(changed, "gzip").failure
            #expect([.badEncoding, .tooLarge].contains(failure?.class), "byte \(index)")
        }
    }

    @Test("a small body that decodes to a large one is stopped")
    func bomb() throws {
        // zlib's own code for a long run of zeros: two bits stand for 258 of them.
        let start: [UInt8] = [0xEC, 0xC1, 1, 1, 0, 0, 0, 0x80, 0x90, 0xFE, 0xAF, 0xEE, 8, 10]
        let body = start + [UInt8](repeating: 0, count: 20_000)
        let byRatio = decoded(body, "deflate").failure
        #expect(byRatio?.class == .tooLarge)
        #expect(byRatio?.message == "the decoded response body is more than 200 times as large as the encoded one")
        let byLimit = decoded(body, "deflate", limit: 5_000).failure
        #expect(byLimit?.message == "the decoded response body is larger than 5000 bytes")
    }

    @Test("a target's codings are requested, and a row's own header is left alone")
    func negotiation() async throws {
        let body = try bytes(Self.fixed)
        let server = try RawServer { connection in
            while connection.readRequest() != nil {
                connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
                connection.write(body)
            }
        }
        defer { server.stop() }
        var settings = LiveTransportSettings()
        settings.connection.codings = [.gzip, .deflate]
        let request = RequestMessage(method: "GET", url: server.url())
        let outcome = await exchange(request, settings: settings)
        #expect(outcome.response?.body == Array(Self.short.utf8))
        #expect(server.requests[0].lowercased().contains("accept-encoding: gzip, deflate\r\n"))
        var own = request
        own.headers = [HeaderField(name: "Accept-Encoding", value: "gzip")]
        #expect(await exchange(own, settings: settings).response?.body == body)
        // Without codings, the response has a coding that was not requested.
        #expect(await exchange(request).failure?.class == .badEncoding)
    }
}
