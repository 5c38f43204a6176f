internal import JSONDocument
import Primitives

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

/// Values that are serialised by a media type instead of a style.
enum ContentText {
    static func text(of value: JSONValue, as range: MediaTypeName) throws(ParameterError) -> String {
        if range.isJSON { return value.text }
        if range.isForm {
            guard case .object(let object) = value else { throw ParameterError("a form must be an object") }
            return try ScalarText.pairs(of: object)
                .map { PercentEncoding.encoded($0.name) + "=" + PercentEncoding.encoded($0.text) }
                .joined(separator: "&")
        }
        return try ScalarText.text(of: value)
    }

    static func parsed(_ text: String?, as content: MediaType) -> ParameterCodec.Parsed {
        guard let text else { return .invalid("is not percent-encoded UTF-8") }
        if content.range.isForm { return QueryText.form(text, as: content) }
        guard content.range.isJSON else {
            return ShapeReader.read(content.schema) { shape in
                shape == .scalar ? .text(text) : .undefined("\(content.range) cannot represent lists and objects")
            }
        }
        do {
            return .value(try JSONDocument(parsing: text).root.value)
        } catch {
            return .invalid("is not valid JSON: \(error.message)")
        }
    }
}
