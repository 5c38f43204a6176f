import Exchanges
import TestKit
import Testing

@testable import LiveTransport

@Suite("Framing of responses")
struct ResponseFramingTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var expectation = ResponseFraming.Expectation.body
        /// How many bytes follow the response; `nil` when it does not end before the connection does.
        var surplus: Int? = 0
        var bodyLength = 0
        var isRefused = false
    }

    static let ok = "HTTP/1.1 200 OK\r\n"

    static let samples: [Sample] = [
        Sample(testDescription: "a length", text: ok + "Content-Length: 3\r\n\r\nabc", bodyLength: 3),
        Sample(testDescription: "no length, 0", text: ok + "content-length:0\r\n\r\n"),
        Sample(
            testDescription: "a length and more", text: ok + "Content-Length: 3\r\n\r\nabcde", surplus: 2, bodyLength: 3
        ),
        Sample(testDescription: "until the end", text: ok + "\r\nabc", surplus: nil, bodyLength: 3),
        Sample(
            testDescription: "chunks",
            text: ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
            bodyLength: 12),
        Sample(
            testDescription: "chunks, trailers and more",
            text: ok + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\nHTTP", surplus: 4, bodyLength: 1),
        Sample(testDescription: "204", text: "HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\nabc", surplus: 3),
        Sample(testDescription: "304", text: "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"),
        Sample(testDescription: "HEAD", text: ok + "Content-Length: 9\r\n\r\n", expectation: .headOnly),
        Sample(testDescription: "HEAD and more", text: ok + "\r\nabc", expectation: .headOnly, surplus: 3),
        Sample(testDescription: "CONNECT", text: ok + "\r\nabc", expectation: .tunnel, surplus: nil),
        Sample(
            testDescription: "interim",
            text: "HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + ok + "Content-Length: 1\r\n\r\na",
            bodyLength: 1),
        Sample(testDescription: "101", text: "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nabc", surplus: nil),
        Sample(
            testDescription: "banana", text: ok + "Transfer-Encoding: banana\r\n\r\n", surplus: nil, isRefused: true),
        Sample(
            testDescription: "two codings", text: ok + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
            surplus: nil, isRefused: true),
        Sample(testDescription: "no HTTP", text: "SSH-2.0-x\r\n\r\n", surplus: nil),
        Sample(
            testDescription: "two lengths", text: ok + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", surplus: nil),
        Sample(testDescription: "a folded length", text: ok + "Content-Length: 1\r\n 2\r\n\r\na", surplus: nil),
    ]

    @Test("a response ends at the same byte, however it is split into segments", arguments: samples)
    func cuts(sample: Sample) {
        let bytes = Array(sample.text.utf8)
        for size in 1...bytes.count {
            var framing = ResponseFraming(sample.expectation)
            var used = 0
            for start in stride(from: 0, to: bytes.count, by: size) where !framing.isOver && framing.fault == nil {
                let piece = Array(bytes[start...].prefix(size))
                used += piece.withUnsafeBytes { framing.take($0) }
            }
            #expect(framing.isOver == (sample.surplus != nil), "\(size)")
            #expect((framing.fault != nil) == sample.isRefused)
            if let surplus = sample.surplus {
                #expect(bytes.count - used == surplus, "\(size)")
                #expect(framing.bodyLength == sample.bodyLength)
            }
        }
    }

    @Test("arbitrary bytes cause no crash and use bounded memory")
    func noise() {
        var generator = SplitMix(seed: 76)
        let parts = [
            "HTTP/1.1 200 OK", "\r\n", "\n", "Content-Length: ", "Transfer-Encoding: chunked", "5", "0", ":", " ",
            "\u{0}", "é",
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 1...20, using: &generator)).map { _ in
                parts.randomElement(using: &generator) ?? ""
            }
            let bytes = Array(text.joined().utf8)
            var framing = ResponseFraming(.body)
            let used = bytes.withUnsafeBytes { framing.take($0) }
            #expect(used <= bytes.count)
            #expect(used == bytes.count || framing.isOver || framing.fault != nil)
        }
    }
}
