import JSONDocument
import JSONSchema
import Primitives

/// The members of an object schema that are amounts, by the shapes that APIs use: `{amount, currency}`,
/// `x_amount` with `x_currency`, `{value, currency_code}`, and integers such as `total_cents`.
struct MoneyShape {
    /// The members that are amounts, in the order of the schema.
    let amounts: [String]
    /// The member with their currency; `nil` if the unit is part of their names.
    let currency: String?
    /// Whether they are integers of the minor unit.
    let isMinor: Bool

    /// The shapes in a schema, in its order.
    static func shapes(of view: SchemaView) -> [MoneyShape] {
        let names = view.propertyNames
        var found: [MoneyShape] = []
        var used: Set<String> = []
        for currency in names {
            guard let prefix = prefix(of: currency), view.property(currency)?.allows(.string) == true else { continue }
            let isCode = words(currency).last == "code"
            let own = names.filter { name in
                guard !used.contains(name), let property = view.property(name), isNumber(property) else { return false }
                let words = words(name)
                if isCode, prefix.isEmpty, words == ["value"] { return true }
                return words.starts(with: prefix) && words.dropFirst(prefix.count).contains("amount")
            }
            guard !own.isEmpty else { continue }
            used.formUnion(own)
            let isMinor = own.allSatisfy { view.property($0)?.integerOnly == true }
            found.append(MoneyShape(amounts: own, currency: currency, isMinor: isMinor))
        }
        let cents = names.filter { name in
            !used.contains(name) && minorUnits.contains(words(name).last ?? "")
                && view.property(name)?.integerOnly == true
        }
        if !cents.isEmpty { found.append(MoneyShape(amounts: cents, currency: nil, isMinor: true)) }
        return found
    }

    private static let minorUnits: Set<String> = ["cents", "paise", "pence"]

    /// The words before `currency` or `currency_code`; `nil` for another name.
    private static func prefix(of name: String) -> [String]? {
        var words = words(name)
        if words.last == "code" { words.removeLast() }
        guard words.last == "currency" else { return nil }
        return words.dropLast()
    }

    private static func words(_ name: String) -> [String] { Names.slug(name).split(separator: "-").map(String.init) }

    private static func isNumber(_ view: SchemaView) -> Bool {
        view.allows(.number) || view.allows(.string) && !view.allows(.object)
    }
}
