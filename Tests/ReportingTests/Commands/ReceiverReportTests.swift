import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// The check of a receiver of webhooks in each format.
@Suite("Reports on receivers of webhooks")
struct ReceiverReportTests {
    private static func exchange(_ status: Int?, _ duration: Duration = .milliseconds(12)) -> Exchange {
        var exchange = Samples.exchange(
            1, "a",
            status.map { .response(ResponseMessage(status: $0)) }
                ?? .failure(TransportFailure(.timedOut, "no response")))
        exchange.duration = duration
        return exchange
    }

    private static func trial(_ kind: ReceiverCase, _ statuses: Int?..., variant: String? = nil) -> ReceiverTrial {
        ReceiverTrial(kind, variant: variant, exchanges: statuses.map { exchange($0) })
    }

    private static func check(
        _ trials: [ReceiverTrial], slow: Duration? = nil, wasInterrupted: Bool = false, redactor: Redactor = .none
    ) -> ReceiverCheck {
        ReceiverCheck(
            url: "https://a.example/hook", scheme: "shop", webhook: "moved",
            results: ReceiverJudge(webhook: "moved", slow: slow).results(trials), wasInterrupted: wasInterrupted,
            redactor: redactor)
    }

    private static let mixed = check([
        trial(.right, 204), trial(.duplicate, 200, 409), trial(.wrongSignature, 401),
        trial(.parsedBody, 500, variant: "sorted"), trial(.missingSignature, nil),
        ReceiverTrial(.oldSignature, reason: "the scheme has no timestamp"),
    ])

