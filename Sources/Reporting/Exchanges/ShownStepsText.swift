package import Exchanges
import Primitives

/// Steps with everything that was transmitted, as text for people.
package struct ShownStepsText: Sendable {
    private let style: TextStyle
    private let redactor: Redactor

    /// Writes in `style`; `redactor` masks secrets.
    package init(style: TextStyle, redactor: Redactor = .none) {
        self.style = style
        self.redactor = redactor
    }

    /// Every step with its requests, their responses, and the curl lines that repeat them.
    package func render(_ shown: ShownSteps) -> String {
        let lines = ReproductionLine(shown.run, redactor: redactor)
        return shown.steps.map {
            render($0) { exchange in
                // A delivery was not sent by us, so nothing repeats it.
                exchange.request.isReceived ? [] : [style.paint("  " + lines.text(exchange.request), .faint)]
            }
        }

        .joined(separator: "\n")
    }

    /// One step while a run sends: its requests and their responses.
    package func render(_ step: ShownSteps.Step) -> String {
        render(step) { _ in [] }
    }

    private func render(_ step: ShownSteps.Step, _ appendix: (Exchange) -> [String]) -> String {
        var text = [style.paint(visibleText(redactor.redact("\(step.scenario) › \(step.name)")), .strong)]
        if let reason = step.reason { text.append(visibleText(redactor.redact("  skipped: \(reason.sentence)"))) }
        let exchanges = ExchangeText(redactor: redactor)
        for exchange in step.exchanges {
            let milliseconds = Int(exchange.duration / .milliseconds(1))
            let attempt =
                exchange.position.isConcurrent
                ? ", request \(exchange.attempt) of several at once"
                : exchange.attempt > 1 ? ", attempt \(exchange.attempt)" : ""
            let hop = exchange.hop > 0 ? ", redirect \(exchange.hop)" : ""
            text.append(style.paint("  exchange \(exchange.sequence)\(attempt)\(hop), \(milliseconds) ms", .faint))
            text += exchanges.lines(of: exchange).map { $0.isEmpty ? "" : "  " + $0 }
            text += appendix(exchange)
        }
        return text.joined(separator: "\n") + "\n"
    }
}
