import Conformance
import Diagnostics
import Harness
import TestKit
import Testing

/// Running again what did not hold.
@Suite(.inTurn) struct LastFailedTests {
    @Test("only the scenarios that did not pass are run again, until all pass")
    func again() async throws {
        try await withShippedProject { project in
            let behaviour = "specs/cashfree/2022-09-01.behaviour.yaml"
            try project.replace("{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}", in: behaviour)
            let first = try await project.run()
            let failed = first.verdict.scenarios.filter { $0.outcome != .passed }.map(\.name)
            #expect(!failed.isEmpty && failed.count < first.verdict.scenarios.count)
            try project.replace("{from: ACTIVE, to: ACTIVE}", with: "{from: ACTIVE, to: CANCELLED}", in: behaviour)
            let second = try await project.run { $0.tables.onlyLastFailed = true }
            #expect(second.verdict.scenarios.map(\.name) == failed)
            #expect(second.exit == .passed)
            let error = await #expect(throws: HarnessError.self) {
                try await project.run { $0.tables.onlyLastFailed = true }
            }
            #expect(error?.exit == .wrongInput)
            #expect(error?.diagnostics.entries.first?.message == "every scenario of the last run passed")
        }
    }

    @Test("--last-failed requires the report of an earlier run")
    func none() async throws {
        try await withShippedProject { project in
            let error = await #expect(throws: HarnessError.self) {
                try await project.run { $0.tables.onlyLastFailed = true }
            }
            #expect(error?.diagnostics.entries.first?.rule == "usage.last-failed")
        }
    }
}
