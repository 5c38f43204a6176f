import Conformance
import Diagnostics
import Exchanges
import Primitives
import Testing

/// The responses of a receiver, by the rules of Standard Webhooks, sections "Verifying webhook authenticity" and
/// "Operational considerations".
@Suite("Judging the responses of a receiver")
struct ReceiverJudgeTests {
    /// One delivery with its response.
    private static func exchange(
        _ outcome: ExchangeOutcome, milliseconds: Int = 5, number: Int = 1
    ) -> Exchange {
        Exchange(
            sequence: number, scenario: "", step: "", operation: nil, contract: "",
            request: RequestMessage(method: "POST", url: "http://127.0.0.1:1/hooks"), outcome: outcome,
            startedAt: Instant(microsecondsSinceEpoch: 0), duration: .milliseconds(milliseconds))
    }

    private static func status(_ status: Int, _ body: String = "", milliseconds: Int = 5) -> Exchange {
        exchange(.answer(status, body, []), milliseconds: milliseconds)
    }

    private static let lost = exchange(.fault(.reset, "the connection was reset"))

    private static func right(_ status: Int, variant: String? = nil) -> ReceiverTrial {
        ReceiverTrial(.right, variant: variant, exchanges: [Self.status(status)])
    }

    private static func trial(_ kind: ReceiverCase, _ statuses: Int...) -> ReceiverTrial {
        ReceiverTrial(kind, exchanges: statuses.map { Self.status($0) })
    }

    private static func results(_ trials: [ReceiverTrial], slow: Duration? = nil) -> [ReceiverResult] {
        ReceiverJudge(webhook: "parcelSent", slow: slow).results(trials)
    }

    /// The results as `name outcome rules`.
    private static func told(_ trials: [ReceiverTrial], slow: Duration? = nil) -> [String] {
        results(trials, slow: slow).map { result in
            ([result.trial.name, result.outcome.rawValue] + result.findings.map(\.rule)).joined(separator: " ")
        }
    }

    // MARK: Every case by every class of statuses

    /// The rule of each case whose response is not the required one.
    static let rules: [(ReceiverCase, String)] = [
        (.right, "receiver.rejected"), (.signatureList, "receiver.signature-list"),
        (.rawBody, "receiver.raw-body"), (.duplicate, "receiver.duplicate"), (.order, "receiver.order"),
        (.wrongSignature, "receiver.wrong-signature"), (.missingSignature, "receiver.missing-signature"),
        (.malformedSignature, "receiver.malformed-signature"), (.oldSignature, "receiver.old-signature"),
        (.futureSignature, "receiver.future-signature"), (.alteredBody, "receiver.altered-body"),
        (.parsedBody, "receiver.parsed-body"), (.alteredTimestamp, "receiver.altered-timestamp"),
        (.alteredID, "receiver.altered-id"), (.malformedBody, "receiver.malformed-body"),
    ]

    @Test("each case has a rule of its own")
    func complete() {
        #expect(Self.rules.map(\.0) == ReceiverCase.allCases)
        #expect(Set(Self.rules.map(\.1)).count == Self.rules.count)
    }

    @Test(
        "correct deliveries require a 2xx status, and nothing else", arguments: rules.prefix(5),
        [200, 201, 204, 299, 199, 300, 302, 308, 400, 401, 409, 429, 500, 503])
    func accepted(expected: (ReceiverCase, String), status: Int) throws {
        let (kind, rule) = expected
        let trials = kind == .right ? [Self.trial(kind, status)] : [Self.right(200), Self.trial(kind, status)]
        let result = try #require(Self.results(trials).last)
        let isRight = (200...299).contains(status)
        #expect(kind.requirement == .accepted)
        #expect(result.findings.map(\.rule) == (isRight ? [] : [rule]))
        #expect(result.outcome == (isRight ? .passed : .failed))
        let redirects = result.findings.allSatisfy { $0.message.contains("redirects") }
        #expect(isRight || redirects == (300...399).contains(status))
    }

    @Test("invalid deliveries require a 4xx status", arguments: rules.dropFirst(5), [400, 401, 403, 422, 499])
    func rejected(expected: (ReceiverCase, String), status: Int) {
        #expect(expected.0.requirement == .rejected)
        #expect(Self.told([Self.right(200), Self.trial(expected.0, status)]).last == "\(expected.0.rawValue) passed")
    }

