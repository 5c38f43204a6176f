import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A group of amounts for `money` of the configuration.
package struct DraftMoney: Sendable, Equatable {
    /// Its name: the words before `currency`, otherwise `amount`.
    package var name: String
    /// The members that are amounts; `price.value` for a member with a general name.
    package var amounts: [String]
    /// The member with the currency; `nil` if the unit is part of the names.
    package var currency: String?
    /// Whether they are integers of the minor unit.
    package var isMinor: Bool
    /// Whether the document shows that the currency is a code of ISO 4217. Otherwise the group is only a proposal: a mock
    /// generates texts that are not currencies.
    package var isCertain: Bool
}

/// Finds the amounts in the responses of operations.
struct MoneyDraft {
    private(set) var groups: [DraftMoney] = []
    private var names = UsedNames()
    private var seen: Set<SchemaPlace> = []

    /// The amounts in successful responses of `operations`.
    init(_ operations: [Operation]) {
        for operation in operations {
            guard let view = ResourceLinks.success(of: operation)?.schema?.view else { continue }
            visit(view, name: nil, depth: 0)
        }
    }

    private mutating func visit(_ view: SchemaView, name: String?, depth: Int) {
        guard depth < 16, seen.insert(view.place).inserted else { return }
        for shape in MoneyShape.shapes(of: view) { add(shape, of: view, in: name) }
        for member in view.propertyNames {
            if let property = view.property(member) { visit(property, name: member, depth: depth + 1) }
        }
        if let items = view.items { visit(items, name: name, depth: depth + 1) }
    }

    private mutating func add(_ shape: MoneyShape, of view: SchemaView, in parent: String?) {
        let isCertain = shape.currency.map { view.property($0).map(Self.isCurrency) ?? false } ?? true
        let amounts = shape.amounts.compactMap { name -> String? in
            // A general name is an amount only inside of the member that contains it.
            guard Names.slug(name) == "value" else { return Self.path([name]) }
            return parent.flatMap { Self.path([$0, name]) }
        }
        guard !amounts.isEmpty else { return }
        if let index = groups.firstIndex(where: { $0.currency == shape.currency && $0.isMinor == shape.isMinor }) {
            groups[index].amounts += amounts.filter { !groups[index].amounts.contains($0) }
            groups[index].isCertain = groups[index].isCertain && isCertain
        } else {
            let words = Names.slug(shape.currency ?? "").split(separator: "-").filter {
                !["currency", "code"].contains($0)
            }
            groups.append(
                DraftMoney(
                    name: names.unique(words.isEmpty ? "amount" : words.joined(separator: "-")), amounts: amounts,
                    currency: shape.currency, isMinor: shape.isMinor, isCertain: isCertain))
        }
    }

    /// The names as a path; `nil` for names that would need quotation marks.
    private static func path(_ names: [String]) -> String? {
        let isPlain = names.allSatisfy { name in
            name.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        }
        return isPlain ? names.joined(separator: ".") : nil
    }

    /// Whether the values that a schema names are currencies with at least two decimals: a mock generates amounts with two.
    private static func isCurrency(_ view: SchemaView) -> Bool {
        let texts = (view.enumeration + [view.defaultValue, view.example].compactMap { $0 }).compactMap(\.string)
        return !texts.isEmpty
            && texts.allSatisfy { text in
                switch Currency.decimals(of: text) {
                case .upTo(let count)?: count >= 2
                case .any?: true
                case nil: false
                }
            }
    }
}
