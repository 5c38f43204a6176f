package import Conformance
import Diagnostics
package import Exchanges

/// The figures of a verdict.
package struct Summary: Sendable, Equatable {
    /// Scenarios of the plan that were selected.
    package var scenarios = 0
    /// Scenarios that passed.
    package var passed = 0
    /// Scenarios with a finding of severity error.
    package var failed = 0
    /// Scenarios with a step that was not run, and without a failure.
    package var notRun = 0
    /// Scenarios of which every step was skipped.
    package var skipped = 0
    /// Steps, skipped ones included.
    package var steps = 0
    /// Steps that were skipped on purpose.
    package var skippedSteps = 0
    /// Requests that were sent.
    package var exchanges = 0
    /// Findings of severity error.
    package var errors = 0
    /// Findings of severity warning.
    package var warnings = 0
    /// Findings of severity note.
    package var notes = 0
}

extension Summary {
    /// Counts a verdict.
    package init(_ verdict: Verdict) {
        let quiet = verdict.scenarios.quietTotals
        scenarios = verdict.scenarios.count
        (passed, skipped) = (quiet.passed, quiet.skipped)
        (steps, skippedSteps, exchanges) = (quiet.steps, quiet.skippedSteps, quiet.exchanges)
        for (_, scenario) in verdict.scenarios.others {
            switch scenario.outcome {
            case .passed: passed += 1
            case .failed: failed += 1
            case .notRun: notRun += 1
            case .skipped: skipped += 1
            }
            steps += scenario.steps.count
            skippedSteps += scenario.steps.count { $0.outcome == .skipped }
            exchanges += scenario.steps.reduce(0) { $0 + $1.exchanges.count }
        }
        for finding in verdict.allFindings {
            switch finding.severity {
            case .error: errors += 1
            case .warning: warnings += 1
            case .note: notes += 1
            }
        }
    }
}

extension NotRun.Reason {
    /// The reason in words.
    package var sentence: String {
        switch self {
        case .missingValue(let step, "$"): "it needs the response to step '\(step)', which was never received"
        case .missingValue(let step, let path): "it needs \(step).\(path), which was never received"
        case .setupFailed(let step): "the setup step '\(step)' failed"
        case .sessionFailed(let scenario): "the session scenario '\(scenario)' failed"
        case .stopped: "the run was interrupted"
        case .skipped(let why): why
        case .unbuildable(let why), .unjudged(let why): why
        }
    }

    /// Whether the step was sent, and its result shows nothing about the contract.
    package var isUnjudged: Bool {
        if case .unjudged = self { true } else { false }
    }
}
