import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Recordings
import Testing

/// The changes between an old and a new recording of a scenario.
@Suite("Changes of recordings")
struct RecordingChangeTests {
    private static let start = Instant(microsecondsSinceEpoch: 1_000_000)

    private static let request = RequestMessage(
        method: "PUT", url: "https://a.example/v1/x?a=1",
        headers: [
            HeaderField(name: "accept", value: "*/*"), HeaderField(name: "user-agent", value: "assay/0.1"),
            HeaderField(name: "authorization", value: "‹secret A›"),
        ], body: Array(#"{"a":1,"b":["x"]}"#.utf8))

    private static func entry(
        _ request: RequestMessage = request, _ outcome: ExchangeOutcome = .response(ResponseMessage(status: 204)),
        step: RecordedStep = RecordedStep(name: "put", operation: "putX", contract: "1")
    ) -> RecordedExchange {
        RecordedExchange(
            request: request, outcome: outcome, startedAt: start, step: step,
            location: SourceLocation(file: "a.har", line: 1, column: 1))
    }

    private static func recording(_ entries: [RecordedExchange], seed: String = "s") -> Recording {
        Recording(
            path: "a.har",
            origin: RecordingOrigin(
                scenario: "a", values: JournalOrigin(seed: seed, startedAt: start), target: "mock", isMock: true,
                baseURL: "http://mock.invalid", contracts: []), entries: entries)
    }

    private static func texts(_ changes: [RecordingChange]) -> [String] {
        changes.map { [$0.step, $0.place + ":", $0.old ?? "–", "→", $0.new ?? "–"].joined(separator: " ") }
    }

    private static func changes(_ old: RecordedExchange, _ new: RecordedExchange) -> [String] {
        texts(RecordingChange.between(recording([old]), recording([new])))
    }

    // MARK: Requests

    @Test(
        "a changed request is a change, although the response is the same",
        arguments: [
            ("method", "put request method: PUT → PATCH"),
            ("url", "put request url: https://a.example/v1/x?a=1 → https://a.example/v1/x?a=2"),
            ("header", "put request header x-note: – → hello"), ("no header", "put request header accept: */* → –"),
            ("no credential", "put request header authorization: ‹secret A› → –"),
            ("member", "put request body /a: 1 → 2"), ("element", "put request body /b/1: – → \"y\""),
            ("spelling", "put request body: – → the same JSON value in other bytes"),
            ("text", "put request body: {\"a\":1,\"b\":[\"x\"]} → hello"),
            ("no body", "put request body: {\"a\":1,\"b\":[\"x\"]} → –"),
        ])
    func requests(change: String, text: String) {
        var request = Self.request
        switch change {
        case "method": request.method = "PATCH"
        case "url": request.url = "https://a.example/v1/x?a=2"
        case "header": request.headers.append(HeaderField(name: "X-Note", value: "hello"))
        case "no header": request.headers.removeFirst()
        case "no credential": request.headers.removeLast()
        case "member": request.body = Array(#"{"a":2,"b":["x"]}"#.utf8)
        case "element": request.body = Array(#"{"a":1,"b":["x","y"]}"#.utf8)
        case "spelling": request.body = Array(#"{"a": 1,"b":["x"]}"#.utf8)
        case "text": request.body = Array("hello".utf8)
        default: request.body = nil
        }
        #expect(Self.changes(Self.entry(), Self.entry(request)) == [text])
    }

    @Test("the version of Assay, other credentials and requests with another seed are not changes")
    func unchangedRequests() {
        var request = Self.request
        request.headers[1].value = "assay/9.9"
        request.headers[2].value = "‹secret B›"
        #expect(Self.changes(Self.entry(), Self.entry(request)) == [])
        request.url = "https://a.example/v1/generated"
        let (old, new) = (Self.recording([Self.entry()]), Self.recording([Self.entry(request)], seed: "t"))
        #expect(RecordingChange.between(old, new) == [])
    }

    @Test("the request of a delivery is the target's, and is compared as little as before")
    func deliveries() {
        var delivery = Self.request
        delivery.isReceived = true
        var other = delivery
        other.body = Array("{}".utf8)
        #expect(Self.changes(Self.entry(delivery), Self.entry(other)) == [])
    }

    @Test("two cut bodies are equal if their hashes are")
    func cutBodies() {
        var (one, other) = (Self.request, Self.request)
        one.cut = BodyCut(length: 100, hash: "0123456789abcdef")
        other.cut = one.cut
        #expect(Self.changes(Self.entry(one), Self.entry(other)) == [])
        other.cut = BodyCut(length: 100, hash: "fedcba9876543210")
        #expect(
            Self.changes(Self.entry(one), Self.entry(other)) == [
                "put request body: – → it differs from the recorded one"
            ])
    }

    // MARK: Responses

    private static func response(
        _ body: String, status: Int = 200, headers: [(String, String)] = []
    ) -> RecordedExchange {
        entry(
            request,
            .response(
                ResponseMessage(
                    status: status, headers: headers.map { HeaderField(name: $0.0, value: $0.1) },
                    body: Array(body.utf8))))
    }

    @Test("texts that only look alike are different")
    func alike() {
        let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
        let (old, new) = (Self.response("[\"\(composed)\"]"), Self.response("[\"\(decomposed)\"]"))
        #expect(Self.changes(old, new).count == 1)
        let (one, other) = (
            Self.response("", headers: [("x", composed)]), Self.response("", headers: [("x", decomposed)])
        )
        #expect(Self.changes(one, other).count == 1)
        var (before, after) = (Self.request, Self.request)
        before.headers[0].value = composed
        after.headers[0].value = decomposed
        #expect(Self.changes(Self.entry(before), Self.entry(after)).count == 1)
    }

    @Test(
        "bodies are compared as JSON, and otherwise as bytes",
        arguments: [
            ("{\"a\":1}", "{\"a\":2}", ["put /a: 1 → 2"]),
            ("{\"a\":1}", "{\"a\": 1}", ["put body: 7 bytes → the same JSON value in other bytes"]),
            ("1", "[1]", ["put body: 1 → [1]"]), ("a", "a", []),
        ])
    func bodies(old: String, new: String, texts: [String]) {
        #expect(Self.changes(Self.response(old), Self.response(new)) == texts)
    }

    @Test("a body that is not JSON is described by its size and digest")
    func otherBodies() {
        let texts = Self.changes(Self.response("{}"), Self.response("text"))
        // printf '{}' | sha256sum; printf text | sha256sum
        #expect(
            texts == [
                "put body: 2 bytes with the SHA-256 44136fa355b3… → 4 bytes with the SHA-256 982d9e3eb996…"
            ])
        #expect(Self.changes(Self.response("text"), Self.response(""))[0].hasSuffix("→ 0 bytes"))
    }

    @Test("headers are compared by name in any case, all lines together, without the length of the body")
    func headers() {
        let old = Self.response("", headers: [("X-A", "1"), ("x-a", "2"), ("Content-Length", "3")])
        let same = Self.response("", headers: [("x-a", "1"), ("X-A", "2"), ("content-length", "4")])
        #expect(Self.changes(old, same) == [])
        let new = Self.response("", headers: [("x-a", "2"), ("x-a", "1"), ("y", "")])
        #expect(Self.changes(old, new) == ["put header x-a: 1, 2 → 2, 1", "put header y: – → "])
    }

    @Test("a response in place of a failure, and another failure, are changes of the outcome")
    func outcomes() {
        let timeout = Self.entry(Self.request, .failure(TransportFailure(.timedOut, "no response")))
        let reset = Self.entry(Self.request, .failure(TransportFailure(.reset, "reset")))
        #expect(Self.changes(timeout, timeout) == [])
        #expect(Self.changes(timeout, reset) == ["put outcome: PUT /v1/x → timedOut → PUT /v1/x → reset"])
        #expect(
            Self.changes(timeout, Self.response("", status: 201)) == [
                "put outcome: PUT /v1/x → timedOut → PUT /v1/x → 201"
            ])
    }

    @Test("steps and attempts that only one recording has are exchanges that went or came")
    func steps() {
        let again = Self.entry(step: RecordedStep(name: "put", attempt: 2, operation: "putX", contract: "1"))
        let other = Self.entry(step: RecordedStep(name: "get", operation: nil, contract: "1"))
        let found = RecordingChange.between(
            Self.recording([Self.entry(), again]), Self.recording([Self.entry(), other]))
        #expect(
            Self.texts(found) == [
                "put (attempt 2) exchange: PUT /v1/x → 204 → –", "get exchange: – → PUT /v1/x → 204",
            ])
        #expect(RecordingChange.between(Self.recording([]), Self.recording([])) == [])
    }

    @Test("volatile places of bodies may differ, and a difference next to them is found")
    func volatile() {
        let (old, new) = (Self.response(#"{"id":"a","n":1}"#), Self.response(#"{"id":"b","n":1}"#))
        let changed = Self.response(#"{"id":"b","n":2}"#)
        func found(_ new: RecordedExchange) -> [String] {
            Self.texts(RecordingChange.between(Self.recording([old]), Self.recording([new])) { $0.tokens == ["id"] })
        }
        #expect(found(new) == [] && found(changed) == ["put /n: 1 → 2"])
    }
}
