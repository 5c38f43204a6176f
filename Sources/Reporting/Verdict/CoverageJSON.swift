import Conformance
import Exchanges
import JSONDocument

/// Coverage in the JSON report.
extension VerdictJSON {
    /// The most points of one kind that the summary lists for a response.
    private static let gapsOfResponse = 20
    /// The most points that the summary lists for the whole run.
    private static let gapsOfRun = 1_000

    func coverage(_ coverage: Coverage) -> JSONValue {
        var members: [(String, JSONValue?)] = shares(coverage).map { ($0, $1) }
        var operations: [JSONValue] = []
        forEachOperation(coverage) { operations.append($0) }
        members.append(("byOperation", .array(operations)))
        return .members(members)
    }

    /// The share of each kind.
    func shares(_ coverage: Coverage) -> [(String, JSONValue)] {
        CoverageThreshold.Kind.allCases.map { kind in
            let (documented, exercised) = coverage.share(kind)
            return (kind.rawValue, share(documented, exercised))
        }
    }

    /// Makes the operations in order.
    func forEachOperation(_ coverage: Coverage, _ take: (JSONValue) -> Void) {
        var left = Self.gapsOfRun
        for operation in coverage.operations { take(self.operation(operation, &left)) }
    }

    private func share(_ documented: Int, _ exercised: Int) -> JSONValue {
        .members([("documented", .integer(documented)), ("exercised", .integer(exercised))])
    }

    private func operation(_ operation: OperationCoverage, _ left: inout Int) -> JSONValue {
        .members([
            ("contract", string(operation.contract)),
            ("operation", string(operation.operation)),
            ("security", counts(operation.security)),
            ("negative", counts(operation.negative)),
            ("missing", operation.missing.isEmpty ? nil : .array(operation.missing.map { missing($0, operation) })),
            ("responses", .array(operation.responses.map { response($0, &left) })),
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

    private func response(_ response: ResponseCoverage, _ left: inout Int) -> JSONValue {
        let kinds: [(String, CoveredPoints)] = [
            ("mediaTypes", response.mediaTypes), ("headers", response.headers), ("properties", response.properties),
            ("values", response.values),
        ]
        .filter { $0.1.documented > 0 }
        let listed: [(String, JSONValue?)] =
            switch detail {
            case .full: kinds.map { ($0, counts($1.all)) }
            case .summary: [("unexercised", response.isExercised ? gaps(kinds, &left) : nil)]
            }
        let shares: [(String, JSONValue?)] = kinds.map { ($0, share($1.documented, $1.exercised)) }
        return .members(
            [
                ("status", string(response.status)),
                ("count", .integer(response.count)),
                ("shares", shares.isEmpty ? nil : .members(shares)),
            ] + listed)
    }

    /// The first points of a received response that were not exercised, by kind; `nil` if there are none.
    private func gaps(_ kinds: [(String, CoveredPoints)], _ left: inout Int) -> JSONValue? {
        let gaps = kinds.compactMap { kind, points -> (String, JSONValue?)? in
            let names = points.unexercised(limit: min(Self.gapsOfResponse, left)).map(\.name)
            left -= names.count
            return names.isEmpty ? nil : (kind, .array(names.map(string)))
        }
        return gaps.isEmpty ? nil : .members(gaps)
    }

    /// The counts by name; `nil` if nothing is documented.
    private func counts(_ points: [CoveragePoint]) -> JSONValue? {
        points.isEmpty ? nil : .members(points.map { (values.redactor.redact($0.name), .integer($0.count)) })
    }
}
