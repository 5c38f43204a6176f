public import JSONDocument
public import JSONSchema

/// Text that a table or a wire carries, typed by what the schema allows. Nothing is guessed from how a text looks.
public enum TypedText {
    /// What a text comes to.
    public enum Result: Sendable, Hashable {
        /// The value, of a type that the schema allows.
        case value(JSONValue)
        /// The text as it is, because the schema says nothing about types.
        case string(String)
        /// The text cannot be of any type that the schema allows. `message` is a clause (`"ten" is no number`),
        /// `expected` what would do (`a number`).
        case mismatch(message: String, expected: String)
    }

    /// The value that a text stands for.
    ///
    /// It is a string wherever the schema allows one, a number where it allows numbers and no strings and the text
    /// is a JSON number (RFC 8259, section 6), and a truth value where neither fits and the text is `true` or
    /// `false`.
    public static func value(_ text: String, for view: SchemaView?) -> Result {
        guard let view, view.kinds != nil else { return .string(text) }
        guard let value = candidates(text, for: view).first else {
            let mismatch = mismatch(text, for: view)
            return .mismatch(message: mismatch.message, expected: mismatch.expected)
        }
        return .value(value)
    }

    /// The values that a text can stand for, the preferred one first.
    static func candidates(_ text: String, for view: SchemaView?) -> [JSONValue] {
        var candidates: [JSONValue] = []
        if view?.allows(.string) ?? true { candidates.append(.string(text)) }
        if view?.allows(.number) ?? false, let number = JSONNumber(text) { candidates.append(.number(number)) }
        if view?.allows(.boolean) ?? false {
            if text.utf8.elementsEqual("true".utf8) { candidates.append(.boolean(true)) }
            if text.utf8.elementsEqual("false".utf8) { candidates.append(.boolean(false)) }
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
