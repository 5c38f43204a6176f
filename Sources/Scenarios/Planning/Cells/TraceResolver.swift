import Diagnostics
import Primitives

/// Resolves the columns `ref` and `level` of a row.
struct TraceResolver: PlanningStage {
    let draft: RowDraft
    /// The requirements of the catalogue; `nil` if the configuration has none.
    let catalogue: [Requirement]?
    var diagnostics: [Diagnostic] = []

    /// The requirements that the row shows; `nil` if it names none.
    mutating func run() -> StepTrace? {
        let level = level()
        guard let cell = draft[.ref] else {
            // A `*` row can set the level of rows below that have a `ref`.
            if let cell = draft.row[.level] {
                report(
                    cell.diagnostic(
                        "table.level", "the row has a `level` but no `ref`",
                        help: "name the requirement in `ref`, or leave `level` empty"))
            }
            return nil
        }
        var refs: [String] = []
        for (id, offset) in words(of: cell.text) {
            if let problem = problem(id, offset, level, known: refs, cell) {
                report(problem)
            } else {
                refs.append(id)
            }
        }
        return refs.isEmpty ? nil : StepTrace(refs: refs, level: level)
    }

    private mutating func level() -> Requirement.Level? {
        guard let cell = draft[.level] else { return nil }
        let text = trimmed(cell.text)
        if let level = Requirement.Level(rawValue: text.lowercasedASCII) { return level }
        let names = Requirement.Level.allCases.map(\.rawValue)
        report(
            cell.diagnostic(
                "table.level", "'\(visibleText(text))' is not a level",
                help: nearestName(to: text, among: names).map { "did you mean `\($0)`?" }
                    ?? "write \(names.joined(separator: " or "))"))
        return nil
    }

    private func problem(
        _ id: String, _ offset: Int, _ level: Requirement.Level?, known: [String], _ cell: CellPlace
    ) -> Diagnostic? {
        func problem(_ message: String, _ help: String) -> Diagnostic {
            cell.diagnostic(
                "table.ref", message, offset: offset, length: id.unicodeScalars.count, help: help)
        }
        if known.contains(where: { $0.isSame(as: id) }) {
            return problem("duplicate requirement '\(visibleText(id))'", "name each requirement once")
        }
        guard let catalogue else { return nil }
        guard let entry = catalogue.first(where: { $0.id.isSame(as: id) }) else {
            let near = nearestName(to: id, among: catalogue.map(\.id))
            return problem(
                "`refs` has no requirement '\(visibleText(id))'",
                near.map { "did you mean `\($0)`?" }
                    ?? "add it to `refs` in assay.yaml, or to the file that `refs` names")
        }
        if let level, level != entry.level {
            return problem(
                "the requirement '\(visibleText(id))' is \(entry.level.rawValue) in `refs`, and \(level.rawValue) here",
                "leave `level` empty: the catalogue decides")
        }
        return nil
    }
}
