import Diagnostics
import Primitives
public import Reporting

/// A listing as text for people.
public struct ListText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    public init(style: TextStyle) {
        self.style = style
    }

    /// The scenarios with their steps, and a count at the end.
    public func render(_ listing: PlanListing) -> String {
        var text = ""
        for scenario in listing.scenarios {
            text += heading(scenario) + "\n"
            let rows = scenario.steps.map { step in
                [
                    Cell(step.location.place(in: scenario.file), .faint), Cell(step.name, .strong), Cell(step.call),
                    Cell(step.expect),
                    Cell(remarks(step, in: scenario), step.skipped == nil ? .faint : .warning),
                ]
            }
            text += style.columns(rows).map { $0 + "\n" }.joined() + "\n"
        }
        return text + count(listing) + "\n"
    }

    private func heading(_ scenario: PlanListing.Scenario) -> String {
        let tags = scenario.tags.isEmpty ? "" : "  [\(scenario.tags.map { visibleText($0) }.joined(separator: " "))]"
        let skipped = scenario.skipped.map { "  " + style.paint("skipped: \(visibleText($0))", .warning) } ?? ""
        return style.paint(visibleText(scenario.id), .strong) + tags + "  "
            + style.paint("\(visibleText(scenario.file)):\(scenario.line)", .faint) + skipped
    }

    private func remarks(_ step: PlanListing.Step, in scenario: PlanListing.Scenario) -> String {
        if let skipped = step.skipped, scenario.skipped == nil { return "skipped: \(skipped)" }
        return step.options.joined(separator: " ")
    }

    private func count(_ listing: PlanListing) -> String {
        let steps = listing.scenarios.flatMap(\.steps)
        let skipped = steps.count { $0.skipped != nil }
        let scenarios = listing.scenarios.count
        return "\(scenarios) scenario\(scenarios == 1 ? "" : "s"), \(steps.count) step\(steps.count == 1 ? "" : "s")"
            + (skipped == 0 ? "" : ", \(skipped) of them skipped with the target \(visibleText(listing.target))")
    }
}
