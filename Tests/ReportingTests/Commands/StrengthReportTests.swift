import Diagnostics
import JSONDocument
import Primitives
import Testing

@testable import Reporting

/// The measurement of scenarios: scores, reasons and both formats.
@Suite("Reports of strength")
struct StrengthReportTests {
    private static func fault(
        _ rule: String = "body.type", operation: String = "getPet", response: String? = "200", place: String = "/id"
    ) -> TriedFault {
        TriedFault(
            rule: rule, contract: "v1", operation: operation, response: response, place: place,
            location: SourceLocation(file: "a.yaml", line: 3, column: 5))
    }

    private static let noticed = StrengthTrial.Fate.noticed(scenario: "s", step: "t", rule: "body.type")

    private static func strength(_ fates: [StrengthTrial.Fate]) -> Strength {
        Strength(seed: "s", versions: ["v1"], trials: fates.map { StrengthTrial(fault: fault(), fate: $0) })
    }

    @Test(
        "the score is the share of faults within reach that were noticed, rounded down to a tenth of a percent",
        arguments: [
            (0, 0, 0, 100.0), (1, 0, 0, 100), (0, 1, 0, 0), (1, 1, 0, 50), (2, 1, 0, 66.6), (999, 1, 0, 99.9),
            (1_999, 1, 0, 99.9), (0, 0, 5, 100), (1, 1, 7, 50),
        ])
    func score(noticed: Int, survived: Int, outOfReach: Int, score: Double) {
        let fates =
            Array(repeating: Self.noticed, count: noticed)
            + Array(repeating: .survived(.notCalled), count: survived)
            + Array(repeating: .outOfReach, count: outOfReach)
        let strength = Self.strength(fates)
        #expect(strength.score == score && abs(strength.share * 100 - score) < 0.001)
        #expect(strength.noticed == noticed && strength.survivors.count == survived)
        #expect(strength.outOfReach == outOfReach)
    }

    @Test(
        "the reason for a survivor names the row that is missing",
        arguments: [
            (StrengthTrial.Reason.notCalled, "body.type", "200", "no scenario calls getPet"),
            (.notAnswered, "body.type", "200", "no scenario receives 200"),
            (.notAnswered, "body.type", nil, "no scenario receives this response"),
            (.notMet, "negative.accepted", nil, "no row sends a request with only /id wrong"),
            (.notMet, "security.not-enforced", nil, "no row omits only /id"),
            (.notMet, "security.refused", nil, "no row uses /id"),
            (.notMet, "body.type", "200", "no response could be changed this way"),
            (.unnoticed(scenarios: ["a"]), "body.type", "200", "a received it and passed"),
            (.unnoticed(scenarios: ["a", "b", "c"]), "body.type", "200", "a, b, c received it and passed"),
            (
                .unnoticed(scenarios: ["a", "b", "c", "d", "e"]), "body.type", "200",
                "a, b, c and 2 more received it and passed"
            ),
        ] as [(StrengthTrial.Reason, String, String?, String)])
    func reasons(reason: StrengthTrial.Reason, rule: String, response: String?, text: String) {
        #expect(reason.text(Self.fault(rule, response: response)) == text)
    }

    @Test("text: survivors of one response with one reason are a group, of which three are listed")
    func text() {
        let places = ["/a", "/b", "/c", "/d", "/e", ""]
        let trials = places.map { place in
            StrengthTrial(
                fault: Self.fault(response: place.isEmpty ? nil : "200", place: place), fate: .survived(.notCalled))
        }
        let text = StrengthText().render(Strength(seed: "s", versions: ["v1"], trials: trials))
        #expect(
            text.contains(
                """
                Not noticed:
                  getPet 200 (v1): no scenario calls getPet
                      body.type /a  (a.yaml:3:5)
                      body.type /b  (a.yaml:3:5)
                      body.type /c  (a.yaml:3:5)
                      and 2 more
                  getPet (v1): no scenario calls getPet
                      body.type  (a.yaml:3:5)

                0 of 6 faults noticed: 0.0 %

                """), "\(text)")
    }

    @Test("text: an interrupted measurement is named, and a measurement without faults is a score")
    func ends() {
        var strength = Self.strength([Self.noticed, .outOfReach])
        strength.wasInterrupted = true
        let text = StrengthText().render(strength)
        #expect(text.hasSuffix("on its own\ninterrupted: not every fault was tried\n"))
        #expect(StrengthText().render(Self.strength([])).hasSuffix("\n0 of 0 faults noticed: 100.0 %\n"))
        #expect(StrengthText(isQuiet: true).render(Self.strength([])) == "100.0 %\n")
    }

    @Test("text: rules are in the order of their names, with their counts in columns")
    func table() {
        let trials = ["status.undocumented", "body.type", "body.type"].enumerated().map { index, rule in
            StrengthTrial(fault: Self.fault(rule), fate: index == 1 ? .survived(.notMet) : Self.noticed)
        }
        let lines = StrengthText().render(Strength(seed: "s", versions: [], trials: trials)).split(separator: "\n")
        #expect(
            lines.prefix(3) == [
                "rule                      noticed      survived  out of reach",
                "body.type                       1             1             0",
                "status.undocumented             1             0             0",
            ])
    }

    @Test("JSON: each trial has its fate, and survivors their reason")
    func json() throws {
        let strength = Self.strength([Self.noticed, .survived(.notAnswered), .outOfReach])
        let root = try JSONDocument(parsing: StrengthJSON().render(strength, exit: 1)).root.value
        #expect(root["survivors"]?.elements?.count == 1)
        let trials = try #require(root["breaches"]?.elements)
        #expect(trials.map { $0["fate"]?.string } == ["noticed", "survived", "outOfReach"])
        #expect(trials[0]["by"]?.text == #"{"scenario":"s","step":"t","rule":"body.type"}"#)
        #expect(trials[1]["reason"]?.string == "no scenario receives 200" && trials[2]["reason"] == nil)
        #expect(trials[0]["contract"]?.text == #"{"file":"a.yaml","line":3,"column":5}"#)
        #expect(root["summary"]?["score"]?.text == "0.5")
    }

    @Test("names from documents cannot move the cursor")
    func hostile() {
        let trial = StrengthTrial(
            fault: Self.fault("body.\u{1B}[2J", operation: "get\n::error::", place: "\u{202E}"),
            fate: .survived(.unnoticed(scenarios: ["\u{7}"])))
        let text = StrengthText().render(Strength(seed: "s", versions: [], trials: [trial]))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
    }
}
