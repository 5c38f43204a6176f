/// A defect in how a response was sent that leaves the response itself readable.
public struct TransportDefect: Sendable, Hashable {
    /// What is wrong.
    public var kind: Kind
    /// What was received, in one sentence without any received text.
    public var message: String
    /// Whether it was noticed only after its exchange was over, so that nothing in the run could depend on it.
    public var isLate: Bool

    /// A defect of `kind`.
    public init(_ kind: Kind, _ message: String, isLate: Bool = false) {
        self.kind = kind
        self.message = message
        self.isLate = isLate
    }

    /// The kinds of defect. Each is the end of a rule id: `transport.surplus`.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Bytes follow the end of the response, such as a second response without a request (RFC 9112, section 6.3).
        case surplus
        /// A header field contains octets that are not text in UTF-8, so that its value cannot be judged.
        case headerOctets
        /// A header field contains text outside of US-ASCII (RFC 9110, section 5.5).
        case headerText
    }
}

/// A defect that was noticed only after its exchange was over: bytes that arrived on the idle connection.
public struct LateDefect: Sendable, Hashable {
    /// The exchange that used the connection last.
    public var exchange: ExchangeName
    /// What was noticed.
    public var defect: TransportDefect

    /// A defect that belongs to `exchange`.
    public init(_ exchange: ExchangeName, _ defect: TransportDefect) {
        self.exchange = exchange
        self.defect = defect
    }
}

/// Which exchange of a run is meant.
public struct ExchangeName: Sendable, Hashable {
    /// The place in the order of sending, from 1.
    public var sequence: Int
    /// The scenario's identity.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String

    /// Names an exchange.
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
