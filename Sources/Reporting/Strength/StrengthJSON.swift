import Diagnostics
import JSONDocument

/// The strength of a set of scenarios as JSON for programs.
package struct StrengthJSON: Sendable {
    /// Writes the report.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(_ strength: Strength, exit: Int) -> String {
        let summary = JSONValue.members([
            ("broken", .integer(strength.noticed + strength.survivors.count)),
            ("noticed", .integer(strength.noticed)), ("survived", .integer(strength.survivors.count)),
            ("outOfReach", .integer(strength.outOfReach)),
            ("score", .number(JSONNumber("\(strength.share)") ?? 0)),
        ])
        return JSONEnvelope("strength").render(
            exit: exit,
            [
                ("seed", .string(strength.seed)), ("versions", .array(strength.versions.map { .string($0) })),
                ("summary", summary), ("survivors", .array(strength.survivors.map(trial))),
                ("breaches", .array(strength.trials.map(trial))),
            ])
    }

    private func trial(_ trial: StrengthTrial) -> JSONValue {
        let fault = trial.fault
        let members: [(String, JSONValue?)] = [
            ("rule", .string(fault.rule)), ("version", .string(fault.contract)),
            ("operation", .string(fault.operation)), ("answer", fault.response.map { .string($0) } ?? .null),
            ("place", .string(fault.place)), ("contract", fault.location?.json ?? .null),
        ]
        switch trial.fate {
        case .noticed(let scenario, let step, let rule):
            let finder = JSONValue.members([
                ("scenario", .string(scenario)), ("step", .string(step)), ("rule", .string(rule)),
            ])
            return .members(members + [("fate", "noticed"), ("by", finder)])
        case .survived(let reason):
            return .members(members + [("fate", "survived"), ("reason", .string(reason.text(fault)))])
        case .outOfReach: return .members(members + [("fate", "outOfReach")])
        }
    }
}
