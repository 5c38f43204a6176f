import Conformance
import Diagnostics
import Exchanges
import Primitives
import Reporting

/// The result of one scenario in a form for test libraries.
package struct ScenarioOutcome: Sendable {
    /// Failures and warnings, in the order of the steps.
    package var issues: [ScenarioIssue]
    /// Every step with its findings and exchanges; secrets are masked.
    package var report: String
    /// Why nothing was sent, if that was intended; `nil` if something was sent.
    package var skipReason: String?

    /// Converts the verdict on one scenario.
    ///
    /// - Parameter warnings: Additional warnings to report.
    init(_ verdict: Verdict, _ redactor: Redactor, root: String, besides warnings: [ScenarioIssue]) {
        let text = ScenarioText(redactor: redactor)
        var issues = warnings
        for scenario in verdict.scenarios {
            let first = SourceLocation(file: scenario.file, line: scenario.line, column: 1)
            for step in scenario.steps {
                // An undecided finding is at least a warning, so that it does not look like a success.
                issues += step.findings.filter { $0.severity > .note || $0.isUndecided }.map { finding in
                    ScenarioIssue(
                        isWarning: finding.severity < .error, message: text.message(finding, in: step),
                        at: finding.table ?? step.location, root: root)
                }
            }
            issues += verdict.findings.filter { $0.severity > .note }.map { finding in
                ScenarioIssue(
                    isWarning: finding.severity == .warning, message: text.message(finding),
                    at: finding.table ?? first, root: root)
            }
            // After a failure, the remaining steps are skipped for that reason, and the failure is enough.
            if scenario.outcome == .notRun, issues.allSatisfy(\.isWarning) {
                issues += scenario.steps.filter { $0.outcome == .notRun }.map { step in
                    let reason = step.reason?.sentence ?? "the run was interrupted"
                    return ScenarioIssue(
                        isWarning: false, message: visibleText("step '\(step.name)' was skipped: \(reason)"),
                        at: step.location, root: root)
                }
            }
        }
        self.issues = issues
        report = verdict.scenarios.map { text.report($0, verdict.run) }.joined(separator: "\n")
        if let scenario = verdict.scenarios.first, scenario.outcome == .skipped {
            skipReason = visibleText(scenario.steps.first?.reason?.sentence ?? "every step was skipped")
        }
    }

    /// The result for a scenario that the plan of another target does not contain.
    init(missing id: String, root: String) {
        let message = visibleText("scenario '\(id)' was skipped: it is not selected for this target")
        issues = [
            ScenarioIssue(
                isWarning: false, message: message, at: SourceLocation(file: "assay.yaml", line: 1, column: 1),
                root: root)
        ]
        report = message
    }
}

/// One failure or warning and its location in a table.
package struct ScenarioIssue: Sendable {
    /// Whether it does not fail the test.
    package var isWarning: Bool
    /// Rule, message, places and difference.
    package var message: String
    /// The file, as an absolute path.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column, from 1.
    package var column: Int

    init(isWarning: Bool, message: String, at location: SourceLocation, root: String) {
        self.isWarning = isWarning
        self.message = message
        file = Self.path(of: location.file, root: root)
        line = max(1, location.line)
        column = max(1, location.column)
    }

    /// A warning about the input.
    init(_ diagnostic: Diagnostic, root: String) {
        let text = DiagnosticText(style: TextStyle(isColoured: false)).render(diagnostic)
        self.init(
            isWarning: diagnostic.severity < .error, message: text,
            at: diagnostic.location ?? SourceLocation(file: "assay.yaml", line: 1, column: 1), root: root)
    }

    /// The absolute path of a file of the project.
    static func path(of file: String, root: String) -> String {
        file.utf8.first == UInt8(ascii: "/") ? file : root + "/" + file
    }
}
