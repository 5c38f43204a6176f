/// How a value is judged.
public struct ValidationOptions: Sendable, Hashable {
    /// Which way the value travels; decides what `readOnly` and `writeOnly` mean.
    public enum Direction: Sendable, Hashable {
        /// From client to server: a `readOnly` member is not demanded.
        case request
        /// From server to client: a `writeOnly` member is not demanded and must not be there.
        case response
        /// Neither: `readOnly` and `writeOnly` decide nothing.
        case none
    }

    /// Whether `format` decides.
    public enum FormatMode: Sendable, Hashable {
        /// A known format that does not fit is a violation.
        case assert
        /// A format never fails a value, unless the metaschema asks for the format-assertion vocabulary.
        case annotate
    }

    /// Which way the value travels.
    public var direction: Direction
    /// Whether `format` decides.
    public var formats: FormatMode
    /// Whether a `readOnly` member in a request is a violation. OpenAPI says only that it should not be sent.
    public var refusesReadOnly: Bool
    /// The work that may be done, about one step per schema applied to a value; beyond it the outcome is
    /// undecided, never a pass.
    public var steps: Int
    /// How many issues are reported, those inside of `oneOf` and `anyOf` counted for each alternative.
    public var maximumIssues: Int

    /// Options for judging one value.
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
