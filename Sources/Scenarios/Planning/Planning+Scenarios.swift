import Diagnostics

extension Planning {
    /// Reads the scenarios of a table: rows of one name, one after the other, are one scenario.
    mutating func readScenarios(_ table: Table) {
        var rows: [TableRow] = []
        var name: CellPlace?
        let rest = table.rows
        if let first = rest.first, table.has(.scenario), first[.scenario] == nil {
            report(
                first.diagnostic(
                    "table.no-scenario", "the first row names no scenario", column: .scenario,
                    help: "an empty cell means the scenario of the row above"))
        }
        for row in rest {
            if let cell = row[.scenario], name.map({ trimmed($0.text) != trimmed(cell.text) }) ?? true {
                if !rows.isEmpty { readScenario(rows, named: name) }
                rows = []
                name = cell
            }
            rows.append(row)
        }
        if !rows.isEmpty { readScenario(rows, named: name) }
    }

    private mutating func readScenario(_ rows: [TableRow], named cell: CellPlace?) {
        let file = rows[0].table.path
        let name = cell.map { trimmed($0.text) } ?? stem(file)
        let location = cell?.location(cell?.leadingBlanks ?? 0) ?? rows[0].location
        checkScenarioName(name, cell, location)
        var reading = ScenarioReading(name: name, file: file)
        for row in rows { reading.read(row, &self) }
        reading.planned.order()
        let data = reading.rowsOption.flatMap { dataRows($0) }
        for index in reading.planned.indices {
            let errors = errorCount
            checkReferences(of: reading.planned[index], among: reading.planned, columns: data?.columns)
            if errorCount > errors { reading.planned[index].isSound = false }
        }
        var scenario = Scenario(
            id: name, name: name, file: file, line: rows[0].record.line,
            tags: rows[0][.tags].map { words(of: $0.text).map(\.text) } ?? [],
            steps: reading.planned.flatMap(\.steps), only: reading.only != nil, lock: reading.lock)
        if let only = reading.only { refuseOnly(only) }
        let steps = scenario.steps.filter { if case .wait = $0.call { false } else { true } }
        if !steps.isEmpty {
            scenario.skip = steps.allSatisfy(\.options.isSkipped)
            if steps.allSatisfy(\.options.mockOnly) { scenario.mode = .mock }
            if steps.allSatisfy(\.options.liveOnly) { scenario.mode = .live }
        } else if reading.isSound {
            report(Diagnostic("table.empty-scenario", .error, "the scenario '\(name)' has no steps", at: location))
        }
        add(scenario, reading, data)
    }

    private mutating func add(_ scenario: Scenario, _ reading: ScenarioReading, _ data: DataRows?) {
        guard let data else {
            // A data file that cannot be read was reported; without it nothing more can be said.
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
                    "table.scenario-name", "a scenario's name holds no brackets and no line breaks",
                    help: "brackets mark the data case of a scenario in reports"))
        }
        if let first = scenarioPlaces[name] {
            let place =
                cell
                ?? CellPlace(
                    file: location.file, column: "scenario", cell: CSVCell(text: name, line: location.line, column: 1))
            report(
                place.diagnostic(
                    "table.duplicate-scenario", "there already is a scenario '\(visible(name))'",
                    help: "keep the rows of a scenario together, and give each scenario its own name",
                    related: [.init("the first one is here", at: first)]))
        } else {
            scenarioPlaces[name] = location
        }
    }

    private mutating func refuseOnly(_ cell: CellPlace) {
        guard settings.isCI else { return }
        let word = words(of: cell.text).first { foldedCase($0.text) == "only" }
        report(
            cell.diagnostic(
                "table.only", "'only' is left in the table, so that CI would run nothing else",
                offset: word?.offset ?? 0, length: 4, help: "remove it; to run a selection use --tags or --grep"))
    }

    /// The file's name without folders and suffix, for tables without a column 'scenario'.
    private func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.utf8.count > 4 && name.utf8.suffix(4).elementsEqual(".csv".utf8)
            ? String(decoding: name.utf8.dropLast(4), as: UTF8.self) : name
    }
}

/// The rows of one scenario while they are read.
struct ScenarioReading {
    static let reserved = ["env", "row", "secret", "var", "uuid", "random", "now", "req"]

    var name: String
    var file: String
    var planned: [PlannedRow] = []
    var only: CellPlace?
    var lock: String?
    var rowsOption: (path: String, cell: CellPlace, offset: Int)?
    var isSound = true
    private var defaults: RowDraft?
    private var names: [String: CellPlace] = [:]
    private var isFirst = true

    init(name: String, file: String) {
        self.name = name
        self.file = file
    }

    mutating func read(_ row: TableRow, _ planning: inout Planning) {
        defer { isFirst = false }
        let errors = planning.errorCount
        guard let (step, cell) = stepName(row, &planning) else {
            isSound = false
            return
        }
        var problems: [Diagnostic] = []
        let draft = RowDraft(row, name: step, nameCell: cell, defaults: defaults, &problems)
        planning.report(problems)
        scenarioOptions(draft, &planning)
        if step == "*" {
            defaults = draft
        } else if var planned = planning.planned(draft) {
            planned.isSound = planning.errorCount == errors
            self.planned.append(planned)
        }
        if planning.errorCount > errors { isSound = false }
    }

    private mutating func stepName(_ row: TableRow, _ planning: inout Planning) -> (String, CellPlace)? {
        guard let cell = row[.step] else {
            planning.report(
                row.diagnostic(
                    "table.no-step", "the row names no step", column: .step,
                    help: "each row has a name, by which others refer to it; '*' gives defaults"))
            return nil
        }
        let name = trimmed(cell.text)
        if name == "*" { return (name, cell) }
        if ScenarioReading.reserved.contains(name) {
            planning.report(
                cell.diagnostic(
                    "table.step-name", "'\(name)' is a reserved word and cannot name a step",
                    help: "reserved are \(ScenarioReading.reserved.joined(separator: ", "))"))
            return nil
        }
        guard planning.isStepName(name) else {
            planning.report(
                cell.diagnostic(
                    "table.step-name", "'\(visible(name))' cannot name a step",
                    help: "a name is a letter, then letters, digits, '-' and '_'"))
            return nil
        }
        if let first = names[name] {
            planning.report(
                cell.diagnostic(
                    "table.duplicate-step", "the scenario '\(visible(self.name))' already has a step '\(name)'",
                    related: [.init("the first one is here", at: first.location(first.leadingBlanks))]))
            return nil
        }
        names[name] = cell
        return (name, cell)
    }

    private mutating func scenarioOptions(_ draft: RowDraft, _ planning: inout Planning) {
        only = only ?? draft.options.only
        if let option = draft.options.lock {
            if let lock, lock != option.name {
                planning.report(
                    option.cell.diagnostic(
                        "table.option", "the scenario has another lock already: '\(lock)'", offset: option.offset,
                        length: option.name.unicodeScalars.count, help: "a scenario holds one lock"))
            }
            lock = option.name
        }
        guard let option = draft.options.rows else { return }
        if isFirst {
            rowsOption = option
        } else {
            planning.report(
                option.cell.diagnostic(
                    "table.option", "'rows=' stands on a later row of the scenario", offset: option.offset - 5,
                    length: option.path.unicodeScalars.count + 5,
                    help: "put it on the scenario's first row: the data hold for the whole scenario"))
        }
    }
}
