public import Diagnostics

/// One item of a `set`, `check` or `when` cell, such as `price=10.50`.
public struct Item: Sendable {
    /// What the item is about. In a step's `set` the place is resolved: never bare.
    public var path: ItemPath
    /// What is said about it.
    public var op: ItemOperator
    /// The right-hand side; `nil` for `!path`.
    public var value: ItemValue?
    /// Where the item stands in the table.
    public var location: SourceLocation
    /// The column that holds it: `set`, `check`, `check.price`, `when`.
    public var column: String
    /// The item as it stands in the cell (for a promoted column as it would stand there).
    public var text: String
    /// Its number among the items of its cell, from 0; generated values derive from it.
    public var place: Int
    /// Whether it comes from a `*` row: such an item lies under the body of the step, not over it.
    public var isDefault: Bool

    /// An item from its parts.
    public init(
        path: ItemPath, op: ItemOperator, value: ItemValue?, location: SourceLocation, column: String, text: String,
        place: Int, isDefault: Bool = false
    ) {
        self.path = path
        self.op = op
        self.value = value
        self.location = location
        self.column = column
        self.text = text
        self.place = place
        self.isDefault = isDefault
    }
}

/// What an item says about the value at its path.
public enum ItemOperator: String, Sendable, Hashable, CaseIterable {
    /// `=`: is, or is set to, a value typed by the contract.
    case equal = "="
    /// `!=`: is present and another value.
    case notEqual = "!="
    /// `<`: a smaller number or an earlier time.
    case less = "<"
    /// `<=`: a number that is not greater, or a time that is not later.
    case lessOrEqual = "<="
    /// `>`: a greater number or a later time.
    case greater = ">"
    /// `>=`: a number that is not smaller, or a time that is not earlier.
    case greaterOrEqual = ">="
    /// `~`: fits a matcher or a pattern.
    case match = "~"
    /// `!~`: is present and does not fit.
    case noMatch = "!~"
    /// `:=`: is, or is set to, a JSON literal.
    case literal = ":="
    /// `!path`: is left out, or must be absent.
    case absent = "!"
}
