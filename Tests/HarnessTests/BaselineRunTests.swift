import Conformance
import Diagnostics
import Foundation
import Harness
import TestKit
import Testing

/// Baselines over several runs, and stored journals that are judged as their runs were.
@Suite(.inTurn) struct BaselineRunTests {
    private static let behaviour = "specs/cashfree/2022-09-01.behaviour.yaml"

    /// The shipped example with the table that the broken mock concerns alone.
    private func withLinks(_ body: (ShippedProject) async throws -> Void) async throws {
        try await withShippedProject { project in
            try project.keepOnly("payment-links.csv")
            try await body(project)
        }
    }

    private func breakMock(_ project: ShippedProject) throws {
        try project.replace(
            "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}", in: Self.behaviour)
    }

    private func repairMock(_ project: ShippedProject) throws {
        try project.replace(
            "{from: ACTIVE, to: ACTIVE}", with: "{from: ACTIVE, to: CANCELLED}", in: Self.behaviour)
    }

    private func news(_ result: RunResult) -> String {
        result.news(isQuiet: false).entries.map(\.message).joined(separator: "\n")
    }

    @Test("writing again keeps what people wrote, a run of a part removes nothing, and what is repaired goes")
    func life() async throws {
        try await withLinks { project in
            try breakMock(project)
            let first = try await project.run { $0.judging.writesBaseline = true }
            #expect(first.exit == .passed)
            let written = try project.read("baseline.yaml")
            #expect(written.contains("example: 'scenarios/"))
            #expect(news(first).contains("added, 0 kept, 0 dropped"))
            let edited =
                "# Ours.\n"
                + written.replacing(/reason: .*/, with: "reason: TICKET-1 by design # sic")
                .replacing(/until: .*/, with: "until: '2099-12-31'")
                .replacing(/\n  - rule/, with: "\n  # Ann knows.\n  - ticket: T-1\n    rule")
            try project.write(edited, to: "baseline.yaml")

            let again = try await project.run { $0.judging.writesBaseline = true }
            #expect(again.exit == .passed)
            #expect(try project.read("baseline.yaml") == edited)

            let part = try await project.run {
                $0.judging.writesBaseline = true
                $0.tables.grep = "link-unknown"
            }
            #expect(try project.read("baseline.yaml") == edited)
            #expect(news(part).contains("not exercised by this run"))

            try repairMock(project)
            let repaired = try await project.run { $0.judging.writesBaseline = true }
            #expect(news(repaired).contains("0 added"))
            // Without the other tables, some laws and promises still apply to nothing, and requirements are not shown.
            let rules = try project.read("baseline.yaml").matches(of: /rule: (.*)/).map { String($0.1) }
            #expect(
                rules.allSatisfy { $0.contains(".never-applied") || $0.contains("requirement.not-shown") }, "\(rules)")
            #expect(written.matches(of: /rule: (.*)/).contains { !$0.1.contains(".never-applied") })
        }
    }

    @Test("a baseline in another form, such as JSON, keeps its entries and their further members")
    func otherForm() async throws {
        try await withLinks { project in
            try project.write(
                """
                {"entries": [{"rule": "body.type", "operation": "neverCalled", "at": "/it's", "reason": "a 'b'",
                  "until": "2099-01-01", "ticket": "T-1", "owners": ["ann", 1]}]}
                """, to: "baseline.yaml")
            try breakMock(project)
            let result = try await project.run { $0.judging.writesBaseline = true }
            #expect(result.exit == .passed)
            let text = try project.read("baseline.yaml")
            for part in ["'neverCalled'", "'/it''s'", "'a ''b'''", "'ticket': 'T-1'", #"'owners': ["ann",1]"#] {
                #expect(text.contains(part), "\(text)")
            }
            let accepted = try await project.run { $0.judging.baseline = "baseline.yaml" }
            #expect(accepted.exit == .passed)
        }
    }

    @Test("a baseline that cannot be read stops the run before it is written over", arguments: [true, false])
    func wrong(writes: Bool) async throws {
        try await withLinks { project in
            try project.write("entries: [{rule: nothing}]\n", to: "baseline.yaml")
            let error = await #expect(throws: HarnessError.self) {
                try await project.run {
                    $0.judging.baseline = "baseline.yaml"
                    $0.judging.writesBaseline = writes
                }
            }
            #expect(error?.exit == .wrongInput)
            #expect(try project.read("baseline.yaml") == "entries: [{rule: nothing}]\n")
        }
    }

    @Test(
        "an entry with an unknown rule is reported with the nearest rule",
        arguments: [
            ("status.undocumentd", "did you mean `status.undocumented`?"),
            ("nothing", "list the rules with `assay rules`"),
        ])
    func unknownRule(rule: String, help: String) async throws {
        try await withLinks { project in
            try project.write("entries: [{rule: \(rule)}]\n", to: "baseline.yaml")
            let error = await #expect(throws: HarnessError.self) {
                try await project.run { $0.judging.baseline = "baseline.yaml" }
            }
            let diagnostic = try #require(error?.diagnostics.entries.first)
            #expect(diagnostic.rule == "baseline.unknown-rule")
            #expect(diagnostic.location?.line == 1)
            #expect(diagnostic.help == help)
        }
    }

    @Test("assay.yaml names the baseline of every run")
    func configured() async throws {
        try await withLinks { project in
            try breakMock(project)
            try project.replace("volatile: []", with: "volatile: []\nbaseline: accepted.yaml", in: "assay.yaml")
            let written = try await project.run { $0.judging.writesBaseline = true }
            #expect(written.exit == .passed)
            #expect(try project.read("accepted.yaml").contains("rule: "))
            #expect(try await project.run().exit == .passed)
        }
    }

    @Test(
        "a journal gives the exit code of its run, however that was judged",
        arguments: ["plain", "baseline", "strict", "coverage", "no overlays"])
    func exits(how: String) async throws {
        try await withLinks { project in
            if how == "plain" || how == "baseline" { try breakMock(project) }
            if how == "baseline" { _ = try await project.run { $0.judging.writesBaseline = true } }
            let run = try await project.run {
                switch how {
                case "baseline": $0.judging.baseline = "baseline.yaml"
                case "strict": $0.judging.isStrict = true
                case "coverage": $0.judging.minCoverage = "responses=100"
                case "no overlays": $0.contracts.withoutOverlays = true
                default: break
                }
            }
            if how == "coverage" || how == "plain" { #expect(run.exit == .findings) }
            var request = ReportRequest()
            request.journals = [run.journal]
            let again = try ReportSession.result(try Workspace.open(project.root.path), request)
            #expect(again.exit == run.exit)
            let all = (run.verdict.allFindings.map(\.fingerprint), again.verdict.allFindings.map(\.fingerprint))
            expectNoDifference(all.1, all.0)
        }
    }

    @Test("options of the report win over those of the run")
    func options() async throws {
        try await withLinks { project in
            let run = try await project.run()
            #expect(run.exit == .passed)
            var request = ReportRequest()
            request.journals = [run.journal]
            request.judging.minCoverage = "responses=100"
            #expect(try ReportSession.result(try Workspace.open(project.root.path), request).exit == .findings)
            try breakMock(project)
            _ = try await project.run { $0.judging.writesBaseline = true }
            let broken = try await project.run()
            #expect(broken.exit == .findings)
            request.journals = [broken.journal]
            request.judging = JudgingChoice()
            request.judging.baseline = "baseline.yaml"
            #expect(try ReportSession.result(try Workspace.open(project.root.path), request).exit == .passed)
        }
    }
}