    @Test("an accepted invalid delivery has the rule of its case", arguments: rules.dropFirst(5), [200, 202, 204])
    func wronglyAccepted(expected: (ReceiverCase, String), status: Int) {
        let (kind, rule) = expected
        // A signature of the future is accepted by receivers that only reject old ones.
        let outcome = kind == .futureSignature ? "passed" : "failed"
        #expect(
            Self.told([Self.right(200), Self.trial(kind, status)]).last == "\(kind.rawValue) \(outcome) \(rule)")
    }

    @Test(
        "a redirect or a failure is not a rejection", arguments: rules.dropFirst(5), [100, 301, 500, 502])
    func neither(expected: (ReceiverCase, String), status: Int) {
        let (kind, _) = expected
        // A body that is not JSON must not be parsed before its signature is verified.
        let rule = kind == .malformedBody ? "receiver.malformed-body" : "receiver.failed"
        #expect(Self.told([Self.right(200), Self.trial(kind, status)]).last == "\(kind.rawValue) failed \(rule)")
    }

    @Test("a delivery without a response is a finding of its own in every case", arguments: ReceiverCase.allCases)
    func noResponse(kind: ReceiverCase) throws {
        let trial = ReceiverTrial(kind, exchanges: [Self.lost])
        let trials = kind == .right ? [trial] : [Self.right(200), trial]
        let result = try #require(Self.results(trials).last)
        #expect(result.findings.map(\.rule) == ["receiver.no-response"])
        #expect(result.findings.first?.message == "no response to \(kind.title): the connection was reset")
        #expect(result.findings.first?.response == nil && result.outcome == .failed)
    }

    // MARK: Several deliveries of one case

    @Test(
        "only the last delivery of a case is the one that it is about",
        arguments: [
            (ReceiverCase.duplicate, [200, 200], "duplicate passed"),
            (.duplicate, [200, 409], "duplicate failed receiver.duplicate"),
            (.duplicate, [409, 200], "duplicate failed receiver.rejected"),
            (.duplicate, [500, 409], "duplicate failed receiver.rejected"),
            (.order, [200, 204], "out-of-order passed"),
            (.order, [200, 400], "out-of-order failed receiver.order"),
            (.order, [302, 200], "out-of-order failed receiver.rejected"),
        ] as [(ReceiverCase, [Int], String)])
    func several(kind: ReceiverCase, statuses: [Int], expected: String) {
        let trial = ReceiverTrial(kind, exchanges: statuses.map { Self.status($0) })
        #expect(Self.told([Self.right(200), trial]).last == expected)
    }

    // MARK: Controls

    @Test("if every correct delivery is rejected, no rejection proves anything")
    func undecided() throws {
        let trials = [Self.right(401)] + Self.rules.dropFirst().map { Self.trial($0.0, 401) }
        let results = Self.results(trials)
        #expect(results[0].outcome == .failed)
        #expect(results.dropFirst().allSatisfy { $0.outcome == .undecided })
        #expect(results.dropFirst().allSatisfy { $0.findings.map(\.rule) == ["receiver.undecided"] })
        #expect(results[1].findings.first?.severity == .note)
        #expect(results[1].findings.first?.actual == "401" && results[1].findings.first?.expected == nil)
        // Nor does an acceptance: the receiver may accept anything but correct deliveries.
        #expect(
            Self.told([Self.right(500), Self.trial(.wrongSignature, 200)]).last
                == "wrong-signature undecided receiver.undecided")
        let unanswered = Self.results([Self.right(500), ReceiverTrial(.alteredBody, exchanges: [Self.lost])])
        #expect(unanswered[1].findings.map(\.rule) == ["receiver.undecided"])
        #expect(unanswered[1].findings.first?.actual == nil)
    }

    @Test("without a correct delivery among the cases, each case is judged by itself")
    func noControl() {
        #expect(Self.told([Self.trial(.wrongSignature, 401)]) == ["wrong-signature passed"])
        #expect(
            Self.told([Self.trial(.wrongSignature, 200)]) == ["wrong-signature failed receiver.wrong-signature"])
    }

    @Test("a receiver that accepts one spelling of a body verifies a spelling of its own")
    func spelling() throws {
        let trials = [
            Self.right(401, variant: "compact"), Self.right(200, variant: "sorted"), Self.trial(.alteredBody, 401),
        ]
        #expect(
            Self.told(trials) == [
                "right (compact) failed receiver.raw-body", "right (sorted) passed", "altered-body passed",
            ])
        let finding = try #require(Self.results(trials)[0].findings.first)
        #expect(finding.message == "the receiver accepts the same body in another spelling only")
        #expect(finding.expected == "a 2xx status, as for the spelling 'sorted'" && finding.actual == "401")
        #expect(
            Self.told([Self.right(401, variant: "a"), Self.right(500, variant: "b")])
                == ["right (a) failed receiver.rejected", "right (b) failed receiver.rejected"])
    }

    @Test("a case that was not sent is skipped, and does not count as a correct delivery")
    func skipped() {
        let unsent = ReceiverTrial(.oldSignature, reason: "the scheme has no timestamp")
        #expect(Self.told([Self.right(200), unsent]) == ["right passed", "old-signature skipped"])
        #expect(Self.told([Self.right(401), unsent]) == ["right failed receiver.rejected", "old-signature skipped"])
    }

    // MARK: Slow responses

    @Test(
        "a slow response is a warning, whatever its status says",
        arguments: [
            (99, 200, "right passed"), (100, 200, "right passed"), (101, 200, "right passed receiver.slow"),
            (101, 500, "right failed receiver.rejected receiver.slow"),
        ])
    func slow(milliseconds: Int, status: Int, expected: String) {
        let trial = ReceiverTrial(.right, exchanges: [Self.status(status, milliseconds: milliseconds)])
        #expect(Self.told([trial], slow: .milliseconds(100)) == [expected])
        #expect(Self.told([trial]).allSatisfy { !$0.contains("slow") })
    }

    @Test("the slowest response of a case counts, and a failure of the connection does not")
    func slowest() throws {
        let trial = ReceiverTrial(
            .duplicate,
            exchanges: [Self.status(200, milliseconds: 900), Self.status(200, milliseconds: 3)])
        let finding = try #require(Self.results([trial], slow: .milliseconds(250))[0].findings.first)
        #expect(finding.rule == "receiver.slow" && finding.severity == .warning)
        #expect(finding.expected == "at most 250 ms" && finding.actual == "900 ms")
        let failed = ReceiverTrial(
            .right, exchanges: [Self.exchange(.fault(.timedOut, "no response within 5 s"), milliseconds: 5_000)])
        #expect(Self.results([failed], slow: .milliseconds(250))[0].findings.map(\.rule) == ["receiver.no-response"])
    }

    // MARK: Evidence

    @Test("a finding has the case, the webhook, the required and the received status, and the body's start")
    func evidence() throws {
        let trial = ReceiverTrial(.wrongSignature, variant: "other key", exchanges: [Self.status(200, "ok\u{1B}[31m")])
        let finding = try #require(Self.results([Self.right(200), trial])[1].findings.first)
        #expect(finding.message == "the receiver accepts a wrong signature")
        #expect(finding.clause == "wrong-signature (other key)" && finding.operation == "parcelSent")
        #expect(finding.expected == "a 4xx status" && finding.actual == "200" && finding.response == .status)
        #expect(finding.blame == .server)
        // Control characters of a receiver must not reach a terminal.
        #expect(finding.evidence.details == ["response body: ok\u{FFFD}[31m"])
    }

    @Test(
        "only text is quoted, and only its start",
        arguments: [
            ([UInt8](), [String]()), ([0xFF, 0xFE], []), (Array("no".utf8), ["response body: no"]),
            (
                Array(repeating: UInt8(ascii: "x"), count: 5_000),
                ["response body: \(String(repeating: "x", count: 80))…"]
            ),
        ])
    func excerpt(body: [UInt8], details: [String]) throws {
        let trial = ReceiverTrial(.right, exchanges: [Self.exchange(.answer(500, bytes: body, []))])
        #expect(try #require(Self.results([trial])[0].findings.first).evidence.details == details)
    }
}
