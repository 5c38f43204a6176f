public import Diagnostics
import JSONDocument
public import Versions

/// Changes between two contracts as the JSON report of `assay diff`.
public struct ChangesJSON: Sendable {
    /// Writes the report.
    public init() {}

    /// The report as pretty-printed JSON.
    public func render(
        _ changes: [Change], base: String, revision: String, preset: RulePreset, exit: Int,
        diagnostics: [Diagnostic]
    ) -> String {
        let counts = Severity.allCases.reversed().map { severity in
            (severity.rawValue, JSONValue?.some(.integer(changes.count { $0.severity == severity })))
        }
        return CommandJSON("diff").render(
            exit: exit,
            [
                ("base", .string(base)), ("revision", .string(revision)), ("preset", .string(preset.rawValue)),
                ("summary", .members([("changes", .members(counts))])),
                ("changes", .array(changes.map(change))),
            ], diagnostics: diagnostics)
    }

    private func change(_ change: Change) -> JSONValue {
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
            ("from", change.from.map { .string($0) }),
            ("to", change.to.map { .string($0) }),
            ("base", change.base.map(location)),
            ("revision", change.revision.map(location)),
            ("details", change.details.isEmpty ? nil : .array(change.details.map { .string($0) })),
            (
                "accepted",
                change.accepted.map {
                    .members([("reason", .string($0.reason)), ("until", .string($0.until))])
                }
            ),
            ("rows", .array([])),
            ("recordings", .array([])),
            ("fingerprint", .string(change.fingerprint)),
        ])
    }

    private func location(_ location: SourceLocation) -> JSONValue {
        .members([
            ("file", .string(location.file)), ("line", .integer(location.line)), ("column", .integer(location.column)),
        ])
    }
}
