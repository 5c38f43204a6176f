import Exchanges
import JSONDocument
import Testing

@testable import Reporting

/// Steps with everything that was transmitted, as `assay show` prints them.
@Suite("Shown steps")
struct ShownStepsTests {
    private static func exchange(_ change: (inout Exchange) -> Void = { _ in }) -> Exchange {
        var exchange = Samples.exchange(
            7, "fetch",
            .response(
                ResponseMessage(
                    status: 200, headers: [HeaderField(name: "X-A", value: "1")], body: Array("{}".utf8))),
            headers: [HeaderField(name: "accept", value: "*/*")])
        change(&exchange)
        return exchange
    }

    private static func shown(_ exchanges: [Exchange], reason: NotRun.Reason? = nil) -> ShownSteps {
        ShownSteps(
            journal: "reports/runs/a.ndjson", run: Samples.header,
            steps: [ShownSteps.Step(scenario: "send", name: "fetch", exchanges: exchanges, reason: reason)])
    }

    private static func text(_ shown: ShownSteps, _ redactor: Redactor = .none) -> String {
        ShownStepsText(style: .plain, redactor: redactor).render(shown)
    }

    private static func json(_ exchange: Exchange) throws -> JSONValue {
        let root = try JSONDocument(parsing: ShownStepsJSON().render(shown([exchange]))).root.value
        return try #require(root["steps"]?[0]?["exchanges"]?[0])
    }

    @Test("text: request and response as they were transmitted, then the curl line")
    func text() {
        #expect(
            Self.text(Self.shown([Self.exchange()])) == """
                send › fetch
                  exchange 7, 3 ms
                  > GET http://127.0.0.1:51234/v1/parcels/P-1
                  > accept: */*
                  < HTTP/1.1 200
                  < X-A: 1

                    | {}
                  curl --include 'http://127.0.0.1:4010/v1/parcels/P-1' --header 'accept: */*'

                """)
    }

    @Test("while a run sends, the same lines are shown without the curl line")
    func sending() {
        let step = Self.shown([Self.exchange()]).steps[0]
        let text = ShownStepsText(style: .plain).render(step)
        #expect(text.hasSuffix("    | {}\n") && !text.contains("curl"))
    }

    @Test(
        "the position of an exchange in its step is named",
        arguments: [
            (1, 0, false, "  exchange 7, 3 ms"), (2, 0, false, "  exchange 7, attempt 2, 3 ms"),
            (1, 1, false, "  exchange 7, redirect 1, 3 ms"), (3, 2, false, "  exchange 7, attempt 3, redirect 2, 3 ms"),
            (1, 0, true, "  exchange 7, request 1 of several at once, 3 ms"),
        ])
    func positions(attempt: Int, hop: Int, isConcurrent: Bool, line: String) {
        let exchange = Self.exchange {
            $0.position = ExchangePosition(attempt: attempt, hop: hop, isConcurrent: isConcurrent)
        }
        #expect(Self.text(Self.shown([exchange])).split(separator: "\n")[1] == line)
    }

    @Test("a failure has its class and message, and a skipped step its reason")
    func failures() {
        let failed = Self.exchange { $0.outcome = .failure(TransportFailure(.timedOut, "no response within 2 s")) }
        #expect(Self.text(Self.shown([failed])).contains("\n  < timedOut: no response within 2 s\n"))
        #expect(
            Self.text(Self.shown([], reason: .setupFailed(step: "login")))
                == "send › fetch\n  skipped: the setup step 'login' failed\n")
    }

    @Test("a delivery was sent by the target, and nothing repeats it")
    func deliveries() throws {
        let delivery = Self.exchange {
            $0.request = RequestMessage(method: "POST", url: "/hook", body: Array("{}".utf8), isReceived: true)
        }
        let text = Self.text(Self.shown([delivery]))
        #expect(text.contains("  < POST /hook\n") && text.contains("  > HTTP/1.1 200\n") && !text.contains("curl"))
        let json = try Self.json(delivery)
        #expect(json["received"]?.boolean == true && json["curl"] == nil)
    }

    @Test(
        "JSON: a body is text, or base64 if it is not text, with its whole length where a part is missing",
        arguments: [
            ([], nil, nil, nil, nil), (Array("é\u{0}".utf8), nil, "é\u{0}", nil, nil),
            ([0xFF, 0x00], nil, nil, "/wA=", nil), (Array("ab".utf8), BodyCut(length: 9, hash: ""), "ab", nil, 9),
            ([], BodyCut.unrecorded, "", nil, 0),
        ] as [([UInt8], BodyCut?, String?, String?, Int?)])
    func bodies(body: [UInt8], cut: BodyCut?, text: String?, encoded: String?, length: Int?) throws {
        let response = try Self.json(
            Self.exchange { $0.outcome = .response(ResponseMessage(status: 200, body: body, cut: cut)) })["response"]
        #expect(response?["body"]?.string == text && response?["base64"]?.string == encoded)
        #expect(response?["length"]?.number?.int == length)
    }

    @Test("JSON: every figure, header and the failure")
    func members() throws {
        let usual = try Self.json(Self.exchange())
        #expect(usual["sequence"]?.number?.int == 7 && usual["attempt"]?.number?.int == 1)
        #expect(usual["hop"] == nil && usual["concurrent"] == nil && usual["milliseconds"]?.number?.int == 3)
        #expect(usual["request"]?["headers"]?.text == #"[["accept","*/*"]]"#)
        #expect(usual["startedAt"]?.string == "2026-01-01T00:00:00Z" && usual["operation"]?.string == "fetchParcel")
        let odd = try Self.json(
            Self.exchange {
                $0.position = ExchangePosition(attempt: 2, hop: 1, isConcurrent: true)
                $0.outcome = .failure(TransportFailure(.reset, "reset"))
                $0.operation = nil
            })
        #expect(odd["hop"]?.number?.int == 1 && odd["concurrent"]?.boolean == true && odd["response"] == nil)
        #expect(odd["failure"]?.text == #"{"class":"reset","message":"reset"}"# && odd["operation"] == nil)
    }

    @Test("secrets are masked in requests, responses, reasons and names")
    func secrets() {
        let redactor = Redactor(secrets: [("KEY", "swordfish-42")])
        let exchange = Self.exchange {
            $0.request.headers = [HeaderField(name: "x-key", value: "swordfish-42")]
            $0.request.url += "?key=swordfish-42"
            $0.outcome = .response(ResponseMessage(status: 200, body: Array("[\"swordfish-42\"]".utf8)))
        }
        var shown = Self.shown([exchange], reason: .skipped("swordfish-42"))
        shown.steps[0].name = "swordfish-42"
        let text = Self.text(shown, redactor)
        #expect(!text.contains("swordfish") && text.contains("‹secret KEY›"))
    }

    @Test("a body that was not recorded, or only in part, has a note")
    func cuts() {
        func lines(_ cut: BodyCut) -> [String] {
            ExchangeText(redactor: .none).lines(of: ResponseMessage(status: 200, body: [], cut: cut))
        }
        #expect(lines(.unrecorded).last == "  (the body was not recorded)")
        #expect(lines(BodyCut(length: 70_000, hash: "x")).last == "  (a part of a body of 70000 bytes)")
    }

    @Test("a body is shown up to 64 KiB")
    func longBodies() {
        let response = ResponseMessage(status: 200, body: Array(repeating: UInt8(ascii: "x"), count: 100_000))
        let lines = ExchangeText(redactor: .none).lines(of: response)
        #expect(lines.last?.unicodeScalars.count == 4 + (64 << 10) && lines.last?.hasSuffix("…") == true)
    }
}
