package import Diagnostics
package import JSONDocument
import Primitives

/// One deviation: the rule, its severity, and every place that it concerns.
///
/// A finding about a single response has no row. ``row`` is set if the response is that of a step.
package struct Finding: Sendable, Equatable {
    /// The rule's stable id, such as `body.type`.
    package var rule: String
    /// Its severity.
    package var severity: Severity
    /// A description of the mistake, in one sentence without places.
    package var message: String
    /// The side that has to act.
    package var blame: Blame
    /// The part of the contract that it concerns.
    package var document: DocumentPlace
    /// The step that it concerns.
    package var row: Row
    /// The place in the response.
    package var response: ResponsePlace?
    /// The item, law or part of the request, as written in the table; `nil` if the places are enough.
    package var clause: String?
    /// The expected and the received value.
    package var evidence: Evidence
    /// The reason for accepting it, if a baseline accepts it. Its severity is then `note`.
    package var accepted: Acceptance?

    /// The side that has to act on a finding.
    package enum Blame: String, Sendable, Hashable {
        /// The server does not do what the document says.
        case server
        /// The document cannot be used, or contradicts itself.
        case document
        /// The table requires something impossible.
        case table
        /// Neither side: there was no complete exchange.
        case transport
    }

    /// A place in a contract.
    package struct DocumentPlace: Sendable, Equatable {
        /// The operation's name; `nil` for requests that no document describes.
        package var operation: String?
        /// The name of the contract; empty if there is none.
        package var contract: String
        /// The key of the documented response: `200`, `4XX`, `default`; `nil` if the document has none.
        package var response: String?
        /// The schema keyword, header or response that was violated.
        package var location: SourceLocation?
    }

    /// A step of a scenario and one of its exchanges.
    package struct Row: Sendable, Equatable {
        /// `Scenario.id`; empty if no scenario is concerned.
        package var scenario = ""
        /// The step's name; empty if no step is concerned.
        package var step = ""
        /// The exchange's place in the journal; `nil` when nothing was sent.
        package var exchange: Int?
        /// The item or row of the table; `nil` without a table.
        package var location: SourceLocation?
    }

    /// The expected value, the received value, and their differences.
    package struct Evidence: Sendable, Equatable {
        /// The expected value, short.
        package var expected: String?
        /// The received value, short.
        package var actual: String?
        /// The fields that differ, for a diff; empty when `expected` and `actual` are enough.
        package var differences: [JSONDifference]
        /// Lines that explain: why each branch of a composed schema failed, the nearest first; other places of the
        /// same deviation; the note of a law.
        package var details: [String]
    }

    init(
        _ rule: Rule,
        id: String? = nil,
        _ message: String,
        blame: Blame,
        operation: String? = nil,
        contract: String = "",
        answer: String? = nil,
        scenario: String = "",
        step: String = "",
        exchange: Int? = nil,
        at response: ResponsePlace? = nil,
        contract contractLocation: SourceLocation? = nil,
        table: SourceLocation? = nil,
        clause: String? = nil,
        expected: String? = nil,
        actual: String? = nil,
        differences: [JSONDifference] = [],
        details: [String] = []
    ) {
        self.rule = id ?? rule.id
        severity = rule.severity
        self.message = message
        self.blame = blame
        document = DocumentPlace(
            operation: operation, contract: contract, response: answer, location: contractLocation)
        row = Row(scenario: scenario, step: step, exchange: exchange, location: table)
        self.response = response
        self.clause = clause
        evidence = Evidence(expected: expected, actual: actual, differences: differences, details: details)
    }
}

extension Finding {
    /// A stable name for rule and place, not for the message: 16 hexadecimal digits.
    ///
    /// Array indexes do not count, so that the same deviation in every element of a list has one fingerprint. Lines do
    /// not count either, so that tables and documents can grow, nor do received and generated values. A deviation from
    /// the contract has the same fingerprint in every row; one from a row depends on its scenario and step.
    package var fingerprint: String {
        var parts = [
            rule, document.contract, document.operation ?? "", document.response ?? "", response?.identity ?? "",
            clause ?? "",
        ]
        if !isOfContract { parts += [row.scenario, row.step] }
        return StableHash(parts).digits
    }

    /// Whether it deviates from the contract or a law, and not from one row.
    private var isOfContract: Bool {
        [
            "body.", "header.", "media-type.", "document.", "law", "status.undocumented", "money.decimals", "money.sum",
            "money.unjudged",
        ].contains { rule.hasPrefix($0) }
    }
}
