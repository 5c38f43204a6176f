import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Reporting
import TestKit
import Testing

/// The amounts and the requirements of the shipped example.
@Suite(.inTurn) struct MoneyRunTests {
    @Test("the shipped tables notice rounded amounts in every operation that returns amounts")
    func rounded() async throws {
        try await withShippedProject { project in
            var request = PlanRequest()
            request.tables.tables = ["scenarios/money.csv"]
            let session = try PlannedSession(try Workspace.open(project.root.path), request)
            let strength = try await session.strength(jobs: 2, selecting: ["money.rounded"])
            let operations = Set(strength.trials.map(\.fault.operation))
            #expect(operations.isSuperset(of: ["PGCreateLink", "PGFetchOrder", "PGOrderFetchPayments"]))
            #expect(strength.survivors.isEmpty, "\(strength.survivors.map(\.fault))")
            let rules = Set(
                strength.trials.compactMap { trial in
                    if case .noticed(_, _, let rule) = trial.fate { rule } else { nil }
                })
            #expect(rules.contains("money.changed"), "\(rules)")
        }
    }

    @Test("without `money`, the mock has no amounts to round")
    func unconfigured() async throws {
        try await withShippedProject { project in
            let text = try project.read("assay.yaml")
            let parts = text.components(separatedBy: "\nmoney:\n")
            try #require(parts.count == 2)
            try project.write(parts[0] + "\n", to: "assay.yaml")
            let session = try PlannedSession(try Workspace.open(project.root.path), PlanRequest())
            let strength = try await session.strength(jobs: 2, selecting: ["money.rounded"])
            #expect(strength.trials.isEmpty)
        }
    }

    @Test("a complete run shows every mandatory requirement of the shipped catalogue")
    func requirements() async throws {
        let verdict = try await withShippedProject { try await $0.run().verdict }
        #expect(!verdict.fails())
        #expect(verdict.findings.map(\.message) == [])
        let states = Dictionary(grouping: verdict.requirements, by: \.state).mapValues { $0.map(\.id) }
        #expect(states[.notExercised] == ["link-notes-limit"], "\(states)")
        #expect(states[.failed] == nil && (states[.shown]?.count ?? 0) >= 20)
    }

    @Test(
        "requirements of several files are one catalogue; mistakes are reported at their entry, or where the file is named"
    )
    func files() async throws {
        try await withShippedProject { project in
            try project.write("A-1: first\nA-2: {titel: x}\n", to: "a.yaml")
            try project.write("A-1: again\n", to: "b.yaml")
            try project.replace(
                "refs: specs/cashfree/requirements.yaml", with: "refs: [a.yaml, b.yaml, c.yaml]", in: "assay.yaml")
            let workspace = try Workspace.openWithProblems(project.root.path)
            let told = workspace.problems.entries.map { "\($0.location?.file ?? ""): \($0.rule)" }
            #expect(
                told.sorted() == [
                    "a.yaml: requirements.unknown-key", "assay.yaml: source.not-found",
                    "b.yaml: requirements.duplicate",
                ])
            let lint = try LintSession.lint(project.root.path, LintRequest())
            #expect(lint.exit == .wrongInput)
        }
    }
}
