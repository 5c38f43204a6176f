import Diagnostics
import Primitives
package import Versions

/// Changes between two contracts as Markdown: the comment of a pull request, and a changelog.
package struct ChangesMarkdown: Sendable {
    /// Bytes of the rows of a comment; GitHub rejects a comment of more than 65,536 characters.
    private static let maximumBytes = 60_000

    /// Writes Markdown.
    package init() {}

    // MARK: A comment

    /// A comment: errors first, warnings and notes collapsed.
    package func comment(
        _ changes: [Change], base: String, revision: String, impacts: ChangeImpacts = .unknown
    ) -> String {
        var text =
            "### API changes\n\n\(changeCounts(changes)), from \(MarkdownText.code(base)) to \(MarkdownText.code(revision)).\n"
        if let sentence = impacts.sentence { text += "\n**\(sentence)**\n" }
        let groups = ChangeGroup.groups(of: changes)
        var room = Self.maximumBytes
        let loud = groups.filter { $0.first.severity == .error }
        if !loud.isEmpty { text += "\n" + table(loud, impacts, &room) }
        for (severity, title) in [(Severity.warning, "Warnings"), (.note, "Notes")] {
            let quiet = groups.filter { $0.first.severity == severity }
            guard !quiet.isEmpty else { continue }
            text +=
                "\n<details>\n<summary>\(title) (\(quiet.count))</summary>\n\n"
                + "\(table(quiet, impacts, &room))\n</details>\n"
        }
        return text
    }

    private func table(_ groups: [ChangeGroup], _ impacts: ChangeImpacts, _ room: inout Int) -> String {
        var text = "| | change | where | old | new |\n| --- | --- | --- | --- | --- |\n"
        for (index, group) in groups.enumerated() {
            let row = row(group, impacts)
            guard row.utf8.count <= room else {
                let rest = groups.count - index
                return text + "\n\(rest) more \(rest == 1 ? "is" : "are") in the JSON report.\n"
            }
            room -= row.utf8.count
            text += row
        }
        return text
    }

    private func row(_ group: ChangeGroup, _ impacts: ChangeImpacts) -> String {
        let change = group.first
        let cells = [
            change.severity.rawValue,
            "\(MarkdownText.escaped(group.message))<br>`\(change.rule.id)`" + rows(group.changes, impacts),
            place(group), side(change.base.location, group.moreLocations, change.base.text),
            side(change.revision.location, group.moreLocations, change.revision.text),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    /// Rows and recordings inside of a cell.
    private func rows(_ changes: [Change], _ impacts: ChangeImpacts) -> String {
        let impact = ImpactLines(changes, impacts)
        guard !impact.lines.isEmpty else { return "" }
        let lines = impact.lines.map {
            "\($0.effect.rawValue) \(MarkdownText.code($0.placeText)): \(MarkdownText.escaped($0.reason))"
        }
        return "<br>" + lines.joined(separator: "<br>")
    }

    private func place(_ group: ChangeGroup) -> String {
        [MarkdownText.escaped(group.operationText(3)), group.namesPlaces ? MarkdownText.code(group.placeText) : ""]
            .filter { !$0.isEmpty }
            .joined(separator: "<br>")
    }

    private func side(_ location: SourceLocation?, _ more: String, _ value: String?) -> String {
        [
            location.map { MarkdownText.code($0.description) + more },
            value.map { MarkdownText.code(truncated($0, to: 60)) },
        ]
        .compactMap { $0 }
        .joined(separator: "<br>")
    }

    // MARK: A changelog

    /// A changelog: by operation, most severe first.
    package func changelog(
        _ changes: [Change], base: String, revision: String, impacts: ChangeImpacts = .unknown
    ) -> String {
        var text =
            "# Changes from \(MarkdownText.escaped(base)) to \(MarkdownText.escaped(revision))\n\n\(changeCounts(changes)).\n"
        if let sentence = impacts.sentence { text += "\n\(sentence).\n" }
        for section in ChangelogSection.sections(of: changes) {
            text += "\n## \(MarkdownText.escaped(section.title))\n\n"
            for group in section.groups {
                let mark = group.first.severity == .error ? "**breaking** " : ""
                let operations = section.isShared ? " in \(MarkdownText.escaped(group.operationText(3)))" : ""
                let place = group.namesPlaces ? ", at \(MarkdownText.code(group.placeText))" : ""
                text += "- \(mark)\(MarkdownText.escaped(group.message))\(values(group))\(operations)\(place)\n"
                for line in ImpactLines(group.changes, impacts).lines {
                    text +=
                        "  - \(line.effect.rawValue) \(MarkdownText.code(line.placeText)): \(MarkdownText.escaped(line.reason))\n"
                }
            }
        }
        return text
    }

    private func values(_ group: ChangeGroup) -> String {
        group.unsaidValues.map {
            " (\(MarkdownText.code(truncated($0.from, to: 60))) → \(MarkdownText.code(truncated($0.to, to: 60))))"
        } ?? ""
    }
}
