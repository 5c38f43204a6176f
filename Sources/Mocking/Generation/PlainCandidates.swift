import JSONDocument
import JSONSchema

/// Texts and numbers that are worth trying for a schema, plainest first.
enum PlainCandidates {
    /// Texts of the right form and length.
    static func texts(_ view: SchemaView) -> [String] {
        let minimum = min(view.keyword("minLength")?.number?.int ?? 0, 10_000)
        let maximum = view.keyword("maxLength")?.number?.int ?? .max
        let plain = ["text", "a", "A", "0", "1", "abc", "ABC", "abc-123", "123", "true", "", "+00", "a@b.example"]
        let fitted = plain.map { text in
            var text = String(text.prefix(max(0, maximum)))
            if text.count < minimum {
                text += String(repeating: text.last ?? "x", count: minimum - text.count)
            }
            return text
        }
        return (view.format.flatMap { formats[$0] }.map { [$0] } ?? []) + fitted
    }

    /// Numbers within the bounds.
    static func numbers(_ view: SchemaView) -> [JSONNumber] {
        var numbers = [JSONNumber(0), JSONNumber(1)]
        for keyword in ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf"] {
            guard let bound = view.keyword(keyword)?.number else { continue }
            numbers.append(bound)
            for step in ["1", "-1", "0.5", "-0.5", "0.01", "-0.01"] {
                if let step = JSONNumber(step), let sum = bound.adding(step) { numbers.append(sum) }
            }
            if keyword == "multipleOf" { numbers += multiples(of: bound, view) }
        }
        return numbers
    }

    /// The first multiple that reaches the lower bound, and the one after it.
    private static func multiples(of step: JSONNumber, _ view: SchemaView) -> [JSONNumber] {
        let bound = view.keyword("minimum")?.number ?? view.keyword("exclusiveMinimum")?.number
        guard let bound, step.double > 0, bound.double.isFinite else { return [] }
        let factor = (bound.double / step.double).rounded(.up)
        guard let whole = Int(exactly: factor), let unit = step.int else { return [] }
        return [0, 1].compactMap { extra in
            let (product, overflow) = (whole + extra).multipliedReportingOverflow(by: unit)
            return overflow ? nil : JSONNumber(product)
        }
    }

    private static let formats = [
        "date-time": "2020-01-01T00:00:00Z", "date": "2020-01-01", "time": "00:00:00Z", "duration": "P1D",
        "email": "someone@example.com", "idn-email": "someone@example.com", "hostname": "example.com",
        "idn-hostname": "example.com", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1", "uri": "https://example.com/",
        "uri-reference": "/", "iri": "https://example.com/", "iri-reference": "/", "uri-template": "/{id}",
        "uuid": "00000000-0000-4000-8000-000000000000", "json-pointer": "/a", "relative-json-pointer": "0",
        "regex": "a", "byte": "YQ==", "int32": "0", "int64": "0",
    ]
}
