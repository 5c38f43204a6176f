import Exchanges
import JSONDocument
import JSONSchema
import Primitives
import Scenarios

/// Compares expected and received values: numbers as exact decimals, text by code point, times as instants.
enum TextComparison {
    /// Whether `text`, typed by the contract, equals the received value.
    ///
    /// Where the contract allows several types, or none is declared, plain text is read as the type received.
    static func isEqual(_ text: String, isQuoted: Bool, _ received: Expectation.Received) -> Bool {
        let value = received.value
        switch CellTyper.value(text, quoted: isQuoted, for: received.view) {
        case .value(.null): return value.isNull
        case .value(let expected):
            if expected == value { return true }
            guard !isQuoted, expected.kind != value.kind, received.view?.allows(value.kind) ?? true else {
                return false
            }
            return reads(text, as: value)
        case .mismatch(_, let sent): return sent == value
        case .untyped: return isQuoted ? value == .string(text) : reads(text, as: value)
        }
    }

    /// Whether a value with a type of its own equals the received value.
    ///
    /// A header or parameter is text where a body has a number or boolean: there, the spelled values are compared.
    ///
    /// - Parameter isLiteral: Whether the table has the value as JSON, so that its type counts.
    static func isEqual(_ expected: JSONValue, isLiteral: Bool, _ received: Expectation.Received) -> Bool {
        switch (expected, received.value) {
        case (.string(let text), .number) where !isLiteral,
            (.string(let text), .boolean) where !isLiteral:
            reads(text, as: received.value)
        case (.number, .string(let text)) where !received.isInBody,
            (.boolean, .string(let text)) where !received.isInBody:
            reads(text, as: expected)
        default: expected == received.value
        }
    }

    /// -1, 0 or 1 for two numbers or two times (RFC 3339); `nil` for anything else.
    static func order(_ received: Expectation.Received, _ expected: JSONValue) -> Int? {
        if let first = number(received.value, spelled: !received.isInBody), let second = number(expected, spelled: true)
        {
            return first < second ? -1 : first == second ? 0 : 1
        }
        guard case .string(let first) = received.value, case .string(let second) = expected,
            let early = time(first), let late = time(second)
        else { return nil }
        return early < late ? -1 : early == late ? 0 : 1
    }

    /// Whether a text, read as the kind of the received value, is that value.
    private static func reads(_ text: String, as value: JSONValue) -> Bool {
        switch value {
        case .string(let other): text.isSame(as: other)
        case .number(let number): JSONNumber(text) == number
        case .boolean(let flag): text.isSame(as: (flag ? "true" : "false"))
        case .null: text.isSame(as: "null")
        case .array, .object: false
        }
    }

    /// The number, or the one that a text spells where values are text.
    private static func number(_ value: JSONValue, spelled: Bool) -> JSONNumber? {
        switch value {
        case .number(let number): number
        case .string(let text): spelled ? JSONNumber(text) : nil
        default: nil
        }
    }

    /// A date-time, or a date as its first instant in UTC.
    private static func time(_ text: String) -> Instant? {
        Instant(text) ?? (text.utf8.count == 10 ? Instant(text + "T00:00:00Z") : nil)
    }
}
