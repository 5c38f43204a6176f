/// Options for validating a value.
public struct ValidationOptions: Sendable, Hashable {
    /// The direction in which a value is sent; it decides the effect of `readOnly` and `writeOnly`.
    public enum Direction: Sendable, Hashable {
        /// From client to server: `readOnly` members are not required.
        case request
        /// From server to client: `writeOnly` members are not required and must be absent.
        case response
        /// Neither: `readOnly` and `writeOnly` have no effect.
        case none
    }

    /// Whether `format` is checked.
    public enum FormatMode: Sendable, Hashable {
        /// A value that does not have a known format is invalid.
        case assert
        /// A format never rejects a value, unless the metaschema requires the format-assertion vocabulary.
        case annotate
    }

    /// The direction in which the value is sent.
    public var direction: Direction
    /// Whether `format` is checked.
    public var formats: FormatMode
    /// Whether a `readOnly` member in a request is a violation. OpenAPI only says that it should not be sent.
    public var refusesReadOnly: Bool
    /// The maximum number of steps, about one per schema applied to a value. If they do not suffice, the outcome is
    /// undecided, never valid.
    public var steps: Int
    /// The maximum number of reported issues, including those for each alternative of `oneOf` and `anyOf`.
    public var maximumIssues: Int

    /// Creates options.
    public init(
        direction: Direction = .response,
        formats: FormatMode = .assert,
        refusesReadOnly: Bool = false,
        steps: Int = 10_000_000,
        maximumIssues: Int = 100
    ) {
        self.direction = direction
        self.formats = formats
        self.refusesReadOnly = refusesReadOnly
        self.steps = steps
        self.maximumIssues = maximumIssues
    }
}
