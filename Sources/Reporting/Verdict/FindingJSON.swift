import Conformance
import Diagnostics
import Exchanges
import JSONDocument

/// Findings in the JSON report.
extension VerdictJSON {
    func finding(_ finding: Finding, _ exchanges: [Exchange], _ lines: ReproductionLine) -> JSONValue {
        let exchange = exchanges.first { $0.sequence == finding.exchange }
        return .members([
            ("rule", .string(finding.rule)),
            ("severity", .string(finding.severity.rawValue)),
            ("message", string(finding.message)),
            ("blame", .string(finding.blame.rawValue)),
            // Inside of a step, the step already has both.
            ("scenario", exchanges.isEmpty && !finding.scenario.isEmpty ? string(finding.scenario) : nil),
            ("step", exchanges.isEmpty && !finding.step.isEmpty ? string(finding.step) : nil),
            ("at", finding.response.map(place)),
            ("response", finding.response.flatMap(position)),
            ("contract", finding.contractLocation.map(values.location)),
            ("table", finding.table.map(values.location)),
            ("clause", finding.clause.map(string)),
            ("expected", finding.expected.map(string)),
            ("actual", finding.actual.map(string)),
            ("differences", finding.differences.isEmpty ? nil : .array(finding.differences.map(difference))),
            ("details", finding.details.isEmpty ? nil : .array(finding.details.map(string))),
            (
                "accepted",
                finding.accepted.map {
                    .members([("reason", string($0.reason)), ("until", string($0.until))])
                }
            ),
            ("curl", exchange.map { .string(lines.text($0.request)) }),
            ("fingerprint", .string(finding.fingerprint)),
        ])
    }

    private func place(_ place: ResponsePlace) -> JSONValue {
        string(place.reported)
    }

    private func position(_ place: ResponsePlace) -> JSONValue? {
        guard case .body(_, let position?) = place else { return nil }
        return .members([("line", .integer(position.line)), ("column", .integer(position.column))])
    }

    private func difference(_ difference: JSONDifference) -> JSONValue {
        .members([
            ("at", string(difference.pointer.description)),
            ("expected", difference.expected.map(values.value)),
            ("actual", difference.actual.map(values.value)),
        ])
    }
}
