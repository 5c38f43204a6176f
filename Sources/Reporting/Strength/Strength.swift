package import Diagnostics

/// The strength of scenarios: every rule is broken in turn, and the result is the scenario that noticed the fault.
package struct Strength: Sendable {
    /// The seed of generated values.
    package var seed: String
    /// The names of the contracts that were broken.
    package var versions: [String]
    /// Every fault, in the order of the contracts.
    package var trials: [StrengthTrial]
    /// The duration of the measurement.
    package var elapsed: Duration
    /// Whether it was stopped before the last fault.
    package var wasInterrupted: Bool

    /// A measurement by its parts.
    package init(
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
    package var noticed: Int {
        trials.count { if case .noticed = $0.fate { true } else { false } }
    }

    /// The faults that no scenario noticed.
    package var survivors: [StrengthTrial] {
        trials.filter { if case .survived = $0.fate { true } else { false } }
    }

    /// The number of faults that no scenario can notice.
    package var outOfReach: Int { trials.count { $0.fate == .outOfReach } }

    /// Percent of the faults within reach that were noticed, rounded down to a tenth; 100 when there are none.
    package var score: Double { Double(perThousand) / 10 }

    /// The score from 0 to 1.
    package var share: Double { Double(perThousand) / 1_000 }

    private var perThousand: Int {
        let all = noticed + survivors.count
        return all == 0 ? 1_000 : noticed * 1_000 / all
    }
}

/// One fault and its fate.
package struct StrengthTrial: Sendable {
    /// The fate of a fault.
    package enum Fate: Sendable, Hashable {
        /// A scenario failed.
        case noticed(scenario: String, step: String, rule: String)
        /// Every scenario passed.
        case survived(Reason)
        /// The mock never sends the response that would be broken, so no scenario can notice the fault.
        case outOfReach
    }

    /// The reason why a fault survived.
    package enum Reason: Sendable, Hashable {
        /// No scenario calls the operation.
        case notCalled
        /// Scenarios call the operation, and none receives this status.
        case notAnswered
        /// Scenarios receive the response, but none causes the part that would be broken.
        case notMet
        /// These scenarios received the broken response and passed.
        case unnoticed(scenarios: [String])
    }

    /// The fault.
    package var fault: TriedFault
    /// The fate of the fault.
    package var fate: Fate

    /// A trial by its parts.
    package init(fault: TriedFault, fate: Fate) {
        self.fault = fault
        self.fate = fate
    }
}

/// A fault that was tried: a rule that the mock broke in the responses of one operation.
package struct TriedFault: Sendable, Hashable {
    /// The rule of the findings about it.
    package var rule: String
    /// The name of the contract.
    package var contract: String
    /// The operation.
    package var operation: String
    /// The status of the broken response as the document writes it; `nil` for faults outside of responses.
    package var response: String?
    /// The place in the message; empty for the message as a whole.
    package var place: String
    /// The location in the contract of the broken declaration.
    package var location: SourceLocation?

    /// A fault by its parts.
    package init(
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
    package func text(_ fault: TriedFault) -> String {
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
