import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Recordings
import TestKit
import Testing

/// Members of our own recordings: all of them survive, and damaged ones are errors with a location.
@Suite("Members of our own recordings")
struct OwnHARTests {
    private static let start = Instant("2026-03-01T10:00:00Z") ?? Instant(microsecondsSinceEpoch: 0)
    private static let place = SourceLocation(file: "t/a.har", line: 1, column: 1)

    private static func recording(_ entries: [RecordedExchange], notRun: [NotRun] = []) -> Recording {
        Recording(
            path: "t/a.har",
            origin: RecordingOrigin(
                scenario: "a", values: JournalOrigin(seed: "s \"x\"\n", startedAt: start), target: "shop", isMock: true,
                baseURL: "http://mock.invalid/v1", contracts: [.init(name: "1", fingerprint: "f")], notRun: notRun),
            entries: entries)
    }

    private static func readBack(_ recording: Recording) throws -> Recording {
        let bytes = HARWriter.bytes(of: recording, version: "1.0.0")
        var read = try HARReader.read(bytes, path: recording.path).recording
        for index in read.entries.indices { read.entries[index].location = place }
        return read
    }

    @Test(
        "every reason of a step that was not run survives",
        arguments: [
            .missingValue(step: "x", path: "id"), .setupFailed(step: "x"), .sessionFailed(scenario: "login"), .stopped,
            .skipped("why"), .unbuildable("why"), .unjudged("why"),
        ] as [NotRun.Reason])
    func reasons(reason: NotRun.Reason) throws {
        let recording = Self.recording([], notRun: [NotRun(scenario: "a", step: "b", reason: reason)])
        #expect(try Self.readBack(recording) == recording)
    }

    @Test("every class of failure survives", arguments: TransportFailure.Class.allCases)
    func failures(kind: TransportFailure.Class) throws {
        let recording = Self.recording([
            RecordedExchange(
                request: RequestMessage(method: "GET", url: "http://mock.invalid/v1"),
                outcome: .failure(TransportFailure(kind, "message \u{0} 😀")), startedAt: Self.start,
                step: RecordedStep(name: "x", operation: nil, contract: "1"), location: Self.place)
        ])
        #expect(try Self.readBack(recording) == recording)
    }

    @Test("random recordings survive: positions, headers, cuts, defects and deliveries")
    func random() throws {
        var random = SplitMix(seed: 77)
        let texts = ["a", "", "é \"x\"", "a\tb", "‹secret KEY›", "x; y=\"1\"", "\u{1F600}"]
        func headers() -> [HeaderField] {
            (0..<random.number(below: 4)).map { HeaderField(name: "x-\($0)", value: random.pick(texts)) }
        }
        func body() -> [UInt8] { (0..<random.number(below: 20)).map { _ in UInt8.random(in: 0...255, using: &random) } }
        func cut() -> BodyCut? { random.once(in: 3) ? BodyCut(length: random.number(below: 999), hash: "ab") : nil }
        for _ in 0..<150 {
            let entries = (0..<random.number(below: 4)).map { index in
                var step = RecordedStep(
                    name: random.pick(texts), attempt: 1 + random.number(below: 3), hop: random.number(below: 2),
                    operation: random.once(in: 2) ? nil : random.pick(texts), contract: random.pick(texts))
                step.isConcurrent = random.once(in: 3)
                // The cut of a request belongs to its body.
                let body1: [UInt8]? = random.once(in: 2) ? nil : body()
                let request = RequestMessage(
                    method: random.pick(["GET", "POST", "x-Own"]),
                    url: "http://mock.invalid/\(index)?a=\(random.number(below: 9))&b",
                    headers: headers(), body: body1, cut: body1 == nil ? nil : cut(), isReceived: random.once(in: 4))
                let response = ResponseMessage(
                    status: 100 + random.number(below: 900), version: random.pick(["HTTP/1.1", "HTTP/2", "HTTP/1.0"]),
                    headers: headers(), body: body(), cut: cut(),
                    defects: random.once(in: 3)
                        ? [TransportDefect(.surplus, random.pick(texts), isLate: random.once(in: 2))] : [])
                return RecordedExchange(
                    request: request, outcome: .response(response), startedAt: Self.start, step: step,
                    location: Self.place)
            }
            let recording = Self.recording(entries)
            #expect(try Self.readBack(recording) == recording)
            // The text is suitable for version control: equal recordings have equal bytes, with one member a line.
            let bytes = HARWriter.bytes(of: recording, version: "1.0.0")
            #expect(bytes == HARWriter.bytes(of: try Self.readBack(recording), version: "1.0.0") && bytes.last == 0x0A)
        }
    }

    // MARK: Damage

