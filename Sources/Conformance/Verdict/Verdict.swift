public import Diagnostics
public import Exchanges

/// What a journal is worth under a plan and its contracts: a pure value, the same today and tomorrow.
public struct Verdict: Sendable {
    /// The journal's header: seed, target, start, contracts.
    public var run: JournalHeader
    /// One verdict per scenario, in the order of the plan.
    public var scenarios: [ScenarioVerdict]
    /// Findings that belong to no step, such as a law that never applied.
    public var findings: [Finding]
    /// What the exchanges exercised of the contracts.
    public var coverage: Coverage

    /// Every finding, step by step, then those of no step.
    public var allFindings: [Finding] {
        scenarios.flatMap(\.steps).flatMap(\.findings) + findings
    }

    /// Whether anything at or above `severity` was found.
    public func fails(at severity: Severity = .error) -> Bool {
        allFindings.contains { $0.severity >= severity }
    }

    /// The exchanges that were judged.
    public var exchanges: [Exchange] {
        scenarios.flatMap(\.steps).flatMap(\.exchanges)
    }
}

/// How a scenario or step ended.
public enum Outcome: String, Sendable, Hashable {
    /// Everything held.
    case passed
    /// At least one finding of severity error.
    case failed
    /// Not sent, because something that it needs was never received.
    case notRun
    /// Not sent, on purpose.
    case skipped
}

/// One scenario and its steps.
public struct ScenarioVerdict: Sendable {
    /// `Scenario.id`.
    public var name: String
    /// The table.
    public var file: String
    /// The line of the scenario's first row.
    public var line: Int
    /// Its steps, in the order of the plan.
    public var steps: [StepVerdict]

    /// Failed when a step failed, not run when one was not run, skipped when all were; else passed.
    public var outcome: Outcome {
        let outcomes = steps.map(\.outcome)
        if outcomes.contains(.failed) { return .failed }
        if outcomes.contains(.notRun) { return .notRun }
        if !outcomes.isEmpty, outcomes.allSatisfy({ $0 == .skipped }) { return .skipped }
        return .passed
    }
}

/// One step, its exchanges, and what was found.
public struct StepVerdict: Sendable {
    /// The step's name, with its case in brackets where a row stands for several.
    public var name: String
    /// What is called: an operation's name, a method and path, or `wait`.
    public var call: String
    /// The contract that was judged by.
    public var contract: String
    /// The row.
    public var location: SourceLocation
    /// The row's note.
    public var note: String
    /// Why it was not sent; `nil` when it was.
    public var reason: NotRun.Reason?
    /// Every attempt, in order.
    public var exchanges: [Exchange]
    /// What was found, in the order of the rules.
    public var findings: [Finding]

    /// How the step ended.
    public var outcome: Outcome {
        if findings.contains(where: { $0.severity == .error }) { return .failed }
        switch reason {
        case nil: return .passed
        case .skipped: return .skipped
        default: return .notRun
        }
    }

    /// Whether a later attempt held after an earlier one met a transport fault or a busy server.
    public var isFlaky: Bool {
        outcome == .passed && exchanges.dropLast().contains { $0.isRetryCause }
    }

    /// The time from the first request to the last answer, waits between attempts left out.
    public var duration: Duration {
        exchanges.reduce(.zero) { $0 + $1.duration }
    }
}

extension Exchange {
    /// Whether this attempt is one that `retry` repeats: no answer, or 429, 502, 503, 504.
    var isRetryCause: Bool {
        switch outcome {
        case .failure: true
        case .response(let response): [429, 502, 503, 504].contains(response.status)
        }
    }
}
