public import Diagnostics
public import Primitives

/// One item of a `set`, `check` or `when` cell, such as `price=10.50`.
public struct Item: Sendable {
    /// Everything but the location, which the rows of long tables repeat: items with equal cells share it.
    @usableFromInline @Boxed var content: ItemContent
    /// The location of the item in the table.
    public var location: SourceLocation

    /// The path of the item. In a step's `set` it is resolved and never bare.
    @inlinable public var path: ItemPath {
        get { content.path }
        set { content.path = newValue }
    }
    /// The operator.
    @inlinable public var op: ItemOperator {
        get { content.op }
        set { content.op = newValue }
    }
    /// The value on the right; `nil` for `!path`.
    @inlinable public var value: ItemValue? {
        get { content.value }
        set { content.value = newValue }
    }
    /// The column that contains it: `set`, `check`, `check.price`, `when`.
    @inlinable public var column: String {
        get { content.column }
        set { content.column = newValue }
    }
    /// The item as written in the cell; for a promoted column, as it would be written in the base column.
    @inlinable public var text: String {
        get { content.text }
        set { content.text = newValue }
    }
    /// Its position among the items of its cell, from 0; generated values derive from it.
    @inlinable public var place: Int {
        get { content.place }
        set { content.place = newValue }
    }
    /// Whether it comes from a `*` row: such an item applies before the body of the step, not after it.
    @inlinable public var isDefault: Bool {
        get { content.isDefault }
        set { content.isDefault = newValue }
    }
    /// The file that a value `{{file:PATH}}` names.
    @inlinable public var file: ProjectFile? {
        get { content.file }
        set { content.file = newValue }
    }

    /// Creates an item from its parts.
    public init(
        path: ItemPath, op: ItemOperator, value: ItemValue?, location: SourceLocation, column: String, text: String,
        place: Int, isDefault: Bool = false
    ) {
        self.init(
            Boxed(
                wrappedValue: ItemContent(
                    path: path, op: op, value: value, column: column, text: text, place: place, isDefault: isDefault)),
            at: location)
    }

    /// The identity of the content, which items with equal cells share.
    var contentIdentity: ObjectIdentifier { _content.identity }

    /// An item with content that others share.
    init(_ content: Boxed<ItemContent>, at location: SourceLocation) {
        _content = content
        self.location = location
    }
}

/// The parts of an item that do not depend on its row. ``Item`` explains them.
@usableFromInline struct ItemContent: Sendable {
    @usableFromInline var path: ItemPath
    @usableFromInline var op: ItemOperator
    @usableFromInline var value: ItemValue?
    @usableFromInline var column: String
    @usableFromInline var text: String
    @usableFromInline var place: Int
    @usableFromInline var isDefault = false
    @usableFromInline var file: ProjectFile?
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
