/// A defect in how a response was sent that leaves the response itself readable.
public struct TransportDefect: Sendable, Hashable {
    /// The kind of the defect.
    public var kind: Kind
    /// A description in one sentence, without any received text.
    public var message: String
    /// Whether it was noticed only after its exchange had finished, so that nothing in the run could depend on it.
    public var isLate: Bool

    /// Creates a defect of `kind`.
    public init(_ kind: Kind, _ message: String, isLate: Bool = false) {
        self.kind = kind
        self.message = message
        self.isLate = isLate
    }

    /// The kinds of defect. Each is the last part of a rule id: `transport.surplus`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Bytes follow the end of the response, such as a second response without a request (RFC 9112, section 6.3).
        case surplus
        /// A header field contains bytes that are not UTF-8, so its value cannot be judged.
        case headerOctets
        /// A header field contains text outside US-ASCII (RFC 9110, section 5.5).
        case headerText
    }
}

/// A defect noticed only after its exchange had finished: bytes that arrived on the idle connection.
public struct LateDefect: Sendable, Hashable {
    /// The exchange that used the connection last.
    public var exchange: ExchangeName
    /// The defect.
    public var defect: TransportDefect

    /// Creates a defect that belongs to `exchange`.
    public init(_ exchange: ExchangeName, _ defect: TransportDefect) {
        self.exchange = exchange
        self.defect = defect
    }
}

/// Identifies an exchange of a run.
public struct ExchangeName: Sendable, Hashable {
    /// The position in the order of sending, from 1.
    public var sequence: Int
    /// The scenario's identity.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String

    /// Creates a name.
    public init(sequence: Int, scenario: String, step: String) {
        self.sequence = sequence
        self.scenario = scenario
        self.step = step
    }
}

extension PendingExchange {
    /// The exchange's name.
    public var name: ExchangeName { ExchangeName(sequence: sequence, scenario: scenario, step: step) }
}
