import Diagnostics
import ECMAPattern
import JSONDocument
import Primitives

extension ItemParser {
    /// Parses the value after an operator, up to the separator or the end.
    mutating func value(after op: ItemOperator) throws(ItemProblem) -> (ItemValue, Range<Int>) {
        let start = index
        if op == .match || op == .noMatch, peek == "/" { return try pattern() }
        let raw = try rawValue(after: op)
        if raw.text.isEmpty && !raw.isQuoted {
            throw ItemProblem(
                "table.item", "no value after `\(op.rawValue)`", offset: start, length: 0,
                help: op == .equal ? "write '' for an empty string, or !name to omit the field" : nil)
        }
        return (try value(raw, after: op), raw.range)
    }

    /// Converts a value without its quotes.
    mutating func value(_ raw: RawValue, after op: ItemOperator) throws(ItemProblem) -> ItemValue {
        switch op {
        case .literal:
            return .json(try literal(raw))
        case .match, .noMatch:
            do throws(ItemSyntaxError) {
                return .matcher(try MatcherParser.parse(raw.text))
            } catch {
                throw problem("table.matcher", error, in: raw)
            }
        default:
            do throws(ItemSyntaxError) {
                let template = try Template.parse(raw.text)
                if !raw.isQuoted, template.isConstant { warnOfSingleBraces(in: raw) }
                return raw.isQuoted ? .quoted(template) : .text(template)
            } catch {
                throw problem("table.template", error, in: raw)
            }
        }
    }

    /// A value's text and its position.
    struct RawValue {
        var text: String
        var isQuoted: Bool
        /// The value including its quotes.
        var range: Range<Int>
        /// The start of the text, after a quote.
        var textStart: Int
    }

    /// Reads text up to the separator, or text in quotes.
    mutating func rawValue(after op: ItemOperator) throws(ItemProblem) -> RawValue {
        if peek == "'" { return try quoted() }
        if let first = peek, isTypographicQuote(first), let raw = typographicallyQuoted() { return raw }
        let start = index
        while index < scalars.count, scalars[index] != ";" { index += 1 }
        var end = index
        while end > start, isBlank(scalars[end - 1]) { end -= 1 }
        if start < end, scalars[start] == "\u{201C}" || scalars[start] == "\u{201D}" {
            problems.append(
                ItemProblem(
                    "table.typographic-quote", "the typographic quote is sent as part of the text", offset: start,
                    length: 1, help: "a quoted value is written '…'", severity: .warning))
        }
        return RawValue(text: text(start..<end), isQuoted: false, range: start..<end, textStart: start)
    }

    /// Reports `{create.id}` and `${create.id}`, which other tools replace and tables do not.
    private mutating func warnOfSingleBraces(in raw: RawValue) {
        guard raw.text.utf8.contains(UInt8(ascii: "{")),
            let match = raw.text.firstMatch(of: /\$?\{([A-Za-z][A-Za-z0-9_\-]*\.[A-Za-z0-9_.\-\[\]]+)\}/)
        else { return }
        let scalars = raw.text.unicodeScalars
        problems.append(
            ItemProblem(
                "table.single-brace", "'\(match.0)' is plain text, not a value of a step",
                offset: raw.textStart + scalars.distance(from: scalars.startIndex, to: match.range.lowerBound),
                length: match.0.unicodeScalars.count,
                help: "write {{\(match.1)}}; quote the text if it contains the braces: '\(match.0)'",
                severity: .warning))
    }

    private mutating func quoted() throws(ItemProblem) -> RawValue {
        let start = index
        var content = String.UnicodeScalarView()
        index += 1
        while let scalar = peek {
            index += 1
            guard scalar == "'" else {
                content.append(scalar)
                continue
            }
            guard peek == "'" else {
                let range = start..<index
                try endOfValue(after: "the closing quote")
                return RawValue(text: String(content), isQuoted: true, range: range, textStart: start + 1)
            }
            content.append("'")
            index += 1
        }
        throw ItemProblem(
            "table.quote", "the quote that opens this value is never closed", offset: start, length: 1,
            help: "end the value with ', or write '''' for one quote")
    }

    private mutating func typographicallyQuoted() -> RawValue? {
        let start = index
        var end = start + 1
        while end < scalars.count {
            if isTypographicQuote(scalars[end]) || scalars[end] == "'" {
                var next = end + 1
                while next < scalars.count, isBlank(scalars[next]) { next += 1 }
                if next == scalars.count || scalars[next] == ";" {
                    index = next
                    problems.append(
                        ItemProblem(
                            "table.typographic-quote", "typographic quotes are read as '…'", offset: start,
                            length: end + 1 - start, help: "write '\(text(start + 1..<end))'", severity: .warning))
                    return RawValue(
                        text: text(start + 1..<end), isQuoted: true, range: start..<end + 1, textStart: start + 1)
                }
            }
            end += 1
        }
        return nil
    }

