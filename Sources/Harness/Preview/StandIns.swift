import Exchanges
import Scenarios

/// Placeholders for values that are only known during a run, so a request can be shown before anything is sent.
///
/// While a request is built, a placeholder is a word that no encoding changes. In output it reads `‹create.id›`.
struct StandIns: Sendable {
    /// The words by their expressions.
    let words: [String: String]
    private let shown: [(word: [UInt8], label: [UInt8])]

    /// Makes placeholders for every value of an earlier step or of a session that rows of a scenario use.
    init(_ scenario: Scenario) {
        var words: [String: String] = [:]
        var shown: [(word: [UInt8], label: [UInt8])] = []
        for template in scenario.steps.flatMap(\.request.templates) {
            for expression in template.expressions where words[expression.text] == nil {
                switch expression.reference {
                case .step, .session: break
                default: continue
                }
                let number = String(shown.count)
                let word = Self.opening + String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number
                words[expression.text] = word
                shown.append((Array(word.utf8), Array("‹\(expression.text)›".utf8)))
            }
        }
        self.words = words
        self.shown = shown
    }

    private static let opening = "assay-stand-in-"

    /// A copy of `text` with every placeholder replaced by its expression.
    func label(_ text: String) -> String {
        let bytes = Array(text.utf8)
        guard !shown.isEmpty, text.utf8.count >= Self.opening.utf8.count else { return text }
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "a"),
                let found = shown.first(where: { bytes[place...].starts(with: $0.word) })
            {
                result += found.label
                place += found.word.count
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
