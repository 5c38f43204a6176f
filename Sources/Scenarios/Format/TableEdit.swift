public import Diagnostics

/// An edit of a scenario table that adapts it to a change of the contract.
public struct TableEdit: Sendable, Hashable {
    /// The change to make.
    public enum Action: Sendable, Hashable {
        /// Adds an item to the row's `set`.
        case addToSet(String)
        /// Removes an item, given as written.
        case removeItem(String)
        /// Replaces an item, given as written, with another.
        case replaceItem(String, with: String)
        /// Replaces a status in `expect`.
        case replaceStatus(String, with: String)
        /// Replaces the operation in `call`.
        case call(from: String, to: String)
    }

    /// The change to make.
    public var action: Action
    /// The location of the item or status, which may be in a `*` row; for other actions, the row.
    public var location: SourceLocation
    /// The row that needs the edit.
    public var row: SourceLocation

    /// Creates an edit for `row`; `location` is the row by default.
    public init(_ action: Action, at location: SourceLocation? = nil, row: SourceLocation) {
        self.action = action
        self.location = location ?? row
        self.row = row
    }

    /// Orders edits by file and place.
    public var sortKey: (String, Int, Int, String) { (location.file, location.line, location.column, description) }

    /// Edits of the same place are equal: an item of a `*` row may break many rows, but is edited once.
    public static func == (left: TableEdit, right: TableEdit) -> Bool {
        left.action == right.action && left.location == right.location
    }

    /// Hashes the action and its location.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(action)
        hasher.combine(location)
    }
}

extension TableEdit: CustomStringConvertible {
    /// The edit in words: "add `a=1` to `set`".
    public var description: String {
        switch action {
        case .addToSet(let item): "add `\(item)` to `set`"
        case .removeItem(let item): "remove `\(item)`"
        case .replaceItem(let item, let other): "replace `\(item)` by `\(other)`"
        case .replaceStatus(let status, let other): "expect \(other) instead of \(status)"
        case .call(let name, let other): "call `\(other)` instead of `\(name)`"
        }
    }
}

/// An edit that could not be applied.
public struct SkippedEdit: Sendable {
    /// The edit.
    public var edit: TableEdit
    /// Why.
    public var reason: String
}
