import Exchanges
import Primitives
import TestKit
import Testing

/// One way in which a server can go wrong, byte for byte.
struct Misbehaviour: Sendable, CustomTestStringConvertible {
    /// What must come of it.
    enum Expected: Sendable, Equatable {
        case answer(Int)
        case failure(TransportFailure.Class)
        /// The answer, or a fault in the body that does not come.
        case answerOrBodyTimedOut(Int)
        /// The answer, or a fault of its framing, whichever the parser decides.
        case answerOrProtocolError(Int)
    }

    var testDescription: String
    var method = "GET"
    var expected: Expected
    /// What must be noted of a response that is readable.
    var defects: [TransportDefect.Kind] = []
    var act: @Sendable (RawConnection) -> Void

    /// A server that says `text` and waits for the client to go on.
    static func says(
        _ name: String, _ text: String, _ expected: Expected, method: String = "GET",
        _ defects: TransportDefect.Kind...
    ) -> Misbehaviour {
        Misbehaviour(testDescription: name, method: method, expected: expected, defects: defects) { $0.write(text) }
    }

    /// The same, in Latin-1: one byte a character.
    static func saysLatin1(
        _ name: String, _ text: String, _ expected: Expected, _ defects: TransportDefect.Kind...
    ) -> Misbehaviour {
        let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        return Misbehaviour(testDescription: name, expected: expected, defects: defects) { $0.write(bytes) }
    }

