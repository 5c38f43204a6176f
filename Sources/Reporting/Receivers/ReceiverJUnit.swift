import Conformance
import Diagnostics

/// The check of a receiver in the JUnit format of CI servers: one suite with a test case for each case.
package struct ReceiverJUnit: Sendable {
    /// Creates a report.
    package init() {}

    /// The document.
    package func render(_ check: ReceiverCheck) -> String {
        let text = VerdictText(style: .plain, redactor: check.redactor)
        let counts = [
            ("tests", String(check.results.count)), ("failures", String(check.count(.failed))), ("errors", "0"),
            ("skipped", String(check.count(.skipped) + check.count(.undecided))),
        ]
        let suite = XMLElement(
            name: "testsuite", attributes: [("name", text.shown(check.url))] + counts,
            children: check.results.map { element($0, of: check, text) })
        return JUnitReport.declaration
            + XMLElement(name: "testsuites", attributes: [("name", "assay webhook-check")] + counts, children: [suite])
            .render()
    }

    private func element(_ result: ReceiverResult, of check: ReceiverCheck, _ text: VerdictText) -> XMLElement {
        XMLElement(
            name: "testcase",
            attributes: [
                ("name", result.trial.name), ("classname", text.shown(check.scheme)),
                ("time", JUnitReport.seconds(result.duration)),
            ], children: children(of: result, text))
    }

    private func children(of result: ReceiverResult, _ text: VerdictText) -> [XMLElement] {
        switch result.outcome {
        case .passed: return []
        case .skipped:
            return [XMLElement(name: "skipped", attributes: [("message", text.shown(result.trial.reason ?? ""))])]
        case .undecided:
            let message = result.findings.first { $0.isUndecided }?.message ?? ""
            return [XMLElement(name: "skipped", attributes: [("message", text.shown(message))])]
        case .failed:
            let errors = result.findings.filter { $0.severity == .error }
            let lines = errors.flatMap { text.lines(of: $0) + text.labels.lines("help", $0.remedy) }
            return [
                XMLElement(
                    name: "failure",
                    attributes: [
                        ("message", text.shown(errors.first?.message ?? "")), ("type", errors.first?.rule ?? ""),
                    ], text: lines.joined(separator: "\n"))
            ]
        }
    }
}
