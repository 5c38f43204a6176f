import Diagnostics
import Primitives

/// The canonical spelling of a cell, by its column.
enum CellText {
    static func canonical(_ cell: String, _ column: TableColumn, of kind: TableKind) -> String {
        let context: PathContext = kind == .laws ? .law : .step
        let text = trimmed(cell)
        guard !text.utf8.isEmpty else { return "" }
        switch column {
        case .named(.set), .named(.check), .named(.when): return ItemText.items(text, context: context) ?? text
        case .promotedSet(let path), .promotedCheck(let path): return ItemText.promoted(text, path) ?? text
        case .named(.call): return call(text)
        case .named(.auth): return auth(text)
        case .named(.body): return body(text)
        case .named(.expect): return expect(text)
        case .named(.sameAs): return sameAs(text)
        case .named(.save): return save(text)
        case .named(.opts): return words(of: text).map { option($0.text) }.joined(separator: " ")
        case .named(.tags): return words(of: text).map(\.text).joined(separator: " ")
        case .named, .ignored: return text
        }
    }

    private static func call(_ text: String) -> String {
        let parts = words(of: text).map(\.text)
        guard parts.count == 2 else { return text }
        if parts[1].utf8.first == 0x2F { return "\(parts[0].uppercased()) \(parts[1])" }
        let word = parts[0].lowercasedASCII
        return word == "wait" || word == "use" ? "\(word) \(parts[1])" : text
    }

    private static func auth(_ text: String) -> String {
        let word = text.lowercasedASCII
        return AuthResolver.words.contains(word) ? word : text
    }

    private static func body(_ text: String) -> String {
        let parts = words(of: text).map(\.text)
        let word = parts[0].lowercasedASCII
        switch (word, parts.count) {
        case ("none", 1), ("example", 1): return word
        case ("as", 2), ("example", 2), ("file", 2): return "\(word) \(parts[1])"
        default: return text
        }
    }

    private static func expect(_ text: String) -> String {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map { trimmed(String($0)) }
        return parts.allSatisfy { StatusExpectation.Alternative($0) != nil }
            ? parts.map(\.lowercasedASCII).joined(separator: "|") : text
    }

    private static func sameAs(_ text: String) -> String {
        let parts = words(of: text)
        guard parts.count > 2, parts[1].text.lowercasedASCII == "except" else { return text }
        let scalars = Array(text.unicodeScalars)
        var paths: [String] = []
        var index = parts[2].offset
        while index < scalars.count {
            let end = ItemPath.end(of: scalars, from: index)
            let path = String(String.UnicodeScalarView(scalars[index..<end]))
            guard end > index, (try? ItemPath.parse(path)) != nil else { return text }
            paths.append(path)
            index = end
            while index < scalars.count, isBlank(scalars[index]) || scalars[index] == "," { index += 1 }
        }
        return "\(parts[0].text) except \(paths.joined(separator: " "))"
    }

    private static func save(_ text: String) -> String {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { trimmed(String($0)) }
        return parts.filter { !$0.isEmpty }.map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return sides.map { trimmed(String($0)) }.joined(separator: "=")
        }.joined(separator: "; ")
    }

    private static func option(_ word: String) -> String {
        let sides = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return ([sides[0].lowercasedASCII] + sides.dropFirst()).joined(separator: "=")
    }
}
