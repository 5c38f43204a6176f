public import Diagnostics
public import JSONDocument

/// The outcome of validating a value against a schema.
public enum SchemaOutcome: Sendable, Hashable {
    /// The value is valid.
    case valid
    /// The value is invalid.
    case invalid
    /// A bound on work was reached before a decision. Never counts as valid.
    case undecided
}

/// The result of validating one value.
public struct SchemaReport: Sendable {
    /// The outcome.
    public var outcome: SchemaOutcome
    /// The violated and the undecided keywords, in the order of the document; empty if valid.
    public var issues: [SchemaIssue]
    /// Possible mistakes that violate no keyword: a `discriminator` that names another alternative than the one that
    /// the value matches.
    public var remarks: [SchemaIssue] = []
    /// Members that no applied schema names and that are present only because nothing forbids them.
    ///
    /// A member counts if at least one schema applied to its object has `properties` or `patternProperties`, none of
    /// those names it, and no `additionalProperties` or `unevaluatedProperties` of an applied schema covers it. An
    /// object has none if no schema declares any member for it. At most 1,000 are listed.
    public var undeclared: [JSONPointer]
}

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
