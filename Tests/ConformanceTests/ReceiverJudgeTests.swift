import Conformance
import Diagnostics
import Exchanges
import Primitives
import Testing

/// The responses of a receiver of webhooks, without sending anything.
@Suite("Judging a receiver of webhooks")
struct ReceiverJudgeTests {
    /// A case whose deliveries received these statuses; 0 is no response.
    private static func trial(
        _ kind: ReceiverCase, _ statuses: [Int], variant: String? = nil, lasting duration: Duration = .zero
    ) -> ReceiverTrial {
        let request = RequestMessage(method: "POST", url: "http://localhost/hooks")
        let exchanges = statuses.enumerated().map { index, status in
            Exchange(
                sequence: index + 1, scenario: "", step: "", operation: nil, contract: "", request: request,
                outcome: status == 0
                    ? .failure(TransportFailure(.reset, "closed")) : .response(ResponseMessage(status: status)),
                startedAt: Instant(microsecondsSinceEpoch: 0), duration: duration)
        }
        return ReceiverTrial(kind, variant: variant, exchanges: exchanges)
    }

    /// The rules of each case, after a correct delivery that was accepted unless `control` says otherwise.
    private static func rules(_ trials: [ReceiverTrial], control: [Int] = [200]) -> [[String]] {
        ReceiverJudge().results([trial(.right, control)] + trials).map { $0.findings.map(\.rule) }
    }

    @Test(
        "each case requires a status, and each deviation has a rule",
        arguments: [
            (ReceiverCase.right, [200], []), (.right, [299], []), (.right, [300], ["receiver.rejected"]),
            (.right, [400], ["receiver.rejected"]), (.right, [500], ["receiver.rejected"]),
            (.right, [0], ["receiver.no-response"]),
            (.duplicate, [200, 200], []), (.duplicate, [200, 409], ["receiver.duplicate"]),
            // The first delivery of two is a correct one.
            (.duplicate, [500, 200], ["receiver.rejected"]), (.duplicate, [500, 500], ["receiver.rejected"]),
            (.order, [200, 400], ["receiver.order"]), (.order, [400, 200], ["receiver.rejected"]),
            (.signatureList, [401], ["receiver.signature-list"]), (.rawBody, [401], ["receiver.raw-body"]),
            (.wrongSignature, [400], []), (.wrongSignature, [499], []), (.wrongSignature, [401], []),
            (.wrongSignature, [200], ["receiver.wrong-signature"]),
            (.missingSignature, [204], ["receiver.missing-signature"]),
            (.oldSignature, [200], ["receiver.old-signature"]),
            (.futureSignature, [200], ["receiver.future-signature"]),
            (.parsedBody, [200], ["receiver.parsed-body"]), (.alteredID, [200], ["receiver.altered-id"]),
            // Neither accepted nor rejected.
            (.wrongSignature, [302], ["receiver.failed"]), (.wrongSignature, [500], ["receiver.failed"]),
            (.wrongSignature, [0], ["receiver.no-response"]),
            (.malformedBody, [500], ["receiver.malformed-body"]), (.malformedBody, [200], ["receiver.malformed-body"]),
            (.malformedBody, [400], []),
        ] as [(ReceiverCase, [Int], [String])])
    func statuses(kind: ReceiverCase, statuses: [Int], expected: [String]) {
        let found =
            kind == .right
            ? ReceiverJudge().results([Self.trial(.right, statuses)]).map { $0.findings.map(\.rule) }
            : Array(Self.rules([Self.trial(kind, statuses)]).dropFirst())
        #expect(found == [expected])
    }

    @Test("if every correct delivery is rejected, nothing else is judged")
    func uncontrolled() {
        let others = [Self.trial(.wrongSignature, [401]), Self.trial(.duplicate, [401, 401]), Self.trial(.order, [])]
        #expect(
            Self.rules(others, control: [401]) == [
                ["receiver.rejected"], ["receiver.undecided"], ["receiver.undecided"], [],
            ])
        let results = ReceiverJudge().results([Self.trial(.right, [401])] + others)
        #expect(results.map(\.outcome) == [.failed, .undecided, .undecided, .skipped])
    }

    @Test("a receiver that accepts a correct delivery in another spelling only parses the body first")
    func spelling() {
        let accepted = Self.trial(.right, [200], variant: "sorted")
        #expect(
            Self.rules([accepted, Self.trial(.wrongSignature, [401])], control: [401]) == [
                ["receiver.raw-body"], [], [],
            ])
    }

    @Test(
        "a response is slow if it takes longer than the limit",
        arguments: [(999, []), (1_000, []), (1_001, ["receiver.slow"])] as [(Int, [String])])
    func slow(milliseconds: Int, expected: [String]) {
        let trial = Self.trial(.right, [200], lasting: .milliseconds(milliseconds))
        let results = ReceiverJudge(slow: .seconds(1)).results([trial])
        #expect(results.map { $0.findings.map(\.rule) } == [expected])
        #expect(results.map(\.outcome) == [.passed])
        #expect(ReceiverJudge().results([trial])[0].findings.isEmpty)
    }
}
