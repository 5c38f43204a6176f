internal import Synchronization

/// The cells of a table that were read already: rows of long tables say the same again and again, and what they say is
/// read and kept once.
final class ParsedCells: Sendable {
    /// Tables whose cells all differ gain nothing, so no more than these are remembered.
    private static let mostCells = 4_096

    private struct Key: Hashable {
        let text: [UInt8]
        let context: PathContext
    }

    private let known = Mutex<[Key: [ParsedItem]]>([:])

    /// The items of a cell with this text, and what is wrong with it.
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
