package import Conformance
package import Diagnostics
import Exchanges
package import JSONDocument

/// Verdicts on single inputs as JSON for programs; `docs/validate.schema.json` describes the shape.
package struct ValidationJSON: Sendable {
    private let verdicts = VerdictJSON(command: "validate", redactor: .none)
    private let lines = ReproductionLine.none

    /// Creates a report that shows the inputs as they were received.
    package init() {}

    /// One JSON value with a line break at its end.
    ///
    /// - Parameter exit: The exit code of the process.
    package func render(_ results: [InputVerdict], exit: Int, diagnostics: [Diagnostic]) -> String {
        JSONEnvelope("validate").render(
            exit: exit, outcome: outcome(results, exit: exit), members(results), diagnostics: diagnostics)
    }

    /// The members of the report between the members that all reports have.
    package func members(_ results: [InputVerdict]) -> [(String, JSONValue?)] {
        [("summary", summary(results)), ("results", .array(results.map(result)))]
    }

    /// The word for a report without failures in which something could not be decided.
    private func outcome(_ results: [InputVerdict], exit: Int) -> String? {
        exit == 1 && !results.contains { $0.outcome == .failed } ? "undecided" : nil
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
            ("findings", .array(result.findings.map { verdicts.finding($0, [], lines) })),
        ])
    }
}
