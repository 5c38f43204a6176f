public import Diagnostics
public import JSONDocument

/// The parts of a finding under the names that reports use.
extension Finding {
    /// The operation's name; `nil` for requests that no document describes.
    public var operation: String? {
        get { document.operation }
        set { document.operation = newValue }
    }

    /// The name of the contract; empty where there is none.
    public var contract: String {
        get { document.contract }
        set { document.contract = newValue }
    }

    /// The key of the documented response: `200`, `4XX`, `default`; `nil` where the document has none.
    public var answer: String? {
        get { document.response }
        set { document.response = newValue }
    }

    /// Where in the contract: the schema keyword, header or response that was violated.
    public var contractLocation: SourceLocation? {
        get { document.location }
        set { document.location = newValue }
    }

    /// `Scenario.id`; empty where no scenario is concerned.
    public var scenario: String {
        get { row.scenario }
        set { row.scenario = newValue }
    }

    /// The step's name; empty where no step is concerned.
    public var step: String {
        get { row.step }
        set { row.step = newValue }
    }

    /// The exchange's place in the journal; `nil` when nothing was sent.
    public var exchange: Int? {
        get { row.exchange }
        set { row.exchange = newValue }
    }

    /// The location of the item or row in the table; `nil` without a table.
    public var table: SourceLocation? {
        get { row.location }
        set { row.location = newValue }
    }

    /// The expected value, short.
    public var expected: String? {
        get { evidence.expected }
        set { evidence.expected = newValue }
    }

    /// The received value, short.
    public var actual: String? {
        get { evidence.actual }
        set { evidence.actual = newValue }
    }

    /// The fields that differ, for a diff; empty when `expected` and `actual` are enough.
    public var differences: [JSONDifference] {
        get { evidence.differences }
        set { evidence.differences = newValue }
    }

    /// Lines that explain: why each branch of a composed schema failed, other places, the note of a law.
    public var details: [String] {
        get { evidence.details }
        set { evidence.details = newValue }
    }
}
