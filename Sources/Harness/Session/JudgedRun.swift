import Conformance
import Exchanges
import OpenAPI
import Reporting
import Running
import Scenarios

/// Judges a run while it sends.
///
/// Where the user left overlays out, the run is judged by the published documents too: deviations that the overlays
/// would have explained are the document's fault and not the server's.
struct JudgedRun: StepJudge {
    /// Receives every step that was sent, after it was judged; `nil` for none.
    var observer: (@Sendable (ShownSteps.Step) -> Void)?
    private let judge: RunJudge
    private let published: RunJudge?

    /// Judges a run of `plan` with this header, by the contracts that the tables were written for.
    ///
    /// - Parameter byPublished: Whether it is also judged by the documents without the overlays that were left out.
    init(
        _ session: PlannedSession, _ plan: Plan, _ header: JournalHeader, byPublished: Bool = true,
        policy: Policy? = nil
    ) {
        let basis = session.corrected ?? session.loaded
        var policy = policy ?? session.policy
        if plan.awaitsDeliveries, policy.deliveries == nil {
            policy.deliveries = session.deliveryPolicy
            policy.deliveries?.receiver = header.judging.receiver.map { ReceiverURLs(base: $0) }
        }
        let keepsMessages = session.request.keepsMessages
        judge = RunJudge(
            Judge(plan: plan, contracts: basis.contracts, policy: policy), run: header,
            keepsMessages: keepsMessages)
        guard byPublished, session.corrected != nil else {
            published = nil
            return
        }
        let contracts = session.loaded.contracts
        published = RunJudge(
            Judge(plan: plan.documented(in: contracts), contracts: contracts, policy: policy), run: header,
            keepsMessages: keepsMessages)
    }

    func peek(_ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView]) -> StepState {
        judge.peek(scenario, step, attempts)
    }

    func take(_ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView], isCutOff: Bool) -> StepState {
        if let published, let own = published.planned(scenario, step) {
            let views = attempts.map { $0.called(own.step.call.operation) }
            published.take(own.scenario, own.step, views, isCutOff: isCutOff)
        }
        let state = judge.take(scenario, step, attempts, isCutOff: isCutOff)
        observer?(ShownSteps.Step(scenario: scenario.id, name: step.name, exchanges: attempts.map(\.exchange)))
        return state
    }

    func takeUnawaited(_ scenario: Scenario, _ step: Step, _ deliveries: [ExchangeView]) {
        if let published, let own = published.planned(scenario, step) {
            published.takeUnawaited(own.scenario, own.step, deliveries)
        }
        judge.takeUnawaited(scenario, step, deliveries)
    }

    func finish(_ scenario: Scenario, notRun: [NotRun]) {
        judge.finish(scenario, notRun: notRun)
        published?.finish(scenario, notRun: notRun)
    }

    /// Judges a scenario by its part of a journal and ends it.
    ///
    /// - Parameter run: The header of its run, with the seed and the time of its values.
    /// - Returns: The exchanges of steps that the plan does not have. They are not judged.
    func judge(_ stored: JournalledScenario, run: JournalHeader) -> [Exchange] {
        _ = published?.judge(stored, run: run)
        return judge.judge(stored, run: run)
    }

    /// Whether the target may have failed an exchange of this process.
    var hasSigns: Bool { judge.hasSigns }

    /// The verdict on the whole run; `journal` adds what no scenario of this process has.
    func verdict(_ journal: Journal) -> Verdict {
        let verdict = judge.verdict(journal)
        return published.map { $0.verdict(journal).blamingDocuments(besides: verdict) } ?? verdict
    }
}

extension Plan {
    /// The same plan as these contracts describe its calls.
    fileprivate func documented(in contracts: Contracts) -> Plan {
        var plan = self
        plan.scenarios.changeEach { scenario in
            scenario.steps = scenario.steps.map { $0.with(call: $0.call.documented(in: contracts)) }
        }
        return plan
    }
}

extension ExchangeView {
    /// The same exchange as one of another contract's operation.
    fileprivate func called(_ operation: OpenAPI.Operation?) -> ExchangeView {
        ExchangeView(exchange, operation: operation, body: body, saves: saves)
    }
}

extension Call {
    /// The same call as these contracts describe it.
    fileprivate func documented(in contracts: Contracts) -> Call {
        guard case .operation(let operation, let name) = self,
            let published = contracts[name]?.operation(operation.name)
        else { return self }
        return .operation(published, contract: name)
    }
}
