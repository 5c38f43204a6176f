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
            lines += underlined(excerpt)
        }
        if let help = diagnostic.help {
            lines.append("  \(style.paint("help:", .good)) \(visibleText(help))")
        }
        for related in diagnostic.related {
            lines.append("  \(visibleText(related.location.description)): \(visibleText(related.message))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The text around the wrong part, at most 100 characters wide, and a line of carets below it.
    private func underlined(_ excerpt: Diagnostic.Excerpt) -> [String] {
        let scalars = Array(excerpt.text.unicodeScalars)
        let offset = min(max(excerpt.offset, 0), scalars.count)
        let start = max(0, offset - 40)
        let end = min(scalars.count, max(offset + 60, start + 100))
        let length = min(max(excerpt.length, 1), max(1, end - offset))
        let before = (start > 0 ? "…" : "") + shown(scalars[start..<offset])
        let bad = shown(scalars[offset..<min(end, offset + length)])
        let after = shown(scalars[min(end, offset + length)..<end]) + (end < scalars.count ? "…" : "")
        let carets = String(repeating: "^", count: max(1, bad.unicodeScalars.count))
        let indent = String(repeating: " ", count: before.unicodeScalars.count)
        return ["  | \(before)\(bad)\(after)", "  | \(indent)\(style.paint(carets, .bad))"]
    }

    private func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        visibleText(String(String.UnicodeScalarView(scalars)))
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
