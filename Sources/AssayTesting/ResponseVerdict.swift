import Conformance
import Diagnostics
import Exchanges
import Harness
import OpenAPI
import Reporting

/// The verdict on a single response.
package struct ResponseVerdict: Sendable {
    /// Failures and warnings.
    package var issues: [(isWarning: Bool, message: String)] = []

    package init(_ response: ReceivedResponse, _ name: String, _ contract: Contract) {
        do {
            let operation = try contract.loaded.operation(named: name)
            let text = ScenarioText(redactor: .none)
            issues = ResponseJudge(operation, of: contract.loaded).findings(response.message)
                .filter { $0.severity > .note || $0.isUndecided }
                .map { finding in
                    // An undecided finding proves nothing, so it fails.
                    let isWarning = finding.severity == .warning && !finding.isUndecided
                    return (isWarning, text.message(finding, response: response.message))
                }
        } catch {
            let text = DiagnosticText(style: TextStyle(isColoured: false))
            issues = error.diagnostics.entries.map { (false, text.render($0)) }
        }
    }
}

extension ReceivedResponse {
    /// The response as received.
    var text: String { ScenarioText(redactor: .none).text(of: message) }
}
