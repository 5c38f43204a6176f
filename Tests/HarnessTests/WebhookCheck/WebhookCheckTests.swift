import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Sockets
import TestKit
import Testing
import Webhooks

@testable import Harness
@testable import Reporting

@Suite("Checking a receiver of webhooks, on real sockets", .inTurn)
struct WebhookCheckTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private static let files = [
        "assay.yaml": """
        versions: {v1: {spec: api.yaml}}
        webhooks:
          shop: {scheme: standard-webhooks, secret: '{{secret.HOOK}}', event: body.type, events: {paid: orderPaid}}
          plain: {scheme: plain, secret: '{{secret.HOOK}}', prefix: 'sha256='}
          two: {scheme: timestamp-body, secret: '{{secret.HOOK}}', id: body.data.id}
          list: {scheme: timestamped-list, secret: ['{{secret.HOOK}}', '{{secret.HOOK}}']}
        """,
        "api.yaml": """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        servers: [{url: 'https://api.shop.example'}]
        paths: {}
        webhooks:
          orderPaid:
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      required: [type, data]
                      properties:
                        type: {type: string}
                        data:
                          type: object
                          required: [id, amount]
                          properties:
                            id: {type: string}
                            amount: {type: number, example: 12.5}
                            note: {type: string, example: 'a/b <ü>'}
              responses: {'204': {description: Done.}}
        """,
    ]

    private static func request(
        _ url: String, _ change: (inout WebhookCheckRequest) -> Void = { _ in }
    )
        -> WebhookCheckRequest
    {
        var request = WebhookCheckRequest(url: url)
        request.environment = ["HOOK": secret]
        // The machine can be busy with other tests.
        request.timeout = .seconds(240)
        request.slow = .seconds(240)
        request.seed = "test"
        change(&request)
        return request
    }

    private static func check(
        _ scheme: SignatureScheme = .standardWebhooks, _ defect: TestReceiver.Defect,
        _ change: (inout WebhookCheckRequest) -> Void = { _ in }
    ) async throws -> (check: ReceiverCheck, receiver: TestReceiver) {
        let folder = try TemporaryFolder(files)
        let receiver = try TestReceiver(
            scheme, keys: [try #require(scheme.secretEncoding.key(secret))], defect: defect)
        defer { receiver.stop() }
        let session = try WebhookCheckSession(try Workspace.open(folder.path), request(receiver.url, change))
        return (try await session.check(over: SocketNetwork()), receiver)
    }

    private static func rules(_ check: ReceiverCheck) -> Set<String> {
        Set(check.results.flatMap(\.findings).map(\.rule))
    }

    @Test(
        "each defect of a receiver has findings of its own, and a correct receiver has none",
        arguments: [
            (.none, []),
            (
                .verifiesNothing,
                [
                    "wrong-signature", "missing-signature", "malformed-signature", "old-signature", "future-signature",
                    "altered-body", "parsed-body", "altered-timestamp", "altered-id", "malformed-body",
                ]
            ),
            (.skipsMissingSignature, ["missing-signature"]), (.skipsMalformedSignature, ["malformed-signature"]),
            (.parsesFirst, ["raw-body", "parsed-body"]), (.parsesFirstWithBlanks, ["raw-body", "parsed-body"]),
            (.parsesBeforeVerifying, ["malformed-body"]),
            (.ignoresAge, ["old-signature"]), (.ignoresFuture, ["future-signature"]),
            (.trustsTimestamp, ["altered-timestamp"]), (.trustsID, ["altered-id"]),
            (.usesFirstSignature, ["signature-list"]), (.rejectsDuplicates, ["duplicate"]),
            (.rejectsOlder, ["order"]), (.failsOnWrongSignature, ["failed", "malformed-body"]),
            (.closesOnWrongSignature, ["no-response"]), (.rejectsEverything, ["rejected", "undecided"]),
            (.redirects, ["rejected", "undecided"]), (.isSlow, ["slow"]),
        ] as [(TestReceiver.Defect, Set<String>)])
    func defects(_ defect: TestReceiver.Defect, _ expected: Set<String>) async throws {
        let (check, _) = try await Self.check(defect) { if defect == .isSlow { $0.slow = .milliseconds(30) } }
        #expect(Self.rules(check) == Set(expected.map { "receiver.\($0)" }))
        #expect(Set(check.results.map(\.trial.kind)) == Set(ReceiverCase.allCases))
    }

    private static func check(
        _ defect: TestReceiver.Defect, _ change: (inout WebhookCheckRequest) -> Void
    ) async throws -> (check: ReceiverCheck, receiver: TestReceiver) {
        try await check(.standardWebhooks, defect, change)
    }

    @Test("every defect is tested")
    func complete() {
        #expect(TestReceiver.Defect.allCases.count == 19)
    }

    @Test("a correct receiver passes with every scheme; cases that a scheme does not have are not sent, and say why")
    func schemes() async throws {
        var prefixed = SignatureScheme.plain
        prefixed.form = .plain(prefix: "sha256=")
        let cases: [(String, SignatureScheme, Set<ReceiverCase>)] = [
            ("shop", .standardWebhooks, []),
            (
                "plain", prefixed,
                [.signatureList, .order, .oldSignature, .futureSignature, .alteredTimestamp, .alteredID]
            ),
            ("two", .timestampBody, [.signatureList, .alteredID]), ("list", .timestampedList, [.alteredID]),
        ]
        for (name, scheme, skipped) in cases {
            let (check, _) = try await Self.check(scheme, .none) { $0.delivery.scheme = name }
            #expect(Self.rules(check) == [], "\(name)")
            #expect(Set(check.results.filter { $0.outcome == .skipped }.map(\.trial.kind)) == skipped, "\(name)")
            #expect(check.results.allSatisfy { ($0.outcome == .skipped) == ($0.trial.reason != nil) })
        }
    }

    @Test("deliveries of one check have ids of their own, except a repetition")
    func ids() async throws {
        let (check, receiver) = try await Self.check(.timestampBody, .none) { $0.delivery.scheme = "two" }
        let sent = check.results.flatMap(\.trial.exchanges).map(\.request)
        let ids = sent.compactMap { try? JSONDocument(parsing: $0.body ?? []).root["data"]?["id"]?.string }
        let duplicates = try #require(check.results.first { $0.trial.kind == .duplicate }).trial.exchanges
        #expect(duplicates.count == 2 && duplicates[0].request == duplicates[1].request)
        let parsed = check.results.filter { $0.trial.kind == .parsedBody }.count
        #expect(parsed > 2)
        // The bodies of the repetition and of `parsed-body` are equal.
        #expect(Set(ids).count == ids.count - parsed)
        #expect(receiver.judgement.accepted == 6)
    }

    @Test("a receiver that verifies its own spelling of the body is found although it rejects the body as it is")
    func ownSpelling() async throws {
        for scheme in ["shop", "two"] {
            let used: SignatureScheme = scheme == "two" ? .timestampBody : .standardWebhooks
            let (check, _) = try await Self.check(used, .parsesFirstWithBlanks) { $0.delivery.scheme = scheme }
            let controls = check.results.filter { $0.trial.kind == .right }
            #expect(controls.map(\.trial.variant) == [nil, "spaces after commas"])
            #expect(controls.map(\.outcome) == [.failed, .passed])
            #expect(controls.flatMap(\.findings).map(\.rule) == ["receiver.raw-body"])
            // The other cases are sent in the accepted spelling, and judged.
            #expect(check.count(.undecided) == 0)
            #expect(check.results.first { $0.trial.kind == .duplicate }?.outcome == .passed)
        }
    }

    @Test("only the named cases are sent, after the correct delivery")
    func selection() async throws {
        let (check, _) = try await Self.check(.standardWebhooks, .parsesFirst) { $0.delivery.cases = ["raw-body"] }
        #expect(check.results.map(\.trial.kind) == [.right, .rawBody])
        #expect(Self.rules(check) == ["receiver.raw-body"])
    }

    @Test("the body is that of the contract with its event, or that of the user, byte for byte")
    func bodies() async throws {
        let (check, _) = try await Self.check(.standardWebhooks, .none) { $0.delivery.cases = ["right"] }
        let sent = try #require(check.results.first?.trial.exchanges.first?.request)
        let body = try JSONDocument(parsing: sent.body ?? []).root
        #expect(body["type"]?.string == "paid" && body["data"]?["amount"]?.spelling == "12.5")
        #expect(check.webhook == "orderPaid")
        let own = Array("{ \"a\" : 1.0 }\n".utf8)
        let (given, _) = try await Self.check(.standardWebhooks, .none) { request in
            request.delivery.body = own
            request.delivery.headers = [HeaderField(name: "x-shop", value: "7")]
            request.delivery.cases = ["right"]
        }
        let message = try #require(given.results.first?.trial.exchanges.first?.request)
        #expect(message.body == own && message.header("x-shop") == ["7"] && given.webhook == nil)
    }

    @Test("a body that the contract does not allow is sent, with a warning")
    func deviatingBody() throws {
        let folder = try TemporaryFolder(Self.files)
        let session = try WebhookCheckSession(
            try Workspace.open(folder.path),
            Self.request("http://127.0.0.1:1/") { request in
                request.delivery.body = Array("{}".utf8)
                request.delivery.webhook = "orderPaid"
            })
        #expect(session.diagnostics.entries.map(\.rule) == ["webhook.required", "webhook.required"])
    }

    @Test("secrets and passwords are masked in every report")
    func masks() async throws {
        let (check, _) = try await Self.check(.standardWebhooks, .rejectsEverything)
        var shown = check
        shown.url += "&token=\(Self.secret)"
        let text = ReceiverText(style: TextStyle(isColoured: false)).render(shown)
        for report in [
            text, ReceiverJSON().render(shown, exit: 1, diagnostics: []), ReceiverJUnit().render(shown),
        ] {
            #expect(!report.contains(Self.secret) && report.contains("secret HOOK"))
        }
        #expect(text.contains("receiver.rejected") && text.contains(ReceiverCheck.limit))
    }

    // MARK: Mistakes

    @Test(
        "mistakes in the input are reported before anything is sent",
        arguments: [
            ("ftp://a.example/", "usage.url"), ("http://a b/", "usage.url"), ("http://127.0.0.1/?a b", "usage.url"),
            ("http://u:p@127.0.0.1/", "usage.url"), ("https://api.shop.example/hooks", "target.production"),
        ])
    func urls(_ url: String, _ rule: String) throws {
        #expect(try Self.mistakes { $0.url = url } == [rule])
    }

    @Test("names that do not exist, and missing secrets, are reported")
    func names() throws {
        #expect(try Self.mistakes { $0.delivery.scheme = "shp" } == ["usage.unknown-scheme"])
        #expect(try Self.mistakes { $0.delivery.webhook = "orderPayed" } == ["usage.unknown-webhook"])
        #expect(try Self.mistakes { $0.delivery.event = "lost" } == ["usage.unknown-webhook"])
        #expect(try Self.mistakes { $0.delivery.cases = ["rawbody"] } == ["usage.unknown-case"])
        #expect(try Self.mistakes { $0.environment = [:] } == ["target.value"])
        #expect(try Self.mistakes { $0.environment = ["HOOK": "not base64!"] } == ["webhook.secret"])
        #expect(try Self.mistakes { $0.target.allowsProduction = true } == [])
        let none = try TemporaryFolder(["assay.yaml": "scenarios: none"])
        #expect(
            try Self.mistakes(in: none) { $0.delivery.body = Array("{}".utf8) } == ["usage.no-scheme"])
    }

    private static func mistakes(
        in folder: TemporaryFolder? = nil, _ change: (inout WebhookCheckRequest) -> Void
    ) throws -> [String] {
        let folder = try folder ?? TemporaryFolder(files)
        do {
            _ = try WebhookCheckSession(try Workspace.open(folder.path), request("http://127.0.0.1:1/", change))
            return []
        } catch {
            #expect(error.exit == .wrongInput)
            return error.diagnostics.entries.map(\.rule)
        }
    }

    @Test("a warning says that correct deliveries may have effects, unless the host is one for tests")
    func effects() throws {
        let folder = try TemporaryFolder(Self.files)
        for (url, expected) in [
            ("https://hooks.example/a", ["webhook.effects"]), ("https://sandbox.hooks.example/a", []),
            ("http://127.0.0.1:1/", []),
        ] {
            let session = try WebhookCheckSession(try Workspace.open(folder.path), Self.request(url))
            #expect(session.diagnostics.entries.map(\.rule) == expected, "\(url)")
        }
    }

    @Test("a receiver that cannot be reached ends the check with exit 3")
    func unreachable() async throws {
        let folder = try TemporaryFolder(Self.files)
        let port = try RawServer.unusedPort()
        let session = try WebhookCheckSession(
            try Workspace.open(folder.path), Self.request("http://127.0.0.1:\(port)/"))
        do {
            _ = try await session.check(over: SocketNetwork())
            Issue.record("the check has a result")
        } catch {
            #expect(error.exit == .notPossible)
            #expect(error.diagnostics.entries.map(\.rule) == ["webhook.unreachable"])
        }
    }
}

