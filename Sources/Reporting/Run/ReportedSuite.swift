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

extension RunReport {
    /// The scenarios as suites, then the errors that belong to no step as the suite `run`.
    package var suites: [ReportedSuite] {
        let text = plain
        let scenarios = verdict.scenarios.map { scenario in
            ReportedSuite(
                name: text.shown(scenario.name), file: text.shown(scenario.file),
                cases: scenario.steps.map { Self.reported($0, text) })
        }
        let errors = verdict.findings.filter { $0.severity == .error }
        guard !errors.isEmpty else { return scenarios }
        let cases = errors.map { finding in
            let name = [finding.scenario, finding.step].filter { !$0.isEmpty }.joined(separator: " › ")
            return ReportedCase(
                name: text.shown(name.isEmpty ? finding.rule : name), location: finding.table,
                result: .failed,
                reason: nil, errors: [finding], step: nil)
        }
        return scenarios + [ReportedSuite(name: "run", file: nil, cases: cases)]
    }

    private static func reported(_ step: StepVerdict, _ text: VerdictText) -> ReportedCase {
        let errors = step.findings.filter { $0.severity == .error }
        let result: ReportedCase.Result =
            switch step.outcome {
            case .passed: .passed
            case .skipped, .notRun: .skipped
            case .failed: errors.allSatisfy { $0.blame == .transport } ? .error : .failed
            }
        let reason = result == .skipped ? text.shown(step.reason?.sentence ?? "") : nil
        return ReportedCase(
            name: text.shown(step.name), location: step.location, result: result, reason: reason,
            errors: errors,
            step: step)
    }

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
