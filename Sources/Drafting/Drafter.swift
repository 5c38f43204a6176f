import Diagnostics
package import OpenAPI
import Scenarios
import SourceText

/// Drafts first tables for a contract.
package enum Drafter {
    /// The number of rounds that remove single rows; later rounds remove whole scenarios.
    private static let mostRounds = 12

    /// Returns tables and bodies for `contract`; no row causes a diagnostic in planning.
    ///
    /// This function is pure: the same contract gives the same bytes.
    /// - Parameters:
    ///   - profiles: The names of the project's auth profiles.
    ///   - variables: The variables of an existing configuration; `nil` if ``Draft/variables`` will be written.
    ///   - existing: The existing file at a path in the project; such files are used as they are.
    package static func draft(
        _ contract: Contract, profiles: [String], variables: [String: String]? = nil, existing: (String) -> [UInt8]?
    ) -> Draft {
        var drafting = TableDrafter(contract, variables: variables)
        var tables = drafting.tables()
        var leftOut = drafting.leftOut
        var bodies: [String: [UInt8]] = [:]
        for body in drafting.bodies { bodies[body.path] = existing(body.path) ?? Array(body.text.utf8) }
        let files = bodies
        let values = drafting.forms.variables.map { ($0.name, $0.value) }
        let settings = PlanSettings(
            profiles: profiles, variables: variables ?? Dictionary(values, uniquingKeysWith: { first, _ in first })
        ) { (path: String) throws(SourceError) in
            guard let bytes = files[path] else { throw SourceError([]) }
            return bytes
        }
        let contracts = Contracts([contract], default: contract.name)
        // Removing a row may remove the step that other rows refer to. Every round removes something.
        var round = 0
        while !tables.isEmpty {
            let sources = tables.map { TableSource(path: $0.path, bytes: Array($0.text.utf8)) }
            let found = Planner.plan(tables: sources, contracts: contracts, settings: settings).1
                .filter { $0.severity != .note }
            if found.isEmpty { break }
            round += 1
            // A note that a spreadsheet would change is removed; its row stays.
            if tables.removeNotes(of: found.filter { $0.severity != .error }) { continue }
            let removed = tables.removeRows(of: found, wholeScenarios: round > mostRounds)
            leftOut += removed
            guard removed.isEmpty else { continue }
            leftOut += tables.removeTables(of: found)
        }
        return Draft(tables, drafting, leftOut)
    }
}

extension Draft {
    fileprivate init(_ tables: [DraftTable], _ drafting: TableDrafter, _ leftOut: [LeftOut]) {
        let rows = tables.flatMap(\.scenarios).flatMap(\.rows)
        let used = Set(rows.filter { !$0.body.isEmpty }.map { "scenarios/\($0.body)" })
        files =
            tables.map { table in
                File(
                    path: table.path, text: table.text, scenarios: table.scenarios.count,
                    steps: table.scenarios.map(\.steps).reduce(0, +))
            } + drafting.bodies.filter { used.contains($0.path) }.map { File(path: $0.path, text: $0.text) }
        let variablesInUse = Set(Set(rows.flatMap(\.set)).flatMap(Self.variables(in:)))
        variables = drafting.forms.variables.filter { variablesInUse.contains($0.name) }
        let steps = Set(rows.map(\.operation))
        resources = drafting.resources.filter { steps.contains($0.create) && !steps.isDisjoint(with: $0.fetch) }
        money = MoneyDraft(drafting.contract.operations.filter { steps.contains($0.name) }).groups
        self.leftOut = leftOut
    }

    /// The names of the variables in an item, such as `{{var.order-id}}`.
    private static func variables(in item: String) -> [String] {
        item.split(separator: "{{var.", omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            rest.split(separator: "}}", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
        }
    }
}

extension [DraftTable] {
    /// Removes the rows with diagnostics, and scenarios without remaining steps.
    ///
    /// - Parameter wholeScenarios: Whether a whole scenario is removed with the first of its rows.
    fileprivate mutating func removeRows(of found: [Diagnostic], wholeScenarios: Bool) -> [Draft.LeftOut] {
        var leftOut: [Draft.LeftOut] = []
        for index in indices { leftOut += self[index].removeRows(of: found, wholeScenarios: wholeScenarios) }
        removeAll { $0.scenarios.isEmpty }
        return leftOut
    }

    /// Removes the notes of rows with warnings; returns whether there was one.
    fileprivate mutating func removeNotes(of warnings: [Diagnostic]) -> Bool {
        var isChanged = false
        for index in indices {
            let lines = Set(warnings.compactMap(\.location).filter { $0.file == self[index].path }.map(\.line))
            if !lines.isEmpty, self[index].removeNotes(in: lines) { isChanged = true }
        }
        return isChanged
    }

    /// Removes the tables with diagnostics, or all tables if the diagnostics name none.
    fileprivate mutating func removeTables(of found: [Diagnostic]) -> [Draft.LeftOut] {
        let named = Set(found.flatMap { [$0.location].compactMap { $0 } + $0.related.map(\.location) }.map(\.file))
        let isNamed = contains { named.contains($0.path) }
        var leftOut: [Draft.LeftOut] = []
        for table in self where !isNamed || named.contains(table.path) {
            let operations = Set(table.scenarios.flatMap(\.rows).map(\.operation)).sorted()
            let why = found.first { $0.location?.file == table.path || !isNamed }?.message ?? ""
            leftOut += operations.map { Draft.LeftOut(operation: $0, what: Draft.LeftOut.whole, why: why) }
        }
        removeAll { !isNamed || named.contains($0.path) }
        return leftOut
    }
}

extension DraftTable {
    fileprivate mutating func removeNotes(in lines: Set<Int>) -> Bool {
        var isChanged = false
        var line = 1
        for scenario in scenarios.indices {
            for row in scenarios[scenario].rows.indices {
                line += 1
                guard lines.contains(line), !scenarios[scenario].rows[row].note.isEmpty else { continue }
                scenarios[scenario].rows[row].note = ""
                isChanged = true
            }
        }
        return isChanged
    }

    fileprivate mutating func removeRows(of found: [Diagnostic], wholeScenarios: Bool) -> [Draft.LeftOut] {
        var reasons: [Int: String] = [:]
        var bodyReasons: [String: String] = [:]
        for diagnostic in found {
            let places = [diagnostic.location].compactMap { $0 } + diagnostic.related.map(\.location)
            for place in places where place.file == path && reasons[place.line] == nil {
                reasons[place.line] = diagnostic.message
            }
            if let file = diagnostic.location?.file { bodyReasons[file] = diagnostic.message }
        }
        var leftOut: [Draft.LeftOut] = []
        var line = 1
        scenarios = scenarios.compactMap { scenario in
            var scenario = scenario
            let first = line
            let broken = scenario.rows.indices.compactMap { reasons[first + 1 + $0] }.first
            scenario.rows = scenario.rows.filter { row in
                line += 1
                let own = reasons[line] ?? (row.body.isEmpty ? nil : bodyReasons["scenarios/\(row.body)"])
                guard let reason = own ?? (wholeScenarios ? broken : nil) else { return true }
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
