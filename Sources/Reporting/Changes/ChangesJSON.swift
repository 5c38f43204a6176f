package import Diagnostics
package import JSONDocument
package import Versions

/// Changes between two contracts as the JSON report of `assay diff`.
package struct ChangesJSON: Sendable {
    /// Writes the report.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(
        _ changes: [Change], base: String, revision: String, preset: RulePreset, exit: Int,
        diagnostics: [Diagnostic], impacts: ChangeImpacts = .unknown
    ) -> String {
        JSONEnvelope("diff").render(
            exit: exit, members(changes, base: base, revision: revision, preset: preset, impacts: impacts),
            diagnostics: diagnostics)
    }

    /// The members of the report between the members that all reports have.
    package func members(
        _ changes: [Change], base: String, revision: String, preset: RulePreset, impacts: ChangeImpacts = .unknown
    ) -> [(String, JSONValue?)] {
        let counts = Severity.allCases.reversed().map { severity in
            (severity.rawValue, JSONValue?.some(.integer(changes.count { $0.severity == severity })))
        }
        return [
            ("base", .string(base)), ("revision", .string(revision)), ("preset", .string(preset.rawValue)),
            ("summary", .members([("changes", .members(counts))] + totals(impacts))),
            ("changes", .array(changes.map { change($0, impacts[$0]) })),
        ]
    }

    /// The number of broken rows and recordings; left out where neither were joined.
    private func totals(_ impacts: ChangeImpacts) -> [(String, JSONValue?)] {
        guard impacts.isKnown else { return [] }
        return [
            ("breakingRows", .integer(impacts.breakingRows)),
            ("breakingRecordings", .integer(impacts.breakingRecordings)), ("edits", .integer(impacts.edits)),
        ]
    }

    private func row(_ row: RowImpact) -> JSONValue {
        .members([
            ("file", .string(row.location.file)), ("line", .integer(row.location.line)),
            ("scenario", .string(row.scenario)), ("step", .string(row.step)), ("effect", .string(row.effect.rawValue)),
            ("reason", .string(row.reason)), ("edit", row.edit.map { .string($0) }),
        ])
    }

    private func recording(_ entry: RecordingImpact) -> JSONValue {
        .members([
            ("file", .string(entry.file)), ("entry", .integer(entry.entry)), ("effect", .string(entry.effect.rawValue)),
            ("reason", .string(entry.reason)),
        ])
    }

    private func change(_ change: Change, _ impact: ChangeImpact) -> JSONValue {
        .members([
            ("id", .string(change.rule.id)),
            ("severity", .string(change.severity.rawValue)),
            ("direction", .string(change.rule.direction.rawValue)),
            ("area", .string(change.rule.area)),
            ("kind", .string(change.rule.kind.rawValue)),
            ("action", .string(change.rule.action)),
            ("effect", .string(change.rule.effect.rawValue)),
            ("message", .string(change.message)),
            ("operation", change.subject.map { .string($0.name) }),
            ("method", change.subject.map { .string($0.method) }),
            ("path", change.subject.map { .string($0.path) }),
            ("outgoing", change.subject?.outgoing.map { .string($0) }),
            ("place", .string(change.placeText)),
            ("status", ChangeGroup.status(change).map { .string($0) }),
            ("mediaType", ChangeGroup.mediaType(change).map { .string($0) }),
            ("pointer", .string(change.pointer.description)),
            ("from", change.base.text.map { .string($0) }),
            ("to", change.revision.text.map { .string($0) }),
            ("base", change.base.location.map(\.json)),
            ("revision", change.revision.location.map(\.json)),
            ("details", change.details.isEmpty ? nil : .array(change.details.map { .string($0) })),
            (
                "accepted",
                change.accepted.map {
                    .members([("reason", .string($0.reason)), ("until", .string($0.until))])
                }
            ),
            ("rows", .array(impact.rows.map(row))),
            ("moreRows", impact.moreRows > 0 ? .integer(impact.moreRows) : nil),
            ("recordings", .array(impact.recordings.map(recording))),
            ("moreRecordings", impact.moreRecordings > 0 ? .integer(impact.moreRecordings) : nil),
            ("fingerprint", .string(change.fingerprint)),
        ])
    }
}
