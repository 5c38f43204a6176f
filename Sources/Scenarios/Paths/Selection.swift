public import JSONDocument

/// What a path finds in an exchange.
public enum Selection: Sendable, Hashable {
    /// The one value of a path without wildcards, and its place in the body (`nil` outside of bodies).
    case one(JSONValue, JSONPointer?)
    /// What `[*]` (every) or `[?]` (`some`) leads to, in order; empty for an empty array.
    case many([Selected], some: Bool)
    /// There is no such value.
    case absent
}

/// One of the values that a path with a wildcard leads to.
public struct Selected: Sendable, Hashable {
    /// The value; `nil` where an element has no such member.
    public var value: JSONValue?
    /// Its place in the body; `nil` outside of bodies. Of an absent value, the place where it would be.
    public var pointer: JSONPointer?

    /// A value at `pointer`.
    public init(_ value: JSONValue?, at pointer: JSONPointer? = nil) {
        self.value = value
        self.pointer = pointer
    }
}
