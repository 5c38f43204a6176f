public import JSONDocument
public import JSONSchema
import Primitives

/// Converts the text of a cell to the type of the schema at its place. Types are never guessed from the text.
public enum CellTyper {
    /// The result of a conversion.
    public enum Result: Sendable, Hashable {
        /// A value of the schema's type.
        case value(JSONValue)
        /// The schema does not declare a type: the text as a string.
        case untyped(JSONValue)
        /// The text does not have the schema's type; a row with `invalid` sends `sent`.
        case mismatch(message: String, sent: JSONValue)

        /// The value to send, valid or not.
        public var sent: JSONValue {
            switch self {
            case .value(let value), .untyped(let value), .mismatch(_, let value): value
            }
        }
    }

    /// Converts `text`.
    ///
    /// `null` is JSON null if the schema allows null. Otherwise, text is a string if the schema allows strings; it is a
    /// number or a boolean only if the schema allows no strings. Arrays and objects need `:=` and a JSON literal. Only
    /// the kind is checked here: validation reports a fraction if the schema declares integers.
    ///
    /// - Parameters:
    ///   - text: The text, with templates expanded.
    ///   - quoted: Whether it was in quotes and therefore is a string.
    ///   - view: The schema at its place; `nil` if none is declared.
    public static func value(_ text: String, quoted: Bool, for view: SchemaView?) -> Result {
        guard let kinds = view?.kinds else { return quoted ? .value(.string(text)) : .untyped(.string(text)) }
        if !quoted, kinds.contains(.null), text.isSame(as: "null") { return .value(.null) }
        if kinds.contains(.string) {
            if !quoted, kinds.count > 1, let view, let member = member(text, of: view) { return .value(member) }
            return .value(.string(text))
        }
        var allowed: String { names(of: kinds, integerOnly: view?.integerOnly ?? false) }
        if quoted {
            return .mismatch(message: "is a quoted string, but the schema allows \(allowed)", sent: .string(text))
        }
        if kinds.contains(.number), let number = JSONNumber(text) { return .value(.number(number)) }
        if kinds.contains(.boolean) {
            if text.isSame(as: "true") { return .value(.boolean(true)) }
            if text.isSame(as: "false") { return .value(.boolean(false)) }
        }
        if kinds.isDisjoint(with: [.number, .boolean, .null]), !kinds.isEmpty {
            return .mismatch(
                message: "is text, but the schema allows \(allowed); write it as JSON after `:=`",
                sent: .string(text)
            )
        }
        return .mismatch(message: "is text, but the schema allows \(allowed)", sent: .string(text))
    }

    /// The numbers and booleans that a check with this plain text accepts as well, if the schema allows several kinds.
    static func otherReadings(of text: String, for view: SchemaView) -> [JSONValue] {
        guard let kinds = view.kinds, kinds.count > 1 else { return [] }
        if kinds.contains(.number), let number = JSONNumber(text) { return [.number(number)] }
        guard kinds.contains(.boolean), text == "true" || text == "false" else { return [] }
        return [.boolean(text == "true")]
    }

    /// The enumerated value of the schema that is written like the text, if no enumerated string is.
    private static func member(_ text: String, of view: SchemaView) -> JSONValue? {
        let values = view.enumeration
        guard !values.contains(where: { $0.string?.isSame(as: text) ?? false }) else { return nil }
        let alike = values.filter { value in
            switch value.kind {
            case .number: JSONNumber(text).map { $0 == value.number } ?? false
            case .boolean: text.isSame(as: (value.boolean == true ? "true" : "false"))
            default: false
            }
        }
        return alike.count == 1 ? alike[0].value : nil
    }

    private static func names(of kinds: Set<JSONKind>, integerOnly: Bool) -> String {
        let names = JSONKind.allCases.filter(kinds.contains).map { kind in
            kind == .number && integerOnly ? "integer" : kind.name
        }
        return names.isEmpty ? "no value" : names.joined(separator: " or ")
    }
}
