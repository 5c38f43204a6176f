public import Diagnostics

/// How well a set of scenarios guards its contracts: every rule broken in turn, and which scenario noticed.
public struct Strength: Sendable {
    /// What generated values derived from.
    public var seed: String
    /// The names of the contracts that were broken.
    public var versions: [String]
    /// Every fault, in the order of the contracts.
    public var trials: [StrengthTrial]
    /// How long it took.
    public var elapsed: Duration
    /// Whether it was stopped before the last fault.
    public var wasInterrupted: Bool

    /// A measurement by its parts.
    public init(
        seed: String, versions: [String], trials: [StrengthTrial], elapsed: Duration = .zero,
        wasInterrupted: Bool = false
    ) {
        self.seed = seed
        self.versions = versions
        self.trials = trials
        self.elapsed = elapsed
        self.wasInterrupted = wasInterrupted
    }

    /// How many faults a scenario noticed.
    public var noticed: Int {
        trials.count { if case .noticed = $0.fate { true } else { false } }
    }

    /// The faults that no scenario noticed.
    public var survivors: [StrengthTrial] {
        trials.filter { if case .survived = $0.fate { true } else { false } }
    }

    /// How many faults no scenario can be blamed for.
    public var outOfReach: Int { trials.count { $0.fate == .outOfReach } }

    /// Percent of the faults within reach that were noticed, rounded down to a tenth; 100 when there are none.
    public var score: Double { Double(perThousand) / 10 }

    /// The same from 0 to 1.
    public var share: Double { Double(perThousand) / 1_000 }

    private var perThousand: Int {
        let all = noticed + survivors.count
        return all == 0 ? 1_000 : noticed * 1_000 / all
    }
}

/// One fault and what became of it.
public struct StrengthTrial: Sendable {
    /// What became of a fault.
    public enum Fate: Sendable, Hashable {
        /// A scenario failed.
        case noticed(scenario: String, step: String, rule: String)
        /// Every scenario passed.
        case survived(Reason)
        /// The mock never sends the response that would be broken, so no scenario can be blamed.
        case outOfReach
    }

    /// Why a fault survived.
    public enum Reason: Sendable, Hashable {
        /// No scenario calls the operation.
        case notCalled
        /// Scenarios call the operation, and none receives this status.
        case notAnswered
        /// The response is received, but no scenario brings about what would be broken in it.
        case notMet
        /// These scenarios received the broken response and passed.
        case unnoticed(scenarios: [String])
    }

    /// What was broken.
    public var fault: TriedFault
    /// Whether it was noticed.
    public var fate: Fate

    /// A trial by its parts.
    public init(fault: TriedFault, fate: Fate) {
        self.fault = fault
        self.fate = fate
    }
}

/// A fault that was tried: a rule that the mock broke in the responses of one operation.
public struct TriedFault: Sendable, Hashable {
    /// The rule that findings about it have.
    public var rule: String
    /// The name of the contract.
    public var contract: String
    /// The operation.
    public var operation: String
    /// The status of the broken response as the document writes it; `nil` where it is not about one.
    public var response: String?
    /// Where in the message; empty for the message as a whole.
    public var place: String
    /// Where the contract declares what was broken.
    public var location: SourceLocation?

    /// A fault by its parts.
    public init(
        rule: String, contract: String, operation: String, response: String?, place: String,
        location: SourceLocation?
    ) {
        self.rule = rule
        self.contract = contract
        self.operation = operation
        self.response = response
        self.place = place
        self.location = location
    }
}

extension StrengthTrial.Reason {
    /// The reason in words.
    public func text(_ fault: TriedFault) -> String {
        switch self {
        case .notCalled: return "no scenario calls \(fault.operation)"
        case .notAnswered: return "no scenario receives \(fault.response ?? "this response")"
        case .notMet:
            switch fault.rule {
            case "negative.accepted": return "no row sends a request with only \(fault.place) wrong"
            case "security.not-enforced": return "no row omits only \(fault.place)"
            case "security.refused": return "no row uses \(fault.place)"
            default: return "no response could be changed this way"
            }
        case .unnoticed(let scenarios):
            let names = scenarios.prefix(3).joined(separator: ", ")
            let more = scenarios.count > 3 ? " and \(scenarios.count - 3) more" : ""
            return "\(names)\(more) received it and passed"
        }
    }
}
