package import Diagnostics
import Primitives

/// Diagnostics as text for people: location, message, the excerpt of the input with the wrong part underlined, and
/// help.
package struct DiagnosticText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The text of several diagnostics, sorted by location, with a count at the end. Equal ones are written once.
    package func render(_ diagnostics: Diagnostics) -> String {
        guard !diagnostics.entries.isEmpty else { return "" }
        let texts = DiagnosticGroup.groups(of: diagnostics.sorted).map { group in
            let repetition = group.repetition.map { "  " + style.paint(visibleText($0), .faint) + "\n" }
            return render(group.first) + (repetition ?? "")
        }
        return texts.joined(separator: "\n") + "\n" + count(diagnostics.entries) + "\n"
    }

    /// The text of one diagnostic; ends with a line break.
    package func render(_ diagnostic: Diagnostic) -> String {
        var lines: [String] = []
        let place = diagnostic.location.map { visibleText($0.description) + ": " } ?? ""
        let severity = style.paint("\(diagnostic.severity.rawValue):", role(of: diagnostic.severity))
        let column = diagnostic.place.map { " (\(visibleText($0)))" } ?? ""
        lines.append(
            "\(style.paint(place, .strong))\(severity) \(visibleText(diagnostic.message))"
                + style.paint("\(column) [\(diagnostic.rule)]", .faint))
        if let excerpt = diagnostic.excerpt {
            lines += UnderlinedText(style: style).lines(excerpt).map { "  | " + $0 }
        }
        if let help = diagnostic.help {
            lines.append("  \(style.paint("help:", .good)) \(visibleText(help))")
        }
        for related in diagnostic.related {
            lines.append("  \(visibleText(related.location.description)): \(visibleText(related.message))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func role(of severity: Severity) -> TextStyle.Role {
        switch severity {
        case .error: .bad
        case .warning: .warning
        case .note: .faint
        }
    }

    private func count(_ diagnostics: [Diagnostic]) -> String {
        let counts = Severity.allCases.reversed().compactMap { severity -> String? in
            let count = diagnostics.count { $0.severity == severity }
            guard count > 0 else { return nil }
            return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return counts.joined(separator: ", ")
    }
}
