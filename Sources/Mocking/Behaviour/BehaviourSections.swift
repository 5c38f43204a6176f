import JSONDocument
import SourceText

/// The sections of a behaviour file by name: the first stage of reading it.
struct BehaviourSections {
    private static let names = [
        "behaviour", "answers", "order", "version", "credentials", "headers", "idempotency", "rateLimit", "memory",
        "counters", "errors", "collections", "operations", "events",
    ]

    private let nodes: [String: JSONNode]

    /// `nil` for a file that is not a behaviour file; `reader` has the reason.
    init?(_ reader: inout DiagnosingReader) {
        guard let nodes = reader.fields(reader.root, "a behaviour file", known: Self.names) else { return nil }
        guard let format = nodes["behaviour"] else {
            reader.report(
                "format", "the behaviour file does not declare its format", at: reader.root,
                help: "start the file with `behaviour: 1`")
            return nil
        }
        guard format.number?.int == 1 else {
            reader.report(
                "format", "unknown behaviour format \(format.spelling)", at: format, help: "use `behaviour: 1`")
            return nil
        }
        self.nodes = nodes
    }

    subscript(name: String) -> JSONNode? { nodes[name] }

    /// The members of a section that is a map; empty for any other section.
    func members(_ name: String) -> [JSONMember] { nodes[name].map { Array($0.members) } ?? [] }
}

extension FileFormat {
    /// A behaviour file.
    static let behaviour: FileFormat = {
        var words = Words()
        words.wrongKind = "type"
        words.map = "a map"
        words.listOfTexts = "a string or a list of strings"
        words.entry = { $0 }
        words.found = { kind in
            switch kind {
            case .null: "null"
            case .boolean: "a boolean"
            case .number: "a number"
            case .string: "a string"
            case .array: "a list"
            case .object: "a map"
            }
        }
        words.unknownKey = { owner, key in "unknown member \(key) of \(owner)" }
        words.knownKeys = "the known names are"
        words.knownWords = "the known names are"
        words.unknownWord = "unknown-word"
        words.wrongWord = { owner, word in "\(owner) cannot be \(word)" }
        return FileFormat(name: "behaviour", allowsEmptyText: true, words: words)
    }()
}
