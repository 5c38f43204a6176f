import Diagnostics
import Primitives
package import Versions

/// Changes between two contracts as text for people: most severe first, each edit reported once.
package struct ChangesText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The text of `changes`, which are already in the order of the report, with their effect on rows and recordings.
    package func render(
        _ changes: [Change], base: String, revision: String, impacts: ChangeImpacts = .unknown
    ) -> String {
        var text = ""
        for group in ChangeGroup.groups(of: changes) {
            text += (lines(of: group) + lines(of: ImpactLines(group.changes, impacts))).joined(separator: "\n") + "\n"
        }
        let mark = changes.isEmpty ? style.paint("✓ ", .good) : text.isEmpty ? "" : "\n"
        text += "\(mark)\(changeCounts(changes)) from \(visibleText(base)) to \(visibleText(revision))\n"
        if !changes.isEmpty {
            for line in [impacts.sentence, impacts.advice].compactMap({ $0 }) { text += "\(line)\n" }
        }
        return text
    }

    private func lines(of impact: ImpactLines) -> [String] {
        var lines: [String] = []
        for line in impact.lines {
            let word = line.effect == .breaks ? style.paint("breaks ", .bad) : "touches"
            lines.append("  \(line.label)  \(word) \(visibleText(line.placeText)): \(visibleText(line.reason))")
            if let edit = line.edit { lines.append("               edit: \(visibleText(edit))") }
        }
        return lines
    }

    private func lines(of group: ChangeGroup) -> [String] {
        let change = group.first
        let role: TextStyle.Role =
            switch change.severity {
            case .error: .bad
            case .warning: .warning
            case .note: .faint
            }
        var lines = [
            "\(style.paint("\(change.severity.rawValue):", role)) \(visibleText(group.message))"
                + style.paint(" [\(change.rule.id)]", .faint)
        ]
        if !group.operations.isEmpty { lines.append("  in   \(visibleText(group.operationText()))") }
        if group.places != ["operation"] {
            lines.append("  at   \(visibleText(group.placeText))")
        }
        for (label, location, value) in [
            ("old", change.base.location, change.base.text), ("new", change.revision.location, change.revision.text),
        ] {
            guard let location else { continue }
            let written = value.map { "  " + style.paint(visibleText(truncated($0, to: 100)), .faint) } ?? ""
            lines.append("  \(label)  \(visibleText(location.description))\(group.moreLocations)\(written)")
        }
        for detail in change.details { lines.append("  note: \(visibleText(detail))") }
        return lines
    }
}
