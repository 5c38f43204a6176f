public import Diagnostics

/// One edit of a scenario table that follows a change of the contract.
public struct TableEdit: Sendable, Hashable {
    /// What is edited.
    public enum Action: Sendable, Hashable {
        /// Adds an item to the row's `set`.
        case addToSet(String)
        /// Removes an item, given as it is written.
        case removeItem(String)
        /// Replaces an item, given as it is written, by another.
        case replaceItem(String, with: String)
        /// Replaces a status of `expect`.
        case replaceStatus(String, with: String)
        /// Replaces the operation that `call` names.
        case call(from: String, to: String)
    }

    /// What is edited.
    public var action: Action
    /// Where the item or status stands, which may be a `*` row; the row for all else.
    public var location: SourceLocation
    /// The row that the edit is for.
    public var row: SourceLocation

    /// An edit for `row`; `location` is the row where it is not given.
    public init(_ action: Action, at location: SourceLocation? = nil, row: SourceLocation) {
        self.action = action
        self.location = location ?? row
        self.row = row
    }

    /// Orders edits by file and place.
    public var sortKey: (String, Int, Int, String) { (location.file, location.line, location.column, description) }

    /// Edits are equal that change the same place: an item of a `*` row may break many rows, and is edited once.
    public static func == (left: TableEdit, right: TableEdit) -> Bool {
        left.action == right.action && left.location == right.location
    }

    /// Hashes what is edited and where.
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

/// An edit that could not be made.
public struct SkippedEdit: Sendable {
    /// The edit.
    public var edit: TableEdit
    /// Why.
    public var reason: String
}
