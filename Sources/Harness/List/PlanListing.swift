public import Diagnostics
import Project
import Scenarios

/// What would be run: scenarios and their steps.
public struct PlanListing: Sendable {
    /// One scenario.
    public struct Scenario: Sendable {
        /// Its id: the name, or `name[case]`.
        public var id: String
        /// The table.
        public var file: String
        /// The line of its first row.
        public var line: Int
        /// Its tags.
        public var tags: [String]
        /// Why all of it would be skipped; `nil` when some of it would run.
        public var skipped: String?
        /// Its steps in the order of running.
        public var steps: [Step]
    }

    /// One step.
    public struct Step: Sendable {
        /// Its name, expanded.
        public var name: String
        /// The row.
        public var location: SourceLocation
        /// What it calls.
        public var call: String
        /// The status that is expected.
        public var expect: String
        /// The words of its `tags` cell.
        public var tags: [String]
        /// How it is run, in words: `setup`, `invalid`, `poll`, …
        public var options: [String]
        /// Why it would be skipped; `nil` when it would run.
        public var skipped: String?
    }

    /// The scenarios in the order of the tables.
    public let scenarios: [Scenario]
    /// The target that was looked at.
    public let target: String
    /// Warnings and notes about the input.
    public let diagnostics: Diagnostics

    /// Plans what `request` asks for and runs nothing. Rows without credentials are listed as skipped.
    ///
    /// - Throws: `HarnessError` (exit 2) with every problem of the input.
    public init(_ workspace: Workspace, _ request: RunRequest) throws(HarnessError) {
        var request = request
        request.missingSecrets = .passedOver
        request.target.allowsProduction = true
        let session = try RunSession(workspace, request)
        target = session.targetName
        diagnostics = session.diagnostics
        scenarios = session.plan.scenarios.map { scenario in
            let steps = scenario.stepsInRunningOrder.map { step in
                Step(
                    name: step.name, location: step.location, call: step.call.text, expect: step.expect.text,
                    tags: step.tags, options: step.options.words, skipped: session.skipReason(of: step, in: scenario))
            }
            let reasons = Set(steps.map(\.skipped))
            return Scenario(
                id: scenario.id, file: scenario.file, line: scenario.line, tags: scenario.tags,
                skipped: reasons.contains(nil) ? nil : steps.first?.skipped, steps: steps)
        }
    }
}

extension StepOptions {
    /// How the step is run, in the words of the table.
    var words: [String] {
        let words: [(String, Bool)] = [
            ("setup", isSetup), ("teardown", isTeardown), ("invalid", isInvalid), ("poll", poll != nil),
            ("retry", retry != nil), ("follow", follow != nil), ("mock", mockOnly), ("live", liveOnly),
        ]
        return words.filter(\.1).map(\.0)
    }
}
