public import Diagnostics

/// One item of a `set`, `check` or `when` cell, such as `price=10.50`.
public struct Item: Sendable {
    /// The path of the item. In a step's `set` it is resolved and never bare.
    public var path: ItemPath
    /// The operator.
    public var op: ItemOperator
    /// The value on the right; `nil` for `!path`.
    public var value: ItemValue?
    /// The location of the item in the table.
    public var location: SourceLocation
    /// The column that contains it: `set`, `check`, `check.price`, `when`.
    public var column: String
    /// The item as written in the cell; for a promoted column, as it would be written in the base column.
    public var text: String
    /// Its position among the items of its cell, from 0; generated values derive from it.
    public var place: Int
    /// Whether it comes from a `*` row: such an item applies before the body of the step, not after it.
    public var isDefault: Bool
    /// The file that a value `{{file:PATH}}` names.
    public var file: ProjectFile?

    /// Creates an item from its parts.
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

/// The operator of an item.
public enum ItemOperator: String, Sendable, Hashable, CaseIterable {
    /// `=`: equals, or is set to, a value typed by the contract.
    case equal = "="
    /// `!=`: is present with another value.
    case notEqual = "!="
    /// `<`: a smaller number or an earlier time.
    case less = "<"
    /// `<=`: a number that is not greater, or a time that is not later.
    case lessOrEqual = "<="
    /// `>`: a greater number or a later time.
    case greater = ">"
    /// `>=`: a number that is not smaller, or a time that is not earlier.
    case greaterOrEqual = ">="
    /// `~`: matches a matcher or a pattern.
    case match = "~"
    /// `!~`: is present and does not match.
    case noMatch = "!~"
    /// `:=`: equals, or is set to, a JSON literal.
    case literal = ":="
    /// `!path`: is removed, or must be absent.
    case absent = "!"
}
