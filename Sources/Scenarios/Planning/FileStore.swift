import Diagnostics
import Exchanges
import Primitives
import SourceText

/// The input files of a plan, each read once. One planning shares it, so it is a class.
final class FileStore {
    private let readFile: PlanSettings.FileReading
    private var contents: [String: Result<[UInt8], SourceError>] = [:]

    /// Creates a store that contains `sources` and reads other files with `readFile`.
    init(_ sources: [TableSource] = [], readFile: @escaping PlanSettings.FileReading) {
        self.readFile = readFile
        for source in sources { contents[source.path] = .success(source.bytes) }
    }

    /// The content of a file.
    func bytes(_ path: String) -> Result<[UInt8], SourceError> {
        if let known = contents[path] { return known }
        let result: Result<[UInt8], SourceError>
        do throws(SourceError) {
            result = .success(try readFile(path))
        } catch {
            result = .failure(error)
        }
        contents[path] = result
        return result
    }

    /// SHA-256 in hex over the names and bytes of all used files, ordered by name.
    var fingerprint: String {
        var hash = SHA256()
        for path in contents.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard case .success(let bytes)? = contents[path] else { continue }
            hash.update(Array("\(path.utf8.count) \(path) \(bytes.count)\n".utf8))
            hash.update(bytes)
        }
        return Hexadecimal.text(hash.finish())
    }

    /// The path below the project's root of a file named in `table`; `nil` if it is outside the root.
    static func path(_ name: String, relativeTo table: String) -> String? {
        if name.utf8.first == 0x2F { return nil }
        var parts = table.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
        for part in name.split(separator: "/", omittingEmptySubsequences: false) {
            switch part {
            case "", ".": continue
            case "..":
                guard let last = parts.last, last != ".." else { return nil }
                parts.removeLast()
            default: parts.append(String(part))
            }
        }
        return parts.joined(separator: "/")
    }
}