    /// Only spaces are allowed between a closed value and the separator.
    private mutating func endOfValue(after what: String) throws(ItemProblem) {
        skipBlanks()
        guard let found = peek, found != ";" else { return }
        throw ItemProblem(
            "table.quote", "unexpected '\(visibleText(String(found)))' after \(what)", offset: index, length: 1,
            help: "double a quote inside a quoted value: 'it''s'; separate items with ';'")
    }

    private mutating func pattern() throws(ItemProblem) -> (ItemValue, Range<Int>) {
        let start = index
        index += 1
        while let scalar = peek, scalar != "/" { index += scalar == "\\" ? 2 : 1 }
        guard index < scalars.count else {
            index = scalars.count
            throw ItemProblem(
                "table.pattern", "the pattern is never closed", offset: start, length: 1,
                help: "end it with /; write a slash inside as \\/")
        }
        let source = text(start + 1..<index)
        index += 1
        let range = start..<index
        try endOfValue(after: "the pattern")
        do throws(ItemSyntaxError) {
            let template = try Template.parse(source)
            return (.pattern(try ItemParser.compiled(template)), range)
        } catch {
            throw ItemProblem(
                "table.pattern", error.message, offset: start + 1 + error.offset, length: error.length,
                help: error.help ?? "escape a special character with \\")
        }
    }

    /// Compiles a pattern. Templates are replaced with a letter, so that the syntax can be checked.
    static func compiled(_ template: Template) throws(ItemSyntaxError) -> ItemPattern {
        let constant = template.constantText
        let source =
            constant
            ?? template.parts.map { part in
                switch part {
                case .text(let text): text
                case .expression: "x"
                }
            }.joined()
        do throws(ECMAPatternSyntaxError) {
            let pattern = try ECMAPattern(source)
            return ItemPattern(template: template, constant: constant == nil ? nil : pattern)
        } catch {
            let count = template.text.unicodeScalars.count
            guard constant != nil, error.offset <= count else {
                throw ItemSyntaxError("the pattern is not valid: \(error.message)", offset: 0, length: count)
            }
            throw ItemSyntaxError(
                "the pattern is not valid: \(error.message)", offset: error.offset,
                length: error.offset < count ? 1 : 0)
        }
    }

    private func literal(_ raw: RawValue) throws(ItemProblem) -> JSONValue {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: raw.text)
        } catch {
            let before = raw.text.utf8.prefix(max(0, error.position.offset))
            let offset = String(decoding: before, as: UTF8.self).unicodeScalars.count
            let cut = peek == ";" && !raw.isQuoted
            throw problem(
                "table.json",
                ItemSyntaxError(
                    "the text after `:=` is not valid JSON: \(error.message)", offset: offset,
                    length: offset < raw.text.unicodeScalars.count ? 1 : 0,
                    help: cut ? "quote a value that contains ';': :='…'" : "write a string as :=\"…\" or =…"),
                in: raw)
        }
        if let duplicate = document.duplicateNames.first {
            let before = raw.text.utf8.prefix(max(0, duplicate.second.offset))
            throw problem(
                "table.json",
                ItemSyntaxError(
                    "duplicate member \"\(duplicate.name)\"",
                    offset: String(decoding: before, as: UTF8.self).unicodeScalars.count, length: 1), in: raw)
        }
        if let braces = doubleBraces(raw.text) {
            throw problem(
                "table.json",
                ItemSyntaxError(
                    "templates are not expanded in a JSON literal", offset: braces, length: 2,
                    help: "set the member by its path (\"a.b={{…}}\"), or use a body file"), in: raw)
        }
        return document.root.value
    }

    private func doubleBraces(_ text: String) -> Int? {
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.dropLast().first { scalars[$0] == "{" && scalars[$0 + 1] == "{" }
    }

    /// A mistake in the text of a value, moved to its position in the cell.
    private func problem(_ rule: String, _ error: ItemSyntaxError, in raw: RawValue) -> ItemProblem {
        guard raw.isQuoted else { return ItemProblem(rule, error, from: raw.textStart) }
        var cellIndex = raw.textStart
        for _ in 0..<error.offset where cellIndex < raw.range.upperBound {
            cellIndex += scalars[cellIndex] == "'" ? 2 : 1
        }
        return ItemProblem(rule, error.message, offset: cellIndex, length: error.length, help: error.help)
    }
}
