import Conformance
import Diagnostics
import Exchanges
import Harness
import OpenAPI
import Reporting

/// What a single response showed.
package struct ResponseVerdict: Sendable {
    /// What fails or warns.
    package var issues: [(isWarning: Bool, message: String)] = []

    package init(_ response: ReceivedResponse, _ name: String, _ contract: Contract) {
        do {
            let operation = try contract.loaded.operation(named: name)
            let text = ScenarioText(redactor: .none)
            issues = ResponseJudge(operation, of: contract.loaded).findings(response.message)
                .filter { $0.severity > .note || $0.isUndecided }
                .map { finding in
                    // What could not be judged has shown nothing, so it does not pass.
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
    /// The response as it looks on the wire.
    var text: String { ScenarioText(redactor: .none).text(of: message) }
}
