import Diagnostics
import JSONDocument
import Primitives

/// The canonical spelling of items: one space after each `;`, none around operators, and straight quotes.
enum ItemText {
    /// The cell in canonical form; `nil` if it cannot be read and should stay unchanged.
    static func items(_ cell: String, context: PathContext) -> String? {
        guard let items = read(cell, context) else { return nil }
        let scalars = Array(cell.unicodeScalars)
        let text = items.map { item($0, scalars) }.joined(separator: "; ")
        // The new text must be read as the same items.
        guard let again = read(text, context), again.count == items.count,
            zip(again, items).allSatisfy({ isSame($0, $1) })
        else { return nil }
        return text
    }

    static func item(_ item: ParsedItem, _ scalars: [Unicode.Scalar]) -> String {
        guard item.op != .absent else { return "!\(item.path)" }
        return "\(item.path)\(joined(item.op, value(item, scalars)))"
    }

    /// Operator and value; `< =5` keeps its space, because `<=5` has another meaning.
    static func joined(_ op: ItemOperator, _ value: String) -> String {
        let needsBlank = (op == .less || op == .greater) && value.utf8.first == 0x3D
        return op.rawValue + (needsBlank ? " " : "") + value
    }

    /// The value as written, with typographic quotes around it made straight.
    static func value(_ item: ParsedItem, _ scalars: [Unicode.Scalar]) -> String {
        var text = String.UnicodeScalarView(scalars[item.valueRange])
        if text.count > 1, let first = text.first, let last = text.last, isTypographicQuote(first),
            isTypographicQuote(last) || last == "'"
        {
            let inner = text.dropFirst().dropLast()
            text = String.UnicodeScalarView()
            text.append("'")
            for scalar in inner {
                text.append(scalar)
                if scalar == "'" { text.append(scalar) }
            }
            text.append("'")
        }
        return String(text)
    }

    /// The cell of a promoted column in canonical form; `nil` if it cannot be read.
    static func promoted(_ cell: String, _ path: ItemPath) -> String? {
        guard let item = readPromoted(cell, path) else { return nil }
        let scalars = Array(cell.unicodeScalars)
        let start = item.valueRange.lowerBound
        // A `'` that protects the value from spreadsheets is always kept.
        let isGuarded = item.op == .equal && start > 0 && scalars[start - 1] == "'" && !item.valueRange.isEmpty
        let text = isGuarded ? "'" + value(item, scalars) : promoted(item, scalars)
        guard let text, let again = readPromoted(text, path), isSame(again, item) else { return nil }
        return text
    }

    /// An item as a cell of a promoted column; `nil` if that is impossible.
    ///
    /// The operator `=` is omitted. A plain value that would be read as something else gets a `'` before it.
    static func promoted(_ item: ParsedItem, _ scalars: [Unicode.Scalar]) -> String? {
        guard item.op != .absent else { return "!" }
        let value = value(item, scalars)
        guard item.op == .equal else { return joined(item.op, value) }
        return [value, "'" + value].first { text in
            readPromoted(text, item.path).map { $0.op == .equal && sameValue($0, item) } ?? false
        }
    }

    /// The item of a promoted cell, in the syntax of `set` or `check`; `nil` if it cannot be read.
    static func demoted(_ cell: String, _ path: ItemPath, context: PathContext) -> String? {
        guard let promoted = readPromoted(cell, path) else { return nil }
        let scalars = Array(cell.unicodeScalars)
        let text = item(promoted, scalars)
        guard let again = read(text, context), again.count == 1, isSame(again[0], promoted) else { return nil }
        return text
    }

    static func read(_ cell: String, _ context: PathContext) -> [ParsedItem]? {
        var parser = ItemParser(cell, context: context)
        let items = parser.items()
        return parser.problems.contains { $0.severity == .error } ? nil : items
    }

    static func readPromoted(_ cell: String, _ path: ItemPath) -> ParsedItem? {
        var parser = ItemParser(cell)
        let item = parser.promoted(path)
        return parser.problems.contains { $0.severity == .error } ? nil : item
    }

    private static func isSame(_ left: ParsedItem, _ right: ParsedItem) -> Bool {
        left.path == right.path && left.path.isBare == right.path.isBare && left.op == right.op
            && sameValue(left, right)
    }

    private static func sameValue(_ left: ParsedItem, _ right: ParsedItem) -> Bool {
        switch (left.value, right.value) {
        case (nil, nil): true
        case (.text(let left)?, .text(let right)?), (.quoted(let left)?, .quoted(let right)?): left == right
        case (.json(let left)?, .json(let right)?): left.text.isSame(as: right.text)
        case (.pattern(let left)?, .pattern(let right)?): left.template == right.template
        case (.matcher(let left)?, .matcher(let right)?):
            "\(left)".isSame(as: "\(right)")
        default: false
        }
    }
}
