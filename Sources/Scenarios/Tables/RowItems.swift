import Diagnostics
import Primitives

/// An item with the cell that contains it.
struct PlacedItem: Sendable {
    @Boxed var parsed: ParsedItem { didSet { content = nil } }
    var cell: CellPlace
    /// Whether the cell is in a promoted column, so that the path is in the header.
    var isPromoted: Bool
    /// The content of the item of a plan, which rows with equal cells share.
    private var content: Boxed<ItemContent>?

    var path: ItemPath { parsed.path }
    var asksEquality: Bool { parsed.op == .equal || parsed.op == .notEqual }

    init(parsed: ParsedItem, cell: CellPlace, isPromoted: Bool) {
        _parsed = Boxed(wrappedValue: parsed)
        self.cell = cell
        self.isPromoted = isPromoted
    }

    /// An item of an ordinary cell; rows with equal cells share it.
    init(_ shared: ParsedCells.SharedItem, in cell: CellPlace) {
        _parsed = shared.parsed
        content = shared.content
        self.cell = cell
        isPromoted = false
    }

    /// Whether two items are the same one of equal cells.
    var identity: ObjectIdentifier { _parsed.identity }

    /// The location of the item.
    var location: SourceLocation { cell.location(parsed.range.lowerBound) }

    /// The item of a plan.
    func item() -> Item {
        Item(content ?? Boxed(wrappedValue: parsed.content(cell.column, isPromoted: isPromoted)), at: location)
    }

    /// A diagnostic for the whole item, its path or its value.
    func diagnostic(
        _ rule: String, _ severity: Severity, _ message: String, part: Part = .item, help: String? = nil,
        related: [Diagnostic.Related] = []
    ) -> Diagnostic {
        let range =
            switch part {
            case .item: parsed.range
            case .path: isPromoted ? parsed.range : parsed.pathRange
            case .value: parsed.valueRange.isEmpty ? parsed.range : parsed.valueRange
            }
        return cell.diagnostic(
            rule, severity, message, offset: range.lowerBound, length: range.count, help: help, related: related)
    }

    /// An error.
    func diagnostic(
        _ rule: String, _ message: String, part: Part = .item, help: String? = nil,
        related: [Diagnostic.Related] = []
    ) -> Diagnostic {
        diagnostic(rule, .error, message, part: part, help: help, related: related)
    }

    enum Part { case item, path, value }

    /// The positions of the item's `{{…}}` in its cell, without literals: one for each expression of its templates.
    var templatePlaces: [Range<Int>] {
        let scalars = Array(cell.text.unicodeScalars)
        return templateRanges(in: scalars, parsed.range)
    }
}

extension ParsedItem {
    /// The content of the item of a plan.
    ///
    /// - Parameter path: The resolved path; `nil` for the path as written.
    func content(_ column: String, isPromoted: Bool = false, path resolved: ItemPath? = nil) -> ItemContent {
        var written = text
        if isPromoted {
            if op == .absent {
                written = "!\(path)"
            } else {
                let value = written.utf8.starts(with: op.rawValue.utf8) ? written : "=\(written)"
                written = "\(path)\(value)"
            }
        }
        return ItemContent(path: resolved ?? path, op: op, value: value, column: column, text: written, place: place)
    }
}

/// The positions of `{{…}}` in a text, without literals such as `{{'{{'}}`.
func templateRanges(in scalars: [Unicode.Scalar], _ range: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var index = range.lowerBound
    while index + 1 < range.upperBound {
        guard scalars[index] == "{", scalars[index + 1] == "{" else {
            index += 1
            continue
        }
        let start = index
        index += 2
        let isLiteral = index < range.upperBound && scalars[index] == "'"
        if isLiteral { index += 3 }
        while index + 1 < range.upperBound, !(scalars[index] == "}" && scalars[index + 1] == "}") { index += 1 }
        index = min(index + 2, range.upperBound)
        if !isLiteral { result.append(start..<index) }
    }
    return result
}

extension TableRow {
    /// The items of a column and of the columns promoted from it, in the order of the columns.
    func items(_ name: ColumnName, context: PathContext, _ diagnostics: inout [Diagnostic]) -> [PlacedItem] {
        var result: [PlacedItem] = []
        for (index, column) in table.columns.enumerated() {
            switch column {
            case .named(name):
                let cell = place(index)
                guard !cell.isEmpty else { continue }
                let (items, problems) = table.cells.items(of: cell.text, in: name, context)
                diagnostics.append(contentsOf: problems.map(cell.diagnostic))
                result.append(contentsOf: items.map { PlacedItem($0, in: cell) })
            case .promotedSet(let path) where name == .set, .promotedCheck(let path) where name == .check:
                let cell = place(index)
                guard !cell.isEmpty else { continue }
                var parser = ItemParser(cell.text, context: context)
                let item = parser.promoted(path)
                diagnostics.append(contentsOf: parser.problems.map(cell.diagnostic))
                if let item { result.append(PlacedItem(parsed: item, cell: cell, isPromoted: true)) }
            default:
                continue
            }
        }
        return result
    }
}
