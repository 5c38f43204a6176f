package import Diagnostics
package import Exchanges
package import Primitives
import Scenarios

/// The judged result of a run: a pure function of journal, plan and contracts.
package struct Verdict: Sendable {
    /// The journal's header: seed, target, start, contracts.
    package var run: JournalHeader
    /// One verdict per scenario, in the order of the plan.
    package var scenarios: ScenarioVerdicts
    /// Findings about no step, such as a law that never applied.
    package var findings: [Finding]
    /// The parts of the contracts that the exchanges exercised.
    package var coverage: Coverage
    /// Hints about the run as a whole: a mistake that may explain all findings, or reasons why a pass means little.
    package var hints: [Diagnostic]
    /// The states and transitions of the resources in `promises.resources` that were observed.
    package var lifeCycles: [LifeCycle]
    /// The results of the requirements that rows name or the configuration lists; usually none.
    package var requirements: [RequirementVerdict]
    /// The periods in which the target was ill; `nil` for a healthy target.
    package var illness: TargetIllness?

    /// A verdict from its parts.
    package init(
        run: JournalHeader, scenarios: [ScenarioVerdict], findings: [Finding] = [], coverage: Coverage,
        hints: [Diagnostic] = [], lifeCycles: [LifeCycle] = [],
        requirements: [RequirementVerdict] = []
    ) {
        self.init(
            run: run, scenarios: ScenarioVerdicts(scenarios), findings: findings, coverage: coverage, hints: hints,
            lifeCycles: lifeCycles, requirements: requirements)
    }

    /// A verdict from its parts.
    init(
        run: JournalHeader, scenarios: ScenarioVerdicts, findings: [Finding], coverage: Coverage, hints: [Diagnostic],
        lifeCycles: [LifeCycle], requirements: [RequirementVerdict]
    ) {
        self.run = run
        self.scenarios = scenarios
        self.findings = findings
        self.coverage = coverage
        self.hints = hints
        self.lifeCycles = lifeCycles
        self.requirements = requirements
    }

    /// Every finding, step by step, then those about no step.
    package var allFindings: [Finding] {
        var all: [Finding] = []
        forEachStep { _, found in all += found }
        return all + findings
    }

    /// Calls `body` with the place and the findings of each step that has some.
    func forEachStep(_ body: (FindingGroup.StepPlace, [Finding]) -> Void) {
        for (index, scenario) in scenarios.others {
            for (step, verdict) in scenario.steps.enumerated() where !verdict.findings.isEmpty {
                body(FindingGroup.StepPlace(scenario: index, step: step), verdict.findings)
            }
        }
    }

    /// Whether anything at or above `severity` was found.
    package func fails(at severity: Severity = .error) -> Bool {
        allFindings.contains { $0.severity >= severity }
    }

    /// The exchanges that were judged, one scenario after the other.
    package var exchanges: JudgedExchanges { JudgedExchanges(scenarios: scenarios) }
}

/// The exchanges of scenarios, one after the other. The verdict on a scenario is made when the first of its exchanges is
/// read.
package struct JudgedExchanges: Sequence {
    let scenarios: ScenarioVerdicts

    package func makeIterator() -> Iterator { Iterator(scenarios) }

    /// Whether there is none.
    package var isEmpty: Bool { first == nil }

    /// How many there are. All of them are read.
    package var count: Int { reduce(0) { count, _ in count + 1 } }

    /// The first one.
    package var first: Exchange? {
        var iterator = makeIterator()
        return iterator.next()
    }

    /// Reads the exchanges in order.
    package struct Iterator: IteratorProtocol {
        private let scenarios: ScenarioVerdicts
        private var scenario = 0
        /// The steps of the scenario before `scenario`.
        private var steps: [StepVerdict] = []
        private var step = 0
        private var exchange = 0

        fileprivate init(_ scenarios: ScenarioVerdicts) {
            self.scenarios = scenarios
        }

        package mutating func next() -> Exchange? {
            while true {
                if step < steps.count, exchange < steps[step].exchanges.count {
                    exchange += 1
                    return steps[step].exchanges[exchange - 1]
                }
                exchange = 0
                step += 1
                guard step >= steps.count else { continue }
                guard scenario < scenarios.endIndex else { return nil }
                steps = scenarios[scenario].steps
                scenario += 1
                step = 0
            }
        }
    }
}

