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
            ("responses", .array(operation.responses.map(response))),
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

    /// The counts by name; nothing where nothing is documented.
    private func counts(_ points: [CoveragePoint]) -> JSONValue? {
        points.isEmpty ? nil : .members(points.map { (redactor.redact($0.name), .integer($0.count)) })
    }
}
