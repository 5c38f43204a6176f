import Conformance
package import Diagnostics
import Exchanges
import JSONDocument

/// The check of a receiver as JSON for programs; `docs/webhook-check.schema.json` describes the shape.
package struct ReceiverJSON: Sendable {
    /// Creates a report.
    package init() {}

    /// One JSON value with a line break at its end.
    ///
    /// - Parameter exit: The exit code of the process.
    package func render(_ check: ReceiverCheck, exit: Int, diagnostics: [Diagnostic]) -> String {
        let isOnlyUndecided = exit == 1 && check.count(.failed) == 0
        return JSONEnvelope("webhook-check", redactor: check.redactor).render(
            exit: exit, outcome: isOnlyUndecided ? "undecided" : nil, members(check), diagnostics: diagnostics)
    }

    /// The members of the report between the members that all reports have.
    private func members(_ check: ReceiverCheck) -> [(String, JSONValue?)] {
        let values = MaskedJSON(redactor: check.redactor)
        let verdicts = VerdictJSON(command: "webhook-check", redactor: check.redactor)
        let summary: [(String, JSONValue?)] =
            [("cases", .integer(check.results.count))]
            + [
                ("passed", ReceiverResult.Outcome.passed), ("failed", .failed), ("undecided", .undecided),
                ("skipped", .skipped),
            ].map { ($0, .integer(check.count($1))) }
        return [
            (
                "receiver",
                .members([
                    ("url", values.string(check.url)), ("scheme", .string(check.scheme)),
                    ("webhook", check.webhook.map(values.string)),
                ])
            ), ("summary", .members(summary)), ("limit", .string(ReceiverCheck.limit)),
            ("cases", .array(check.results.map { result($0, values, verdicts) })),
        ]
    }

    private func result(_ result: ReceiverResult, _ values: MaskedJSON, _ verdicts: VerdictJSON) -> JSONValue {
        let trial = result.trial
        let responses = trial.exchanges.map { exchange in
            JSONValue.members([
                ("status", exchange.response.map { .integer($0.status) }),
                ("failure", exchange.outcome.failure.map { .string($0.class.rawValue) }),
                ("milliseconds", .integer(Int(exchange.duration / .milliseconds(1)))),
            ])
        }
        return .members([
            ("case", .string(trial.kind.rawValue)), ("variant", trial.variant.map { .string($0) }),
            ("sends", .string(trial.kind.title)), ("requires", .string(trial.kind.requirement.statuses)),
            ("outcome", .string(result.outcome.rawValue)), ("reason", trial.reason.map(values.string)),
            ("responses", .array(responses)),
            ("findings", .array(result.findings.map { verdicts.finding($0, [], ReproductionLine.none) })),
        ])
    }
}
