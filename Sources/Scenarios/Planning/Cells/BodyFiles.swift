import Diagnostics
import JSONDocument
import Primitives
import SourceText

/// A parsed body file.
struct BodyFile: Sendable {
    var path: String
    var document: JSONDocument
    var template: JSONTemplate
    var location: SourceLocation
}

/// The body files of a plan, each read once even if many rows name it. One planning shares it, so it is a class.
final class BodyFiles {
    private let files: FileStore
    private var bodies: [String: BodyFile] = [:]

    init(_ files: FileStore) {
        self.files = files
    }

    /// The file at `path`, if a row has named it.
    subscript(path: String) -> BodyFile? { bodies[path] }

    /// Reads the body file that `cell` names, with its templates; `nil` after a diagnostic.
    func file(named name: String, _ cell: CellPlace, _ diagnostics: inout [Diagnostic]) -> BodyFile? {
        guard let path = FileStore.path(name, relativeTo: cell.file) else {
            diagnostics.append(
                cell.diagnostic(
                    "table.body-file", "the body file '\(visibleText(name))' is outside the project",
                    help: "name a file relative to the table, inside the project"))
            return nil
        }
        if let known = bodies[path] { return known }
        switch files.bytes(path) {
        case .failure(let error):
            diagnostics.append(
                cell.diagnostic(
                    "table.body-file",
                    "the body file '\(visibleText(path))' cannot be read: \(error.diagnostics.first?.message ?? "")",
                    help: name.utf8.contains(0x2E)
                        ? "name the body file relative to the table"
                        : "write a JSON file, `as STEP`, `file PATH`, `example`, `example NAME` or `none`"))
            return nil
        case .success(let bytes):
            let file = BodyFiles.parse(bytes, path: path, cell, &diagnostics)
            if let file { bodies[path] = file }
            return file
        }
    }

    /// Reads a file whose bytes are sent unchanged; `nil` after a diagnostic at `range` of the cell.
    func projectFile(
        named name: String, _ cell: CellPlace, _ range: Range<Int>, _ diagnostics: inout [Diagnostic]
    ) -> ProjectFile? {
        guard let path = FileStore.path(name, relativeTo: cell.file) else {
            diagnostics.append(
                cell.diagnostic(
                    "table.body-file", "the file '\(visibleText(name))' is outside the project",
                    offset: range.lowerBound, length: range.count,
                    help: "name a file relative to the table, inside the project"))
            return nil
        }
        switch files.bytes(path) {
        case .success(let bytes): return ProjectFile(path: path, bytes: bytes)
        case .failure(let error):
            diagnostics.append(
                cell.diagnostic(
                    "table.body-file",
                    "the file '\(visibleText(path))' cannot be read: \(error.diagnostics.first?.message ?? "")",
                    offset: range.lowerBound, length: range.count, help: "name the file relative to the table"))
            return nil
        }
    }

    private static func parse(
        _ bytes: [UInt8], path: String, _ cell: CellPlace, _ diagnostics: inout [Diagnostic]
    ) -> BodyFile? {
        func location(_ position: TextPosition) -> SourceLocation {
            SourceLocation(file: path, line: position.line, column: position.column)
        }
        let related = [Diagnostic.Related("the row names the file here", at: cell.location(cell.leadingBlanks))]
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: bytes)
        } catch {
            diagnostics.append(
                Diagnostic(
                    "table.body-file", .error, "the body file is not valid JSON: \(error.message)",
                    at: location(error.position),
                    help: "names and texts have double quotes; there are no comments and no comma after the last value",
                    related: related))
            return nil
        }
        for duplicate in document.duplicateNames {
            diagnostics.append(
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
            diagnostics.append(
                Diagnostic(
                    "table.template", .error, error.syntax.message, at: location(error.position),
                    place: error.pointer.description, help: error.syntax.help, related: related))
            return nil
        }
    }
}
