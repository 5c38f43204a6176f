internal import JSONDocument

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
        guard content.range.isJSON else {
            return ShapedReading.read(content.schema) { shape in
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
