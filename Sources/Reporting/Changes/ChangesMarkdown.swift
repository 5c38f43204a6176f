import Diagnostics
public import Versions

/// Changes between two contracts as Markdown: the comment of a pull request, and a changelog.
public struct ChangesMarkdown: Sendable {
    /// Rows of a comment; GitHub refuses one of more than 65,536 characters.
    private static let maximumRows = 200

    /// Writes Markdown.
    public init() {}

    // MARK: A comment

    /// A comment: errors and warnings first, everything else folded.
    public func comment(
        _ changes: [Change], base: String, revision: String, impacts: ChangeImpacts = .unknown
    ) -> String {
        var text = "### API changes: \(changeCounts(changes))\n\nFrom \(code(base)) to \(code(revision)).\n"
        if let sentence = impacts.sentence { text += "\n**\(sentence)**\n" }
        let groups = ChangeGroup.groups(of: changes)
        let loud = groups.filter { $0.first.severity == .error }
        if !loud.isEmpty { text += "\n" + table(loud, impacts) }
        for (severity, title) in [(Severity.warning, "Warnings"), (.note, "Notes")] {
            let quiet = groups.filter { $0.first.severity == severity }
            guard !quiet.isEmpty else { continue }
            text +=
                "\n<details>\n<summary>\(title) (\(quiet.count))</summary>\n\n\(table(quiet, impacts))\n</details>\n"
        }
        return text
    }

    private func table(_ groups: [ChangeGroup], _ impacts: ChangeImpacts) -> String {
        var text = "| | change | where | old | new |\n| --- | --- | --- | --- | --- |\n"
        for group in groups.prefix(Self.maximumRows) {
            let change = group.first
            let cells = [
                change.severity.rawValue,
                "\(escaped(change.message))<br>`\(change.rule.id)`" + rows(group.changes, impacts),
                escaped(group.operationText(3)), side(change.base, change.from), side(change.revision, change.to),
            ]
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        let rest = groups.count - Self.maximumRows
        return rest > 0 ? text + "\n\(rest) more are in the JSON report.\n" : text
    }

    /// Rows and recordings inside of a cell, folded.
    private func rows(_ changes: [Change], _ impacts: ChangeImpacts) -> String {
        let impact = ImpactLines(changes, impacts)
        guard !impact.lines.isEmpty else { return "" }
        let lines = impact.lines.map { "\($0.effect.rawValue) \(code($0.placeText)): \(marked($0.reason))" }
        return "<br>" + lines.joined(separator: "<br>")
    }

    /// Text whose parts between backticks are code.
    private func marked(_ text: String) -> String {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
        guard parts.count % 2 == 1 else { return escaped(text) }
        return parts.enumerated().map { $0.offset % 2 == 0 ? escaped($0.element) : code($0.element) }.joined()
    }

    private func side(_ location: SourceLocation?, _ value: String?) -> String {
        [location.map { code($0.description) }, value.map { code(cut($0, to: 60)) }].compactMap { $0 }
            .joined(separator: "<br>")
    }

    // MARK: A changelog

    /// A changelog: by operation, most severe first.
    public func changelog(
        _ changes: [Change], base: String, revision: String, impacts: ChangeImpacts = .unknown
    ) -> String {
        var text = "# Changes from \(escaped(base)) to \(escaped(revision))\n\n\(changeCounts(changes)).\n"
        if let sentence = impacts.sentence { text += "\n\(sentence).\n" }
        for section in ChangelogSection.sections(of: changes) {
            text += "\n## \(escaped(section.title))\n\n"
            for change in section.changes {
                let mark = change.severity == .error ? "**breaking** " : ""
                text += "- \(mark)\(escaped(change.message))\(values(change))\n"
                let impact = ImpactLines([change], impacts)
                for line in impact.lines {
                    text += "  - \(line.effect.rawValue) \(code(line.placeText)): \(marked(line.reason))\n"
                }
            }
        }
        return text
    }

    private func values(_ change: Change) -> String {
        switch (change.from, change.to) {
        case (let from?, let to?): " (\(code(cut(from, to: 60))) → \(code(cut(to, to: 60))))"
        default: ""
        }
    }

    // MARK: Text

    /// Text that Markdown and the HTML in it show as it is.
    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in visibleText(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "*", "_", "[", "]", "\\", "#", "~", "@": result += "\\" + String(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text as code, in a table as well.
    private func code(_ text: String) -> String {
        let plain = visibleText(text)
        guard !plain.contains("`") else { return escaped(plain) }
        return "`" + plain.replacing("|", with: "\\|") + "`"
    }
}

/// The changes of one operation, or of the contract as a whole.
struct ChangelogSection {
    var title: String
    var changes: [Change]

    static func sections(of changes: [Change]) -> [ChangelogSection] {
        var sections: [ChangelogSection] = []
        var known: [String: Int] = [:]
        for change in changes {
            let title = change.subject.map { "\($0.method) \($0.path)" } ?? "The contract as a whole"
            if let index = known[title] {
                sections[index].changes.append(change)
            } else {
                known[title] = sections.count
                sections.append(ChangelogSection(title: title, changes: [change]))
            }
        }
        return sections
    }
}
