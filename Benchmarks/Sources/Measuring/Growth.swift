package import Foundation
import JSONDocument
import JSONSchema

/// Functions whose time must grow in proportion to their input.
package enum Growth: String, CaseIterable {
    /// Rows of a table that is planned.
    case rows
    /// Operations of a document that is read into a contract.
    case operations
    /// Members of one object that is parsed and judged.
    case members
    /// Findings in one body that is judged, each reported.
    case findings

    /// How much more a unit costs at 10,000 units than at 1,000, for each function.
    /// - Parameter folder: `Benchmarks`, with its folder `Fixtures`.
    package static func ratios(in folder: URL, rounds: Int) throws -> [Ratio] {
        try allCases.map { growth in
            let small = try growth.work(units: 1_000, in: folder)
            let large = try growth.work(units: 10_000, in: folder)
            // In turn, so that other load on the machine affects both.
            var (best, yardstick) = (Double.infinity, Double.infinity)
            for _ in 0..<max(1, rounds) {
                yardstick = min(yardstick, try small.nanosecondsPerUnit(rounds: 3))
                best = min(best, try large.nanosecondsPerUnit(rounds: 1))
            }
            return Ratio(name: "growth_\(growth.rawValue)", value: best / yardstick, isGrowth: true)
        }
    }

    /// The function with an input of `units` units.
    package func work(units: Int, in folder: URL) throws -> Work {
        switch self {
        case .rows: try Work.plan(folder, rows: units)
        case .operations:
            try Work.load(
                Self.document(units), name: rawValue, units: units, operations: units, ending: "json")
        case .members: try Self.members(units)
        case .findings: try Self.findings(units)
        }
    }

    /// A document with next to nothing in each operation, because a document may have a million values.
    private static func document(_ operations: Int) -> [UInt8] {
        let paths = (0..<operations).map { number in
            #""/things\#(number)":{"get":{"operationId":"op\#(number)","responses":{"200":{"description":"done"}}}}"#
        }
        let head = #"{"openapi":"3.1.0","info":{"title":"Things","version":"1"},"paths":{"#
        return Array((head + paths.joined(separator: ",\n") + "}}").utf8)
    }

    private static func members(_ count: Int) throws -> Work {
        let schema = try StoredSchema.compiled(
            text: #"{"type":"object","additionalProperties":{"type":"string","minLength":1}}"#)
        let members = (0..<count).map { "\"member\($0)\":\"value \($0)\"" }
        let body = Array("{\(members.joined(separator: ","))}".utf8)
        return Work(name: Growth.members.rawValue, units: count) {
            guard schema.validate(try JSONDocument(parsing: body).root).outcome == .valid else {
                throw BenchError("a valid object was rejected")
            }
        }
    }

    private static func findings(_ count: Int) throws -> Work {
        let schema = try StoredSchema.compiled(text: #"{"type":"array","items":{"type":"integer","minimum":1}}"#)
        let body = Array("[\((0..<count).map { $0 % 2 == 0 ? "0" : "\"a\"" }.joined(separator: ","))]".utf8)
        // An issue costs many steps.
        let options = ValidationOptions(steps: count * 1_000, maximumIssues: count + 1)
        return Work(name: Growth.findings.rawValue, units: count) {
            let issues = schema.validate(try JSONDocument(parsing: body).root, options).issues.count
            guard issues == count else { throw BenchError("\(issues) of \(count) issues were reported") }
        }
    }
}
