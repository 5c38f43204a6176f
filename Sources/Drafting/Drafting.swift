import Diagnostics
public import OpenAPI
import Scenarios
import SourceText

/// Drafts first tables for a contract.
public enum Drafting {
    /// Tables and bodies for `contract`, every row of which plans without an error.
    ///
    /// Pure: the same contract gives the same bytes.
    /// - Parameters:
    ///   - profiles: The names of the auth profiles of the project.
    ///   - existing: What lies in the project already under a path; such files are planned with as they are.
    public static func draft(
        _ contract: Contract, profiles: [String], existing: (String) -> [UInt8]?
    ) -> Draft {
        var drafting = TableDrafting(contract)
        var tables = drafting.tables()
        var leftOut = drafting.leftOut
        var bodies: [String: [UInt8]] = [:]
        for body in drafting.bodies { bodies[body.path] = existing(body.path) ?? Array(body.text.utf8) }
        let files = bodies
        let settings = PlanSettings(profiles: profiles) { (path: String) throws(SourceError) in
            guard let bytes = files[path] else { throw SourceError([]) }
            return bytes
        }
        let contracts = Contracts([contract], default: contract.name)
        // A row that goes may leave others without the step that they refer to.
        for _ in 0..<6 {
            let (_, found) = Planner.plan(
                tables: tables.map { TableSource(path: $0.path, bytes: Array($0.text.utf8)) }, contracts: contracts,
                settings: settings)
            let errors = found.filter { $0.severity == .error }
            if errors.isEmpty { return Draft(tables, drafting.bodies, leftOut) }
            leftOut += tables.removeRows(of: errors)
        }
        return Draft([], [], leftOut)
    }
}

extension Draft {
    fileprivate init(_ tables: [TableDraft], _ bodies: [(path: String, text: String)], _ leftOut: [LeftOut]) {
        let used = Set(
            tables.flatMap(\.scenarios).flatMap(\.rows).filter { !$0.body.isEmpty }.map { "scenarios/\($0.body)" })
        files =
            tables.map { table in
                File(
                    path: table.path, text: table.text, scenarios: table.scenarios.count,
                    steps: table.scenarios.map(\.steps).reduce(0, +))
            } + bodies.filter { used.contains($0.path) }.map { File(path: $0.path, text: $0.text) }
        self.leftOut = leftOut
    }
}

extension [TableDraft] {
    /// Takes away the rows that errors are about, and scenarios that have no steps left.
    fileprivate mutating func removeRows(of errors: [Diagnostic]) -> [Draft.LeftOut] {
        var leftOut: [Draft.LeftOut] = []
        for index in indices { leftOut += self[index].removeRows(of: errors) }
        removeAll { $0.scenarios.isEmpty }
        return leftOut
    }
}

extension TableDraft {
    fileprivate mutating func removeRows(of errors: [Diagnostic]) -> [Draft.LeftOut] {
        var reasons: [Int: String] = [:]
        for error in errors {
            let places = [error.location].compactMap { $0 } + error.related.map(\.location)
            for place in places where place.file == path && reasons[place.line] == nil {
                reasons[place.line] = error.message
            }
        }
        var leftOut: [Draft.LeftOut] = []
        var line = 1
        scenarios = scenarios.compactMap { scenario in
            var scenario = scenario
            scenario.rows = scenario.rows.filter { row in
                line += 1
                guard let reason = reasons[line] else { return true }
                leftOut.append(
                    Draft.LeftOut(
                        operation: row.operation, what: "the step \(scenario.name)/\(row.step)", why: reason))
                return false
            }
            return scenario.steps == 0 ? nil : scenario
        }
        return leftOut
    }
}
