import Conformance
import Diagnostics
import Exchanges
import Mocking
import OpenAPI
import Project
package import Reporting
import Scenarios

extension PlannedSession {
    /// Puts one fault after the other into the mock, runs the scenarios that can notice, and reports the unnoticed
    /// faults.
    ///
    /// Nothing leaves the process: each fault gets mocks of its own, called without sockets, and clocks that do not
    /// wait. A fault is tried on the scenarios that received the affected response, until one fails.
    ///
    /// - Parameter wanted: The faults to try, as `ContractFault.isSelected(by:)` reads them; empty for all.
    /// - Throws: `HarnessError` when the target is not the mock, or the scenarios do not pass on the unchanged mock.
    package func strength(
        jobs: Int,
        selecting wanted: [String] = [],
        progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws(HarnessError) -> Strength {
        guard target.kind == .mock else {
            throw .wrongInput("strength.target", "only the mock can be broken, but the target is \(target.name)")
        }
        let start = ContinuousClock.now
        let startedAt = self.startedAt
        let whole = await trial(plan, [], startedAt)
        guard !whole.verdict.fails(), whole.verdict.scenarios.allSatisfy({ $0.outcome != .notRun }) else {
            let failing = whole.verdict.scenarios.first { $0.outcome == .failed || $0.outcome == .notRun }
            throw HarnessError(
                .findings,
                Diagnostics([
                    Diagnostic(
                        "strength.baseline", .error,
                        "the scenarios do not pass on the unchanged mock: \(failing?.name ?? "a law") fails",
                        help: "fix them first: assay run")
                ]))
        }
        let names = plan.contracts
        let versions = self.versions().filter { names.contains($0.contract.name) }
        let faults = versions.flatMap { version in
            FaultCatalogue.faults(of: version, amounts: workspace.project.amountNames)
                + (plan.awaitsDeliveries ? FaultCatalogue.deliveryFaults(of: version) : [])
        }
        .filter { fault in wanted.isEmpty || wanted.contains { fault.isSelected(by: $0) } }
        let trials = StrengthTrials(session: self, met: ReceivedStatuses(whole.verdict, plan), versions: versions)
        let fates = await trials.fates(of: faults, startedAt, jobs: jobs, progress)
        return Strength(
            seed: seed,
            versions: versions.map(\.contract.name),
            trials: zip(faults, fates).compactMap { fault, fate in
                fate.map { StrengthTrial(fault: TriedFault(fault), fate: $0) }
            },
            elapsed: ContinuousClock.now - start,
            wasInterrupted: fates.contains { $0 == nil }
        )
    }
}

extension TriedFault {
    /// The fault as reports show it.
    fileprivate init(_ fault: ContractFault) {
        self.init(
            rule: fault.rule, contract: fault.contract, operation: fault.operation, response: fault.answer,
            place: fault.place, location: fault.location)
    }
}
