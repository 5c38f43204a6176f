import Diagnostics
import Primitives

/// Resolves the `save` of a row: `name=path; …`.
struct SaveResolver: PlanningStage {
    let row: CalledRow
    let responses: ResponsePaths
    var diagnostics: [Diagnostic] = []

    mutating func run() -> [Save] {
        guard let cell = row[.save] else { return [] }
        var result: [Save] = []
        var offset = 0
        for part in cell.text.split(separator: ";", omittingEmptySubsequences: false) {
            let text = String(part)
            if let save = save(text, at: offset, cell) {
                if result.contains(where: { $0.name == save.name }) {
                    report(
                        cell.diagnostic(
                            "table.save", "duplicate name '\(save.name)'", offset: offset,
                            length: text.unicodeScalars.count))
                } else {
                    result.append(save)
                }
            }
            offset += text.unicodeScalars.count + 1
        }
        return result
    }

    private mutating func save(_ text: String, at offset: Int, _ cell: CellPlace) -> Save? {
        let scalars = Array(text.unicodeScalars)
        guard let start = scalars.firstIndex(where: { !isBlank($0) }) else { return nil }
        let equals = scalars.firstIndex(of: "=")
        let name = trimmed(String(String.UnicodeScalarView(scalars[..<(equals ?? scalars.count)])))
        guard let equals, isReferenceName(name) else {
            report(
                cell.diagnostic(
                    "table.save", "'\(visibleText(trimmed(text)))' does not name a value", offset: offset + start,
                    length: trimmed(text).unicodeScalars.count, help: "write name=path, such as id=parcel.id"))
            return nil
        }
        let rest = scalars[(equals + 1)...]
        let pathStart = rest.firstIndex { !isBlank($0) } ?? scalars.count
        let pathText = trimmed(String(String.UnicodeScalarView(rest)))
        do throws(ItemSyntaxError) {
            let path = try ItemPath.parse(pathText)
            if let problem = responses.problem(path) {
                report(
                    cell.diagnostic(
                        "table.unknown-member", problem.message, offset: offset + pathStart,
                        length: pathText.unicodeScalars.count, help: problem.help))
                return nil
            }
            return Save(name: name, path: path, location: cell.location(offset + start))
        } catch {
            report(cell.diagnostic(ItemProblem("table.path", error, from: offset + pathStart)))
            return nil
        }
    }
}