    /// A server that says `text` in pieces of so many bytes, each in a segment of its own.
    static func pieces(
        _ name: String, of size: Int, _ text: String, _ expected: Expected, _ defects: TransportDefect.Kind...
    ) -> Misbehaviour {
        Misbehaviour(testDescription: name, expected: expected, defects: defects) { connection in
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                guard connection.write(Array(bytes[start...].prefix(size))) else { return }
                connection.pause(milliseconds: 1)
            }
        }
    }

    /// A server that says `text` and closes.
    static func saysAndCloses(
        _ name: String, _ text: String, _ expected: Expected, _ defects: TransportDefect.Kind...
    ) -> Misbehaviour {
        Misbehaviour(testDescription: name, expected: expected, defects: defects) {
            $0.write(text)
            $0.close()
        }
    }

    /// A server that says `text` and then `part` for ever.
    static func endless(
        _ name: String, _ text: String, _ part: String, pause: UInt32 = 0, _ expected: Expected
    ) -> Misbehaviour {
        Misbehaviour(testDescription: name, expected: expected) { connection in
            connection.write(text)
            for _ in 0..<20_000 {
                guard connection.write(part) else { return }
                if pause > 0 { connection.pause(milliseconds: pause) }
            }
        }
    }

    static let ok = "HTTP/1.1 200 OK\r\n"
    static let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    static let chunked = ok + "Transfer-Encoding: chunked\r\n\r\n"

    static let silence: [Misbehaviour] = [
        Misbehaviour(testDescription: "no answer", expected: .failure(.timedOut)) { $0.waitForEnd() },
        saysAndCloses("closed without a byte", "", .failure(.reset)),
        Misbehaviour(testDescription: "reset without a byte", expected: .failure(.reset)) {
            $0.resetOnClose()
            $0.leave()
        },
        says("half a status line", "HTTP/1.1 2", .failure(.timedOut)),
        saysAndCloses("half a status line, closed", "HTTP/1.1 2", .failure(.truncated)),
        says("half a header", ok + "Content-Le", .failure(.timedOut)),
        saysAndCloses("half a header, closed", ok + "Content-Le", .failure(.truncated)),
        endless("slow headers", ok + "X: ", "a", pause: 20, .failure(.timedOut)),
        endless("a dripping body", ok + "Content-Length: 200000\r\n\r\n", "a", pause: 20, .failure(.bodyTimedOut)),
        says("a body that stops", ok + "Content-Length: 9\r\n\r\nabc", .failure(.bodyTimedOut)),
        says("chunks that stop", chunked + "3\r\nabc\r\n", .failure(.bodyTimedOut)),
        endless("interim answers for ever", "", "HTTP/1.1 102 Processing\r\n\r\n", .failure(.timedOut)),
        says("only an interim answer", "HTTP/1.1 100 Continue\r\n\r\n", .failure(.timedOut)),
    ]

    static let lengths: [Misbehaviour] = [
        saysAndCloses("content-length too long", ok + "Content-Length: 9\r\n\r\nabc", .failure(.truncated)),
        says("content-length too short", ok + "Content-Length: 2\r\n\r\nabcdef", .answer(200), .surplus),
        says("one byte too many", ok + "Content-Length: 2\r\n\r\nabc", .answer(200), .surplus),
        says("a body where none is announced", ok + "Content-Length: 0\r\n\r\nabc", .answer(200), .surplus),
        says(
            "the same length twice", ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab", .failure(.protocolError)),
        says("two lengths in one field", ok + "Content-Length: 2, 3\r\n\r\nab", .failure(.protocolError)),
        says("two content-lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", .failure(.protocolError)),
        says("no number", ok + "Content-Length: x\r\n\r\nab", .failure(.protocolError)),
        says("negative", ok + "Content-Length: -1\r\n\r\nab", .failure(.protocolError)),
        says("with a sign", ok + "Content-Length: +2\r\n\r\nab", .failure(.protocolError)),
        says("hexadecimal", ok + "Content-Length: 0x2\r\n\r\nab", .failure(.protocolError)),
        says("beyond 64 bits", ok + "Content-Length: 99999999999999999999\r\n\r\nab", .failure(.protocolError)),
        says("far beyond the limit", ok + "Content-Length: 2000000000\r\n\r\nab", .failure(.tooLarge)),
        says(
            "content-length and chunks", ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            .failure(.protocolError)),
        saysAndCloses("no length, ended by closing", ok + "\r\nabc", .answer(200)),
        endless(
            "an endless body", chunked, "4000\r\n" + String(repeating: "a", count: 16_384) + "\r\n",
            .failure(.tooLarge)),
        endless(
            "an endless body without length", ok + "\r\n", String(repeating: "a", count: 16_384),
            .failure(.tooLarge)),
    ]

    static let chunks: [Misbehaviour] = [
        says("a chunk without size", chunked + "xyz\r\nab", .failure(.protocolError)),
        says("a negative chunk", chunked + "-1\r\nab", .failure(.protocolError)),
        says("a chunk beyond 64 bits", chunked + "fffffffffffffffff\r\nab", .failure(.protocolError)),
        says("a chunk longer than told", chunked + "2\r\nabcdef\r\n0\r\n\r\n", .failure(.protocolError)),
        saysAndCloses("cut inside a chunk", chunked + "5\r\nab", .failure(.truncated)),
        saysAndCloses("cut between chunks", chunked + "2\r\nab\r\n", .failure(.truncated)),
        saysAndCloses("cut before the last line", chunked + "2\r\nab\r\n0\r\n", .failure(.truncated)),
        says("an extension and a trailer", chunked + "2;x=y\r\nab\r\n0\r\nX-T: 1\r\n\r\n", .answer(200)),
        endless("an endless extension", chunked + "2;", String(repeating: "e", count: 16_384), .failure(.bodyTimedOut)),
        endless(
            "endless trailers", chunked + "0\r\n", "X-T: \(String(repeating: "t", count: 1_000))\r\n",
            .failure(.tooLarge)),
        says("bytes after the last chunk", chunked + "2\r\nab\r\n0\r\n\r\nmore", .answer(200), .surplus),
        says("a second last chunk", chunked + "0\r\n\r\n0\r\n\r\n", .answer(200), .surplus),
        says("a size in capitals with zeros in front", chunked + "000A\r\nabcdefghij\r\n0\r\n\r\n", .answer(200)),
        says("a chunk that ends with a line feed", chunked + "2\r\nab\n0\r\n\r\n", .failure(.protocolError)),
        says("chunks with line feeds alone", chunked + "2\nab\n0\n\n", .failure(.protocolError)),
        says("a hexadecimal prefix", chunked + "0x2\r\nab\r\n0\r\n\r\n", .failure(.protocolError)),
        pieces("chunks byte by byte", of: 1, chunked + "2;x=y\r\nab\r\n0\r\nX-T: 1\r\n\r\n", .answer(200)),
    ]

    static let codings: [Misbehaviour] =
        [
            "banana", "rot13", "gzip, chunked", "chunked, gzip", "chunked, chunked", "gzip", "identity",
            "identity, chunked", "chunked;q=1", "chunked\r\nTransfer-Encoding: chunked",
            "gzip\r\nTransfer-Encoding: chunked", "", ",", "\"chunked\"", "xchunked", "chunkedx", "chun ked",
        ].map {
            says(
                "transfer coding \($0.debugDescription)", ok + "Transfer-Encoding: \($0)\r\n\r\n2\r\nab\r\n0\r\n\r\n",
                .failure(.protocolError))
        } + [
            says(
                "chunks in capitals", ok + "TRANSFER-ENCODING: \tCHUNKED \r\n\r\n2\r\nab\r\n0\r\n\r\n", .answer(200)),
            says("chunks and a comma", ok + "Transfer-Encoding: , chunked\r\n\r\n0\r\n\r\n", .answer(200)),
            says(
                "chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                .failure(.protocolError)),
            says("HEAD with a coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n", .answer(200), method: "HEAD"),
            saysAndCloses(
                "banana, closed", ok + "Transfer-Encoding: banana\r\n\r\nabc", .failure(.protocolError)),
        ]

    static let octets: [Misbehaviour] = [
        saysLatin1(
            "a header in Latin-1", ok + "X-Name: caf\u{E9}\r\nContent-Length: 0\r\n\r\n", .answer(200), .headerOctets),
        Misbehaviour(
            testDescription: "a header in Latin-1, ended by closing", expected: .answer(200), defects: [.headerOctets]
        ) {
            $0.write(Array((ok + "X: ").utf8) + [0xE9] + Array("\r\n\r\nabc".utf8))
            $0.close()
        },
        saysLatin1("octets in a trailer", chunked + "0\r\nX-T: \u{FF}\r\n\r\n", .answer(200), .headerOctets),
        says("a header in UTF-8", ok + "X-Name: caf\u{E9}\r\nContent-Length: 0\r\n\r\n", .answer(200), .headerText),
        saysLatin1(
            "headers in both", ok + "A: \u{C3}\u{A9}\r\nB: \u{E9}\r\nContent-Length: 0\r\n\r\n", .answer(200),
            .headerOctets, .headerText),
        saysLatin1("an octet in a name", ok + "X\u{E9}: 1\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        saysLatin1(
            "octets and bytes too many", ok + "A: \u{E9}\r\nContent-Length: 0\r\n\r\nab", .answer(200), .surplus,
            .headerOctets),
        says(
            "a control character in a header", ok + "X: a\u{1}b\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        pieces(
            "an octet byte by byte", of: 1, ok + "X: \u{E9}\r\nContent-Length: 2\r\n\r\nab", .answer(200), .headerText),
    ]

    static let heads: [Misbehaviour] = [
        saysAndCloses("HTTP/0.9", "<html>hello</html>", .failure(.protocolError)),
        saysAndCloses("another protocol", "SSH-2.0-OpenSSH_9.6\r\n", .failure(.protocolError)),
        Misbehaviour(testDescription: "a TLS alert", expected: .failure(.protocolError)) {
            $0.write([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46])
            $0.close()
        },
        says("version 9.9", "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("version 2 in text", "HTTP/2 200\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("no version", "HTTP 200 OK\r\n\r\n", .failure(.protocolError)),
        says("a status of two digits", "HTTP/1.1 99 Odd\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("a status of four digits", "HTTP/1.1 2000 Odd\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("a status in words", "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", .answer(200)),
        says("status 999", "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", .answer(999)),
        says("a header without colon", ok + "nonsense\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("a blank before the colon", ok + "X : 1\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("a header without name", ok + ": 1\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("a NUL in a header", ok + "X: a\u{0}b\r\nContent-Length: 0\r\n\r\n", .failure(.protocolError)),
        says("a header of 1 MB", ok + "X: " + String(repeating: "a", count: 1 << 20) + "\r\n\r\n", .failure(.tooLarge)),
        says("100,000 headers", ok + String(repeating: "X: 1\r\n", count: 100_000) + "\r\n", .failure(.tooLarge)),
        endless("endless headers", ok, "X: \(String(repeating: "h", count: 1_000))\r\n", .failure(.tooLarge)),
        saysAndCloses(
            "a reason of 1 MB", "HTTP/1.1 200 \(String(repeating: "r", count: 1 << 20))\r\n\r\n", .answer(200)),
        says("a folded header", ok + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n", .answerOrProtocolError(200)),
        says("a folded length", ok + "Content-Length:\r\n 2\r\n\r\nab", .answerOrProtocolError(200)),
        says("interim answers and an answer", interim + ok + "Content-Length: 0\r\n\r\n", .answer(200)),
        pieces("interim answers in pieces", of: 7, interim + ok + "Content-Length: 2\r\n\r\nab", .answer(200)),
        says(
            "an interim answer and an answer too many", interim + ok + "Content-Length: 0\r\n\r\n" + interim,
            .answer(200), .surplus),
        saysAndCloses("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nabc", .answer(200)),
        saysAndCloses(
            "HTTP/1.0 with a length and more", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nabc", .answer(200), .surplus
        ),
        says("empty lines in front", "\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n", .answer(200)),
        says("line feeds alone", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", .failure(.protocolError)),
        says(
            "101 that nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
            .answerOrBodyTimedOut(101)),
    ]

    static let bodies: [Misbehaviour] = [
        says("204 with a body", "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", .answer(204), .surplus),
        says(
            "204 with chunks", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .answer(204),
            .surplus),
        says("204 with a length alone", "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n", .answer(204)),
        says("304 with a body", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\nabc", .answer(304), .surplus),
        says("304 with a length alone", "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n", .answer(304)),
        says("HEAD with a body", ok + "Content-Length: 3\r\n\r\nabc", .answer(200), method: "HEAD", .surplus),
        says(
            "an answer too many", ok + "Content-Length: 0\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n", .answer(200),
            .surplus),
        says(
            "a bad answer too many",
            ok + "Content-Length: 2\r\n\r\nab" + "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", .answer(200),
            .surplus),
        says("a line too many", ok + "Content-Length: 2\r\n\r\nab\r\n", .answer(200), .surplus),
        pieces(
            "an answer too many, in pieces", of: 40,
            ok + "Content-Length: 0\r\n\r\n" + ok + "Content-Length: 0\r\n\r\n", .answer(200), .surplus),
        says(
            "an encoding that nobody asked for", ok + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
            .failure(.badEncoding)),
        saysAndCloses(
            "gzip cut short", ok + "Content-Encoding: gzip\r\nContent-Length: 30\r\n\r\n\u{1F}",
            .failure(.badEncoding)),
        endless(
            "a gzip bomb", ok + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
            "4000\r\n" + String(repeating: "\u{0}", count: 16_384) + "\r\n", .failure(.badEncoding)),
        says("an encoding of nothing", ok + "Content-Encoding: identity\r\nContent-Length: 0\r\n\r\n", .answer(200)),
        says("a redirect to itself", "HTTP/1.1 302 Found\r\nLocation: /bad\r\nContent-Length: 0\r\n\r\n", .answer(302)),
        says(
            "a redirect to another origin",
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://other.invalid/\r\nContent-Length: 0\r\n\r\n",
            .answer(307)),
        says("a redirect to nowhere", "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n", .answer(301)),
        saysAndCloses("closed after the answer", ok + "Content-Length: 0\r\n\r\n", .answer(200)),
        Misbehaviour(testDescription: "reset after the answer", expected: .answer(200)) {
            $0.write(ok + "Content-Length: 0\r\n\r\n")
            $0.pause(milliseconds: 20)
            $0.resetOnClose()
            $0.leave()
        },
    ]

    static let all = silence + lengths + chunks + codings + octets + heads + bodies
}
