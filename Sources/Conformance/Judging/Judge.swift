import Diagnostics
public import Exchanges
import OpenAPI
public import Scenarios

/// Judges exchanges by a plan and its contracts. Pure: no clock, no network, no order but the plan's.
public struct Judge: Sendable {
    let plan: Plan
    let contracts: Contracts
    let policy: Policy
    let requests = PreparedRequests()

    /// A judge for exchanges of `plan`.
    public init(plan: Plan, contracts: Contracts, policy: Policy = Policy()) {
        self.plan = plan
        self.contracts = contracts
        self.policy = policy
    }

    /// The verdict on a whole journal.
    ///
    /// - Complexity: one pass over the exchanges; every body is read once.
    public func verdict(_ journal: Journal) -> Verdict {
        var assembly = VerdictAssembly(self)
        assembly.add(rest: journal)
        return assembly.verdict(journal)
    }

    /// The scenarios' places in the plan, by identity; of equal ones the first.
    var places: [String: Int] {
        Dictionary(
            plan.scenarios.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// How the last of `exchanges`, all of one scenario, leaves its step: what a runner must know to go on.
    public func state(of step: Step, in scenario: Scenario, _ exchanges: [Exchange], run: JournalHeader) -> StepFinding
    {
        RunJudging(self, run: run).state(of: step, in: scenario, scenario.views(of: exchanges))
    }

    /// How an exchange leaves its step.
    public enum StepFinding: Sendable, Hashable {
        /// Everything holds.
        case held
        /// The contract holds; the row's status or checks do not, and may yet.
        case notYet
        /// Broken for good.
        case failed
    }
}

extension Scenario {
    /// The exchanges as paths look at them; those that no step of the scenario has made are left out.
    func views(of exchanges: [Exchange]) -> [ExchangeView] {
        let steps = Dictionary(steps.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return exchanges.compactMap { exchange in steps[exchange.step].map { .parsing(exchange, of: $0) } }
    }
}

extension Finding {
    /// Whether the row, and not the contract, is what does not hold: what `poll` waits for.
    var isExpectation: Bool {
        [Rule.statusUnexpected.id, Rule.serverError.id, Rule.check.id, Rule.sameAs.id].contains(rule)
    }
}
