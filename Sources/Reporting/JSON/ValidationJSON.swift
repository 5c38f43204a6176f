public import Conformance
public import Diagnostics
import Exchanges
import JSONDocument

/// Verdicts on single inputs as JSON for programs; `docs/validate.schema.json` describes the shape.
public struct ValidationJSON: Sendable {
    private let values = VerdictJSON(redactor: .none)
    private let lines = ReproductionLine.none

    /// Writes what was judged as it was received.
    public init() {}

    /// One JSON value with a line break at its end.
    ///
    /// - Parameter exit: The exit code of the process.
    public func render(_ results: [InputVerdict], exit: Int, diagnostics: [Diagnostic]) -> String {
        let value = JSONValue.members([
            ("schema", "assay/1"),
            ("command", "validate"),
            ("outcome", .string(outcome(results, exit: exit))),
            ("exit", .integer(exit)),
            ("summary", summary(results)),
            ("results", .array(results.map(result))),
            ("diagnostics", .array(diagnostics.map(values.diagnostic))),
        ])
        return value.text(.pretty) + "\n"
    }

    private func outcome(_ results: [InputVerdict], exit: Int) -> String {
        switch exit {
        case 0: "passed"
        case 1: results.contains { $0.outcome == .failed } ? "failed" : "undecided"
        default: VerdictJSON.outcome(exit: exit)
        }
    }

    private func summary(_ results: [InputVerdict]) -> JSONValue {
        func count(_ outcome: InputVerdict.Outcome) -> JSONValue { .integer(results.count { $0.outcome == outcome }) }
        return .members([
            ("inputs", .integer(results.count)), ("passed", count(.passed)), ("failed", count(.failed)),
            ("undecided", count(.undecided)),
        ])
    }

    private func result(_ result: InputVerdict) -> JSONValue {
        .members([
            ("input", .string(result.input)),
            ("line", .integer(result.line)),
            ("subject", .string(result.subject)),
            ("outcome", .string(result.outcome.rawValue)),
            ("findings", .array(result.findings.map { values.finding($0, [], lines) })),
        ])
    }
}