@Suite("Spellings of JSON")
struct JSONSpellingTests {
    private static let text = #"{"b": 2.50, "a": ["ü/<😀", 1e2, 3.0, true, null], "c": "\"\\\n\u0001"}"#

    @Test("the spellings are those of libraries")
    func spellings() throws {
        let value = try JSONDocument(parsing: Self.text).root.value
        let texts = JSONSpelling.usual.map { $0.spelling.text(value) }
        #expect(
            texts == [
                #"{"b":2.5,"a":["ü/<😀",1e2,3,true,null],"c":"\"\\\n\u0001"}"#,
                #"{"b":2.50,"a":["ü/<😀",1e2,3.0,true,null],"c":"\"\\\n\u0001"}"#,
                #"{"b": 2.50, "a": ["\u00fc/<\ud83d\ude00", 1e2, 3.0, true, null], "c": "\"\\\n\u0001"}"#,
                #"{"a":["ü/\u003c😀",1e2,3,true,null],"b":2.5,"c":"\"\\\n\u0001"}"#,
                #"{"b":2.50,"a":["\u00fc\/<\ud83d\ude00",1e2,3.0,true,null],"c":"\"\\\n\u0001"}"#,
            ])
        for text in texts + [JSONSpelling.odd.text(value.reversed.withLongerFractions)] {
            #expect(try JSONDocument(parsing: text).root.value == value)
        }
        #expect(JSONSpelling.odd.text(value.reversed.withLongerFractions).contains("2.500"))
    }

    @Test("an altered body is another value, and still JSON")
    func altered() throws {
        for (text, expected) in [
            (#"{"a": 12}"#, #"{"a": 11}"#), (#"{"a": 0}"#, #"{"a": 1}"#), ("{}", "{} "),
            (#"{"a": "x9y"}"#, #"{"a": "x8y"}"#),
        ] {
            #expect(DeliveryBuilder.altered(Array(text.utf8)) == Array(expected.utf8))
        }
    }
}
