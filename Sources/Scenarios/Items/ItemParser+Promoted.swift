extension ItemParser {
    /// Parses the item of a promoted column: `op value`; without an operator, `=` applies, and `!` alone removes the
    /// member.
    ///
    /// A value may start with `'` as in spreadsheets; if it also ends with a quote, it is a quoted value.
    /// - Returns: `nil` if the cell is empty or invalid.
    mutating func promoted(_ path: ItemPath) -> ParsedItem? {
        skipBlanks()
        let start = index
        guard index < scalars.count else { return nil }
        if scalars[index] == "!", scalars[(index + 1)...].allSatisfy(isBlank) {
            let end = index + 1
            index = scalars.count
            return ParsedItem(
                path: path, op: .absent, value: nil, pathRange: start..<end, valueRange: end..<end, range: start..<end,
                place: 0, text: text(start..<end))
        }
        let op = itemOperator() ?? .equal
        skipBlanks()
        do throws(ItemProblem) {
            let (value, range) = try promotedValue(after: op)
            guard index == scalars.count else {
                throw ItemProblem(
                    "table.item", "the column contains one item, but ';' separates items", offset: index, length: 1,
                    help: "quote a value that contains ';': '\(text(range.lowerBound..<scalars.count))'")
            }
            let whole = start..<max(start, range.upperBound)
            return ParsedItem(
                path: path, op: op, value: value, pathRange: start..<start, valueRange: range, range: whole, place: 0,
                text: text(whole))
        } catch {
            problems.append(error)
            return nil
        }
    }

    private mutating func promotedValue(after op: ItemOperator) throws(ItemProblem) -> (ItemValue, Range<Int>) {
        guard peek == "'", !isQuotedToTheEnd else { return try value(after: op) }
        index += 1
        let raw = try rawValue(after: op)
        return (try value(raw, after: op), raw.range)
    }

    /// Whether the next quote is closed by the last scalar of the cell, with all quotes between them doubled.
    private var isQuotedToTheEnd: Bool {
        var next = index + 1
        while next < scalars.count {
            guard scalars[next] == "'" else {
                next += 1
                continue
            }
            if next + 1 < scalars.count, scalars[next + 1] == "'" {
                next += 2
                continue
            }
            return scalars[(next + 1)...].allSatisfy(isBlank)
        }
        return false
    }
}

/// The text of a data cell, without a leading `'` for spreadsheets and without enclosing quotes.
func dataText(_ text: String) -> String {
    guard text.utf8.first == 0x27 else { return text }
    let scalars = Array(text.unicodeScalars)
    let isQuoted = scalars.count > 1 && scalars.last == "'"
    var view = String.UnicodeScalarView()
    view.append(contentsOf: isQuoted ? scalars[1..<(scalars.count - 1)] : scalars[1...])
    return String(view)
}
