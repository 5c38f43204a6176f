import Diagnostics

/// A mistake inside a cell, with its offset in Unicode scalars from the cell's start.
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

    /// Creates a mistake in a path or template that starts at `start` of the cell.
    init(_ rule: String, _ error: ItemSyntaxError, from start: Int) {
        self.init(rule, error.message, offset: start + error.offset, length: error.length, help: error.help)
    }
}

/// A parsed item, with the positions of its parts in the cell.
struct ParsedItem: Sendable {
    var path: ItemPath
    var op: ItemOperator
    var value: ItemValue?
    /// The positions of the path, the value and the whole item in the cell.
    var pathRange: Range<Int>
    var valueRange: Range<Int>
    var range: Range<Int>
    /// The item's number in its cell, from 0.
    var place: Int
    /// The item as written in the cell.
    var text: String
}
