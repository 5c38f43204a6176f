extension Template {
    /// Parses a text with `{{…}}`.
    ///
    /// - Throws: ``ItemSyntaxError`` at the first mistake.
    public static func parse(_ text: String) throws(ItemSyntaxError) -> Template {
        // Most texts are constant; this detects them without parsing.
        guard hasBraces(text) else { return Template(constant: text) }
        let scalars = Array(text.unicodeScalars)
        var parts: [Part] = []
        var pending = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "{", index + 1 < scalars.count, scalars[index + 1] == "{" else {
                pending.append(scalars[index])
                index += 1
                continue
            }
            let end = try closing(scalars, from: index)
            var parser = ExpressionParser(scalars: scalars, start: index, end: end)
            let expression = try parser.expression()
            index = end + 2
            if case .literal(let literal) = expression.reference, expression.filters.isEmpty {
                pending.append(contentsOf: literal.unicodeScalars)
                continue
            }
            if !pending.isEmpty { parts.append(.text(String(pending))) }
            pending = String.UnicodeScalarView()
            parts.append(.expression(expression))
        }
        if !pending.isEmpty { parts.append(.text(String(pending))) }
        return Template(text: text, parts: parts)
    }

    /// Whether a text has two opening braces next to each other.
    private static func hasBraces(_ text: String) -> Bool {
        var isAfterBrace = false
        for byte in text.utf8 {
            let isBrace = byte == UInt8(ascii: "{")
            if isBrace, isAfterBrace { return true }
            isAfterBrace = isBrace
        }
        return false
    }

    /// Index of the `}}` that closes the `{{` at `start`. Braces in quotes around an expression or a name do not count.
    private static func closing(_ scalars: [Unicode.Scalar], from start: Int) throws(ItemSyntaxError) -> Int {
        var index = start + 2
        var isQuoted = false
        var mayOpen = true
        while index < scalars.count {
            let scalar = scalars[index]
            if isQuoted {
                if scalar == "'" { isQuoted = false }
            } else if scalar == "'", mayOpen || scalars[index - 1] == "'" {
                isQuoted = true
            } else if scalar == "}", index + 1 < scalars.count, scalars[index + 1] == "}" {
                return index
            }
            mayOpen = scalar == "[" || (mayOpen && scalar == " ")
            index += 1
        }
        throw ItemSyntaxError(
            "`{{` is never closed",
            offset: start,
            length: 2,
            help: "end the value with }}; write {{'{{'}} for a literal {{"
        )
    }
}
