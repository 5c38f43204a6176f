import Conformance
import Diagnostics
import JSONDocument

/// Groups of findings in the JSON report.
extension VerdictJSON {
    /// The group with the facts of its first finding, and every step that has a finding of the group.
    func group(_ group: FindingGroup, of verdict: Verdict) -> JSONValue {
        let first = group.first
        return .members([
            ("number", group.number.map { .integer($0) }),
            ("rule", .string(first.rule)),
            ("severity", .string(first.severity.rawValue)),
            ("operation", first.operation.map(string)),
            ("at", first.response.map { string($0.reported) }),
            ("message", string(first.message)),
            ("blame", .string(first.blame.rawValue)),
            ("contract", first.contractLocation.map(values.location)),
            ("fingerprint", .string(first.fingerprint)),
            ("count", .integer(group.members.count)),
            ("steps", .array(group.steps.map { step(at: $0, of: verdict) })),
        ])
    }

    private func step(at place: FindingGroup.StepPlace, of verdict: Verdict) -> JSONValue {
        let (scenario, step) = verdict.step(at: place)
        return .members([
            ("scenario", string(scenario.name)),
            ("step", string(step.name)),
            ("file", string(step.location.file)),
            ("line", .integer(step.location.line)),
        ])
    }
}
