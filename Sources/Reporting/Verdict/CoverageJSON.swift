import Conformance
import Exchanges
import JSONDocument

/// Coverage in the JSON report.
extension VerdictJSON {
    func coverage(_ coverage: Coverage) -> JSONValue {
        .members([
            ("operations", share(coverage.operations.count, coverage.exercisedOperations)),
            ("responses", share(coverage.documentedResponses, coverage.exercisedResponses)),
            ("mediaTypes", share(coverage.points(.mediaType))),
            ("headers", share(coverage.points(.header))),
            ("properties", share(coverage.points(.property))),
            ("values", share(coverage.points(.value))),
            ("security", share(coverage.points(.security))),
            ("negative", share(coverage.points(.negative))),
            ("byOperation", .array(coverage.operations.map(operation))),
        ])
    }

    private func share(_ points: [CoveragePoint]) -> JSONValue {
        share(points.count, points.count(where: \.isExercised))
    }

    private func share(_ documented: Int, _ exercised: Int) -> JSONValue {
        .members([("documented", .integer(documented)), ("exercised", .integer(exercised))])
    }

    private func operation(_ operation: OperationCoverage) -> JSONValue {
        .members([
            ("contract", string(operation.contract)),
            ("operation", string(operation.operation)),
            ("security", counts(operation.security)),
            ("negative", counts(operation.negative)),
            ("missing", operation.missing.isEmpty ? nil : .array(operation.missing.map { missing($0, operation) })),
            ("responses", .array(operation.responses.map(response))),
        ])
    }

    /// A row that users can add to a table, by column.
    private func missing(_ row: MissingRow, _ operation: OperationCoverage) -> JSONValue {
        func cell(_ text: String) -> JSONValue? { text.isEmpty ? nil : string(text) }
        return .members([
            ("what", string(row.what)),
            (
                "row",
                .members([
                    ("call", string(operation.operation)), ("auth", cell(row.auth)), ("set", cell(row.set)),
                    ("expect", cell(row.expect)), ("opts", cell(row.opts)),
                ])
            ),
        ])
    }

    private func response(_ response: ResponseCoverage) -> JSONValue {
        .members([
            ("status", string(response.status)),
            ("count", .integer(response.count)),
            ("mediaTypes", counts(response.mediaTypes)),
            ("headers", counts(response.headers)),
            ("properties", counts(response.properties)),
            ("values", counts(response.values)),
        ])
    }

    /// The counts by name; empty where nothing is documented.
    private func counts(_ points: [CoveragePoint]) -> JSONValue? {
        points.isEmpty ? nil : .members(points.map { (values.redactor.redact($0.name), .integer($0.count)) })
    }
}
