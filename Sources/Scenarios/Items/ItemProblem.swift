import Diagnostics

/// Something wrong inside a cell, by its place in Unicode scalars from the cell's start.
struct ItemProblem: Error, Sendable, Hashable {
    var rule: String
    var severity = Severity.error
    var message: String
    var offset: Int
    var length: Int
    var help: String?

    init(
        _ rule: String, _ message: String, offset: Int, length: Int, help: String? = nil,
        severity: Severity = .error
    ) {
        self.rule = rule
        self.message = message
        self.offset = offset
        self.length = length
        self.help = help
        self.severity = severity
    }

    /// A mistake in a path or template that starts at `start` of the cell.
    init(_ rule: String, _ error: ItemSyntaxError, from start: Int) {
        self.init(rule, error.message, offset: start + error.offset, length: error.length, help: error.help)
    }
}

/// An item as it was read, with the places of its parts in the cell.
struct ParsedItem: Sendable {
    var path: ItemPath
    var op: ItemOperator
    var value: ItemValue?
    /// Where the path, the value and the whole item stand in the cell.
    var pathRange: Range<Int>
    var valueRange: Range<Int>
    var range: Range<Int>
    /// The item's number in its cell, from 0.
    var place: Int
    /// The item as it stands in the cell.
    var text: String
}
