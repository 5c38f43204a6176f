import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import SourceText

/// A parsed body file: read once, even if many rows name it.
struct BodyFile: Sendable {
    var path: String
    var document: JSONDocument
    var template: JSONTemplate
    var location: SourceLocation
}

extension PlanBuilder {
    /// The body of a row; `nil` after a diagnostic.
    mutating func body(of draft: RowDraft, _ call: Call) -> BodySource? {
        guard let cell = draft[.body] else { return .unset }
        let parts = words(of: cell.text)
        let first = parts[0].text.lowercasedASCII
        if parts.count == 1, first == "none" { return BodySource.none }
        if case .wait = call {
            report(cell.diagnostic("table.body", "a pause has no body", help: "leave the cell empty"))
            return nil
        }
        if first == "example", parts.count <= 2 {
            return example(parts.count == 2 ? parts[1].text : nil, cell, call)
        }
        if first == "as", parts.count == 2 { return .asStep(parts[1].text) }
        return bodyFile(trimmed(cell.text), cell).map { .template($0.template, location: $0.location) }
    }

    /// Reads a body file and its templates; `nil` after a diagnostic.
    private mutating func bodyFile(_ name: String, _ cell: CellPlace) -> BodyFile? {
        guard let path = FileStore.path(name, relativeTo: cell.file) else {
            report(
                cell.diagnostic(
                    "table.body-file", "the body file '\(visibleText(name))' is outside the project",
                    help: "name a file relative to the table, inside the project"))
            return nil
        }
        if let known = bodies[path] { return known }
        switch files.bytes(path) {
        case .failure(let error):
            report(
                cell.diagnostic(
                    "table.body-file",
                    "the body file '\(visibleText(path))' cannot be read: \(error.diagnostics.first?.message ?? "")",
                    help: name.utf8.contains(0x2E)
                        ? "name the body file relative to the table"
                        : "write a JSON file, `as STEP`, `example`, `example NAME` or `none`"))
            return nil
        case .success(let bytes):
            let file = parseBody(bytes, path: path, cell)
            if let file { bodies[path] = file }
            return file
        }
    }

    private mutating func parseBody(_ bytes: [UInt8], path: String, _ cell: CellPlace) -> BodyFile? {
        func location(_ position: TextPosition) -> SourceLocation {
            SourceLocation(file: path, line: position.line, column: position.column)
        }
        let related = [Diagnostic.Related("the row names the file here", at: cell.location(cell.leadingBlanks))]
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: bytes)
        } catch {
            report(
                Diagnostic(
                    "table.body-file", .error, "the body file is not valid JSON: \(error.message)",
                    at: location(error.position),
                    help: "names and texts have double quotes; there are no comments and no comma after the last value",
                    related: related))
            return nil
        }
        for duplicate in document.duplicateNames {
            report(
                Diagnostic(
                    "table.body-file", .error, "duplicate member \"\(duplicate.name)\"",
                    at: location(duplicate.second),
                    related: [.init("the first one is here", at: location(duplicate.first))]))
        }
        do throws(JSONTemplateError) {
            return BodyFile(
                path: path, document: document, template: try JSONTemplate(document.root),
                location: location(document.root.position))
        } catch {
            report(
                Diagnostic(
                    "table.template", .error, error.syntax.message, at: location(error.position),
                    place: error.pointer.description, help: error.syntax.help, related: related))
            return nil
        }
    }

    /// The facts about an operation in the contract of the row.
    mutating func facts(_ operation: Operation) -> OperationFacts? {
        currentContract.map { cache.facts(of: operation, in: $0) }
    }

    private mutating func example(_ name: String?, _ cell: CellPlace, _ call: Call) -> BodySource? {
        guard let operation = call.operation, let mediaType = facts(operation)?.mediaType else {
            report(
                cell.diagnostic(
                    "table.example",
                    "the contract declares no body for '\(call.operation?.name ?? "this call")', "
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
