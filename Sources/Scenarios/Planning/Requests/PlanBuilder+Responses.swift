import Diagnostics
import OpenAPI
import Primitives

extension PlanBuilder {
    /// `STEP` or `STEP except a b[*].c`.
    mutating func sameAs(of draft: RowDraft, _ call: Call, _ expect: StatusExpectation) -> SameAs? {
        guard let cell = draft[.sameAs] else { return nil }
        let scalars = Array(cell.text.unicodeScalars)
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
        var paths: [ItemPath] = []
        var index = parts[2].offset
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
                if let problem = pathProblem(path, responseViews(path, call, expect)) {
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
        return SameAs(step: parts[0].text, except: paths, location: cell.location(parts[0].offset))
    }

    /// `name=path; …`
    mutating func saves(of draft: RowDraft, _ call: Call, _ expect: StatusExpectation) -> [Save] {
        guard let cell = draft[.save] else { return [] }
        var result: [Save] = []
        var offset = 0
        for part in cell.text.split(separator: ";", omittingEmptySubsequences: false) {
            let text = String(part)
            if let save = save(text, at: offset, cell, call, expect) {
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

    private mutating func save(
        _ text: String, at offset: Int, _ cell: CellPlace, _ call: Call, _ expect: StatusExpectation
    ) -> Save? {
        let scalars = Array(text.unicodeScalars)
        guard let start = scalars.firstIndex(where: { !isBlank($0) }) else { return nil }
        let equals = scalars.firstIndex(of: "=")
        let name = trimmed(String(String.UnicodeScalarView(scalars[..<(equals ?? scalars.count)])))
        guard let equals, isStepName(name) else {
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
            if let problem = pathProblem(path, responseViews(path, call, expect)) {
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

    /// Whether a name consists of a letter followed by letters, digits, `-` and `_`, without characters that templates
    /// interpret.
    func isStepName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first.properties.isAlphabetic else { return false }
        return name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar == "-" || scalar == "_" || ("0"..."9").contains(scalar)
        }
    }
}
