import Primitives

/// Parses the items of a `set`, `check` or `when` cell: `path op value; !path; …`.
///
/// A mistake ends only its item; the next item is still parsed.
struct ItemParser {
    /// The maximum number of items in one cell; more are a mistake or an attack.
    static let maximumItems = 1_000

    let scalars: [Unicode.Scalar]
    let context: PathContext
    /// The scalars with typographic quotes in `[‘odd.name’]` made straight; positions do not change.
    private let straightened: [Unicode.Scalar]
    var index = 0
    var problems: [ItemProblem] = []

    init(_ text: String, context: PathContext = .step) {
        let scalars = Array(text.unicodeScalars)
        self.scalars = scalars
        self.context = context
        straightened = ItemParser.straightened(scalars)
    }

    var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    /// All items of the cell.
    mutating func items() -> [ParsedItem] {
        var result: [ParsedItem] = []
        var place = 0
        skipBlanks()
        while index < scalars.count {
            let start = index
            guard place < ItemParser.maximumItems else {
                problems.append(
                    ItemProblem(
                        "table.item", "the cell has more than \(ItemParser.maximumItems) items", offset: index,
                        length: 1,
                        help: "move large bodies into a file"))
                return result
            }
            if scalars[index] == ";" {
                problems.append(
                    ItemProblem(
                        "table.item", "an item is missing before ';'", offset: index, length: 1,
                        help: "quote a value that contains ';': name='a;b'"))
            } else {
                do throws(ItemProblem) {
                    var item = try self.item()
                    item.place = place
                    result.append(item)
                } catch {
                    problems.append(error)
                    index = max(index, start)
                    skipToSeparator()
                }
            }
            place += 1
            if index < scalars.count { index += 1 }
            skipBlanks()
        }
        return result
    }

    private mutating func item() throws(ItemProblem) -> ParsedItem {
        let start = index
        let isAbsent = scalars[index] == "!"
        if isAbsent {
            index += 1
            skipBlanks()
        }
        let (path, pathRange) = try path()
        skipBlanks()
        if isAbsent {
            guard peek == nil || peek == ";" else {
                throw ItemProblem(
                    "table.item", "'!\(path)' omits the field, so no value can follow it",
                    offset: index, length: 1, help: "write \(path)!=value to reject one value")
            }
            return ParsedItem(
                path: path, op: .absent, value: nil, pathRange: pathRange,
                valueRange: pathRange.upperBound..<pathRange.upperBound, range: start..<pathRange.upperBound, place: 0,
                text: text(start..<pathRange.upperBound))
        }
        guard let op = itemOperator() else { throw missingOperator(path, pathRange) }
        skipBlanks()
        let valueStart = index
        let (value, valueRange) = try self.value(after: op)
        let range = start..<max(valueStart, valueRange.upperBound)
        return ParsedItem(
            path: path, op: op, value: value, pathRange: pathRange, valueRange: valueRange, range: range, place: 0,
            text: text(range))
    }

    private mutating func path() throws(ItemProblem) -> (ItemPath, Range<Int>) {
        let start = index
        index = ItemPath.end(of: straightened, from: start)
        guard index > start else {
            let found = peek.map { "'\(visibleText(String($0)))'" } ?? "the end of the cell"
            throw ItemProblem(
                "table.item", "expected a path at the start of an item, found \(found)", offset: start,
                length: peek == nil ? 0 : 1, help: "write name=value, or !name")
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: straightened[start..<index])
        do throws(ItemSyntaxError) {
            return (try ItemPath.parse(String(text), in: context), start..<index)
        } catch {
            throw ItemProblem("table.path", error, from: start)
        }
    }

    private static func straightened(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard scalars.contains(where: isTypographicQuote) else { return scalars }
        return scalars.indices.map { index in
            guard isTypographicQuote(scalars[index]) else { return scalars[index] }
            let opens = index > 0 && scalars[index - 1] == "["
            let closes = index + 1 < scalars.count && scalars[index + 1] == "]"
            return opens || closes ? "'" : scalars[index]
        }
    }

    private mutating func missingOperator(_ path: ItemPath, _ range: Range<Int>) -> ItemProblem {
        guard let found = peek, found != ";" else {
            return ItemProblem(
                "table.item", "'\(path)' has no operator and no value", offset: range.lowerBound, length: range.count,
                help: "write \(path)=value, or !\(path)")
        }
        return ItemProblem(
            "table.item", "unknown operator '\(visibleText(String(found)))'", offset: index, length: 1,
            help: "the operators are = != < <= > >= ~ !~ :=; quote a name with special characters: ['odd name']")
    }

    /// The next operator, if there is one.
    mutating func itemOperator() -> ItemOperator? {
        let first = peek
        let op: ItemOperator? =
            switch (first, peek(1)) {
            case ("!", "="): .notEqual
            case ("!", "~"): .noMatch
            case ("<", "="): .lessOrEqual
            case (">", "="): .greaterOrEqual
            case (":", "="): .literal
            case ("=", _): .equal
            case ("<", _): .less
            case (">", _): .greater
            case ("~", _): .match
            default: nil
            }
        if let op { index += op.rawValue.unicodeScalars.count }
        return op
    }

    mutating func skipBlanks() {
        while index < scalars.count, isBlank(scalars[index]) { index += 1 }
    }

    private mutating func skipToSeparator() {
        while index < scalars.count, scalars[index] != ";" { index += 1 }
    }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}

/// Whether a scalar is a single quote as written by word processors and spreadsheets.
func isTypographicQuote(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{2018}" || scalar == "\u{2019}" || scalar == "\u{201A}" || scalar == "\u{201B}"
}
