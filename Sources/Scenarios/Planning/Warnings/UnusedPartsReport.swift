import Diagnostics
import JSONDocument
import JSONSchema
import Primitives

/// A warning that is reported only if no other scenario uses this one.
struct TentativeWarning {
    /// The scenario, whose users may use the saved value.
    var scenario: UseTarget
    var diagnostic: Diagnostic
}

/// Reports saved values, defaults and data columns that nothing in a scenario uses, and the cells of its data file that a
/// spreadsheet would change. Returns the warnings that depend on other scenarios.
struct UnusedPartsReport: PlanningStage {
    let scenario: ResolvedScenario
    var diagnostics: [Diagnostic] = []

    mutating func run() -> [TentativeWarning] {
        guard scenario.isSound, !scenario.rows.isEmpty else { return [] }
        for cell in scenario.draft.idleDefaults {
            report(
                cell.diagnostic(
                    "table.unused-defaults", .warning, "no step of the scenario follows this row of defaults",
                    help: "move the row: `*` applies to the steps below it"))
        }
        // Rows that do not run under this version may use the values.
        guard scenario.notApplicable.isEmpty else { return [] }
        // Most scenarios have neither, and collecting the references takes longer than the other checks.
        guard scenario.data != nil || scenario.rows.contains(where: { !$0.response.saves.isEmpty }) else { return [] }
        let references = scenario.rows.flatMap(\.references)
        if let data = scenario.data, data.count > 0 { reportColumns(data, references) }
        return unusedSaves(references)
    }

    private func unusedSaves(_ references: [TemplateReference]) -> [TentativeWarning] {
        // A `*` row names a value for many steps; one use is enough.
        var saves: [SavedName] = []
        var known: [SourceLocation: Int] = [:]
        var asked: Set<[String]> = []
        for case .step(let step, let path) in references {
            if path.isBare, case .name(let name)? = path.segments.first { asked.insert([step, name]) }
        }
        for row in scenario.rows where !row.response.saves.isEmpty {
            guard let cell = row.called[.save] else { continue }
            for var save in SavedName.names(in: cell, of: row.name) {
                save.isUsed = row.referenceNames.contains { asked.contains([$0, save.name]) }
                let location = cell.location(save.offset)
                if let index = known[location] {
                    saves[index].isUsed = saves[index].isUsed || save.isUsed
                } else {
                    known[location] = saves.count
                    saves.append(save)
                }
            }
        }
        return saves.filter { !$0.isUsed }.map {
            TentativeWarning(scenario: scenario.draft.target, diagnostic: $0.unused)
        }
    }

    private mutating func reportColumns(_ data: DataRows, _ references: [TemplateReference]) {
        let used = Set(references.compactMap { if case .row(let column) = $0 { column } else { nil } })
        for (index, column) in data.columns.enumerated()
        where !used.contains(column) && column.lowercasedASCII != "case" {
            report(
                data.header[index].diagnostic(
                    "table.unused-data-column", .note,
                    "'\(visibleText(scenario.draft.name))' never uses the column '\(visibleText(column))'",
                    help: "use {{row.\(column)}}; a column that starts with '#' is ignored"))
        }
        diagnostics += SpreadsheetWarnings.warnings(data, numbers: numberColumns)
    }

    /// The data columns whose cells are used only as integers or decimals, whatever their spelling.
    private var numberColumns: Set<String> {
        var numbers: Set<String> = []
        var others: Set<String> = []
        for row in scenario.rows {
            for item in row.request.set {
                let templates = item.placed.parsed.value?.templates ?? []
                let kinds = item.view?.kinds ?? [.string]
                let isWhole = templates.first.map { $0.references.count == 1 && $0.text.utf8.starts(with: "{{".utf8) }
                for case .row(let column) in templates.flatMap(\.references) {
                    if !kinds.contains(.string), isWhole ?? false {
                        numbers.insert(column)
                    } else {
                        others.insert(column)
                    }
                }
            }
            guard case .template(let template, _) = row.request.body else { continue }
            for case .row(let column) in template.references { others.insert(column) }
        }
        return numbers.subtracting(others)
    }
}

/// A name in a `save` cell.
private struct SavedName {
    var cell: CellPlace
    var step: String
    var name: String
    /// Its offset in the cell, in Unicode scalars.
    var offset: Int
    var isUsed = false

    /// The names in a `save` cell of a step.
    static func names(in cell: CellPlace, of step: String) -> [SavedName] {
        var result: [SavedName] = []
        var offset = 0
        for part in cell.text.split(separator: ";", omittingEmptySubsequences: false) {
            let name = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)[0]
            let blanks = name.unicodeScalars.prefix(while: isBlank).count
            let text = trimmed(String(name))
            if !text.isEmpty {
                result.append(SavedName(cell: cell, step: step, name: text, offset: offset + blanks))
            }
            offset += part.unicodeScalars.count + 1
        }
        return result
    }

    /// The warning that nothing uses the name.
    var unused: Diagnostic {
        cell.diagnostic(
            "table.unused-save", .warning, "the saved value '\(visibleText(name))' is never used",
            offset: offset, length: name.unicodeScalars.count, help: "use {{\(step).\(name)}}, or remove it")
    }
}
