package import Conformance
package import Diagnostics
package import Exchanges
import Primitives

/// A judged run, prepared for its reports. Each format is a pure function of this value.
///
/// Formats for people read ``groups``: one cause is shown once. Formats that know tests read ``suites``.
package struct RunReport: Sendable {
    /// The verdict.
    package let verdict: Verdict
    /// The duration of the run.
    package let elapsed: Duration
    /// Masks secrets in everything that is shown.
    package let redactor: Redactor
    /// The lines of tables and documents that findings point to.
    package let sources: SourceExcerpts
    /// The figures.
    package let summary: Summary
    /// The findings by cause: errors, then warnings, then notes.
    package let groups: [ReportedGroup]

    /// Prepares a verdict.
    ///
    /// - Parameters:
    ///   - elapsed: The duration of the run.
    ///   - sources: The lines that findings point to. Findings in other lines are shown without them.
    package init(
        _ verdict: Verdict, elapsed: Duration = .zero, redactor: Redactor,
        sources: SourceExcerpts = SourceExcerpts()
    ) {
        self.verdict = verdict
        self.elapsed = elapsed
        self.redactor = redactor
        self.sources = sources
        summary = Summary(verdict)
        groups = verdict.groups.map { ReportedGroup($0, of: verdict) }
    }

    /// The groups of severity error.
    package var failures: [ReportedGroup] { groups.filter { $0.first.severity == .error } }

    /// Whether the run failed, passed, or was incomplete.
    package var result: Result {
        if verdict.fails() { return .failed }
        // A run with only skipped scenarios has not passed.
        return summary.notRun > 0 || summary.passed == 0 ? .incomplete : .passed
    }

    /// The result in a few words, for titles.
    var resultText: String {
        switch result {
        case .failed: plural(failures.count, "failure")
        case .incomplete: summary.notRun > 0 ? "Incomplete" : "Nothing was judged"
        case .passed: "Passed"
        }
    }

    /// The result of a run in one word.
    package enum Result: String, Sendable {
        /// Everything that was selected was sent, and nothing failed.
        case passed
        /// At least one finding has severity error.
        case failed
        /// Nothing failed, but a step was not run, or nothing was sent.
        case incomplete
    }

    /// The shell line that repeats a request, on one line and with secrets masked.
    package func curl(_ exchange: Exchange) -> String {
        ReproductionLine(verdict.run, redactor: redactor).text(exchange.request)
    }

    /// The address of a request as it is shown: that of the run's own mock has the usual port.
    func url(_ exchange: Exchange) -> String {
        ReproductionLine(verdict.run, redactor: redactor).url(exchange.request)
    }

    /// Plain text in the style of the text report.
    var plain: VerdictText { VerdictText(style: .plain, redactor: redactor) }
}

/// The findings of one cause, with everything that reports show about it.
package struct ReportedGroup: Sendable {
    /// The number of the failure, from 1; `nil` for warnings and notes.
    package let number: Int?
    /// The finding that represents the group.
    package let first: Finding
    /// The number of findings.
    package let count: Int
    /// The steps with a finding of the group, each once; empty for findings about no step.
    package let steps: [ReportedStep]
    /// The exchange of the first finding; `nil` if nothing was sent.
    package let exchange: Exchange?

    /// Prepares a group of `verdict`.
    package init(_ group: FindingGroup, of verdict: Verdict) {
        number = group.number
        first = group.first
        count = group.members.count
        steps = group.steps.map { place in
            let (scenario, step) = verdict.step(at: place)
            return ReportedStep(scenario: scenario.name, verdict: step)
        }
        exchange = group.members[0].step.flatMap { verdict.step(at: $0).step.exchange(of: group.first) }
    }

    /// The step of the first finding; `nil` for a finding about no step.
    package var step: ReportedStep? { steps.first }

    /// The cell or row of the table; `nil` for findings that concern no table.
    package var row: SourceLocation? { first.table ?? step?.verdict.location }

    /// The name of the first step, of the scenario, or of the run as a whole.
    package var title: String {
        if let step { return step.title }
        let name = [first.scenario, first.step].filter { !$0.isEmpty }.joined(separator: " › ")
        return name.isEmpty ? "the run" : name
    }

    /// The operation and the place in its response: `fetchParcel /items/0/weight`; empty if it concerns neither.
    package var subject: String {
        [first.operation, first.response?.description].compactMap { $0 }.joined(separator: " ")
    }
}

/// A step of a run with the name of its scenario.
package struct ReportedStep: Sendable {
    /// The name of the scenario.
    package let scenario: String
    /// The step.
    package let verdict: StepVerdict

    /// The name that reports show and `assay show` accepts: `order-lifecycle › fetch`.
    package var title: String { "\(scenario) › \(verdict.name)" }
}

extension StepVerdict {
    /// The exchange that a finding of the step is about: its own, otherwise the last one.
    func exchange(of finding: Finding?) -> Exchange? {
        exchanges.first { $0.sequence == finding?.exchange } ?? exchanges.last
    }
}
