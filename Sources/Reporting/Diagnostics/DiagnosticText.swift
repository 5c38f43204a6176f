package import Diagnostics
import Primitives

/// Diagnostics as text for people: location, message, the excerpt of the input with the wrong part underlined, and
/// help.
package struct DiagnosticText: Sendable {
    private let style: TextStyle
    private let isWrapped: Bool

    /// Writes in `style`.
    ///
    /// - Parameter isWrapped: Whether lines end at the width of the style. Otherwise a message is one line, as tools expect
    ///   that search the output for mistakes in files.
    package init(style: TextStyle, isWrapped: Bool = false) {
        self.style = style
        self.isWrapped = isWrapped
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
        let place = diagnostic.location.map { visibleText($0.description) + ":" } ?? ""
        let column = diagnostic.place.map { "(\(visibleText($0))) " } ?? ""
        var lines = line([
            (place, .strong), ("\(diagnostic.severity.rawValue):", role(of: diagnostic.severity)),
            (visibleText(diagnostic.message), nil), ("\(column)[\(diagnostic.rule)]", .faint),
        ])
        if let excerpt = diagnostic.excerpt {
            lines += UnderlinedText(style: style).lines(excerpt).map { "  | " + $0 }
        }
        if let help = diagnostic.help {
            lines += line([("help:", .good), (visibleText(help), nil)], indent: 2)
        }
        for related in diagnostic.related {
            let place = visibleText(related.location.description)
            lines += line([("\(place): \(visibleText(related.message))", nil)], indent: 2)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ parts: [LabelledLines.Part], indent: Int = 0) -> [String] {
        guard !isWrapped else {
            return LabelledLines(style: style).lines(of: parts, indent: indent, further: 2 + indent, gap: " ")
        }
        let text = parts.filter { !$0.text.isEmpty }.map { part in
            part.role.map { style.paint(part.text, $0) } ?? part.text
        }
        return [String(repeating: " ", count: indent) + text.joined(separator: " ")]
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
