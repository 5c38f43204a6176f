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
        parts(of: listing).joined()
    }

    /// The text in parts, so that a long one is never in memory at once: one part for each scenario, and the count.
    package func parts(of listing: Listing) -> some Sequence<String> {
        sequence(state: Progress()) { progress in
            defer { progress.scenarios += 1 }
            guard progress.scenarios < listing.scenarios.count else {
                return progress.scenarios == listing.scenarios.count ? count(listing, progress) + "\n" : nil
            }
            let scenario = listing.scenarios[progress.scenarios]
            progress.steps += scenario.steps.count
            progress.skipped += scenario.steps.count { $0.skipped != nil }
            return text(scenario)
        }
    }

    /// The numbers of scenarios and steps that are written, and of skipped steps among them.
    private struct Progress {
        var scenarios = 0
        var steps = 0
        var skipped = 0
    }

    private func text(_ scenario: ListedScenario) -> String {
        let rows = scenario.steps.map { step in
            [
                Cell(step.location.place(in: scenario.location.file), .faint), Cell(step.name, .strong),
                Cell(step.call), Cell(step.expect),
                Cell(remarks(step, in: scenario), step.skipped == nil ? .faint : .warning),
            ]
        }
        return heading(scenario) + "\n" + style.columns(rows).map { $0 + "\n" }.joined() + "\n"
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

    private func count(_ listing: Listing, _ progress: Progress) -> String {
        "\(plural(listing.scenarios.count, "scenario")), \(plural(progress.steps, "step"))"
            + (progress.skipped == 0
                ? "" : ", \(progress.skipped) of them skipped with the target \(visibleText(listing.target))")
    }
}

extension SourceLocation {
    /// The location of a step in the table of its scenario; with the file for a step from another table.
    func place(in table: String) -> String {
        file.isSame(as: table) ? "\(line)" : "\(visibleText(file)):\(line)"
    }
}
