internal import Synchronization

/// A cache of the parsed cells of a table: the rows of long tables repeat the same texts.
final class ParsedCells: Sendable {
    /// The maximum number of cached cells; tables whose cells all differ gain nothing.
    private static let mostCells = 4_096

    private struct Key: Hashable {
        let text: [UInt8]
        let context: PathContext
    }

    private let known = Mutex<[Key: [ParsedItem]]>([:])

    /// The items of a cell with this text, and its mistakes.
    func items(of text: String, _ context: PathContext) -> ([ParsedItem], [ItemProblem]) {
        let key = Key(text: Array(text.utf8), context: context)
        if let items = known.withLock({ $0[key] }) { return (items, []) }
        var parser = ItemParser(text, context: context)
        let items = parser.items()
        if parser.problems.isEmpty {
            known.withLock { if $0.count < Self.mostCells { $0[key] = items } }
        }
        return (items, parser.problems)
    }
}
