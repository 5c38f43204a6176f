package import Foundation
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios
import SourceText

/// One function that is measured, with the number of units that a call processes.
package struct Work {
    /// The name of its figure.
    package let name: String
    /// How many units a call of `body` processes: bodies, bytes, rows, …
    package let units: Int
    private let body: () throws -> Void

    init(name: String, units: Int, body: @escaping () throws -> Void) {
        (self.name, self.units, self.body) = (name, units, body)
    }

    /// The least processor time for a unit, in nanoseconds.
    package func nanosecondsPerUnit(rounds: Int) throws -> Double {
        try (0..<max(1, rounds)).map { _ in try once() }.min() ?? 0
    }

    private func once() throws -> Double { try measured(body).cpu / Double(units) }

    /// The time of each function in yardsticks. Both are the least of all rounds: other load on the machine makes
    /// either of them slower, never faster.
    /// - Parameter folder: `Benchmarks`, with its folder `Fixtures`.
    package static func ratios(in folder: URL, rounds: Int) throws -> [Ratio] {
        try hotPaths(in: folder).map { work in
            var (best, yardstick) = (Double.infinity, Double.infinity)
            for _ in 0..<max(1, rounds) {
                yardstick = min(yardstick, Yardstick.nanosecondsPerByte())
                best = min(best, try work.once())
            }
            return Ratio(name: work.name, value: best / yardstick)
        }
    }

    private static func hotPaths(in folder: URL) throws -> [Work] {
        [try validate(folder), try load(isJSON: true), try load(isJSON: false), try plan(folder, rows: 5_000)]
    }

    /// Parsing and judging bodies of about a kilobyte.
    package static func validate(_ folder: URL) throws -> Work {
        let compiled = try StoredSchema.compiled(folder.appendingPathComponent("Fixtures/parcel.schema.json").path)
        let bodies = (0..<5_000).map { Array(ParcelBody.text($0, status: "OPEN").utf8) }
        return Work(name: "validate_body", units: bodies.count) {
            for body in bodies {
                guard compiled.validate(try JSONDocument(parsing: body).root, ValidationOptions()).outcome == .valid
                else { throw BenchError("a valid body was rejected") }
            }
        }
    }

    /// Reading a document of 200 operations into a contract; a unit is a byte.
    private static func load(isJSON: Bool) throws -> Work {
        let document = GeneratedDocument(operations: 200)
        let bytes = Array((isJSON ? try document.json() : document.yaml).utf8)
        return try load(
            bytes, name: isJSON ? "load_json_byte" : "load_yaml_byte", units: bytes.count, operations: 200,
            ending: isJSON ? "json" : "yaml")
    }

    /// Reading a document into a contract that must have `operations` operations.
    static func load(_ bytes: [UInt8], name: String, units: Int, operations: Int, ending: String) throws -> Work {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("assay-bench-\(UUID().uuidString)")
        return Work(name: name, units: units) {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: place) }
            try Data(bytes).write(to: place.appendingPathComponent("document.\(ending)"))
            let contract = try ContractLoader.load(file: "document.\(ending)", reader: SourceReader(root: place.path))
            guard contract.operations.count == operations else { throw BenchError("operations are missing") }
        }
    }

    /// Planning a table.
    static func plan(_ folder: URL, rows: Int) throws -> Work {
        let reader = SourceReader(root: folder.appendingPathComponent("Fixtures/parcels").path)
        let contract = try ContractLoader.load(file: "openapi.yaml", reader: reader)
        let source = TableSource(path: "bench.csv", bytes: Array(ParcelTable.text(steps: rows).utf8))
        return Work(name: "plan_row", units: rows) {
            let (plan, _) = Planner.plan(
                tables: [source], contracts: Contracts([contract]), settings: PlanSettings(profiles: [], reader: reader)
            )
            guard plan.scenarios.count == rows / ParcelTable.stepsOfScenario else {
                throw BenchError("scenarios are missing")
            }
        }
    }
}
