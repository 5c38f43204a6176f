public import Diagnostics
public import JSONDocument

/// One place where a value and its schema do not fit.
public struct SchemaIssue: Sendable, Hashable {
    /// How sure the issue is.
    public enum Kind: Sendable, Hashable {
        /// The value breaks the keyword.
        case violation
        /// The keyword could not be decided within the bounds on work.
        case undecided
    }

    /// How sure the issue is.
    public var kind: Kind
    /// The keyword that was broken: `type`, `required`, `oneOf` …; `false` for the schema that allows nothing.
    public var keyword: String
    /// The place of the value in the instance; for a missing member its object.
    public var pointer: JSONPointer
    /// Where the value starts in the document as received.
    public var position: TextPosition
    /// The member that is meant, for keywords that speak about a member of the object at `pointer`.
    public var property: String?
    /// The place of the broken keyword.
    public var schema: SchemaPlace
    /// The file, line and column of the broken keyword.
    public var location: SourceLocation
    /// What is wrong, in one sentence without places: `is a string, but the schema allows only number`.
    public var message: String
    /// What the schema asks for, short.
    public var expected: String
    /// What the value is, cut to about 100 characters.
    public var actual: String
    /// For `oneOf`, `anyOf` and `contains`: per alternative (or element) why it fell, the nearest first.
    public var causes: [[SchemaIssue]]
}