    private static let whole = #"""
        {"log": {"version": "1.2", "_assay": {"format": "assay-recording/1", "scenario": "a", "seed": "s",
          "startedAt": "2026-03-01T10:00:00Z", "target": "mock", "mock": true, "baseURL": "http://mock.invalid/v1",
          "contracts": [{"name": "1", "fingerprint": "f"}], "notRun": []},
         "entries": [{"startedDateTime": "2026-03-01T10:00:00Z", "time": 0,
          "request": {"method": "POST", "url": "http://mock.invalid/v1/x", "headers": [],
            "postData": {"mimeType": "", "text": "/w==", "_encoding": "base64"}},
          "response": {"status": 200, "headers": [], "content": {"size": 1, "text": "/w==", "encoding": "base64"}},
          "_assay": {"step": "x", "attempt": 1, "hop": 0, "contract": "1"}}]}}
        """#

    @Test("an undamaged recording is read")
    func undamaged() throws {
        let (recording, diagnostics) = try HARReader.read(Array(Self.whole.utf8), path: "a.har")
        #expect(diagnostics.isEmpty && recording.origin?.scenario == "a" && recording.origin?.isMock == true)
        #expect(recording.entries.first?.request.body == [0xFF] && recording.entries.first?.step?.name == "x")
        #expect(recording.entries.first?.outcome.response?.body == [0xFF])
    }

    @Test(
        "a damaged member is an error at its location, with what to do",
        arguments: [
            (
                "\"format\": \"assay-recording/1\"", "\"format\": \"assay-recording/2\"",
                "the recording has the format \"assay-recording/2\", this version reads assay-recording/1", "1:38"
            ),
            (
                "\"format\": \"assay-recording/1\"", "\"formal\": 1",
                "the recording has the format none, this version reads assay-recording/1", "1:38"
            ),
            (
                "\"scenario\": \"a\"", "\"scenario\": 1",
                "`_assay` does not name scenario, seed, startedAt and baseURL", "1:38"
            ),
            (
                "\"2026-03-01T10:00:00Z\", \"target\"", "\"soon\", \"target\"",
                "`_assay` does not name scenario, seed, startedAt and baseURL", "1:38"
            ),
            (
                "\"attempt\": 1", "\"attempt\": \"x\"",
                "`_assay` of the entry does not name a step, an attempt and a contract", "8:13"
            ),
            (
                "\"contract\": \"1\"", "\"contract\": null",
                "`_assay` of the entry does not name a step, an attempt and a contract", "8:13"
            ),
            (
                "\"text\": \"/w==\", \"_encoding\"", "\"text\": \"/w=\", \"_encoding\"", "the body is not valid base64",
                "6:17"
            ),
            (
                "\"text\": \"/w==\", \"encoding\"", "\"text\": \"*\", \"encoding\"", "the body is not valid base64",
                "7:57"
            ),
            (
                "\"_encoding\": \"base64\"", "\"_encoding\": \"base64\", \"_sha256\": \"00\"",
                "the body differs from its hash `_sha256`", "6:17"
            ),
        ])
    func damaged(part: String, damage: String, message: String, place: String) {
        let text = Self.whole.replacing(part, with: damage)
        let error = #expect(throws: RecordingError.self) { try HARReader.read(Array(text.utf8), path: "a.har") }
        #expect(error?.diagnostics.map(\.message) == [message])
        #expect(error?.diagnostics.first?.location?.description == "a.har:\(place)")
        #expect(error?.diagnostics.first?.help == "record it again" && error?.diagnostics.first?.severity == .error)
    }

    // MARK: Journals

    @Test("recordings become one journal: exchanges numbered in their order, each scenario with its own origin")
    func journal() {
        func named(_ scenario: String, seed: String) -> Recording {
            var recording = Self.recording(
                [
                    RecordedExchange(
                        request: RequestMessage(method: "GET", url: "http://mock.invalid/\(scenario)"),
                        outcome: .response(ResponseMessage(status: 200)), startedAt: Self.start,
                        step: RecordedStep(name: "x", attempt: 2, hop: 1, operation: "getX", contract: "1"),
                        location: Self.place)
                ], notRun: [NotRun(scenario: scenario, step: "y", reason: .stopped)])
            recording.origin?.scenario = scenario
            recording.origin?.values.seed = seed
            return recording
        }
        let foreign = Recording(path: "x.har", entries: [])
        let journal = Journal(recordings: [named("a", seed: "1"), foreign, named("b", seed: "2")])
        #expect(journal.exchanges.map(\.sequence) == [1, 2] && journal.exchanges.map(\.scenario) == ["a", "b"])
        #expect(journal.exchanges[0].attempt == 2 && journal.exchanges[0].hop == 1)
        #expect(journal.header.seed == "1" && journal.origins["b"]?.seed == "2")
        #expect(journal.ended == ["a", "b"] && journal.notRun.count == 2)
        #expect(journal.header.contracts.map(\.name) == ["1"])
        #expect(Journal(recordings: [foreign]).exchanges.isEmpty)
    }

    @Test(
        "the path of a recording is that of its table and scenario, safe for every file system",
        arguments: [
            ("buy", "scenarios/orders.csv", "orders/buy.har"), ("buy", "orders", "orders/buy.har"),
            ("buy@2026-01-01", "a/b/c.csv", "c/buy@2026-01-01.har"),
        ])
    func paths(scenario: String, table: String, path: String) {
        #expect(RecordingPath.path(ofScenario: scenario, table: table) == path)
    }
}
