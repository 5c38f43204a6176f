import Foundation
import Harness
import JSONDocument
import Mocking
import Reporting
import Testing

/// Breaking the mock on purpose, and who notices.
struct StrengthTests {
    @Test("a fault in a response that a scenario checks is noticed, by the rule that was broken")
    func noticed() async throws {
        try await withShippedProject { project in
            let strength = try await strength(project, ["body.enum@PGFetchLink 200", "header.*@PGFetchLink 200"])
            #expect(strength.trials.count >= 4)
            #expect(strength.survivors.isEmpty)
            #expect(strength.score == 100)
            for trial in strength.trials {
                guard case .noticed(_, _, let rule) = trial.fate else { continue }
                #expect(rule == trial.fault.rule, "\(trial.fault)")
            }
        }
    }

    @Test("a fault that no scenario can notice survives, and the reason is reported")
    func survives() async throws {
        try await withShippedProject { project in
            let strength = try await strength(project, ["body.json@PGCancelLink", "body.json@PGFetchLink"]) {
                $0.tables.grep = "link-no-version"
            }
            #expect(strength.survivors.contains { $0.fault.operation == "PGCancelLink" })
            let text = StrengthText().render(strength)
            #expect(text.contains("Not noticed:"))
            let json = try JSONDocument(parsing: StrengthJSON().render(strength, exit: 1)).root
            #expect(json["command"]?.string == "strength")
            let survivors = json["survivors"]?.elements.map { $0 } ?? []
            #expect(survivors.count == strength.survivors.count)
            #expect(survivors.allSatisfy { $0["rule"] != nil && $0["operation"] != nil && $0["place"] != nil })
            let noticed = Double(strength.noticed), broken = noticed + Double(survivors.count)
            #expect(json["summary"]?["broken"]?.number?.int == Int(broken))
            #expect(abs((json["summary"]?["score"]?.number?.double ?? -1) - noticed / broken) < 0.001)
            let reasons = json["breaches"]?.elements.compactMap { $0["reason"]?.string } ?? []
            #expect(reasons.contains { $0.hasPrefix("no scenario") }, "\(reasons)")
        }
    }

    @Test("scenarios that fail on the unchanged mock are rejected")
    func baseline() async throws {
        try await withShippedProject { project in
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            await #expect(throws: HarnessError.self) { try await strength(project, ["body.json"]) }
        }
    }

    private func strength(
        _ project: ShippedProject, _ wanted: [String], _ change: (inout PlanRequest) -> Void = { _ in }
    ) async throws -> Strength {
        var request = PlanRequest()
        request.seed = "strength"
        change(&request)
        let session = try PlannedSession(try Workspace.open(project.root.path), request)
        return try await session.strength(jobs: 2, selecting: wanted)
    }
}
