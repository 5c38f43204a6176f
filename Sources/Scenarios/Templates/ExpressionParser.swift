import Diagnostics

/// Parses the text between `{{` and `}}`.
struct ExpressionParser {
    private let scalars: [Unicode.Scalar]
    /// Index of the first `{` and of the first `}`.
    private let start: Int
    private let end: Int
    private var next: Int

    init(scalars: [Unicode.Scalar], start: Int, end: Int) {
        self.scalars = scalars
        self.start = start
        self.end = end
        next = start + 2
    }

    mutating func expression() throws(ItemSyntaxError) -> TemplateExpression {
        let terms = terms()
        guard let first = terms.first, !first.isEmpty else {
            throw ItemSyntaxError(
                "the braces are empty",
                offset: start,
                length: end + 2 - start,
                help: "write a value such as {{step.path}} or {{uuid}}; write {{'{{'}} for a literal {{"
            )
        }
        var reference = TemplateReferenceParser(term: first)
        let named = try reference.reference()
        var filters: [TemplateFilter] = []
        for term in terms.dropFirst() {
            filters.append(try filter(term))
        }
        return TemplateExpression(
            reference: named,
            filters: filters,
            offset: start,
            length: end + 2 - start,
            text: text(scalars[(start + 2)..<end])
        )
    }

    /// The parts between `|`, trimmed; their indices refer to the whole text.
    private func terms() -> [ArraySlice<Unicode.Scalar>] {
        var result: [ArraySlice<Unicode.Scalar>] = []
        var from = start + 2
        var isQuoted = false
        for index in from..<end {
            if scalars[index] == "'" {
                isQuoted.toggle()
            } else if scalars[index] == "|", !isQuoted {
                result.append(trimmed(scalars[from..<index]))
                from = index + 1
            }
        }
        result.append(trimmed(scalars[from..<end]))
        return result
    }

    private func filter(_ term: ArraySlice<Unicode.Scalar>) throws(ItemSyntaxError) -> TemplateFilter {
        let written = text(term)
        switch written {
        case "upper": return .upper
        case "lower": return .lower
        case "base64": return .base64
        default: break
        }
        let prefix = Array("hmac:secret.".unicodeScalars)
        if term.starts(with: prefix), term.count > prefix.count {
            return .hmac(secret: text(term.dropFirst(prefix.count)))
        }
        let help: String
        if term.starts(with: "hmac".unicodeScalars) {
            help = "name the key: hmac:secret.NAME"
        } else if let near = nearestName(to: written, among: ["upper", "lower", "base64", "hmac:secret.NAME"]) {
            help = "did you mean `|\(near)`?"
        } else {
            help = "the filters are |upper, |lower, |base64 and |hmac:secret.NAME"
        }
        throw ItemSyntaxError(
            written.isEmpty ? "a filter is missing after `|`" : "unknown filter '\(written)'",
            offset: term.startIndex,
            length: term.count,
            help: help
        )
    }
}

private func trimmed(_ scalars: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var result = scalars
    while let first = result.first, first.properties.isWhitespace { result.removeFirst() }
    while let last = result.last, last.properties.isWhitespace { result.removeLast() }
    return result
}

private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: trimmed(scalars))
    return String(view)
}
