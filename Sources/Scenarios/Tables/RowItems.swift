import Diagnostics
import Primitives

/// An item with the cell that contains it.
struct PlacedItem: Sendable {
    @Boxed var parsed: ParsedItem
    var cell: CellPlace
    /// Whether the cell is in a promoted column, so that the path is in the header.
    var isPromoted: Bool

    var path: ItemPath { parsed.path }
    var asksEquality: Bool { parsed.op == .equal || parsed.op == .notEqual }

    /// The item of a plan.
    func item(path: ItemPath? = nil) -> Item {
        var written = parsed.text
        if isPromoted {
            if parsed.op == .absent {
                written = "!\(parsed.path)"
            } else {
                let value = written.utf8.starts(with: parsed.op.rawValue.utf8) ? written : "=\(written)"
                written = "\(parsed.path)\(value)"
            }
        }
        return Item(
            path: path ?? parsed.path, op: parsed.op, value: parsed.value,
            location: cell.location(parsed.range.lowerBound),
            column: cell.column, text: written, place: parsed.place)
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

extension PlacedItem {
    /// An item of an ordinary cell; rows with equal cells share it.
    init(_ parsed: Boxed<ParsedItem>, in cell: CellPlace) {
        _parsed = parsed
        self.cell = cell
        isPromoted = false
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
                let (items, problems) = table.cells.items(of: cell.text, context)
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
