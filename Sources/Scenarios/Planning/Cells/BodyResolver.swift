import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Resolves the `body` of a row; `nil` after a diagnostic.
struct BodyResolver: PlanningStage {
    let row: CalledRow
    let files: BodyFiles
    let lookups: ContractLookups
    var diagnostics: [Diagnostic] = []

    mutating func run() -> BodySource? {
        guard let cell = row[.body] else { return .unset }
        let parts = words(of: cell.text)
        let first = parts[0].text.lowercasedASCII
        if parts.count == 1, first == "none" { return BodySource.none }
        if first == "example", parts.count <= 2 {
            return example(parts.count == 2 ? parts[1].text : nil, cell)
        }
        if first == "as", parts.count == 2 { return .asStep(parts[1].text) }
        if first == "file", parts.count >= 2 { return wholeFile(cell, from: parts[1].offset) }
        return files.file(named: trimmed(cell.text), cell, &diagnostics).map {
            .template($0.template, location: $0.location)
        }
    }

    /// The file whose path begins at `offset` of the cell.
    private mutating func wholeFile(_ cell: CellPlace, from offset: Int) -> BodySource? {
        let name = trimmed(String(cell.text.unicodeScalars.dropFirst(offset)))
        let range = offset..<(offset + name.unicodeScalars.count)
        return files.projectFile(named: name, cell, range, &diagnostics).map {
            .file($0, location: SourceLocation(file: $0.path, line: 1, column: 1))
        }
    }

    private mutating func example(_ name: String?, _ cell: CellPlace) -> BodySource? {
        guard let operation = row.operation, let mediaType = lookups.facts(of: row)?.mediaType else {
            report(
                cell.diagnostic(
                    "table.example",
                    "the contract declares no body for '\(row.operation?.name ?? "this call")', "
                        + "so it has no example of a body", help: "write a JSON file, or `none`"))
            return nil
        }
        let found: (value: JSONNode, location: SourceLocation)?
        if let name {
            found = mediaType.examples.first { $0.name == name }.map { ($0.value, $0.location) }
        } else if let first = mediaType.examples.first(where: { $0.name == nil }) ?? mediaType.examples.first {
            found = (first.value, first.location)
        } else {
            found = mediaType.schema?.view.flatMap { view in view.example.map { ($0, view.location) } }
        }
        guard let found else {
            report(noExample(name, mediaType, operation, cell))
            return nil
        }
        checkExample(found.value, at: found.location, mediaType, cell)
        return .example(found.value.value, location: found.location)
    }

    private func noExample(
        _ name: String?, _ mediaType: MediaType, _ operation: Operation, _ cell: CellPlace
    ) -> Diagnostic {
        let names = mediaType.examples.compactMap(\.name)
        guard let name else {
            return cell.diagnostic(
                "table.example", "the contract has no example of the body of '\(operation.name)'",
                help: "write a JSON file")
        }
        let help = nearestName(to: name, among: names).map { "did you mean `example \($0)`?" }
        return cell.diagnostic(
            "table.example", "the body of '\(operation.name)' has no example named '\(visibleText(name))'",
            help: help ?? (names.isEmpty ? "no example has a name" : "the examples are \(shortList(names))"))
    }

    private mutating func checkExample(
        _ value: JSONNode, at location: SourceLocation, _ mediaType: MediaType, _ cell: CellPlace
    ) {
        guard let compiled = try? mediaType.schema?.compiled() else { return }
        let result = compiled.validate(value, ValidationOptions(direction: .request))
        guard result.outcome == .invalid, let issue = result.issues.first(where: { $0.kind == .violation }) else {
            return
        }
        let place = issue.pointer.tokens.isEmpty ? "the example" : "'\(issue.pointer)' of the example"
        report(
            cell.diagnostic(
                "table.example", "the example violates its own schema: \(place) \(issue.message)",
                help: "fix the contract with an overlay, or write a JSON file",
                related: [.init("the example", at: location), .init("the schema", at: issue.location)]))
    }
}
