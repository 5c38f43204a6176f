import JSONDocument
import JSONSchema
import OpenAPI

/// Header texts that break exactly one rule.
enum HeaderBreaker {
    /// Texts to try.
    static func texts(for header: Header) -> [String] {
        var texts = ["not a value", "", "-1", "0", "0.5", "99999999999999999999", "2024-13-45", "~"]
        let view = header.valueSchema?.view
        for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
            guard let bound = view?.keyword(keyword)?.number else { continue }
            texts.append(bound.lexeme)
            for step in ["1", "-1"] {
                if let step = JSONNumber(step), let sum = bound.adding(step) { texts.append(sum.lexeme) }
            }
        }
        if let length = view?.keyword("maxLength")?.number?.int, length < 1_000 {
            for letter in ["x", "0"] { texts.append(String(repeating: letter, count: length + 1)) }
        }
        if let length = view?.keyword("minLength")?.number?.int, length > 0, length < 1_000 {
            texts.append(String(repeating: "x", count: length - 1))
        }
        return texts
    }

    /// The rule that a text breaks; `nil` when it breaks none or several.
    static func rule(brokenBy text: String, _ header: Header) -> String? {
        switch ParameterCodec.parse(headerLines: [text], as: header) {
        case .absent, .undefined: return nil
        case .invalid:
            // A single text with none of the types has the wrong type. Only lists and objects have a syntax to break.
            let view = header.valueSchema?.view
            let isSingle = header.content == nil && view.map { !$0.allows(.array) && !$0.allows(.object) } ?? false
            return isSingle ? "header.type" : "header.syntax"
        case .value(let value):
            guard let schema = try? header.valueSchema?.compiled() else { return nil }
            let report = schema.validate(JSONDocument(value).root, ValidationOptions(direction: .response))
            let keywords = Set(report.issues.map(\.keyword))
            guard report.outcome == .invalid, keywords.count == 1, let keyword = keywords.first else { return nil }
            return "header.\(keyword)"
        }
    }
}
