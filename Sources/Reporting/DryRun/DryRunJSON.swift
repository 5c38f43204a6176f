import Diagnostics
import JSONDocument

/// A dry run as JSON for programs.
package struct DryRunJSON: Sendable {
    /// Writes the report.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(_ run: DryRun) -> String {
        JSONEnvelope("run").render(
            exit: 0,
            [
                ("dryRun", .boolean(true)), ("seed", .string(run.seed)), ("target", .string(run.target)),
                ("baseURL", .string(run.baseURL)), ("requests", .integer(run.requests)),
                ("scenarios", .array(run.scenarios.map(scenario))),
            ], diagnostics: run.diagnostics.entries)
    }

    private func scenario(_ scenario: PreviewedScenario) -> JSONValue {
        .members([
            ("name", .string(scenario.id)),
            ("file", .string(scenario.location.file)),
            ("line", .integer(scenario.location.line)),
            ("steps", .array(scenario.steps.map(step))),
        ])
    }

    private func step(_ step: PreviewedStep) -> JSONValue {
        let place: [(String, JSONValue?)] = [
            ("name", .string(step.name)), ("file", .string(step.location.file)),
            ("line", .integer(step.location.line)),
        ]
        switch step.action {
        case .skip(let reason): return .members(place + [("skipped", .string(reason))])
        case .wait(let duration): return .members(place + [("wait", .string("\(duration)"))])
        case .delivery(let name): return .members(place + [("await", .string(name))])
        case .send(let method, let url, let headers, let body):
            let fields = headers.map { header in
                JSONValue.members([("name", .string(header.name)), ("value", .string(header.value))])
            }
            return .members(
                place + [
                    ("method", .string(method)), ("url", .string(url)), ("headers", .array(fields)),
                    ("body", body.map { .string($0) }),
                ])
        }
    }
}
