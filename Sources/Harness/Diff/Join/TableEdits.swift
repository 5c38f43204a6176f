import Diagnostics
import Drafting
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Reporting
import Scenarios

/// The tables that a comparison suggests editing, with their text before and after.
package struct TableEdits: Sendable {
    /// One table.
    package struct File: Sendable {
        /// Its path below the project's root.
        package var path: String
        /// The content before the edits.
        package var before: [UInt8]
        /// The content after the edits.
        package var after: [UInt8]
        fileprivate var rows: Set<Int>
    }

    /// The tables that differ, by path.
    package private(set) var files: [File] = []
    /// How many edits were made.
    package private(set) var count = 0
    /// Diagnostics about edits that could not be made.
    var problems: [Diagnostic] = []

    init(_ edits: [TableEdit], _ sources: [TableSource]) {
        for source in sources {
            let own = edits.filter { $0.location.file.isSame(as: source.path) }
            guard !own.isEmpty else { continue }
            let (bytes, skipped) = TableEditor.apply(own, to: source)
            problems += skipped.map { skip in
                Diagnostic(
                    "diff.edit-skipped", .warning, "the table is not edited: \(skip.reason)", at: skip.edit.location,
                    help: skip.edit.description)
            }
            count += own.count - skipped.count
            guard bytes != source.bytes else { continue }
            let rows = own.flatMap { [$0.row.line, $0.location.line] }
            files.append(File(path: source.path, before: source.bytes, after: bytes, rows: Set(rows)))
        }
    }

    /// Whether there is an edit for the row at a line of a table.
    func changes(line: Int, of file: String) -> Bool {
        files.contains { $0.path.isSame(as: file) && $0.rows.contains(line) }
    }

    /// The edits as a unified diff.
    package var diff: String {
        files.map { UnifiedDiff.text($0.path, from: $0.before, to: $0.after) }.joined()
    }

    /// Writes the edited tables below `root`. If one of them cannot be written, none is.
    ///
    /// - Throws: `HarnessError` (exit 3) when a table has changed since it was read, or is a link.
    package func write(below root: String) throws(HarnessError) {
        for file in files {
            let path = FileSystem.joined(root, file.path)
            guard let folder = FileSystem.realPath(root), FileSystem.realPath(path) == folder + "/" + file.path else {
                throw .notPossible(
                    "diff.write", "\(file.path) is not written: it is a link, or below one",
                    help: "edit the file that it leads to")
            }
            guard case .success(let bytes) = FileSystem.read(path, limit: max(file.before.count, 1)),
                bytes == file.before
            else {
                throw .notPossible(
                    "diff.write", "\(file.path) has changed since it was read", help: "run the command again")
            }
            if let problem = OutputFile.problem(with: path) { throw HarnessError(.notPossible, Diagnostics([problem])) }
        }
        for file in files {
            let failure = FileSystem.write(to: FileSystem.joined(root, file.path)) { $0.write(file.after) }
            if let failure { throw .notPossible("diff.write", "\(file.path) cannot be written: \(failure)") }
        }
    }
}

/// Makes items of `set` for values that a contract requires and a row does not send.
struct NewValues {
    private let contract: Contract

    init(_ contract: Contract) {
        self.contract = contract
    }

    /// `path=value` for a member of the request body.
    func item(member tokens: [String], of operation: Operation, _ body: SchemaView?) -> String? {
        guard let view = body?.view(at: tokens), let value = RequiredValue.value(for: view, in: contract) else {
            return nil
        }
        let segments = tokens.map { token in Int(token).map { ItemPath.Segment.index($0) } ?? .name(token) }
        return ItemWriter.item(ItemWriter.path(segments, of: operation), value, for: view)
    }

    /// `name=value` for a parameter.
    func item(parameter name: String, _ place: String, of operation: Operation) -> String? {
        guard
            let parameter = operation.parameters.first(where: {
                $0.isNamed(name) && $0.place.rawValue.isSame(as: place)
            }), let view = parameter.valueSchema?.view,
            let value = parameter.example?.value ?? RequiredValue.value(for: view, in: contract)
        else { return nil }
        return ItemWriter.item(
            ItemWriter.path(parameter, of: operation, body: operation.bodyView), value, for: view)
    }
}