/// The result of a scenario or step.
package enum Outcome: String, Sendable, Hashable {
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
package struct ScenarioVerdict: Sendable {
    /// `Scenario.id`.
    package var name: String
    /// The table.
    package var file: String
    /// The line of the scenario's first row.
    package var line: Int
    /// Its steps, in the order of the plan.
    package var steps: [StepVerdict]

    /// A scenario's verdict from its parts.
    package init(name: String, file: String, line: Int, steps: [StepVerdict]) {
        self.name = name
        self.file = file
        self.line = line
        self.steps = steps
    }

    /// The verdict on a scenario of the plan.
    init(_ scenario: Scenario, steps: [StepVerdict]) {
        self.init(name: scenario.id, file: scenario.file, line: scenario.line, steps: steps)
    }

    /// Failed if a step failed, not run if one was not run, skipped if all were skipped, otherwise passed.
    package var outcome: Outcome {
        // By index: iterating would copy each step.
        let outcomes = steps.indices.map { steps[$0].outcome }
        if outcomes.contains(.failed) { return .failed }
        if outcomes.contains(.notRun) { return .notRun }
        if !outcomes.isEmpty, outcomes.allSatisfy({ $0 == .skipped }) { return .skipped }
        return .passed
    }
}

/// One step, its exchanges and its findings.
package struct StepVerdict: Sendable {
    /// The step's name, with its case in brackets if a row has several cases.
    package var name: String { planned.name }
    /// The call: an operation's name, a method and path, or `wait`.
    package var call: String { planned.call }
    /// The contract by which it was judged.
    package var contract: String { planned.contract }
    /// The row.
    package var location: SourceLocation { planned.location }
    /// The row's note.
    package var note: String { planned.note }
    /// The reason why it was not sent; `nil` if it was sent.
    package var reason: NotRun.Reason?
    /// Every attempt, in order.
    package var exchanges: [Exchange]
    /// The findings, in the order of the rules.
    package var findings: [Finding]

    /// The step in the plan. Boxed, because the judge and the reports copy verdicts.
    @Boxed package var planned: Planned

    /// The parts of a step in the plan that reports show.
    package struct Planned: Sendable {
        package var name: String
        package var call: String
        package var contract: String
        package var location: SourceLocation
        package var note: String
    }

    /// A step's verdict from its parts.
    package init(
        name: String, call: String, contract: String, location: SourceLocation, note: String = "",
        reason: NotRun.Reason? = nil, exchanges: [Exchange], findings: [Finding]
    ) {
        planned = Planned(name: name, call: call, contract: contract, location: location, note: note)
        self.reason = reason
        self.exchanges = exchanges
        self.findings = findings
    }

    /// The verdict on a step of the plan.
    init(_ step: Step, reason: NotRun.Reason?, exchanges: [Exchange], findings: [Finding]) {
        self.init(
            name: step.name, call: step.callText, contract: step.contract, location: step.location,
            note: step.row.note, reason: reason, exchanges: exchanges, findings: findings)
    }

    /// The state in which the step ended.
    package var state: StepState {
        if findings.contains(where: { $0.severity == .error }) { return .failed }
        return reason.map { .notRun($0) } ?? .passed
    }

    /// The result of the step, as reports name it.
    package var outcome: Outcome {
        switch state {
        case .passed: .passed
        case .failed, .pending: .failed
        case .notRun(.skipped): .skipped
        case .notRun: .notRun
        }
    }

    /// Whether a later attempt, or a later run of the scenario, passed after a transport failure or a busy server.
    package var isFlaky: Bool {
        outcome == .passed
            && (exchanges.dropLast().contains { $0.isRetryCause && !$0.position.isConcurrent }
                || findings.contains { $0.rule.isSame(as: Rule.flaky.id) })
    }

    /// The time from the first request to the last response, without the pauses between attempts.
    package var duration: Duration {
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
