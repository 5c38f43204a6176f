import Diagnostics
import Primitives
import SourceText

/// How a document that is named by hand is read, and the folders that its references may lead to.
struct DocumentReader: Sendable {
    /// Reads the document and what it refers to.
    let reader: SourceReader
    /// The document, as the reader calls it.
    let file: String
}

extension Workspace {
    /// A reader for a document named by hand, which may be anywhere.
    ///
    /// A document is not trusted: its references stay in its own folder, except for the folders that the user allows.
    func documentReader(for path: String, allowing folders: [String] = []) -> DocumentReader {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let name = parts.last.map { String(Substring($0)) } ?? path
        let folder = path.utf8.dropLast(name.utf8.count)
        let typed = String(Substring(folder))
        guard !folders.isEmpty else {
            let shown = typed.utf8.starts(with: "./".utf8) ? String(Substring(folder.dropFirst(2))) : typed
            return DocumentReader(
                reader: SourceReader(root: FileSystem.joined(root, typed.isEmpty ? "." : typed), prefix: shown),
                file: name
            )
        }
        // The common ancestor contains all of them, and reading is limited to them.
        let absolute = ([typed] + folders).map { components(of: $0) }
        let ancestor = absolute.dropFirst().reduce(absolute[0]) { common, next in
            zip(common, next).prefix { $0.isSame(as: $1) }.map(\.0)
        }
        let own = components(of: ".")
        let isInside = ancestor.starts(with: own) { $0.isSame(as: $1) }
        let base = isInside ? own : ancestor
        let below = absolute.map { $0.dropFirst(base.count).joined(separator: "/") }
        let reader = SourceReader(
            root: "/" + base.joined(separator: "/"),
            folders: below.map { $0.isEmpty ? "." : $0 },
            prefix: isInside ? "" : "/" + base.joined(separator: "/") + "/"
        )
        return DocumentReader(reader: reader, file: below[0].isEmpty ? name : below[0] + "/" + name)
    }

    /// The names on the way from the file system's root to a folder; links are followed where it exists.
    private func components(of folder: String) -> [String] {
        let path = FileSystem.joined(root, folder)
        let real = FileSystem.realPath(path) ?? path
        return real.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
    }
}
