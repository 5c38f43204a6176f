import Diagnostics
import Primitives

/// Resolves the `same-as` of a row: `STEP` or `STEP except a b[*].c`; `nil` if there is none or after a diagnostic.
struct SameAsResolver: PlanningStage {
    let row: CalledRow
    let responses: ResponsePaths
    var diagnostics: [Diagnostic] = []

    mutating func run() -> SameAs? {
        guard let cell = row[.sameAs] else { return nil }
        let parts = words(of: cell.text)
        guard parts.count > 1 else {
            return SameAs(step: parts[0].text, location: cell.location(parts[0].offset))
        }
        guard parts[1].text.lowercasedASCII == "except", parts.count > 2 else {
            report(
                cell.diagnostic(
                    "table.same-as", "unexpected '\(visibleText(parts[1].text))' after the name of the step",
                    offset: parts[1].offset, length: parts[1].text.unicodeScalars.count,
                    help: "write STEP, or STEP except path path"))
            return nil
        }
        guard let paths = paths(in: cell, from: parts[2].offset) else { return nil }
        return SameAs(step: parts[0].text, except: paths, location: cell.location(parts[0].offset))
    }

    /// The paths from an offset on; `nil` if one of them is not in the body.
    private mutating func paths(in cell: CellPlace, from start: Int) -> [ItemPath]? {
        let scalars = Array(cell.text.unicodeScalars)
        var paths: [ItemPath] = []
        var index = start
        while index < scalars.count {
            let end = max(ItemPath.end(of: scalars, from: index), index + 1)
            let text = String(String.UnicodeScalarView(scalars[index..<end]))
            do throws(ItemSyntaxError) {
                let path = try ItemPath.parse(text)
                guard case .body = path.root else {
                    report(
                        cell.diagnostic(
                            "table.same-as",
                            "'\(path)' is not a part of the body, and only status and body are compared",
                            offset: index, length: end - index, help: "name members of the body: STEP except a b[*].c"))
                    return nil
                }
                if let problem = responses.problem(path) {
                    report(
                        cell.diagnostic(
                            "table.unknown-member", problem.message, offset: index, length: end - index,
                            help: problem.help))
                } else {
                    paths.append(path)
                }
            } catch {
                report(cell.diagnostic(ItemProblem("table.path", error, from: index)))
            }
            index = end
            while index < scalars.count, isBlank(scalars[index]) || scalars[index] == "," { index += 1 }
        }
        return paths
    }
}
