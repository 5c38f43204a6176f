import Diagnostics
import Primitives

/// A listing as text for people.
package struct ListingText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The scenarios with their steps, and a count at the end.
    package func render(_ listing: Listing) -> String {
        var text = ""
        for scenario in listing.scenarios {
            text += heading(scenario) + "\n"
            let rows = scenario.steps.map { step in
                [
                    Cell(step.location.place(in: scenario.location.file), .faint), Cell(step.name, .strong),
                    Cell(step.call), Cell(step.expect),
                    Cell(remarks(step, in: scenario), step.skipped == nil ? .faint : .warning),
                ]
            }
            text += style.columns(rows).map { $0 + "\n" }.joined() + "\n"
        }
        return text + count(listing) + "\n"
    }

    private func heading(_ scenario: ListedScenario) -> String {
        let tags = scenario.tags.isEmpty ? "" : "  [\(scenario.tags.map { visibleText($0) }.joined(separator: " "))]"
        let session = scenario.isSession ? "  " + style.paint("session", .faint) : ""
        let needs = scenario.sessions.map { visibleText($0) }.joined(separator: ", ")
        let after = needs.isEmpty ? "" : "  " + style.paint("after \(needs)", .faint)
        let skipped = scenario.skipped.map { "  " + style.paint("skipped: \(visibleText($0))", .warning) } ?? ""
        return style.paint(visibleText(scenario.id), .strong) + tags + "  "
            + style.paint("\(visibleText(scenario.location.file)):\(scenario.location.line)", .faint) + session + after
            + skipped
    }

    private func remarks(_ step: ListedStep, in scenario: ListedScenario) -> String {
        if let skipped = step.skipped, scenario.skipped == nil { return "skipped: \(skipped)" }
        return (step.options + step.refs.map { visibleText($0) }).joined(separator: " ")
    }

    private func count(_ listing: Listing) -> String {
        let steps = listing.scenarios.flatMap(\.steps)
        let skipped = steps.count { $0.skipped != nil }
        return "\(plural(listing.scenarios.count, "scenario")), \(plural(steps.count, "step"))"
            + (skipped == 0 ? "" : ", \(skipped) of them skipped with the target \(visibleText(listing.target))")
    }
}

extension SourceLocation {
    /// The location of a step in the table of its scenario; with the file for a step from another table.
    func place(in table: String) -> String {
        file.utf8.elementsEqual(table.utf8) ? "\(line)" : "\(visibleText(file)):\(line)"
    }
}
