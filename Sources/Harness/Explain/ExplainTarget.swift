import Diagnostics
import Primitives
import Scenarios

/// The row or step that a user wants explained: `scenarios/orders.csv:7`, or `order-lifecycle/create`.
package enum ExplainTarget: Sendable, Hashable {
    /// A row of a table by its physical line, from 1.
    case line(file: String, line: Int)
    /// A step of a scenario by its name, or a whole scenario.
    case name(String)

    /// Reads `FILE:LINE`, `FILE:LINE:COLUMN`, `SCENARIO/STEP` or `SCENARIO`.
    package init(_ text: String) {
        var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count > 2, Int(parts[parts.count - 1]) != nil, Int(parts[parts.count - 2]) != nil {
            parts.removeLast()
        }
        if parts.count > 1, let line = Int(parts[parts.count - 1]), line > 0 {
            self = .line(file: parts.dropLast().joined(separator: ":"), line: line)
        } else {
            self = .name(text)
        }
    }
}

extension Plan {
    /// The steps with this name: `SCENARIO/STEP`, or all of a `SCENARIO`. Cases of data rows and of credentials are
    /// included.
    ///
    /// - Throws: `HarnessError` (exit 2) with the nearest name when no step has the name.
    func steps(named text: String) throws(HarnessError) -> [(scenario: Scenario, step: Step)] {
        let pairs = scenarios.flatMap { scenario in scenario.steps.map { (scenario: scenario, step: $0) } }
        func isNamed(_ scenario: Scenario, _ name: some StringProtocol) -> Bool {
            scenario.id.isSame(as: name) || scenario.name.isSame(as: name)
        }
        let whole = pairs.filter { isNamed($0.scenario, text) }
        if !whole.isEmpty { return whole }
        if let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) {
            let (scenario, step) = (text[..<slash], text[text.utf8.index(after: slash)...])
            let found = pairs.filter { pair in
                isNamed(pair.scenario, scenario)
                    && (pair.step.name.isSame(as: step) || pair.step.isCase(of: step)
                        || pair.step.isInside(step))
            }
            if !found.isEmpty { return found }
        }
        let names = scenarios.map(\.name) + pairs.map { "\($0.scenario.name)/\($0.step.name)" }
        throw .wrongInput(
            "usage.unknown-step", "unknown scenario or step '\(text)'",
            help: nearestName(to: text, among: names).map { "did you mean `\($0)`?" }
                ?? "name a row as FILE:LINE or SCENARIO/STEP; `assay list` shows all of them")
    }

    /// The steps of the row at a physical line of a table. If the row uses a scenario, they are the steps of that
    /// scenario.
    ///
    /// - Throws: `HarnessError` (exit 2) when the line contains no step.
    func steps(at line: Int, of table: TableSource) throws(HarnessError) -> [(scenario: Scenario, step: Step)] {
        let pairs = scenarios.flatMap { scenario in scenario.steps.map { (scenario: scenario, step: $0) } }
            .filter { $0.step.location.file.isSame(as: table.path) }
        let file = CSVReader.read(table.bytes, file: table.path)
        let row = file.records.first { $0.lines.contains(line) }
        var found = pairs.filter { $0.step.location.line == row?.line }
        if found.isEmpty, let row, let use = file.use(at: row) {
            found = scenarios.flatMap { scenario in
                scenario.name.isSame(as: use.scenario)
                    ? scenario.steps.filter { $0.isInside(use.step) }.map { (scenario: scenario, step: $0) } : []
            }
        }
        if !found.isEmpty { return found }
        let near = pairs.first { $0.step.location.line > line } ?? pairs.last
        throw .wrongInput(
            "usage.no-step", "line \(line) of \(table.path) has no step",
            help: near.map { "the nearest step is \($0.scenario.id)/\($0.step.name) in line \($0.step.location.line)" })
    }
}

extension Step {
    /// Whether this is one of the cases of a step: `pay[2]` of `pay`.
    fileprivate func isCase(of step: some StringProtocol) -> Bool {
        name.utf8.starts(with: step.utf8) && name.utf8.dropFirst(step.utf8.count).first == UInt8(ascii: "[")
    }

    /// Whether this is a step of the scenario that `step` uses: `shop.register` of `shop`.
    fileprivate func isInside(_ step: some StringProtocol) -> Bool {
        name.utf8.starts(with: step.utf8) && name.utf8.dropFirst(step.utf8.count).first == UInt8(ascii: ".")
    }
}

extension CSVFile {
    /// The scenario and step of a row whose call is `use …`; `nil` for other rows.
    fileprivate func use(at row: CSVRecord) -> (scenario: String, step: String)? {
        func cell(_ column: String, of record: CSVRecord) -> String {
            let index = header.firstIndex { $0.text.isSame(as: column) }
            return index.map { record.cells[$0].text } ?? ""
        }
        guard cell("call", of: row).utf8.starts(with: "use ".utf8) else { return nil }
        let scenario = records.last { $0.line <= row.line && !cell("scenario", of: $0).utf8.isEmpty }
        return scenario.map { (cell("scenario", of: $0), cell("step", of: row)) }
    }
}

extension CSVRecord {
    /// The physical lines of the record: a cell with line breaks spans several lines.
    fileprivate var lines: ClosedRange<Int> {
        let ends = cells.map { $0.position(at: $0.text.unicodeScalars.count).line }
        return line...max(line, ends.max() ?? line)
    }
}
