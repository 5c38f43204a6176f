import Diagnostics
import Exchanges
import Primitives
import Recordings
import TestKit
import Testing

@Suite("Our own recordings")
struct HARRoundTripTests {
    private static let startedAt = Instant("2026-03-01T10:00:00Z") ?? Instant(microsecondsSinceEpoch: 0)

    /// A recording with one exchange.
    private func recording(_ request: RequestMessage, _ outcome: ExchangeOutcome) -> Recording {
        Recording(
            path: "t/a.har",
            origin: RecordingOrigin(
                scenario: "a", values: JournalOrigin(seed: "s", startedAt: Self.startedAt), target: "sandbox",
                isMock: false, baseURL: "https://a.example/v1",
                contracts: [.init(name: "1", fingerprint: "f")],
                notRun: [
                    NotRun(scenario: "a", step: "b", reason: .skipped("marked skip")),
                    NotRun(scenario: "a", step: "c", reason: .missingValue(step: "x", path: "id")),
                ]),
            entries: [
                RecordedExchange(
                    request: request, outcome: outcome, startedAt: Self.startedAt,
                    step: RecordedStep(name: "x", attempt: 2, hop: 1, operation: "getX", contract: "1"),
                    location: SourceLocation(file: "t/a.har", line: 1, column: 1))
            ])
    }

    private func readBack(_ recording: Recording) throws -> Recording {
        let (read, diagnostics) = try HARReader.read(
            HARWriter.bytes(of: recording, version: "1.0.0"), path: recording.path)
        #expect(diagnostics.isEmpty)
        var located = read
        for index in located.entries.indices { located.entries[index].location = recording.entries[0].location }
        return located
    }

    @Test(
        "every body survives byte for byte",
        arguments: [
            [], Array("{\"a\": 1.0}\n".utf8), Array("\u{FEFF}text\u{0}\u{1F}\u{7F}\u{2028}😀".utf8), [0xFF, 0xFE, 0, 1],
            Array(0...255), Array("not JSON {".utf8), Array("é".utf8.dropLast()), [0x0D, 0x0A, 0x0D],
        ])
    func bodies(body: [UInt8]) throws {
        let recorded = recording(
            RequestMessage(
                method: "POST", url: "https://a.example/v1/x?a=1&b=%20",
                headers: [HeaderField(name: "Content-Type", value: "text/plain")], body: body),
            .response(
                ResponseMessage(
                    status: 201, version: "HTTP/2",
                    headers: [HeaderField(name: "X-A", value: "1"), HeaderField(name: "x-a", value: "")], body: body)))
        let read = try readBack(recorded)
        #expect(read == recorded)
    }

    @Test("requests that were sent at once, and deliveries, stay so", arguments: [true, false])
    func positions(isMarked: Bool) throws {
        var recorded = recording(
            RequestMessage(method: "POST", url: "https://a.example/v1/x", body: [0x7B, 0x7D], isReceived: isMarked),
            .response(ResponseMessage(status: 200)))
        recorded.entries[0].step?.isConcurrent = isMarked
        let read = try readBack(recorded)
        #expect(read.entries[0].step?.isConcurrent == isMarked && read.entries[0].request.isReceived == isMarked)
        #expect(read == recorded)
    }

    @Test("a thousand random bodies survive byte for byte")
    func randomBodies() throws {
        var generator = SplitMix(seed: 60)
        for _ in 0..<1_000 {
            let length = Int.random(in: 0...60, using: &generator)
            // Half of them are text, so that both ways of writing a body are used.
            let isText = Bool.random(using: &generator)
            let body = (0..<length).map { _ in
                isText ? UInt8.random(in: 0...0x7F, using: &generator) : UInt8.random(in: 0...255, using: &generator)
            }
            let recorded = recording(
                RequestMessage(method: "PUT", url: "http://a.example/", body: body),
                .response(ResponseMessage(status: 200, body: body)))
            #expect(try readBack(recorded) == recorded, "\(body)")
        }
    }

    @Test("a missing response keeps its class and message")
    func failure() throws {
        let recorded = recording(
            RequestMessage(method: "GET", url: "https://a.example/v1/x"),
            .failure(TransportFailure(.timedOut, "no response within 2 s")))
        #expect(try readBack(recorded) == recorded)
    }

    @Test("a cut body stays cut")
    func cut() throws {
        let recorded = recording(
            RequestMessage(method: "GET", url: "https://a.example/v1/x"),
            .response(
                ResponseMessage(status: 200, body: [0x61, 0x62], cut: BodyCut(length: 9, hash: "0123456789abcdef"))))
        #expect(try readBack(recorded) == recorded)
    }

