public import Diagnostics
public import Exchanges

/// The judged result of a run: a pure function of journal, plan and contracts.
public struct Verdict: Sendable {
    /// The journal's header: seed, target, start, contracts.
    public var run: JournalHeader
    /// One verdict per scenario, in the order of the plan.
    public var scenarios: [ScenarioVerdict]
    /// Findings about no step, such as a law that never applied.
    public var findings: [Finding]
    /// The parts of the contracts that the exchanges exercised.
    public var coverage: Coverage
    /// Hints about the run as a whole: a mistake that may explain all findings, or reasons why a pass means little.
    public var hints: [Diagnostic]

    /// A verdict from its parts.
    package init(
        run: JournalHeader, scenarios: [ScenarioVerdict], findings: [Finding] = [], coverage: Coverage,
        hints: [Diagnostic] = []
    ) {
        self.run = run
        self.scenarios = scenarios
        self.findings = findings
        self.coverage = coverage
        self.hints = hints
    }

    /// Every finding, step by step, then those about no step.
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

/// The result of a scenario or step.
public enum Outcome: String, Sendable, Hashable {
    /// No finding of severity error.
    case passed
    /// At least one finding of severity error.
    case failed
    /// Not sent, or not judged completely, because a value that it needs was never received.
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

    /// A scenario's verdict from its parts.
    package init(name: String, file: String, line: Int, steps: [StepVerdict]) {
        self.name = name
        self.file = file
        self.line = line
        self.steps = steps
    }

    /// Failed if a step failed, not run if one was not run, skipped if all were skipped, otherwise passed.
    public var outcome: Outcome {
        let outcomes = steps.map(\.outcome)
        if outcomes.contains(.failed) { return .failed }
        if outcomes.contains(.notRun) { return .notRun }
        if !outcomes.isEmpty, outcomes.allSatisfy({ $0 == .skipped }) { return .skipped }
        return .passed
    }
}

/// One step, its exchanges and its findings.
public struct StepVerdict: Sendable {
    /// The step's name, with its case in brackets if a row has several cases.
    public var name: String
    /// The call: an operation's name, a method and path, or `wait`.
    public var call: String
    /// The contract by which it was judged.
    public var contract: String
    /// The row.
    public var location: SourceLocation
    /// The row's note.
    public var note: String
    /// The reason why it was not sent; `nil` if it was sent.
    public var reason: NotRun.Reason?
    /// Every attempt, in order.
    public var exchanges: [Exchange]
    /// The findings, in the order of the rules.
    public var findings: [Finding]

    /// A step's verdict from its parts.
    package init(
        name: String, call: String, contract: String, location: SourceLocation, note: String = "",
        reason: NotRun.Reason? = nil, exchanges: [Exchange], findings: [Finding]
    ) {
        self.name = name
        self.call = call
        self.contract = contract
        self.location = location
        self.note = note
        self.reason = reason
        self.exchanges = exchanges
        self.findings = findings
    }

    /// The state in which the step ended.
    public var state: StepState {
        if findings.contains(where: { $0.severity == .error }) { return .failed }
        return reason.map { .notRun($0) } ?? .passed
    }

    /// The result of the step, as reports name it.
    public var outcome: Outcome {
        switch state {
        case .passed: .passed
        case .failed, .pending: .failed
        case .notRun(.skipped): .skipped
        case .notRun: .notRun
        }
    }

    /// Whether a later attempt passed after a transport failure or a busy server.
    public var isFlaky: Bool {
        outcome == .passed && exchanges.dropLast().contains { $0.isRetryCause }
    }

    /// The time from the first request to the last response, without the pauses between attempts.
    public var duration: Duration {
        exchanges.reduce(.zero) { $0 + $1.duration }
    }
}

extension Exchange {
    /// Whether `retry` repeats this attempt: no response, or 429, 502, 503, 504.
    var isRetryCause: Bool {
        switch outcome {
        case .failure: true
        case .response(let response): [429, 502, 503, 504].contains(response.status)
        }
    }
}
