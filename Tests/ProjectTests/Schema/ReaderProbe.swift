import Diagnostics
import Project
import SourceText

/// Finds out which keys the reader of `assay.yaml` accepts, from its messages about a key that it cannot know.
enum ReaderProbe {
    /// A name that is not similar to any key, so the message lists all of them.
    private static let unknown = String(repeating: "§", count: 30)

    /// The content that the reader expects at a place.
    ///
    /// - Parameter path: Keys from the root; names that users choose are any text.
    static func shape(at path: [String]) throws -> KeyShape {
        let start = path.map { "{\"\($0)\": " }.joined()
        let text = start + "{\"\(unknown)\": 0}" + String(repeating: "}", count: path.count)
        let found = Project.reading(try SourceReader.parse(Array(text.utf8), path: "assay.yaml")).problems
        if let list = found.lazy.filter({ $0.message.contains(unknown) }).compactMap(knownKeys).first {
            return .keys(list)
        }
        // The reader reports a mapping in place of a value where the mapping starts.
        return found.contains { $0.location?.column == start.count + 1 } ? .value : .names
    }

    private static func knownKeys(_ diagnostic: Diagnostic) -> Set<String>? {
        let prefix = "the known keys are "
        guard diagnostic.rule == "configuration.unknown-key", let help = diagnostic.help, help.hasPrefix(prefix) else {
            return nil
        }
        return Set(help.dropFirst(prefix.count).split(separator: ", ").map(String.init))
    }
}