    @Test("a base64 body that differs from its hash is an error with its location")
    func damaged() throws {
        let recorded = recording(
            RequestMessage(method: "GET", url: "https://a.example/v1/x"),
            .response(ResponseMessage(status: 200, body: [0xFF, 0x00, 0x01])))
        let text = String(decoding: HARWriter.bytes(of: recorded, version: "1.0.0"), as: UTF8.self)
        #expect(text.contains("\"/wAB\""))
        let error = #expect(throws: RecordingError.self) {
            try HARReader.read(Array(text.replacing("\"/wAB\"", with: "\"/wAC\"").utf8), path: "a.har")
        }
        #expect(error?.diagnostics.map(\.message) == ["the body differs from its hash `_sha256`"])
        #expect(error?.diagnostics.first?.location?.file == "a.har")
        #expect((error?.diagnostics.first?.location?.line ?? 0) > 20)
    }

    @Test(
        "a file that is not a recording is rejected with its location",
        arguments: [
            ("{", "recording.syntax"), ("[]", "recording.format"), ("{\"log\": {}}", "recording.format"),
            ("{\"log\": {\"_assay\": {\"format\": \"assay-recording/9\"}, \"entries\": []}}", "recording.entry"),
            ("{\"log\": {\"_assay\": {\"format\": \"assay-recording/1\"}, \"entries\": []}}", "recording.entry"),
        ])
    func rejected(text: String, rule: String) {
        let error = #expect(throws: RecordingError.self) { try HARReader.read(Array(text.utf8), path: "a.har") }
        #expect(error?.diagnostics.map(\.rule) == [rule])
        #expect(error?.diagnostics.first?.location?.file == "a.har")
    }

    @Test("a recording of a journal is stable: no mock address, cookies or times of the exchange")
    func stable() throws {
        let header = JournalHeader(
            seed: "s", startedAt: Self.startedAt, target: "mock", baseURL: "http://127.0.0.1:54321/v1",
            contracts: [.init(name: "1", fingerprint: "f")])
        let exchange = Exchange(
            sequence: 7, scenario: "a", step: "x", operation: "getX", contract: "1",
            request: RequestMessage(
                method: "GET", url: "http://127.0.0.1:54321/v1/x",
                headers: [HeaderField(name: "Cookie", value: "sid=abc; theme=dark")]),
            outcome: .response(
                ResponseMessage(
                    status: 200,
                    headers: [
                        HeaderField(name: "Set-Cookie", value: "sid=abcdef; Path=/; HttpOnly"),
                        HeaderField(name: "Date", value: "Tue, 03 Mar 2026 11:12:13 GMT"),
                        HeaderField(name: "Content-Length", value: "37"),
                    ], body: Array("{\"next\": \"http://127.0.0.1:54321/v1/y\"}".utf8))),
            startedAt: Self.startedAt.advanced(by: .seconds(5)), duration: .milliseconds(12))
        let journal = Journal(header: header, exchanges: [exchange], ended: ["a"])
        let recordings = Recording.recordings(
            of: journal, scenarios: [("a", "scenarios/t.csv", nil), ("b", "scenarios/t.csv", nil)], isMock: true)
        #expect(recordings.map(\.path) == ["t/a.har"])
        let entry = try #require(recordings.first?.entries.first)
        #expect(entry.request.url == "http://mock.invalid/v1/x")
        #expect(entry.request.header("cookie") == ["sid=‹cookie›; theme=‹cookie›"])
        #expect(entry.startedAt == Self.startedAt)
        #expect(entry.duration == .zero)
        let response = try #require(entry.outcome.response)
        #expect(response.header("set-cookie") == ["sid=‹cookie›; Path=/; HttpOnly"])
        #expect(response.header("date") == ["Sun, 01 Mar 2026 10:00:00 GMT"])
        #expect(response.body == Array("{\"next\": \"http://mock.invalid/v1/y\"}".utf8))
        #expect(response.header("content-length") == ["\(response.body.count)"])
        #expect(recordings.first?.origin?.baseURL == "http://mock.invalid/v1")
    }

    @Test("two scenarios never share a file")
    func paths() {
        let names = [
            "a", "A", "a b", "a-b", "a/b", "../a", "..", ".", "", "é", "e\u{301}", "a@2023-08-01", "a[1]", "a[2]",
            String(repeating: "x", count: 300), String(repeating: "x", count: 301), "con\u{0}", "CON",
        ]
        let paths = names.map { RecordingPath.path(ofScenario: $0, table: "scenarios/t.csv").lowercased() }
        #expect(Set(paths).count == names.count)
        for path in paths {
            #expect(path.hasPrefix("t/") && path.hasSuffix(".har") && path.utf8.count < 130, "\(path)")
            #expect(!path.contains("..") && path.split(separator: "/").count == 2, "\(path)")
        }
    }
}
