package import Conformance
import Primitives

/// A line about a scenario that has ended: `✓ order-lifecycle  scenarios/orders.csv:2`.
package struct ScenarioLine: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The line with its line break.
    ///
    /// - Parameter location: The file and line of the scenario.
    package func render(_ name: String, _ outcome: Outcome, at location: String) -> String {
        let mark =
            switch outcome {
            case .passed: style.paint("✓", .good)
            case .failed: style.paint("✗", .bad)
            case .notRun, .skipped: style.paint("•", .warning)
            }
        let skipped = outcome == .skipped ? "  skipped" : ""
        return "\(mark) \(visibleText(name))\(skipped)" + style.paint("  " + visibleText(location), .faint) + "\n"
    }
}