    @Test("text: a line for each case with the received statuses, findings below, and the figures")
    func text() {
        let text = ReceiverText(style: .plain).render(Self.mixed)
        #expect(
            text.hasPrefix(
                """
                https://a.example/hook  scheme shop  webhook moved

                ✓ right                 requires 2xx, received 204
                ✗ duplicate             requires 2xx, received 200, 409

                """), "\(text)")
        #expect(text.contains("\n✓ wrong-signature       requires 4xx, received 401\n"))
        #expect(text.contains("\n✗ parsed-body (sorted)  requires 4xx, received 500\n"))
        #expect(text.contains("\n✗ missing-signature     requires 4xx, received timedOut\n"))
        #expect(text.contains("\n– old-signature         not sent: the scheme has no timestamp\n"))
        #expect(text.hasSuffix("\n6 cases: 3 failed, 2 passed, 1 not sent\n\(ReceiverCheck.limit)\n"))
        #expect(text.components("    help      ") == 3)
    }

    @Test("text: a case with a warning alone is not marked like one that meets its requirement")
    func warningMark() {
        let check = Self.check([Self.trial(.right, 204), Self.trial(.futureSignature, 200)])
        #expect(check.results[1].outcome == .passed)
        let text = ReceiverText(style: .plain).render(check)
        #expect(text.contains("\n✓ right             requires 2xx, received 204\n"), "\(text)")
        #expect(text.contains("\n! future-signature  requires 4xx, received 200\n  warning: receiver.future-signature"))
    }

    @Test("text: quiet leaves out what passed and what was not sent, and everything if nothing is left")
    func quiet() {
        let text = ReceiverText(style: .plain, isQuiet: true).render(Self.mixed)
        #expect(!text.contains("✓") && !text.contains("–") && text.contains("✗ duplicate"))
        let passing = Self.check([Self.trial(.right, 204)])
        #expect(ReceiverText(style: .plain, isQuiet: true).render(passing).isEmpty)
        let interrupted = Self.check([Self.trial(.right, 204)], wasInterrupted: true)
        #expect(
            ReceiverText(style: .plain, isQuiet: true).render(interrupted).contains("1 case (interrupted): 1 passed"))
    }

    @Test("if every correct delivery is rejected, the other cases are not judged in any format")
    func undecided() throws {
        let check = Self.check([Self.trial(.right, 500), Self.trial(.wrongSignature, 500)])
        #expect(check.results.map(\.outcome) == [.failed, .undecided])
        let text = ReceiverText(style: .plain).render(check)
        #expect(text.contains("? wrong-signature  requires 4xx, received 500\n"))
        #expect(text.contains("2 cases: 1 failed, 1 not judged\n"))
        let suite = try XMLReader.read(ReceiverJUnit().render(check))
        #expect(suite.attributes["failures"] == "1" && suite.attributes["skipped"] == "1")
        let skipped = try #require(suite.all.first { $0.name == "skipped" })
        #expect(skipped.attributes["message"]?.contains("does not accept a correct delivery") == true)
    }

    @Test("a slow response is a warning and no failure")
    func slow() {
        let check = Self.check(
            [ReceiverTrial(.right, exchanges: [Self.exchange(204, .seconds(6))])], slow: .seconds(5))
        #expect(check.results[0].outcome == .passed)
        #expect(ReceiverText(style: .plain).render(check).contains("\n  warning: receiver.slow"))
    }

    @Test("JUnit: a case each, with its time, and failures with what to do")
    func junit() throws {
        let root = try XMLReader.read(ReceiverJUnit().render(Self.mixed))
        #expect(root.attributes["tests"] == "6" && root.attributes["failures"] == "3")
        #expect(root.attributes["skipped"] == "1" && root.attributes["errors"] == "0")
        let cases = root.children.flatMap(\.children)
        #expect(
            cases.map { $0.attributes["name"] }.prefix(4) == [
                "right", "duplicate", "wrong-signature", "parsed-body (sorted)",
            ])
        #expect(cases[1].attributes["time"] == "0.024" && cases[1].attributes["classname"] == "shop")
        #expect(
            cases[0].children.isEmpty && cases[5].children[0].attributes["message"] == "the scheme has no timestamp")
        let failure = try #require(cases[1].children.first)
        #expect(failure.name == "failure" && failure.attributes["type"] == "receiver.duplicate")
        #expect(failure.text.contains("help  "))
    }

    @Test("JSON has the documented shape in every outcome")
    func json() throws {
        let schema = try PublishedSchema("webhook-check")
        let report = ReceiverJSON().render(Self.mixed, exit: 1, diagnostics: [Diagnostic("a.b", .warning, "odd")])
        #expect(try schema.problems(report) == [])
        let root = try JSONDocument(parsing: report).root.value
        #expect(root["outcome"]?.string == "failed")
        #expect(root["summary"]?.text == #"{"cases":6,"passed":2,"failed":3,"undecided":0,"skipped":1}"#)
        let cases = try #require(root["cases"]?.elements)
        #expect(cases[3]["variant"]?.string == "sorted" && cases[5]["reason"]?.string != nil)
        #expect(cases[1]["responses"]?.text == #"[{"status":200,"milliseconds":12},{"status":409,"milliseconds":12}]"#)
        #expect(cases[4]["responses"]?.text == #"[{"failure":"timedOut","milliseconds":12}]"#)
    }

    @Test("a check in which nothing failed and something was not judged is undecided")
    func undecidedOutcome() throws {
        let undecided = Finding(.receiverUndecided, "x", blame: .server)
        var check = Self.check([])
        check.results = [ReceiverResult(Self.trial(.wrongSignature, 500), findings: [undecided])]
        let report = ReceiverJSON().render(check, exit: 1, diagnostics: [])
        #expect(try JSONDocument(parsing: report).root["outcome"]?.string == "undecided")
        #expect(try PublishedSchema("webhook-check").problems(report) == [])
    }

    @Test("secrets and hostile responses are masked and escaped in every format")
    func hostile() throws {
        let redactor = Redactor(secrets: [("KEY", "swordfish-42")])
        var exchange = Self.exchange(500)
        exchange.outcome = .response(
            ResponseMessage(status: 500, body: Array("swordfish-42\n::error::x <b>\u{1B}[2J]]>".utf8)))
        var check = Self.check(
            [
                ReceiverTrial(.right, exchanges: [exchange]),
                ReceiverTrial(.oldSignature, reason: "swordfish-42\n::error::"),
            ], redactor: redactor)
        check.url += "?key=swordfish-42"
        let texts = [
            ReceiverText(style: .plain).render(check), ReceiverJUnit().render(check),
            ReceiverJSON().render(check, exit: 1, diagnostics: []),
        ]
        for text in texts { #expect(!text.contains("swordfish") && text.contains("‹secret KEY›"), "\(text)") }
        for text in texts.prefix(2) {
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
            #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
        }
        _ = try XMLReader.read(texts[1])
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
