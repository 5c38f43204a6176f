import Diagnostics
public import Exchanges
import OpenAPI
public import Scenarios

/// Judges exchanges by a plan and its contracts. Pure: no clock, no network, no order but the plan's.
public struct Judge: Sendable {
    let plan: Plan
    let contracts: Contracts
    let policy: Policy
    /// What was found when the exchanges of a run came in; `nil` for a judge of any journal.
    let memory: JudgedExchanges?

    /// A judge for exchanges of `plan`.
    ///
    /// - Parameter remembers: Whether the verdict may take what ``state(of:in:_:run:)`` found of the same exchanges; for
    ///   a judge that accompanies one run.
    public init(plan: Plan, contracts: Contracts, policy: Policy = Policy(), remembers: Bool = false) {
        self.plan = plan
        self.contracts = contracts
        self.policy = policy
        memory = remembers ? JudgedExchanges() : nil
    }

    /// The verdict on a whole journal.
    ///
    /// - Complexity: one pass over the exchanges; every body is read once.
    public func verdict(_ journal: Journal) -> Verdict {
        let exchanges = Dictionary(grouping: journal.exchanges, by: \.scenario)
        let notRun = Dictionary(grouping: journal.notRun, by: \.scenario)
        var appliedLaws: Set<Int> = []
        var subjects: [Subject] = []
        var coverage = Coverage(operations: [])
        var limits = policy.promises.rateLimit.map { RateLimitOverTime($0) }
        var scenarios: [ScenarioVerdict] = []
        var findings: [Finding] = []
        for scenario in plan.scenarios {
            var judging = ScenarioJudging(judge: self, scenario: scenario, run: journal.header(for: scenario.id))
            let verdict = judging.verdict(exchanges[scenario.id] ?? [], notRun: notRun[scenario.id] ?? [])
            appliedLaws.formUnion(judging.appliedLaws)
            subjects += judging.subjects
            // Bodies that were read weigh more than the exchanges themselves: they are let go of as soon as counted.
            if subjects.count >= 512 {
                coverage.add(Coverage(subjects, contracts: contracts), contracts)
                limits?.add(subjects)
                subjects.removeAll()
            }
            scenarios.append(verdict)
            findings += MissingValues.findings(verdict, scenario)
        }
        coverage.add(Coverage(subjects, contracts: contracts), contracts)
        limits?.add(subjects)
        findings += unmatched(journal.exchanges)
        findings += journal.unanswered.filter { !$0.isSafe }.map(TransportRules.unknownOutcome)
        if !coverage.operations.isEmpty, !plan.isPartial {
            findings += plan.laws.indices.filter { !appliedLaws.contains($0) }.map {
                LawRules.neverApplied(plan.laws[$0])
            }
        }
        findings += limits?.findings ?? []
        return Verdict(
            run: journal.header,
            scenarios: scenarios,
            findings: findings,
            coverage: coverage
        )
    }

    /// How the last of `exchanges`, all of one scenario, leaves its step: what a runner must know to go on.
    public func state(of step: Step, in scenario: Scenario, _ exchanges: [Exchange], run: JournalHeader) -> StepFinding
    {
        StepJudging(self, run: run).state(of: step, in: scenario, exchanges)
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

    /// Exchanges that no step of the plan would have made: what is not judged is told of.
    private func unmatched(_ exchanges: [Exchange]) -> [Finding] {
        var known: [String: Set<String>] = [:]
        for scenario in plan.scenarios { known[scenario.id, default: []].formUnion(scenario.steps.map(\.name)) }
        var order: [String] = []
        var first: [String: (exchange: Exchange, count: Int)] = [:]
        for exchange in exchanges where known[exchange.scenario]?.contains(exchange.step) != true {
            let key = "\(exchange.scenario)\n\(exchange.step)"
            if first[key] == nil { order.append(key) }
            first[key, default: (exchange, 0)].count += 1
        }
        return order.compactMap { first[$0] }.map { exchange, count in
            Finding(
                .journalUnmatched,
                "the plan has no step \(shown(exchange.scenario)) › \(shown(exchange.step)); "
                    + "\(count == 1 ? "its exchange was" : "\(count) exchanges were") not judged",
                blame: .table,
                operation: exchange.operation,
                contract: exchange.contract,
                scenario: exchange.scenario,
                step: exchange.step,
                exchange: exchange.sequence
            )
        }
    }
}

extension Finding {
    /// Whether the row, and not the contract, is what does not hold: what `poll` waits for.
    var isExpectation: Bool {
        [Rule.statusUnexpected.id, Rule.serverError.id, Rule.check.id, Rule.sameAs.id].contains(rule)
    }
}
