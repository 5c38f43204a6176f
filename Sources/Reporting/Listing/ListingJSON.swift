import Diagnostics
import JSONDocument

/// A listing as JSON for programs.
package struct ListingJSON: Sendable {
    /// Writes the report.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(_ listing: Listing) -> String {
        JSONEnvelope("list").render(
            exit: 0,
            [("target", .string(listing.target)), ("scenarios", .array(listing.scenarios.map(scenario)))],
            diagnostics: listing.diagnostics.entries)
    }

    private func scenario(_ scenario: ListedScenario) -> JSONValue {
        .members([
            ("name", .string(scenario.id)),
            ("file", .string(scenario.location.file)),
            ("line", .integer(scenario.location.line)),
            ("tags", .array(scenario.tags.map { .string($0) })),
            ("session", .boolean(scenario.isSession)),
            ("needs", .array(scenario.sessions.map { .string($0) })),
            ("skipped", scenario.skipped.map { .string($0) }),
            ("steps", .array(scenario.steps.map(step))),
        ])
    }

    private func step(_ step: ListedStep) -> JSONValue {
        .members([
            ("name", .string(step.name)),
            ("file", .string(step.location.file)),
            ("line", .integer(step.location.line)),
            ("call", .string(step.call)),
            ("expect", .string(step.expect)),
            ("tags", .array(step.tags.map { .string($0) })),
            ("options", .array(step.options.map { .string($0) })),
            ("refs", step.refs.isEmpty ? nil : .array(step.refs.map { .string($0) })),
            ("skipped", step.skipped.map { .string($0) }),
        ])
    }
}
