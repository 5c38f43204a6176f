public import Diagnostics
public import JSONDocument

/// One place where a value does not match its schema.
public struct SchemaIssue: Sendable, Hashable {
    /// How certain the issue is.
    public enum Kind: Sendable, Hashable {
        /// The value violates the keyword.
        case violation
        /// The keyword could not be decided within the bounds on work.
        case undecided
    }

    /// How certain the issue is.
    public var kind: Kind
    /// The violated keyword: `type`, `required`, `oneOf` …; `false` for the schema that allows nothing.
    public var keyword: String
    /// The place of the value in the instance; for an absent member, its object.
    public var pointer: JSONPointer
    /// The position of the value in the document as received.
    public var position: TextPosition
    /// The affected member, for keywords that apply to a member of the object at `pointer`.
    public var property: String?
    /// The place of the violated keyword.
    public var schema: SchemaPlace
    /// The file, line and column of the violated keyword.
    public var location: SourceLocation
    /// The violation, in one clause without places: `is a string, but the schema allows only number`.
    public var message: String
    /// The requirement of the schema, in short.
    public var expected: String
    /// The received value, cut to about 100 characters.
    public var actual: String
    /// For `oneOf`, `anyOf` and `contains`: why each alternative (or element) does not match, the closest first.
    public var causes: [[SchemaIssue]]
}
