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
