import Diagnostics
public import Exchanges
import OpenAPI
public import Scenarios

/// Judges exchanges by a plan and its contracts. Pure: no clock, no network, no order but the plan's.
///
/// A scenario is judged step by step: ``RunJudge/take(_:_:_:isCutOff:)`` while a run sends, and the same function over
/// the exchanges of a journal here. So both give the same verdict.
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
}
