import Conformance
import Exchanges
import JSONDocument
import Primitives

/// The coverage in the data of a page: a row for each operation, and the counts of its responses and negative cases.
struct PageCoverage {
    private let redactor: Redactor

    init(redactor: Redactor) {
        self.redactor = redactor
    }

    func value(_ coverage: Coverage) -> JSONValue? {
        guard !coverage.operations.isEmpty else { return nil }
        let kinds = CoverageThreshold.Kind.allCases.map { kind -> (String, JSONValue?) in
            let (documented, exercised) = coverage.share(kind)
            return (kind.rawValue, documented > 0 ? .array([.integer(exercised), .integer(documented)]) : nil)
        }
        return .members([("shares", .members(kinds)), ("operations", .array(coverage.operations.map(operation)))])
    }

    private func operation(_ operation: OperationCoverage) -> JSONValue {
        .members([
            ("name", text(operation.operation)),
            ("contract", text(operation.contract)),
            ("statuses", counts(operation.responses.map { ($0.status, $0.count) })),
            ("negative", counts(operation.negative.map { ($0.name, $0.count) })),
            ("security", counts(operation.security.map { ($0.name, $0.count) })),
            ("missing", operation.missing.isEmpty ? nil : .array(operation.missing.map { missing($0, operation) })),
        ])
    }

    /// Pairs of a name and a count, in the order of the document.
    private func counts(_ points: [(name: String, count: Int)]) -> JSONValue? {
        points.isEmpty ? nil : .array(points.map { .array([text($0.name), .integer($0.count)]) })
    }

    private func missing(_ row: MissingRow, _ operation: OperationCoverage) -> JSONValue {
        let cells = [operation.operation, row.auth, row.set, row.expect, row.opts]
        return .members([("what", text(row.what)), ("cells", .array(cells.map(text)))])
    }

    private func text(_ text: String) -> JSONValue { .string(truncated(redactor.redact(text), to: 200)) }
}
