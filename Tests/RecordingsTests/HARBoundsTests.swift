import Diagnostics
import Exchanges
import Recordings
import Testing

/// Archives that somebody made to do harm: read within bounds, or rejected with a place.
@Suite("Hostile recordings", .timeLimit(.minutes(20)))
struct HARBoundsTests {
    private func archive(_ entries: String) -> [UInt8] {
        Array("{\"log\": {\"version\": \"1.2\", \"entries\": [\(entries)]}}".utf8)
    }

    private static let small =
        "{\"request\":{\"method\":\"GET\",\"url\":\"https://a.example/x\"},\"response\":{\"status\":204}}"

    @Test("a hundred thousand entries are read")
    func manyEntries() throws {
        let entries = Array(repeating: Self.small, count: 100_000).joined(separator: ",")
        #expect(try HARReader.read(archive(entries), path: "x.har").recording.entries.count == 100_000)
    }

    @Test("a hundred thousand entries with mistakes give a short list of diagnostics")
    func manyMistakes() throws {
        let entries = Array(repeating: "{}", count: 100_000).joined(separator: ",")
        let diagnostics = try HARReader.read(archive(entries), path: "x.har").diagnostics
        #expect(diagnostics.count == 101)
        #expect(diagnostics.last?.message == "99900 more entries have mistakes")
    }

    // 100 MB are tried by hand with a release build: `docs/recordings.md` has the figures.
    @Test("a body of ten megabytes is read byte for byte")
    func largeBody() throws {
        let text = String(repeating: "0123456789", count: 1 << 20)
        let entry =
            "{\"request\":{\"method\":\"GET\",\"url\":\"https://a.example/x\"},"
            + "\"response\":{\"status\":200,\"content\":{\"size\":\(text.utf8.count),\"text\":\"\(text)\"}}}"
        let response = try HARReader.read(archive(entry), path: "x.har").recording.entries.first?.outcome.response
        #expect(response?.body.count == 10 << 20)
        #expect(response?.cut == nil)
    }

    @Test(
        "text of any kind is plain data, and the entry is read",
        arguments: [
            ("method", "\"G\\u001b[31mT\""), ("method", "\"GET \\r\\nX: y\""), ("url", "\"https://a.example/\\u0000\""),
            ("url", "\"https://[::1\""), ("url", "\"https://\""), ("url", "\"https://a.example/../../etc\""),
            ("url", "{}"), ("time", "1e999"), ("time", "-5"), ("time", "\"soon\""),
            ("startedDateTime", "\"0000-99-99\""),
            ("startedDateTime", "99999999999999999999"), ("status", "1e999"), ("status", "-200"),
            ("status", "99999999999999999999"),
            ("size", "-9223372036854775809"), ("size", "1e400"), ("size", "[]"), ("text", "[1]"), ("text", "null"),
            ("encoding", "7"), ("encoding", "\"base64\""), ("header", "\"a\\r\\nX-Injected: 1\""),
            ("header", "\"\\ud83d\\ude00\\u2028\""),
            ("header", "{}"),
        ])
    func hostileValues(place: String, value: String) throws {
        func or(_ name: String, _ usual: String) -> String { name == place ? value : usual }
        let entry = """
            {"startedDateTime": \(or("startedDateTime", "\"2026-01-02T03:04:05Z\"")), "time": \(or("time", "1")),
             "request": {"method": \(or("method", "\"GET\"")), "url": \(or("url", "\"https://a.example/x\"")),
               "headers": [{"name": "x", "value": \(or("header", "\"1\""))}], "bodySize": \(or("size", "0"))},
             "response": {"status": \(or("status", "200")), "headers": [{"name": "x", "value": \(or("header", "\"1\""))}],
               "content": {"size": \(or("size", "1")), "text": \(or("text", "\"é\"")), "encoding": \(or("encoding", "null"))}}}
            """
        let (recording, diagnostics) = try HARReader.read(archive(entry + "," + Self.small), path: "x.har")
        #expect(recording.entries.last?.outcome.response?.status == 204)
        #expect(recording.entries.count + diagnostics.count(where: { $0.severity > .note }) >= 2)
        for entry in recording.entries {
            let fields = entry.request.headers + (entry.outcome.response?.headers ?? [])
            #expect(fields.allSatisfy { !$0.value.utf8.contains(0x0A) && !$0.value.utf8.contains(0x0D) })
            #expect(entry.duration >= .zero && entry.duration <= .seconds(1_000_000))
        }
    }

    @Test(
        "a file that is not UTF-8 JSON is rejected with the location",
        arguments: [
            (Array("{\"log\": {\"entries\": [{\"request\": {\"url\": \"".utf8) + [0xFF, 0x22], 1),
            (Array("{\"log\":\n {\"entries\": [\"\\ud800\"]}}".utf8), 2),
            (Array("{\"log\":\n\n {\"entries\": [\u{0}]}}".utf8), 3),
            (Array(repeating: UInt8(ascii: "["), count: 100_000), 1),
            ([0xFF, 0xFE, 0x7B, 0x00], 1),
        ] as [([UInt8], Int)])
    func rejected(bytes: [UInt8], line: Int) {
        let error = #expect(throws: RecordingError.self) { try HARReader.read(bytes, path: "x.har") }
        #expect(error?.diagnostics.map(\.rule) == ["recording.syntax"])
        #expect(error?.diagnostics.first?.location?.line == line, "\(error?.diagnostics.map(\.message) ?? [])")
    }

    @Test("a byte order mark and repeated members are accepted")
    func mark() throws {
        let bytes = [0xEF, 0xBB, 0xBF] + archive("{\"request\": 1, " + Self.small.dropFirst())
        #expect(try HARReader.read(bytes, path: "x.har").recording.entries.count == 1)
    }
}
