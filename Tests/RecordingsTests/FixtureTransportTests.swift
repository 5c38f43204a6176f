import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Recordings
import Testing

@Suite("Responses from recordings")
struct FixtureTransportTests {
    private static let start = Instant(microsecondsSinceEpoch: 1_000_000)

    private static let recorded = RequestMessage(
        method: "POST", url: "https://a.example/v1/things?x=1",
        headers: [
            HeaderField(name: "accept", value: "application/json"), HeaderField(name: "user-agent", value: "assay/0.1"),
            HeaderField(name: "x-key", value: "‹secret KEY›"),
        ], body: Array("{\"amount\": 10, \"tags\": [\"a\"]}".utf8))

    private func transport() -> FixtureTransport {
        let entry = RecordedExchange(
            request: Self.recorded, outcome: .response(ResponseMessage(status: 201)), startedAt: Self.start,
            step: RecordedStep(name: "create", operation: "createThing", contract: "1"),
            location: SourceLocation(file: "a.har", line: 1, column: 1))
        let origin = RecordingOrigin(
            scenario: "a", values: JournalOrigin(seed: "s", startedAt: Self.start), target: "sandbox", isMock: false,
            baseURL: "https://a.example/v1", contracts: [])
        return FixtureTransport(
            [Recording(path: "a.har", origin: origin, entries: [entry])],
            redactor: Redactor(secrets: [("KEY", "top-secret-value")]), credentialFields: ["X-Key"],
            renewal: "assay record --update")
    }

    private func send(
        _ request: RequestMessage, scenario: String = "a", step: String = "create", attempt: Int = 1
    ) async -> ExchangeOutcome {
        let pending = PendingExchange(
            sequence: 1, scenario: scenario, step: step, attempt: attempt, operation: nil, contract: "1",
            request: request, startedAt: Self.start)
        return await transport().send(pending, deadline: .seconds(1)) {}
    }

    @Test("an equal request receives the recorded response, whatever the secret and the version of Assay")
    func equal() async {
        var request = Self.recorded
        request.headers[1].value = "assay/9.9"
        request.headers[2].value = "top-secret-value"
        #expect(await send(request).response?.status == 201)
        request.headers[2].value = "another value, whose name is not known"
        #expect(await send(request).response?.status == 201)
    }

    @Test(
        "a different request receives no response, and the message names the place and both values",
        arguments: [
            ("method", "method: recorded POST, sent PUT"),
            ("url", "url: recorded https://a.example/v1/things?x=1, sent https://a.example/v1/things?x=2"),
            ("header", "header accept: recorded application/json, sent nothing"),
            ("extra header", "header x-more: recorded nothing, sent 1"),
            ("no credential", "header x-key: recorded ‹secret KEY›, sent nothing"),
            ("member", "body /amount: recorded 10, sent 11"), ("bytes", "body: the same JSON value in other bytes"),
            ("element", "body /tags/1: recorded nothing, sent \"b\""),
            ("no body", "body: recorded {\"amount\": 10, \"tags\": [\"a\"]}, sent nothing"),
        ])
    func different(change: String, message: String) async {
        var request = Self.recorded
        switch change {
        case "method": request.method = "PUT"
        case "url": request.url = "https://a.example/v1/things?x=2"
        case "header": request.headers.remove(at: 0)
        case "extra header": request.headers.append(HeaderField(name: "x-more", value: "1"))
        case "no credential": request.headers.removeLast()
        case "member": request.body = Array("{\"amount\": 11, \"tags\": [\"a\"]}".utf8)
        case "bytes": request.body = Array("{\"amount\":10,\"tags\":[\"a\"]}".utf8)
        case "element": request.body = Array("{\"amount\": 10, \"tags\": [\"a\", \"b\"]}".utf8)
        default: request.body = nil
        }
        let failure = await send(request).failure
        #expect(failure?.class == .requestDiffers)
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
        #expect(failure?.message.contains("assay record --update") == true)
    }

    @Test("a step, attempt or scenario without a recording is reported")
    func missing() async {
        #expect(await send(Self.recorded, step: "fetch").failure?.class == .notRecorded)
        #expect(await send(Self.recorded, scenario: "b").failure?.class == .notRecorded)
        let failure = await send(Self.recorded, attempt: 2).failure
        #expect(failure?.class == .notRecorded)
        #expect(failure?.message.contains("in attempt 2") == true)
        #expect(transport().hasAttempt(1, ofStep: "create", in: "a"))
        #expect(!transport().hasAttempt(2, ofStep: "create", in: "a"))
    }

    @Test("changes between two recordings are named by step and place, without volatile places")
    func changes() throws {
        func recording(_ response: ResponseMessage) -> Recording {
            Recording(
                path: "a.har",
                entries: [
                    RecordedExchange(
                        request: Self.recorded, outcome: .response(response), startedAt: Self.start,
                        step: RecordedStep(name: "create", operation: nil, contract: "1"),
                        location: SourceLocation(file: "a.har", line: 1, column: 1))
                ])
        }
        let old = ResponseMessage(
            status: 200, headers: [HeaderField(name: "X-A", value: "1"), HeaderField(name: "gone", value: "x")],
            body: Array("{\"id\": 1, \"at\": \"t1\"}".utf8))
        let new = ResponseMessage(
            status: 201, headers: [HeaderField(name: "x-a", value: "2")],
            body: Array("{\"id\": \"1\", \"at\": \"t2\"}".utf8))
        let found = RecordingChange.between(recording(old), recording(new)) { $0.tokens == ["at"] }
        #expect(
            found.map { [$0.step, $0.place, $0.old ?? "–", $0.new ?? "–"].joined(separator: " ") } == [
                "create status 200 201", "create header x-a 1 2", "create header gone x –", "create /id 1 \"1\"",
            ])
        #expect(RecordingChange.between(recording(old), recording(old)).isEmpty)
    }
}
