public import Diagnostics
public import JSONDocument

/// One promise that an exchange broke: which, how badly, and every place that it concerns.
public struct Finding: Sendable, Equatable {
    /// The rule's stable id, such as `body.type`.
    public var rule: String
    /// How much it weighs.
    public var severity: Severity
    /// What is wrong, in one sentence without places.
    public var message: String
    /// Who has to act.
    public var blame: Blame
    /// The operation's name; `nil` for calls that no document describes.
    public var operation: String?
    /// The contract that was judged by; empty where none was.
    public var contract: String
    /// The documented answer that was judged by: `200`, `4XX`, `default`; `nil` where the document has none.
    public var answer: String?
    /// `Scenario.id`; empty where no scenario is concerned.
    public var scenario: String
    /// The step's name; empty where no step is concerned.
    public var step: String
    /// The exchange's place in the journal; `nil` when nothing was sent.
    public var exchange: Int?
    /// Where in the response.
    public var response: ResponsePlace?
    /// Where in the contract: the schema keyword, header or response that was broken.
    public var contractLocation: SourceLocation?
    /// Where in the table: the item or row that asked; `nil` where no table did.
    public var table: SourceLocation?
    /// The item, law or part of the request that is meant, as the table has it; `nil` where the places say all.
    public var clause: String?
    /// What should have been there, short.
    public var expected: String?
    /// What was there, short.
    public var actual: String?
    /// The fields that differ, for a diff; empty when `expected` and `actual` say all.
    public var differences: [JSONDifference]
    /// Lines that explain: why each branch of a composed schema fell, the nearest first; other places of the same
    /// breach; the note of a law.
    public var details: [String]
    /// Why it is accepted, where a baseline does; its severity is `note` then.
    public var accepted: Acceptance?

    /// Who has to act on a finding.
    public enum Blame: String, Sendable, Hashable {
        /// The server does not do what the document says.
        case server
        /// The document cannot be judged by, or contradicts itself.
        case document
        /// The table asks for what cannot be.
        case table
        /// Nobody: the exchange did not come about.
        case transport
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
        self.operation = operation
        self.contract = contract
        self.answer = answer
        self.scenario = scenario
        self.step = step
        self.exchange = exchange
        self.response = response
        self.contractLocation = contractLocation
        self.table = table
        self.clause = clause
        self.expected = expected
        self.actual = actual
        self.differences = differences
        self.details = details
    }
}

extension Finding {
    /// A stable name for rule and place, not for the message: 16 hexadecimal digits.
    ///
    /// Array indexes do not count, so that the same breach in every element of a list is one fingerprint; nor do
    /// lines, so that tables and documents can grow, nor received and generated values. What the contract says is
    /// the same promise whichever row meets it; what a row asks belongs to its scenario and step.
    public var fingerprint: String {
        var parts = [rule, contract, operation ?? "", answer ?? "", response?.identity ?? "", clause ?? ""]
        if !isOfContract { parts += [scenario, step] }
        return Fingerprint.hex(of: parts)
    }

    /// Whether the promise is the contract's or a law's, and not that of one row.
    private var isOfContract: Bool {
        ["body.", "header.", "media-type.", "document.", "law", "status.undocumented"].contains { rule.hasPrefix($0) }
    }
}
