package import Diagnostics
package import Scenarios
import SourceText

/// The tables of `assay fmt`: read, formatted and written back.
package struct FormatSession: Sendable {
    /// A table before and after.
    package struct Entry: Sendable {
        /// The table.
        package var source: TableSource
        /// The table in the requested form; `nil` when it cannot be formatted.
        package var formatted: [UInt8]?

        /// Whether the file is not in the form.
        package var differs: Bool { formatted.map { $0 != source.bytes } ?? true }
    }

    /// The tables in the order given, or by name.
    package let entries: [Entry]
    /// Why tables cannot be formatted.
    package let diagnostics: Diagnostics
    private let root: String

    /// Reads the tables at `paths`: files, or folders for every `.csv` below them; all of the project when empty.
    ///
    /// - Throws: `HarnessError` (exit 2) when one cannot be read or there is none.
    package init(root: String, paths: [String], form: TableForm) throws(HarnessError) {
        self.root = root
        let sources = try Self.sources(root: root, paths: paths)
        var found: [Diagnostic] = []
        entries = sources.map { source in
            let (bytes, problems) = TableFormatter.format(source, as: form)
            found += problems
            return Entry(source: source, formatted: bytes)
        }
        diagnostics = Diagnostics(found)
    }

    /// The tables as bytes.
    ///
    /// - Throws: `HarnessError` (exit 2) when one cannot be read or there is none.
    package static func sources(root: String, paths: [String]) throws(HarnessError) -> [TableSource] {
        guard !paths.isEmpty else { return try Workspace.open(root).tables(TableChoice()) }
        var found = Diagnostics()
        var sources: [TableSource] = []
        for path in paths.flatMap({ files($0, root) }) {
            do throws(SourceError) {
                sources.append(TableSource(path: path, bytes: try bytes(path, root)))
            } catch {
                found.append(contentsOf: error.diagnostics)
            }
        }
        guard !found.hasErrors else { throw HarnessError(.wrongInput, found) }
        guard !sources.isEmpty else {
            throw .wrongInput("usage.no-tables", "no table found under \(paths.joined(separator: ", "))")
        }
        return sources
    }

    private static func files(_ path: String, _ root: String) -> [String] {
        guard FileSystem.isFolder(path, in: root) else { return [path] }
        var folder = path
        while folder.utf8.count > 1, folder.utf8.last == UInt8(ascii: "/") { folder.removeLast() }
        return FileSystem.files(in: folder, of: root, suffix: ".csv")
    }

    /// A file that a user names may be anywhere: version control passes copies in folders of its own.
    private static func bytes(_ path: String, _ root: String) throws(SourceError) -> [UInt8] {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { String(path[...$0]) } ?? "."
        let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
        do throws(SourceError) {
            return try SourceReader(root: FileSystem.joined(root, folder)).bytes(name)
        } catch {
            throw SourceError(
                error.diagnostics.map { diagnostic in
                    var named = diagnostic
                    named.location?.file = path
                    return named
                })
        }
    }

    /// Writes every table that differs.
    ///
    /// - Returns: the paths written.
    /// - Throws: `HarnessError` (exit 3) when a file cannot be written.
    package func write() throws(HarnessError) -> [String] {
        var written: [String] = []
        for entry in entries where entry.differs {
            guard let bytes = entry.formatted else { continue }
            let path = FileSystem.joined(root, entry.source.path)
            if let reason = FileSystem.write(String(decoding: bytes, as: UTF8.self), to: path) {
                throw .notPossible("fmt.file", "\(entry.source.path) cannot be written: \(reason)")
            }
            written.append(entry.source.path)
        }
        return written
    }
}
