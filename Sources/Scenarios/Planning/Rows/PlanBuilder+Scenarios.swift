import Diagnostics
import Primitives

extension PlanBuilder {
    /// Reads the scenarios of a table: consecutive rows with the same name form one scenario.
    mutating func readScenarios(_ table: Table) {
        let groups = scenarioGroups(of: table)
        if let first = groups.first?.rows.first, table.has(.scenario), first[.scenario] == nil,
            !hasLostRows(table.path)
        {
            report(
                first.diagnostic(
                    "table.no-scenario", "the first row names no scenario", column: .scenario,
                    help: "name the scenario; an empty cell continues the scenario of the row above"))
        }
        for group in groups { readScenario(group) }
    }

    /// Whether rows of a table could not be read. Names in them are unknown, and their diagnostics are the cause.
    func hasLostRows(_ path: String) -> Bool {
        diagnostics.contains { $0.rule == "table.ragged-row" && $0.location?.file == path }
    }

    /// The rows of a table by scenario, in order.
    func scenarioGroups(of table: Table) -> [ScenarioRows] {
        var groups: [ScenarioRows] = []
        for row in table.rows {
            let cell = row[.scenario]
            let isNext = cell.map { cell in groups.last?.cell.map { trimmed($0.text) != trimmed(cell.text) } ?? true }
            if isNext ?? groups.isEmpty {
                let name = cell.map { trimmed($0.text) } ?? stem(table.path)
                groups.append(ScenarioRows(name: name, cell: cell, rows: []))
            }
            groups[groups.count - 1].rows.append(row)
        }
        return groups
    }

    /// Reads the rows of a scenario and checks their references.
    mutating func read(_ group: ScenarioRows) -> ScenarioReader {
        var reading = ScenarioReader(name: group.name, file: group.rows[0].table.path)
        for row in group.rows { reading.read(row, &self) }
        reading.finish(self)
        let data = reading.rowsOption.flatMap { dataRows($0) }
        for index in reading.planned.indices {
            let errors = errorCount
            checkReferences(of: reading.planned[index], among: reading, columns: data?.columns)
            if errorCount > errors {
                reading.planned[index].isSound = false
                reading.isSound = false
            }
        }
        return reading
    }

    private mutating func readScenario(_ group: ScenarioRows) {
        let (name, cell, rows) = (group.name, group.cell, group.rows)
        let file = rows[0].table.path
        let location = cell?.location(cell?.leadingBlanks ?? 0) ?? rows[0].location
        checkScenarioName(name, cell, location)
        let reading = read(group)
        let data = reading.rowsOption.flatMap { dataRows($0) }
        var scenario = Scenario(
            id: name, name: name, file: file, line: rows[0].record.line,
            tags: rows[0][.tags].map { words(of: $0.text).map(\.text) } ?? [],
            steps: reading.planned.flatMap(\.steps), only: reading.only != nil, lock: reading.lock)
        if let only = reading.only { reportOnly(only) }
        let steps = scenario.steps.filter { if case .wait = $0.call { false } else { true } }
        if !steps.isEmpty {
            scenario.skip = steps.allSatisfy(\.options.isSkipped)
            if steps.allSatisfy(\.options.mockOnly) { scenario.mode = .mock }
            if steps.allSatisfy(\.options.liveOnly) { scenario.mode = .live }
        } else if reading.isSound {
            report(Diagnostic("table.empty-scenario", .error, "the scenario '\(name)' has no steps", at: location))
        }
        noteNeedless(reading, data)
        add(scenario, reading, data)
    }

    private mutating func add(_ scenario: Scenario, _ reading: ScenarioReader, _ data: DataRows?) {
        guard let data else {
            // An unreadable data file has been reported; without it, no further checks are possible.
            if reading.rowsOption == nil { checkRequests(of: reading.planned, in: scenario, data: nil) }
            scenarios.append(scenario)
            return
        }
        for row in data.rows {
            var scenario = scenario
            scenario.id = "\(scenario.name)[\(row.name)]"
            scenario.dataCase = row.name
            scenario.row = row.cells
            checkRequests(of: reading.planned, in: scenario, data: row)
            scenarios.append(scenario)
        }
    }

    private mutating func checkScenarioName(_ name: String, _ cell: CellPlace?, _ location: SourceLocation) {
        if let cell, name.unicodeScalars.contains(where: { $0 == "[" || $0 == "]" || $0.value < 0x20 }) {
            report(
                cell.diagnostic(
                    "table.scenario-name", "the name of a scenario cannot contain brackets or line breaks",
                    help: "remove them: in reports, brackets mark the data case of a scenario"))
        }
        if let first = scenarioPlaces[name] {
            let place =
                cell
                ?? CellPlace(
                    file: location.file, column: "scenario", cell: CSVCell(text: name, line: location.line, column: 1))
            report(
                place.diagnostic(
                    "table.duplicate-scenario", "duplicate scenario '\(visibleText(name))'",
                    help: "keep the rows of a scenario together, and give each scenario its own name",
                    related: [.init("the first one is here", at: first)]))
        } else {
            scenarioPlaces[name] = location
        }
    }

    /// `only` is temporary and must not be committed, so CI reports it.
    private mutating func reportOnly(_ cell: CellPlace) {
        let word = words(of: cell.text).first { $0.text.lowercasedASCII == "only" }
        report(
            cell.diagnostic(
                "table.only", settings.isCI ? .error : .warning,
                settings.isCI
                    ? "`only` is set in the table, so CI would run nothing else"
                    : "`only` is set in the table: nothing else runs, and CI rejects it",
                offset: word?.offset ?? 0, length: 4, help: "remove it; select scenarios with --tags or --grep"))
    }

    /// The file's name without folders and extension, for tables without a column 'scenario'.
    private func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.utf8.count > 4 && name.utf8.suffix(4).elementsEqual(".csv".utf8)
            ? String(decoding: name.utf8.dropLast(4), as: UTF8.self) : name
    }
}
