import OpenAPI
import Primitives

/// The `set` items without mistakes, as an operation resolves them. Rows of long tables repeat the same cells, which are
/// resolved only once. One planning shares it, so it is a class.
final class ResolvedItems {
    /// The maximum number of items; tables whose cells all differ gain nothing.
    static let mostItems = 4_096

    /// The parts of a row that decide how an item is resolved.
    struct Key: Hashable {
        private let item: ObjectIdentifier
        private let operation: ObjectIdentifier
        private let isInvalid: Bool
        private let isDefault: Bool

        /// The key of an item; `nil` if it is in a promoted column, or if its row calls no operation or triggers an event.
        init?(_ item: PlacedItem, _ row: CalledRow, isDefault: Bool) {
            guard !item.isPromoted, row.event == nil, let operation = row.operation else { return nil }
            self.item = item.identity
            // An operation belongs to one contract, and the contracts outlive the planning.
            self.operation = ObjectIdentifier(operation)
            isInvalid = row.isInvalid
            self.isDefault = isDefault
        }
    }

    /// Each item with the one that it was resolved from, whose identity must not be used again.
    private var known: [Key: (item: ResolvedItem, source: PlacedItem)] = [:]

    /// The item that an equal cell of an earlier row was resolved to.
    func resolved(_ key: Key) -> ResolvedItem? { known[key]?.item }

    /// Remembers and returns an item.
    func remember(_ item: ResolvedItem, as key: Key, _ source: PlacedItem) -> ResolvedItem {
        if known.count < Self.mostItems { known[key] = (item, source) }
        return item
    }
}

/// The `check` items without mistakes, for the responses that a row accepts. One planning shares it, so it is a class.
final class PassedChecks {
    /// The parts of a row that decide whether an item is valid.
    struct Key: Hashable {
        private let item: ObjectIdentifier
        private let operation: ObjectIdentifier
        private let expected: [StatusExpectation.Alternative]

        /// The key of an item; `nil` if it is in a promoted column, or if its row calls no operation.
        init?(_ item: PlacedItem, _ row: CalledRow, _ expected: [StatusExpectation.Alternative]) {
            guard !item.isPromoted, let operation = row.operation else { return nil }
            self.item = item.identity
            self.operation = ObjectIdentifier(operation)
            self.expected = expected
        }
    }

    /// Each item, whose identity must not be used again.
    private var known: [Key: PlacedItem] = [:]

    /// Whether an equal cell of an earlier row was found to be valid.
    func contains(_ key: Key) -> Bool { known[key] != nil }

    /// Remembers an item without mistakes.
    func remember(_ key: Key, _ item: PlacedItem) {
        if known.count < ResolvedItems.mostItems { known[key] = item }
    }
}
