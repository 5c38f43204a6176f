import Conformance
import Exchanges
import OpenAPI
import Scenarios

extension Workspace {
    /// The contracts with the overlays that `choice` leaves out; `nil` when it leaves none out, or they are wrong.
    ///
    /// Tables are written for the corrected document: it types their cells, and the mock behaves by it.
    func corrected(_ choice: ContractChoice) -> LoadedContracts? {
        guard choice.withoutOverlays, choice.spec == nil else { return nil }
        var choice = choice
        choice.withoutOverlays = false
        return try? contracts(choice)
    }
}

extension RunSession {
    /// The verdict by the published documents when the user left their overlays out: what the overlays would have
    /// explained is the document's fault and not the server's.
    func asPublished(_ verdict: Verdict, _ journal: Journal) -> Verdict {
        guard corrected != nil else { return verdict }
        var plan = plan
        for scenario in plan.scenarios.indices {
            for step in plan.scenarios[scenario].steps.indices {
                let call = plan.scenarios[scenario].steps[step].call
                plan.scenarios[scenario].steps[step].call = call.documented(in: loaded.contracts)
            }
        }
        return Judge(plan: plan, contracts: loaded.contracts, policy: policy).verdict(journal)
            .blamingDocuments(besides: verdict)
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
