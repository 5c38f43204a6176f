package import Conformance
import Diagnostics
import JSONDocument
import Primitives

/// The explanation of a rule as text for people.
package struct RuleExplanationText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The explanation, with a line break at its end.
    package func render(_ explanation: RuleExplanation) -> String {
        let severity = style.paint(explanation.severity.rawValue, explanation.severity == .error ? .bad : .warning)
        let remedies = explanation.remedies.flatMap { remedy in
            indented(remedy).enumerated().map { $0.offset == 0 ? "  - " + $0.element.dropFirst(2) : "  " + $0.element }
        }
        let lines =
            ["\(style.paint(explanation.id, .strong))  \(severity)"]
            + WrappedText(width: style.width).lines(explanation.summary) + [""] + indented(explanation.meaning)
            + ["", style.paint("based on", .strong)] + indented(explanation.source) + indented(explanation.basis)
            + ["", style.paint("example", .strong)] + explanation.example.map { "  " + visibleText($0) }
            + ["", style.paint("help", .strong)] + remedies
        return lines.joined(separator: "\n") + "\n"
    }

    private func indented(_ text: String) -> [String] {
        WrappedText(width: style.width - 4).lines(text).map { "  " + $0 }
    }

    /// The explanation in Markdown.
    static func markdown(_ explanation: RuleExplanation) -> String {
        let remedies = explanation.remedies.map { "- \(MarkdownText.escaped($0))\n" }.joined()
        return """
            \(MarkdownText.escaped(explanation.meaning))

            **Based on** \(MarkdownText.escaped(explanation.source)): \(MarkdownText.escaped(explanation.basis))

            \(MarkdownText.block(explanation.example))
            \(remedies)
            """
    }
}

/// The explanation of a rule as JSON for programs.
package struct RuleExplanationJSON: Sendable {
    /// Writes the report of `assay explain`.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(_ explanation: RuleExplanation) -> String {
        let rule = JSONValue.members([
            ("id", .string(explanation.id)), ("severity", .string(explanation.severity.rawValue)),
            ("summary", .string(explanation.summary)), ("meaning", .string(explanation.meaning)),
            ("source", .string(explanation.source)), ("basis", .string(explanation.basis)),
            ("example", .array(explanation.example.map { .string($0) })),
            ("remedies", .array(explanation.remedies.map { .string($0) })),
        ])
        return JSONEnvelope("explain").render(exit: 0, [("rule", rule)])
    }
}
