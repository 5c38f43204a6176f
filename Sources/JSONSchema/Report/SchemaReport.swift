public import JSONDocument

/// What judging a value by a schema found.
public enum SchemaOutcome: Sendable, Hashable {
    /// The value satisfies the schema.
    case valid
    /// The value breaks the schema.
    case invalid
    /// A bound on work was reached before an answer was found. Never a pass.
    case undecided
}

/// Everything that judging one value found.
public struct SchemaReport: Sendable {
    /// The verdict.
    public var outcome: SchemaOutcome
    /// What was broken and what could not be decided, in the order of the document; empty when valid.
    public var issues: [SchemaIssue]
    /// What may be a mistake and breaks no keyword: a `discriminator` that names another alternative than the one that
    /// the value satisfies.
    public var remarks: [SchemaIssue] = []
    /// Members that no applied schema names and that are there only because nothing forbids them.
    ///
    /// A member counts when at least one schema applied to its object has `properties` or `patternProperties`, none
    /// of those names it, and no `additionalProperties` or `unevaluatedProperties` of an applied schema spoke on it.
    /// An object for which no schema declares any member has none. At most 1,000 are listed.
    public var undeclared: [JSONPointer]
}
