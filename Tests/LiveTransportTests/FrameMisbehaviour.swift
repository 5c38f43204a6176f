import Exchanges
import Primitives
import Testing

/// One way in which a server of HTTP/2 can go wrong, frame for frame.
struct FrameMisbehaviour: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var method = "GET"
    var expected: Misbehaviour.Expected
    /// What the message must say.
    var says = ""
    var act: @Sendable (FrameConnection, UInt32) -> Void

    private static func one(
        _ name: String, _ expected: Misbehaviour.Expected, says: String = "", method: String = "GET",
        _ act: @escaping @Sendable (FrameConnection, UInt32) -> Void
    ) -> FrameMisbehaviour {
        FrameMisbehaviour(testDescription: name, method: method, expected: expected, says: says, act: act)
    }

    /// A server that says these fields and nothing more.
    private static func head(
        _ name: String, _ fields: [(String, String)], end: Bool = true, method: String = "GET",
        _ expected: Misbehaviour.Expected, says: String = ""
    ) -> FrameMisbehaviour {
        one(name, expected, says: says, method: method) { $0.headers($1, fields, end: end) }
    }

    private static let ok = [(":status", "200")]

    static let silence: [FrameMisbehaviour] = [
        one("no answer", .failure(.timedOut)) { _, _ in },
        one("closed without a frame", .failure(.reset), says: "closed before a response") { peer, _ in peer.close() },
        head("a body that never comes", ok, end: false, .failure(.bodyTimedOut)),
        one("a dripping body", .failure(.bodyTimedOut)) { peer, stream in
            peer.headers(stream, ok)
            for turn in 0..<200 { peer.later(Int64(turn) * 20) { peer.data(stream, "a") } }
        },
        one("interim answers for ever", .failure(.timedOut)) { peer, stream in
            for turn in 0..<200 { peer.later(Int64(turn) * 20) { peer.headers(stream, [(":status", "102")]) } }
        },
        one("half a frame", .failure(.timedOut)) { peer, _ in peer.raw([0, 0, 50, 1, 4]) },
        one("half a frame, closed", .failure(.reset)) { peer, _ in
            peer.raw([0, 0, 50, 1, 4])
            peer.close()
        },
    ]

    static let endings: [FrameMisbehaviour] = [
        one("reset before an answer", .failure(.reset), says: "RST_STREAM, INTERNAL_ERROR") { $0.reset($1, 2) },
        one("reset with an unknown code", .failure(.reset), says: "RST_STREAM, code 4660") { $0.reset($1, 0x1234) },
        one("refused each time", .failure(.reset), says: "REFUSED_STREAM") { $0.reset($1, 7) },
        one("reset inside the body", .failure(.truncated), says: "RST_STREAM, CANCEL") { peer, stream in
            peer.headers(stream, ok)
            peer.data(stream, "abc")
            peer.reset(stream, 8)
        },
        one("reset without an error inside the body", .failure(.truncated)) { peer, stream in
            peer.headers(stream, ok)
            peer.data(stream, "abc")
            peer.reset(stream, 0)
        },
        one("closed inside the body", .failure(.truncated), says: "closed before the response was complete") {
            peer, stream in
            peer.headers(stream, ok)
            peer.data(stream, "abc")
            peer.close()
        },
        one("given up before an answer", .failure(.reset), says: "GOAWAY, ENHANCE_YOUR_CALM") { peer, stream in
            peer.goAway(last: stream, 11)
            peer.close()
        },
        one("given up inside the body", .failure(.truncated), says: "GOAWAY, INTERNAL_ERROR") { peer, stream in
            peer.headers(stream, ok)
            peer.data(stream, "abc")
            peer.goAway(last: stream, 2)
            peer.close()
        },
        one("given up, and answered all the same", .answer(200)) { peer, stream in
            peer.goAway(last: stream, 0)
            peer.later(50) { peer.respond(stream) }
        },
        one("answered, and reset afterwards", .answer(200)) { peer, stream in
            peer.respond(stream)
            peer.reset(stream, 0)
        },
        one("answered, and closed afterwards", .answer(200)) { peer, stream in
            peer.respond(stream)
            peer.close()
        },
    ]

    static let heads: [FrameMisbehaviour] = [
        head("no status", [("x", "y")], .failure(.protocolError)),
        head("two statuses", ok + ok, .failure(.protocolError)),
        head("a status in words", [(":status", "OK")], .failure(.protocolError)),
        head("a status of two digits", [(":status", "99")], .failure(.protocolError), says: "three-digit status"),
        head("a status of four digits", [(":status", "2000")], .failure(.protocolError), says: "three-digit status"),
        head("a status with a sign", [(":status", "+20")], .failure(.protocolError)),
        head("a status after a header", [("x", "y"), (":status", "200")], .failure(.protocolError)),
        head("an unknown pseudo-header", ok + [(":odd", "1")], .failure(.protocolError)),
        head("capitals in a name", ok + [("X-Odd", "1")], .failure(.protocolError), says: "header that HTTP/2 forbids"),
        head("a blank in a name", ok + [("x odd", "1")], .failure(.protocolError), says: "header that HTTP/2 forbids"),
        head("a NUL in a value", ok + [("x", "a\u{0}b")], .failure(.protocolError)),
        head("a line break in a value", ok + [("x", "a\r\nb: c")], .failure(.protocolError)),
        head("a header of connections", ok + [("connection", "close")], .failure(.protocolError)),
        head("a transfer coding", ok + [("transfer-encoding", "chunked")], .failure(.protocolError)),
        head("a header of 15 KB", ok + [("x", String(repeating: "a", count: 15_000))], .answer(200)),
        one("headers of 20 KB", .failure(.tooLarge), says: "header") { peer, stream in
            peer.long(stream, ok + (0..<4).map { ("x-\($0)", String(repeating: "a", count: 5_000)) })
        },
        one("a small head that becomes a large one", .failure(.protocolError), says: "16 KiB") { peer, stream in
            // A name and value of the dynamic table, named again and again.
            let large = [0x40, 1, 0x78] + FrameConnection.text(String(repeating: "a", count: 4_000))
            peer.frame(1, 5, stream, [0x88] + large + [UInt8](repeating: 0xBE, count: 2_000))
        },
        one("a header of 1 MB", .failure(.tooLarge), says: "header") { peer, stream in
            peer.long(stream, ok + [("x", String(repeating: "a", count: 1 << 20))])
        },
        one("endless continuations", .failure(.tooLarge)) { peer, stream in
            peer.frame(1, 1, stream, FrameConnection.block(ok))
            for _ in 0..<1_000 { peer.frame(9, 0, stream, FrameConnection.block([("x", "y")])) }
        },
        one("continuations of nothing", .failure(.tooLarge)) { peer, stream in
            peer.frame(1, 1, stream)
            for _ in 0..<10_000 { peer.frame(9, 0, stream) }
        },
        head("101", [(":status", "101")], end: false, .failure(.protocolError), says: "101"),
        one("101 and an answer", .failure(.protocolError), says: "101") { peer, stream in
            peer.headers(stream, [(":status", "101")])
            peer.respond(stream)
        },
        one("an interim answer and an answer", .answer(200)) { peer, stream in
            peer.headers(stream, [(":status", "103"), ("link", "x")])
            peer.respond(stream)
        },
        head("an interim answer alone", [(":status", "103")], .failure(.protocolError)),
        one("two heads", .failure(.protocolError)) { peer, stream in
            peer.headers(stream, ok)
            peer.respond(stream)
        },
        one("trailers before the end", .failure(.protocolError), says: "after its trailers") { peer, stream in
            peer.headers(stream, ok)
            peer.headers(stream, [("x-t", "1")])
            peer.data(stream, "more", end: true)
        },
        one("trailers", .answer(200)) { peer, stream in
            peer.headers(stream, ok)
            peer.data(stream, "good")
            peer.headers(stream, [("x-t", "1")], end: true)
        },
        one("a status in trailers", .failure(.protocolError)) { peer, stream in
            peer.headers(stream, ok)
            peer.headers(stream, [(":status", "204")], end: true)
        },
        head("a value in UTF-8", ok + [("x", "caf\u{E9}")], .answer(200)),
        head("status 999", [(":status", "999")], .answer(999)),
    ]

    static let bodies: [FrameMisbehaviour] = [
        one("a body without a head", .failure(.protocolError)) { $0.data($1, "abc", end: true) },
        one("a body after an interim answer", .failure(.protocolError)) { peer, stream in
            peer.headers(stream, [(":status", "103")])
            peer.data(stream, "abc", end: true)
        },
        one("content-length too long", .failure(.protocolError), says: "content-length") { peer, stream in
            peer.headers(stream, ok + [("content-length", "9")])
            peer.data(stream, "abc", end: true)
        },
        one("content-length too short", .failure(.protocolError), says: "content-length") { peer, stream in
            peer.headers(stream, ok + [("content-length", "2")])
            peer.data(stream, "abcdef", end: true)
        },
        head(
            "content-length and no body", ok + [("content-length", "9")], .failure(.protocolError),
            says: "content-length"),
        one("two content-lengths", .failure(.protocolError), says: "content-length") { peer, stream in
            peer.headers(stream, ok + [("content-length", "1"), ("content-length", "2")])
            peer.data(stream, "ab", end: true)
        },
        head("no number", ok + [("content-length", "x")], end: false, .failure(.protocolError), says: "content-length"),
        head("a negative length", ok + [("content-length", "-1")], end: false, .failure(.protocolError)),
        head("far beyond the limit", ok + [("content-length", "2000000000")], end: false, .failure(.tooLarge)),
        one("an endless body", .failure(.tooLarge)) { peer, stream in
            peer.headers(stream, ok)
            peer.flood(stream, bytes: 1 << 30)
        },
        one("more than the window", .failure(.tooLarge)) { peer, stream in
            peer.headers(stream, ok)
            for _ in 0..<2_000 { peer.frame(0, 0, stream, [UInt8](repeating: 0x61, count: 16_384)) }
        },
        one("endless frames of nothing", .failure(.protocolError)) { peer, stream in
            peer.headers(stream, ok)
            for _ in 0..<100_000 { peer.frame(0, 0, stream) }
        },
        one("a body after the end", .answer(200)) { peer, stream in
            peer.respond(stream)
            peer.data(stream, "more", end: true)
        },
        head("HEAD with a length", ok + [("content-length", "9")], method: "HEAD", .answer(200)),
        one("an encoding that nobody asked for", .failure(.badEncoding)) { peer, stream in
            peer.headers(stream, ok + [("content-encoding", "gzip")])
            peer.data(stream, "abc", end: true)
        },
    ]

    static let frames: [FrameMisbehaviour] = [
        one("a frame beyond the largest", .failure(.protocolError)) { peer, stream in
            peer.frame(0, 0, stream, [UInt8](repeating: 0, count: 20_000))
        },
        one("a head that is no HPACK", .failure(.protocolError), says: "invalid HTTP/2 frame") { peer, stream in
            peer.frame(1, 5, stream, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
        },
        one("a name that no table has", .failure(.protocolError)) { $0.frame(1, 5, $1, [0xFE]) },
        one("padding longer than its frame", .failure(.protocolError)) { $0.frame(1, 13, $1, [200, 0]) },
        one("a head of nobody's request", .failure(.protocolError)) { peer, stream in
            peer.headers(stream + 20, ok, end: true)
        },
        one("a stream of the server's own", .failure(.protocolError)) { peer, _ in peer.headers(2, ok, end: true) },
        one("data of no stream", .failure(.protocolError)) { peer, _ in peer.frame(0, 0, 0, [1]) },
        one("settings of seven bytes", .failure(.protocolError)) { peer, _ in
            peer.frame(4, 0, 0, [UInt8](repeating: 0, count: 7))
        },
        one("a setting out of range", .failure(.protocolError)) { peer, _ in
            peer.frame(4, 0, 0, [0, 5, 0, 0, 0, 1])
        },
        one("a window without a size", .failure(.protocolError)) { peer, _ in peer.frame(8, 0, 0, [0, 0, 0, 0]) },
        one("a window beyond the largest", .failure(.protocolError)) { peer, _ in
            peer.frame(8, 0, 0, [0x7F, 0xFF, 0xFF, 0xFF])
        },
        one("a push", .failure(.protocolError)) { peer, stream in
            peer.frame(5, 4, stream, [0, 0, 0, 2] + FrameConnection.block([(":method", "GET"), (":path", "/")]))
        },
        one("a continuation of nothing", .failure(.protocolError)) { $0.frame(9, 4, $1) },
        one("HTTP/1.1 in answer", .failure(.protocolError)) { peer, _ in
            peer.raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))
        },
        one("an unknown frame before the answer", .answer(200)) { peer, stream in
            peer.frame(0x42, 0xFF, stream, [1, 2, 3])
            peer.respond(stream)
        },
        one("a flood of pings", .answer(200)) { peer, stream in
            for _ in 0..<50 { peer.frame(6, 0, 0, [UInt8](repeating: 0, count: 8)) }
            peer.respond(stream)
        },
        one("a flood of settings for ever", .failure(.protocolError)) { peer, _ in
            for _ in 0..<100_000 { peer.frame(4, 0, 0) }
        },
    ]

    static let all = silence + endings + heads + bodies + frames
}
