import Diagnostics
import JSONDocument
import JSONSchema
import Primitives

/// Reports unused parts of a scenario.
extension PlanBuilder {
    /// Reports saved values, defaults and data columns that nothing in the scenario uses.
    mutating func noteNeedless(_ reading: ScenarioReader, _ data: DataRows?) {
        guard reading.isSound, !reading.planned.isEmpty else { return }
        for cell in reading.idleDefaults {
            report(
                cell.diagnostic(
                    "table.unused-defaults", .warning, "no step of the scenario follows this row of defaults",
                    help: "move the row: `*` applies to the steps below it"))
        }
        let references = reading.planned.flatMap(\.references)
        noteSaves(reading, references)
        if let data, !data.rows.isEmpty { noteColumns(data, reading, references) }
    }

    private mutating func noteSaves(_ reading: ScenarioReader, _ references: [TemplateReference]) {
        let key = UseTarget(path: reading.file, scenario: reading.name).key
        // A `*` row names a value for many steps; one use is enough.
        var places: [SavedName] = []
        var known: [SourceLocation: Int] = [:]
        var asked: Set<[String]> = []
        for case .step(let step, let path) in references {
            if path.isBare, case .name(let name)? = path.segments.first { asked.insert([step, name]) }
        }
        for row in reading.planned where !row.saves.isEmpty {
            guard let cell = row.draft[.save] else { continue }
            for (name, offset, length) in savedNames(cell) {
                let steps = [row.name] + row.variants.map { row.name + $0.suffix }
                let isUsed = steps.contains { asked.contains([$0, name]) }
                let location = cell.location(offset)
                if let index = known[location] {
                    places[index].isUsed = places[index].isUsed || isUsed
                } else {
                    known[location] = places.count
                    places.append(SavedName(cell, offset, length, row.name, name, isUsed: isUsed))
                }
            }
        }
        for place in places where !place.isUsed {
            tentative.append(
                (
                    key,
                    place.cell.diagnostic(
                        "table.unused-save", .warning, "the saved value '\(visibleText(place.name))' is never used",
                        offset: place.offset, length: place.length,
                        help: "use {{\(place.step).\(place.name)}}, or remove it")
                ))
        }
    }

    /// The names in a `save` cell, each with its position.
    private func savedNames(_ cell: CellPlace) -> [(name: String, offset: Int, length: Int)] {
        var result: [(name: String, offset: Int, length: Int)] = []
        var offset = 0
        for part in cell.text.split(separator: ";", omittingEmptySubsequences: false) {
            let name = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)[0]
            let blanks = name.unicodeScalars.prefix(while: isBlank).count
            let text = trimmed(String(name))
            if !text.isEmpty { result.append((text, offset + blanks, text.unicodeScalars.count)) }
            offset += part.unicodeScalars.count + 1
        }
        return result
    }

    private mutating func noteColumns(_ data: DataRows, _ reading: ScenarioReader, _ references: [TemplateReference]) {
        let used = Set(references.compactMap { if case .row(let column) = $0 { column } else { nil } })
        for (index, column) in data.columns.enumerated()
        where !used.contains(column) && column.lowercasedASCII != "case" {
            report(
                data.header[index].diagnostic(
                    "table.unused-data-column", .note,
                    "'\(visibleText(reading.name))' never uses the column '\(visibleText(column))'",
                    help: "use {{row.\(column)}}; a column that starts with '#' is ignored"))
        }
        warnOfSpreadsheets(data, numbers: numberColumns(reading))
    }

    /// The data columns whose cells are used only as integers or decimals, whatever their spelling.
    private func numberColumns(_ reading: ScenarioReader) -> Set<String> {
        var numbers: Set<String> = []
        var others: Set<String> = []
        for row in reading.planned {
            for item in row.set {
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
            guard case .template(let template, _) = row.body else { continue }
            for case .row(let column) in template.references { others.insert(column) }
        }
        return numbers.subtracting(others)
    }
}

/// A name in a `save` cell.
private struct SavedName {
    var cell: CellPlace
    var offset: Int
    var length: Int
    var step: String
    var name: String
    var isUsed: Bool

    init(_ cell: CellPlace, _ offset: Int, _ length: Int, _ step: String, _ name: String, isUsed: Bool) {
        self.cell = cell
        self.offset = offset
        self.length = length
        self.step = step
        self.name = name
        self.isUsed = isUsed
    }
}

extension PlannedRow {
    /// All references in the row's templates.
    var references: [TemplateReference] {
        var result = (set.map(\.placed) + checks).flatMap { $0.parsed.value?.templates ?? [] }.flatMap(\.references)
        if case .template(let template, _) = body { result += template.references }
        return result
    }
}
