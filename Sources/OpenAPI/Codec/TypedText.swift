public import JSONDocument
public import JSONSchema
import Primitives

/// Converts text from a table or a message to a type that the schema allows. Types are never guessed from the text.
public enum TypedText {
    /// The result of a conversion.
    public enum Result: Sendable, Hashable {
        /// The value, of a type that the schema allows.
        case value(JSONValue)
        /// The unchanged text, because the schema does not restrict types.
        case string(String)
        /// The text does not fit any type that the schema allows. `message` is a clause (`"ten" is not a number`);
        /// `expected` names a valid type (`a number`).
        case mismatch(message: String, expected: String)
    }

    /// Returns the value for a text.
    ///
    /// It is a string wherever the schema allows strings. It is a number if the schema allows numbers but not strings
    /// and the text is a JSON number (RFC 8259, section 6). It is a boolean if neither fits and the text is `true` or
    /// `false`.
    public static func value(_ text: String, for view: SchemaView?) -> Result {
        guard let view, view.kinds != nil else { return .string(text) }
        guard let value = candidates(text, for: view).first else {
            let mismatch = mismatch(text, for: view)
            return .mismatch(message: mismatch.message, expected: mismatch.expected)
        }
        return .value(value)
    }

    /// The possible values of a text, the preferred one first.
    static func candidates(_ text: String, for view: SchemaView?) -> [JSONValue] {
        var candidates: [JSONValue] = []
        if view?.allows(.string) ?? true { candidates.append(.string(text)) }
        if view?.allows(.number) ?? false, let number = JSONNumber(text) { candidates.append(.number(number)) }
        if view?.allows(.boolean) ?? false {
            if text.isSame(as: "true") { candidates.append(.boolean(true)) }
            if text.isSame(as: "false") { candidates.append(.boolean(false)) }
        }
        return candidates
    }

    static func mismatch(_ text: String, for view: SchemaView?) -> (message: String, expected: String) {
        var names: [String] = []
        if let view {
            if view.allows(.number) { names.append(view.integerOnly ? "an integer" : "a number") }
            if view.allows(.boolean) { names.append("true or false") }
            if view.allows(.array) { names.append("a list") }
            if view.allows(.object) { names.append("an object") }
            if view.allows(.null) { names.append("null") }
        }
        let expected = names.isEmpty ? "no value" : names.joined(separator: " or ")
        return ("'\(Reference.excerpt(text))' is not \(expected)", expected)
    }
}
