public import JSONDocument

/// The values that a path selects in an exchange.
public enum Selection: Sendable, Hashable {
    /// The value of a path without wildcards, and its place in the body (`nil` outside bodies).
    case one(JSONValue, JSONPointer?)
    /// The values for `[*]` (every) or `[?]` (`some`), in order; empty for an empty array.
    case many([Selected], some: Bool)
    /// No value.
    case absent
}

/// One of the values selected by a path with a wildcard.
public struct Selected: Sendable, Hashable {
    /// The value; `nil` if an element does not have the member.
    public var value: JSONValue?
    /// Its place in the body; `nil` outside bodies. For an absent value, the place where it would be.
    public var pointer: JSONPointer?

    /// Creates a selected value at `pointer`.
    public init(_ value: JSONValue?, at pointer: JSONPointer? = nil) {
        self.value = value
        self.pointer = pointer
    }
}
