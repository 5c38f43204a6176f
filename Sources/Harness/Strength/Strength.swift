public import Mocking

/// How well a set of scenarios guards its contracts: every rule broken in turn, and who noticed.
public struct Strength: Sendable {
    /// What generated values derived from.
    public var seed: String
    /// The names of the contracts that were broken.
    public var versions: [String]
    /// Every breach, in the order of the contracts.
    public var trials: [Trial]
    /// How long it took.
    public var elapsed: Duration
    /// Whether it was stopped before the last breach.
    public var wasInterrupted = false

    /// One breach and what became of it.
    public struct Trial: Sendable {
        /// What was broken.
        public var breach: Breach
        /// Whether it was noticed.
        public var fate: Fate
    }

    /// What became of a breach.
    public enum Fate: Sendable, Hashable {
        /// A scenario failed.
        case noticed(scenario: String, step: String, rule: String)
        /// Every scenario held.
        case survived(Reason)
        /// The mock never gives the answer that would be broken, so no scenario can be blamed.
        case outOfReach
    }

    /// Why a breach survived.
    public enum Reason: Sendable, Hashable {
        /// No scenario calls the operation.
        case notCalled
        /// Scenarios call the operation, and none is answered with this status.
        case notAnswered
        /// The answer comes, but no scenario brings about what would be broken in it.
        case notMet
        /// These scenarios met the breach and held.
        case unnoticed(scenarios: [String])
    }

    /// The breaches that a scenario noticed.
    public var noticed: Int {
        trials.count { if case .noticed = $0.fate { true } else { false } }
    }

    /// The breaches that nobody noticed.
    public var survivors: [Trial] {
        trials.filter { if case .survived = $0.fate { true } else { false } }
    }

    /// The breaches that no scenario can be blamed for.
    public var outOfReach: Int { trials.count { $0.fate == .outOfReach } }

    /// Percent of the breaches within reach that were noticed, rounded down to a tenth; 100 when there are none.
    public var score: Double { Double(perThousand) / 10 }

    /// The same from 0 to 1.
    public var share: Double { Double(perThousand) / 1_000 }

    private var perThousand: Int {
        let all = noticed + survivors.count
        return all == 0 ? 1_000 : noticed * 1_000 / all
    }
}

extension Strength.Reason {
    /// The reason in words.
    public func text(_ breach: Breach) -> String {
        switch self {
        case .notCalled: return "no scenario calls \(breach.operation)"
        case .notAnswered: return "no scenario receives \(breach.answer ?? "this response")"
        case .notMet:
            switch breach.rule {
            case "negative.accepted": return "no row sends a request with only \(breach.place) wrong"
            case "security.not-enforced": return "no row omits only \(breach.place)"
            case "security.refused": return "no row uses \(breach.place)"
            default: return "no response could be changed this way"
            }
        case .unnoticed(let scenarios):
            let names = scenarios.prefix(3).joined(separator: ", ")
            let more = scenarios.count > 3 ? " and \(scenarios.count - 3) more" : ""
            return "\(names)\(more) received it and passed"
        }
    }
}
