import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import TestKit
import Testing

/// Stored journals, judged once more.
@Suite(.inTurn) struct ReportSessionTests {
    private func report(_ project: ShippedProject, _ journals: [String]) throws -> RunResult {
        var request = ReportRequest()
        request.journals = journals
        return try ReportSession.result(try Workspace.open(project.root.path), request)
    }

    private func outcomes(_ verdict: Verdict) -> [String] {
        verdict.scenarios.flatMap { scenario in
            scenario.steps.map { step in
                "\(scenario.name) \(step.name) \(step.outcome) "
                    + step.findings.map(\.fingerprint).joined(separator: ",")
            }
        }
    }

    @Test("a journal gives the verdict of its run")
    func again() async throws {
        try await withShippedProject { project in
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            let run = try await project.run()
            let again = try report(project, [run.journal])
            #expect(again.exit == .findings)
            expectNoDifference(outcomes(again.verdict), outcomes(run.verdict))
        }
    }

    @Test("the journals of all shards give the verdict of one run")
    func shards() async throws {
        try await withShippedProject { project in
            let whole = try await project.run()
            var journals: [String] = []
            for index in 1...3 {
                let part = try await project.run {
                    $0.shard = try? Shard("\(index)/3", environment: [:])
                    $0.journal = "reports/journals/part-\(index).ndjson"
                    $0.durations = whole.journal
                }
                #expect(part.exit == .passed)
                journals.append(part.journal)
            }
            let merged = try report(project, journals)
            #expect(merged.exit == .passed)
            expectNoDifference(outcomes(merged.verdict), outcomes(whole.verdict))

            let lacking = #expect(throws: HarnessError.self) { try report(project, [journals[0], journals[2]]) }
            #expect(lacking?.exit == .wrongInput)
            #expect(
                lacking?.diagnostics.entries.map(\.message) == [
                    "the journal of shard 2/3 is missing"
                ])
            let twice = #expect(throws: HarnessError.self) { try report(project, [journals[0], journals[0]]) }
            #expect(twice?.diagnostics.entries.first?.rule == "journal.twice")
        }
    }

    @Test("a journal of other tables or another contract is not taken", arguments: [true, false])
    func otherInput(isTable: Bool) async throws {
        try await withShippedProject { project in
            let run = try await project.run { $0.tables.grep = "link-unknown" }
            if isTable {
                try project.write(
                    project.read("scenarios/payment-links.csv") + "\n", to: "scenarios/payment-links.csv")
            } else {
                let path = "specs/cashfree/2022-09-01.yaml"
                try project.write(project.read(path) + "\n# changed\n", to: path)
            }
            let error = #expect(throws: HarnessError.self) { try report(project, [run.journal]) }
            #expect(error?.exit == .wrongInput)
            #expect(error?.diagnostics.entries.first?.rule == "journal.other-input")
            let resumed = await #expect(throws: HarnessError.self) {
                try await project.run {
                    $0.resumes = true
                    $0.journal = run.journal
                }
            }
            #expect(resumed?.exit == .wrongInput)
            #expect(resumed?.diagnostics.entries.first?.rule == "journal.other-input")
        }
    }

    @Test("a journal with a mistake in any line is neither judged nor resumed")
    func mistake() async throws {
        try await withShippedProject { project in
            let run = try await project.run { $0.tables.grep = "link-unknown" }
            let text = try project.read(run.journal)
            try project.write(
                text.replacing(#""event":"received""#, with: #""event":"received","x":1,"x":2"#), to: run.journal)
            let expected = "of the journal has the name \"x\" twice"
            let error = #expect(throws: HarnessError.self) { try report(project, [run.journal]) }
            #expect(error?.exit == .wrongInput && error?.diagnostics.entries.first?.message.hasSuffix(expected) == true)
            let before = try project.read(run.journal)
            let resumed = await #expect(throws: HarnessError.self) {
                try await project.run {
                    $0.resumes = true
                    $0.journal = run.journal
                }
            }
            #expect(
                resumed?.exit == .wrongInput && resumed?.diagnostics.entries.first?.message.hasSuffix(expected) == true)
            #expect(try project.read(run.journal) == before)
        }
    }

    @Test("exchanges of steps that the plan does not have are reported, and no step is judged by them")
    func unmatched() async throws {
        try await withShippedProject { project in
            let run = try await project.run { $0.tables.grep = "link-unknown" }
            let whole = try report(project, [run.journal])
            #expect(!whole.verdict.findings.contains { $0.rule == "journal.unmatched" })
            let step = try #require(whole.verdict.scenarios.first?.steps.first?.name)
            let text = try project.read(run.journal)
            try project.write(text.replacing("\"step\":\"\(step)\"", with: "\"step\":\"other\""), to: run.journal)
            let again = try report(project, [run.journal])
            let found = again.verdict.findings.filter { $0.rule == "journal.unmatched" }
            #expect(found.map(\.step) == Array(repeating: "other", count: found.count) && !found.isEmpty)
            #expect(again.verdict.scenarios[0].steps[0].exchanges.isEmpty)
        }
    }
}
