import Conformance
import Exchanges
import OpenAPI
import Running
import Scenarios

/// A run that is judged while it is made.
///
/// Where the user left overlays out, it is judged by the published documents too: what the overlays would have
/// explained is the document's fault and not the server's.
struct JudgedRun: Sendable {
    private let judging: RunJudging
    private let published: RunJudging?

    /// Judges a run of `plan` with this header, by the contracts that the tables were written for.
    ///
    /// - Parameter byPublished: Whether it is also judged by the documents without the overlays that were left out.
    init(
        _ session: PlannedSession, _ plan: Plan, _ header: JournalHeader, byPublished: Bool = true,
        policy: Policy? = nil
    ) {
        let basis = session.corrected ?? session.loaded
        let policy = policy ?? session.policy
        let keepsMessages = session.request.keepsMessages
        judging = RunJudging(
            Judge(plan: plan, contracts: basis.contracts, policy: policy), run: header,
            keepsMessages: keepsMessages)
        guard byPublished, session.corrected != nil else {
            published = nil
            return
        }
        let contracts = session.loaded.contracts
        published = RunJudging(
            Judge(plan: plan.documented(in: contracts), contracts: contracts, policy: policy), run: header,
            keepsMessages: keepsMessages)
    }

    /// The state of a step after an exchange, which decides how the run continues.
    var state: StepJudge {
        { [judging] scenario, step, views in
            switch judging.state(of: step, in: scenario, views) {
            case .held: .held
            case .notYet: .notYet
            case .failed: .failed
            }
        }
    }

    /// Judges a scenario that is over.
    var end: ScenarioEnd {
        { [judging, published] scenario, views, notRun in
            judging.end(scenario, views, notRun: notRun)
            published?.end(scenario.id, views.map(\.exchange), notRun: notRun)
        }
    }

    /// The verdict on the whole run; `journal` adds what no scenario of this process has.
    func verdict(_ journal: Journal) -> Verdict {
        let verdict = judging.verdict(journal)
        return published.map { $0.verdict(journal).blamingDocuments(besides: verdict) } ?? verdict
    }
}

extension Plan {
    /// The same plan as these contracts describe its calls.
    fileprivate func documented(in contracts: Contracts) -> Plan {
        var plan = self
        for scenario in plan.scenarios.indices {
            plan.scenarios[scenario].steps = plan.scenarios[scenario].steps.map { step in
                step.with(call: step.call.documented(in: contracts))
            }
        }
        return plan
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
