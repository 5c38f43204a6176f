import Diagnostics
public import Versions

/// Changes between two contracts as Markdown: the comment of a pull request, and a changelog.
public struct ChangesMarkdown: Sendable {
    /// Bytes of the rows of a comment; GitHub refuses a comment of more than 65,536 characters.
    private static let maximumBytes = 60_000

    /// Writes Markdown.
    public init() {}

    // MARK: A comment

    /// A comment: errors first, warnings and notes folded.
    public func comment(_ changes: [Change], base: String, revision: String) -> String {
        var text =
            "### API changes\n\n\(changeCounts(changes)), from \(code(base)) to \(code(revision)).\n"
        let groups = ChangeGroup.groups(of: changes)
        var room = Self.maximumBytes
        let loud = groups.filter { $0.first.severity == .error }
        if !loud.isEmpty { text += "\n" + table(loud, &room) }
        for (severity, title) in [(Severity.warning, "Warnings"), (.note, "Notes")] {
            let quiet = groups.filter { $0.first.severity == severity }
            guard !quiet.isEmpty else { continue }
            text += "\n<details>\n<summary>\(title) (\(quiet.count))</summary>\n\n\(table(quiet, &room))\n</details>\n"
        }
        return text
    }

    private func table(_ groups: [ChangeGroup], _ room: inout Int) -> String {
        var text = "| | change | where | old | new |\n| --- | --- | --- | --- | --- |\n"
        for (index, group) in groups.enumerated() {
            let row = row(group)
            guard row.utf8.count <= room else {
                let rest = groups.count - index
                return text + "\n\(rest) more \(rest == 1 ? "is" : "are") in the JSON report.\n"
            }
            room -= row.utf8.count
            text += row
        }
        return text
    }

    private func row(_ group: ChangeGroup) -> String {
        let change = group.first
        let cells = [
            change.severity.rawValue, "\(escaped(group.message))<br>`\(change.rule.id)`",
            place(group), side(change.base, group.moreLocations, change.from),
            side(change.revision, group.moreLocations, change.to),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    private func place(_ group: ChangeGroup) -> String {
        [escaped(group.operationText(3)), group.namesPlaces ? code(group.placeText) : ""].filter { !$0.isEmpty }
            .joined(separator: "<br>")
    }

    private func side(_ location: SourceLocation?, _ more: String, _ value: String?) -> String {
        [location.map { code($0.description) + more }, value.map { code(cut($0, to: 60)) }].compactMap { $0 }
            .joined(separator: "<br>")
    }

    // MARK: A changelog

    /// A changelog: by operation, most severe first.
    public func changelog(_ changes: [Change], base: String, revision: String) -> String {
        var text = "# Changes from \(escaped(base)) to \(escaped(revision))\n\n\(changeCounts(changes)).\n"
        for section in ChangelogSection.sections(of: changes) {
            text += "\n## \(escaped(section.title))\n\n"
            for group in section.groups {
                let mark = group.first.severity == .error ? "**breaking** " : ""
                let operations = section.isShared ? " in \(escaped(group.operationText(3)))" : ""
                let place = group.namesPlaces ? ", at \(code(group.placeText))" : ""
                text += "- \(mark)\(escaped(group.message))\(values(group))\(operations)\(place)\n"
            }
        }
        return text
    }

    private func values(_ group: ChangeGroup) -> String {
        group.unsaidValues.map { " (\(code(cut($0.from, to: 60))) → \(code(cut($0.to, to: 60))))" } ?? ""
    }

    // MARK: Text

    /// Text that Markdown and the HTML in it show as it is; pairs of backticks stay code.
    private func escaped(_ text: String) -> String {
        let isPaired = text.utf8.count { $0 == UInt8(ascii: "`") }.isMultiple(of: 2)
        var result = ""
        for scalar in visibleText(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "*", "_", "[", "]", "\\", "#", "~", "@": result += "\\" + String(scalar)
            case "`" where !isPaired: result += "\\`"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text as code, in a table as well. What could end the code or begin HTML is escaped.
    private func code(_ text: String) -> String {
        let plain = visibleText(text)
        guard !plain.utf8.contains(where: { "`<>&\\".utf8.contains($0) }) else {
            return "<code>\(escaped(plain).replacing("`", with: "&#96;"))</code>"
        }
        return "`" + plain.replacing("|", with: "\\|") + "`"
    }
}
