internal import JSONDocument

/// The text of a single value.
enum ScalarText {
    static func text(of value: JSONValue) throws(ParameterError) -> String {
        switch value {
        case .string(let text): return text
        case .number(let number): return number.lexeme
        case .boolean(let flag): return flag ? "true" : "false"
        case .null: throw ParameterError("null has no text form")
        case .array: throw ParameterError("a list inside another value has no text form")
        case .object: throw ParameterError("an object inside another value has no text form")
        }
    }

    static func texts(of elements: [JSONValue]) throws(ParameterError) -> [String] {
        var texts: [String] = []
        for element in elements { texts.append(try text(of: element)) }
        return texts
    }

    static func pairs(of object: JSONObject) throws(ParameterError) -> [(name: String, text: String)] {
        var pairs: [(String, String)] = []
        for member in object.members { pairs.append((member.name, try text(of: member.value))) }
        return pairs
    }
}
