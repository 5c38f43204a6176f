package import Conformance
package import Diagnostics
package import Exchanges

/// A scenario as a suite of test cases, or the errors that belong to no step.
package struct ReportedSuite: Sendable {
    /// The name of the scenario; `run` for errors that belong to no step.
    package let name: String
    /// The table; `nil` for errors that belong to no step.
    package let file: String?
    /// The cases in the order of the plan.
    package let cases: [ReportedCase]
}

/// A step as a test case, or an error that belongs to no step.
///
/// Names and texts are masked and have no invisible characters.
package struct ReportedCase: Sendable {
    /// The name of the step.
    package let name: String
    /// The row; `nil` for an error without one.
    package let location: SourceLocation?
    /// The result.
    package let result: Result
    /// The reason why the step was skipped; `nil` for steps that were run.
    package let reason: String?
    /// The findings of severity error.
    package let errors: [Finding]
    /// The step; `nil` for an error that belongs to no step.
    package let step: StepVerdict?

    /// The result of a case, as formats for tests distinguish it.
    package enum Result: Sendable, Hashable {
        /// No error.
        case passed
        /// A response that deviates.
        case failed
        /// No response.
        case error
        /// Not sent, or not judged completely.
        case skipped
    }

    /// The time from the first request to the last response.
    package var duration: Duration { step?.duration ?? .zero }

    /// The exchange that the first error is about; `nil` if nothing was sent.
    package var exchange: Exchange? { step?.exchange(of: errors.first) }

    /// The message of the first error, not masked.
    var message: String { errors.first?.message ?? "" }
}

/// The suites of a run: the scenarios, then the errors that belong to no step as the suite `run`. Each is made when it is
/// read.
package struct ReportedSuites: RandomAccessCollection, Sendable {
    private let scenarios: ScenarioVerdicts
    private let errors: [Finding]
    private let text: VerdictText

    fileprivate init(_ report: RunReport) {
        scenarios = report.verdict.scenarios
        errors = report.errorsOfNoStep
        text = report.plain
    }

    package var startIndex: Int { 0 }
    package var endIndex: Int { scenarios.count + (errors.isEmpty ? 0 : 1) }

    package subscript(index: Int) -> ReportedSuite {
        guard index < scenarios.count else {
            return ReportedSuite(name: "run", file: nil, cases: errors.map { ReportedCase($0, text) })
        }
        let scenario = scenarios[index]
        return ReportedSuite(
            name: text.shown(scenario.name), file: text.shown(scenario.file),
            cases: scenario.steps.map { ReportedCase($0, text) })
    }
}

extension ReportedCase {
    /// A step.
    fileprivate init(_ step: StepVerdict, _ text: VerdictText) {
        let result = Result(step)
        self.init(
            name: text.shown(step.name), location: step.location, result: result,
            reason: result == .skipped ? text.shown(step.reason?.sentence ?? "") : nil,
            errors: step.findings.filter { $0.severity == .error }, step: step)
    }

    /// An error that belongs to no step.
    fileprivate init(_ error: Finding, _ text: VerdictText) {
        let name = [error.scenario, error.step].filter { !$0.isEmpty }.joined(separator: " › ")
        self.init(
            name: text.shown(name.isEmpty ? error.rule : name), location: error.table, result: .failed, reason: nil,
            errors: [error], step: nil)
    }
}

extension ReportedCase.Result {
    /// The result of a step.
    init(_ step: StepVerdict) {
        self =
            switch step.outcome {
            case .passed: .passed
            case .skipped, .notRun: .skipped
            case .failed:
                step.findings.allSatisfy { $0.severity < .error || $0.blame == .transport } ? .error : .failed
            }
    }
}

/// The numbers of test cases by their results.
struct CaseCounts {
    var cases = 0
    var failed = 0
    var errors = 0
    var skipped = 0

    var passed: Int { cases - failed - errors - skipped }

    /// No case.
    init() {}

    /// The counts of these cases.
    init(_ cases: [ReportedCase]) {
        for item in cases { add(item.result) }
    }

    /// The counts of a run.
    init(_ report: RunReport) {
        let quiet = report.verdict.scenarios.quietTotals
        (cases, skipped) = (quiet.steps, quiet.skippedSteps)
        for (_, scenario) in report.verdict.scenarios.others {
            for step in scenario.steps { add(ReportedCase.Result(step)) }
        }
        for _ in report.errorsOfNoStep { add(.failed) }
    }

    private mutating func add(_ result: ReportedCase.Result) {
        cases += 1
        switch result {
        case .passed: break
        case .failed: failed += 1
        case .error: errors += 1
        case .skipped: skipped += 1
        }
    }
}

extension RunReport {
    /// The scenarios as suites, then the errors that belong to no step as the suite `run`.
    package var suites: ReportedSuites { ReportedSuites(self) }

    /// The errors that belong to no step.
    fileprivate var errorsOfNoStep: [Finding] { verdict.findings.filter { $0.severity == .error } }

    /// The errors of a case, with places, differences and what to do.
    func failureText(of item: ReportedCase) -> String {
        let text = plain
        return item.errors.flatMap { text.lines(of: $0) + ["    help      " + text.shown($0.remedy)] }
            .joined(separator: "\n")
    }

    /// The errors of a case with the response and the line that repeats the request.
    func outputText(of item: ReportedCase) -> String {
        let scenarios = ScenarioText(redactor: redactor)
        var parts = item.errors.map { scenarios.message($0, in: item.step) }
        if let exchange = item.exchange {
            if let response = exchange.received { parts.append(scenarios.text(of: response)) }
            if !exchange.request.isReceived { parts.append(curl(exchange)) }
        }
        return parts.joined(separator: "\n\n")
    }
}
