package import Diagnostics
package import JSONDocument

/// The parts of a finding under the names that reports use.
extension Finding {
    /// The operation's name; `nil` for requests that no document describes.
    package var operation: String? {
        get { document.operation }
        set { document.operation = newValue }
    }

    /// The name of the contract; empty where there is none.
    package var contract: String {
        get { document.contract }
        set { document.contract = newValue }
    }

    /// The key of the documented response: `200`, `4XX`, `default`; `nil` where the document has none.
    package var answer: String? {
        get { document.response }
        set { document.response = newValue }
    }

    /// Where in the contract: the schema keyword, header or response that was violated.
    package var contractLocation: SourceLocation? {
        get { document.location }
        set { document.location = newValue }
    }

    /// `Scenario.id`; empty where no scenario is concerned.
    package var scenario: String {
        get { row.scenario }
        set { row.scenario = newValue }
    }

    /// The step's name; empty where no step is concerned.
    package var step: String {
        get { row.step }
        set { row.step = newValue }
    }

    /// The exchange's place in the journal; `nil` when nothing was sent.
    package var exchange: Int? {
        get { row.exchange }
        set { row.exchange = newValue }
    }

    /// The location of the item or row in the table; `nil` without a table.
    package var table: SourceLocation? {
        get { row.location }
        set { row.location = newValue }
    }

    /// The expected value, short.
    package var expected: String? {
        get { evidence.expected }
        set { evidence.expected = newValue }
    }

    /// The received value, short.
    package var actual: String? {
        get { evidence.actual }
        set { evidence.actual = newValue }
    }

    /// The fields that differ, for a diff; empty when `expected` and `actual` are enough.
    package var differences: [JSONDifference] {
        get { evidence.differences }
        set { evidence.differences = newValue }
    }

    /// Lines that explain: why each branch of a composed schema failed, other places, the note of a law.
    package var details: [String] {
        get { evidence.details }
        set { evidence.details = newValue }
    }
}
