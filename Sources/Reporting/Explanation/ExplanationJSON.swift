package import Diagnostics
import JSONDocument

/// Explanations as JSON for programs.
package struct ExplanationJSON: Sendable {
    /// Writes the report.
    package init() {}

    /// The report as pretty-printed JSON.
    package func render(_ explanations: [StepExplanation], seed: String, diagnostics: [Diagnostic]) -> String {
        JSONEnvelope("explain").render(
            exit: 0, [("seed", .string(seed)), ("steps", .array(explanations.map(step)))], diagnostics: diagnostics)
    }

    private func step(_ step: StepExplanation) -> JSONValue {
        .members([
            ("scenario", .string(step.scenario)),
            ("step", .string(step.step)),
            ("file", .string(step.location.file)),
            ("line", .integer(step.location.line)),
            ("note", step.note.isEmpty ? nil : .string(step.note)),
            ("refs", step.refs.isEmpty ? nil : .array(step.refs.map { .string($0) })),
            ("skipped", step.skipped.map { .string($0) }),
            ("call", .string(step.call)),
            ("operation", step.operation.map(\.json)),
            ("method", step.request.map { .string($0.method) }),
            ("url", step.request.map { .string($0.url) }),
            ("values", .array(step.values.map(value))),
            ("body", step.request?.body.map { .string($0) }),
            ("checks", .array(step.checks.map(check))),
            ("curl", step.request.map { .string($0.curl) }),
        ])
    }

    private func value(_ value: ExplainedValue) -> JSONValue {
        .members([
            ("place", .string(value.place)),
            ("value", value.value.map { .string($0) }),
            ("leftOut", value.value == nil ? .boolean(true) : nil),
            ("type", value.type.map { .string($0) }),
            ("contract", value.schema.map(\.json)),
            ("source", .string(value.source)),
            ("origin", value.origin.map(\.json)),
        ])
    }

    private func check(_ check: ExplainedCheck) -> JSONValue {
        .members([
            ("kind", .string(check.kind)),
            ("text", .string(check.text)),
            ("type", check.type.map { .string($0) }),
            ("contract", check.schema.map(\.json)),
            ("table", check.origin.map(\.json)),
        ])
    }
}
