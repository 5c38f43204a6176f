package import Diagnostics
import JSONDocument
package import Versions

/// A comparison of two versions as the JSON report of `assay upgrade`, with all details.
package struct UpgradeJSON: Sendable {
    /// Writes the report.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(
        _ upgrade: Upgrade, target: String, seed: String, exit: Int, diagnostics: [Diagnostic]
    ) -> String {
        JSONEnvelope("upgrade").render(
            exit: exit,
            [
                ("from", .string(upgrade.from)), ("to", .string(upgrade.to)), ("target", .string(target)),
                ("seed", .string(seed)), ("summary", summary(upgrade)),
                ("announced", .array(upgrade.announced.map(announced))),
                ("unexercised", .array(upgrade.unexercised.map(unexercised))),
                ("unannounced", .array(upgrade.unannounced.map(unannounced))),
                ("broken", .array(upgrade.broken.map(broken))),
                ("accepted", .array(upgrade.accepted.map(row))),
                (
                    "notCompared",
                    .array(
                        upgrade.notCompared.map { entry in
                            .members([("row", row(entry.step)), ("reason", .string(entry.reason))])
                        })
                ),
            ], diagnostics: diagnostics)
    }

    private func summary(_ upgrade: Upgrade) -> JSONValue {
        .members([
            ("compared", .integer(upgrade.comparedSteps)), ("announced", .integer(upgrade.announced.count)),
            ("unexercised", .integer(upgrade.unexercised.count)),
            ("unannounced", .integer(upgrade.unannounced.count)), ("broken", .integer(upgrade.broken.count)),
            ("accepted", .integer(upgrade.accepted.count)), ("notCompared", .integer(upgrade.notCompared.count)),
            ("quietChanges", .integer(upgrade.quietChanges)), ("comparesValues", .boolean(upgrade.volatile != nil)),
        ])
    }

    private func announced(_ entry: Upgrade.Announced) -> JSONValue {
        .members(
            changes(entry.change) + [
                ("difference", entry.difference.map(difference)), ("rows", .array(entry.steps.map(row))),
            ])
    }

    private func unexercised(_ entry: Upgrade.Unexercised) -> JSONValue {
        .members(
            changes(entry.change) + [
                ("reason", .string(entry.reason)),
                (
                    "row",
                    entry.row.map {
                        .members([("call", .string($0.call)), ("set", .string($0.set)), ("check", .string($0.check))])
                    }
                ),
            ])
    }

    private func unannounced(_ entry: Upgrade.Unannounced) -> JSONValue {
        .members([
            ("severity", .string(entry.severity.rawValue)), ("operation", .string(entry.operation)),
            ("status", .integer(entry.status)),
            ("difference", difference(entry.difference)), ("breach", entry.deviation.map { .string($0) }),
            ("rows", .array(entry.steps.map(row))),
        ])
    }

    private func broken(_ entry: Upgrade.BrokenRow) -> JSONValue {
        .members([
            ("row", row(entry.step)), ("reason", .string(entry.reason)),
            ("ids", .array(entry.rules.map { .string($0) })),
        ])
    }

    private func changes(_ set: Upgrade.ChangeSet) -> [(String, JSONValue?)] {
        [
            ("id", .string(set.first.rule.id)), ("severity", .string(set.first.severity.rawValue)),
            ("message", .string(set.first.message)), ("operations", .array(set.operations.map { .string($0) })),
            ("place", .string(set.first.placeText)),
            ("fingerprints", .array(set.changes.map { .string($0.fingerprint) })),
        ]
    }

    private func difference(_ difference: ResponseDifference) -> JSONValue {
        .members([
            ("place", .string(difference.place.text)), ("kind", .string(difference.kind.rawValue)),
            ("from", difference.from.map { .string($0) }), ("to", difference.to.map { .string($0) }),
        ])
    }

    private func row(_ step: UpgradeStep) -> JSONValue {
        .members([
            ("file", .string(step.location.file)), ("line", .integer(step.location.line)),
            ("scenario", .string(step.scenario)), ("step", .string(step.step)),
            ("operation", .string(step.operation.name)),
        ])
    }
}
