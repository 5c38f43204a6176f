import Conformance
import Diagnostics
import Exchanges
import Mocking
import OpenAPI
import Primitives
import Reporting
import Scenarios
import Synchronization

/// The statuses that each scenario receives from a mock without faults.
struct ReceivedStatuses: Sendable {
    private struct CalledOperation: Hashable {
        let contract: String
        let operation: String
    }

    private var statuses: [CalledOperation: [(scenario: Int, statuses: Set<Int>)]] = [:]
    private var awaited: [CalledOperation: [Int]] = [:]
    private var exchanges: [Int]

    init(_ verdict: Verdict, _ plan: Plan) {
        exchanges = verdict.scenarios.map { $0.steps.reduce(0) { $0 + $1.exchanges.count } }
        for (index, scenario) in verdict.scenarios.enumerated() {
            var found: [CalledOperation: Set<Int>] = [:]
            for exchange in scenario.steps.flatMap(\.exchanges) {
                guard let operation = exchange.operation, let status = exchange.response?.status else { continue }
                found[CalledOperation(contract: exchange.contract, operation: operation), default: []].insert(status)
            }
            for (call, met) in found { statuses[call, default: []].append((index, met)) }
            let deliveries = plan.scenarios[index].steps.compactMap { step in
                step.call.awaited.map { CalledOperation(contract: $0.contract, operation: $0.webhook.name) }
            }
            for call in Set(deliveries) { awaited[call, default: []].append(index) }
        }
    }

    /// The scenarios that await the delivery of a fault, as indices in the plan, the shortest first.
    func awaiting(_ fault: ContractFault) -> [Int] {
        let key = CalledOperation(contract: fault.contract, operation: fault.operation)
        return (awaited[key] ?? []).sorted { (exchanges[$0], $0) < (exchanges[$1], $1) }
    }

    /// The scenarios that call the operation of a fault, as indices in the plan, the shortest first.
    func calling(_ fault: ContractFault) -> [Int] { answered(fault) { _ in true } }

    /// The scenarios of ``calling(_:)`` that receive a status for which `isMeant` is true.
    func answered(_ fault: ContractFault, _ isMeant: (Int) -> Bool) -> [Int] {
        let found =
            statuses[CalledOperation(contract: fault.contract, operation: fault.operation)]?
            .filter { $0.statuses.contains(where: isMeant) }.map(\.scenario) ?? []
        return found.sorted { (exchanges[$0], $0) < (exchanges[$1], $1) }
    }
}

/// Tries faults, several at a time.
struct StrengthTrials: Sendable {
    let session: PlannedSession
    let met: ReceivedStatuses
    let versions: [MockVersion]

    /// Tries each fault, and returns their fates in the same order; `nil` for faults that an interrupt left untried.
    func fates(
        of faults: [ContractFault], _ startedAt: Instant, jobs: Int, _ progress: @escaping @Sendable (Int, Int) -> Void
    ) async -> [StrengthTrial.Fate?] {
        let next = Counter()
        let done = Counter()
        return await withTaskGroup(of: [(Int, StrengthTrial.Fate)].self) { group in
            for _ in 0..<max(1, min(jobs, faults.count)) {
                group.addTask {
                    var found: [(Int, StrengthTrial.Fate)] = []
                    while !Task.isCancelled {
                        let index = next.next()
                        guard index < faults.count else { break }
                        let fate = await fate(of: faults[index], startedAt)
                        guard !Task.isCancelled else { break }
                        found.append((index, fate))
                        progress(done.next() + 1, faults.count)
                    }
                    return found
                }
            }
            var fates: [StrengthTrial.Fate?] = Array(repeating: nil, count: faults.count)
            for await found in group {
                for (index, fate) in found { fates[index] = fate }
            }
            return fates
        }
    }

    private func fate(of fault: ContractFault, _ startedAt: Instant) async -> StrengthTrial.Fate {
        if fault.isOfDelivery { return await fate(of: fault, startedAt, on: met.awaiting(fault)) }
        guard let operation = operation(of: fault) else { return .outOfReach }
        // If the header that chooses the contract is invalid, the response comes from the first contract.
        if versions.dropFirst().contains(where: { $0.contract.name == fault.contract && $0.isAboutChoice(fault) }) {
            return .outOfReach
        }
        let scenarios: [Int]
        if let answer = fault.answer {
            let isMeant = { (status: Int) in operation.response(status: status)?.statusKey == answer }
            scenarios = met.answered(fault, isMeant)
            if scenarios.isEmpty, !reach(of: fault, operation).contains(where: isMeant) { return .outOfReach }
        } else {
            scenarios = met.calling(fault)
        }
        guard !scenarios.isEmpty else {
            return .survived(met.calling(fault).isEmpty ? .notCalled : .notAnswered)
        }
        return await fate(of: fault, startedAt, on: scenarios)
    }

    private func fate(
        of fault: ContractFault, _ startedAt: Instant, on scenarios: [Int]
    ) async -> StrengthTrial.Fate {
        guard !scenarios.isEmpty else { return .survived(.notCalled) }
        var unnoticed: [String] = []
        for index in scenarios {
            var plan = session.plan
            plan.scenarios = [session.plan.scenarios[index]]
            plan.isPartial = true
            let (verdict, brokenAnswers) = await session.trial(plan, [fault], startedAt)
            if let finding = verdict.allFindings.first(where: { $0.severity == .error }) {
                return .noticed(scenario: plan.scenarios[0].id, step: finding.step, rule: finding.rule)
            }
            if brokenAnswers > 0 { unnoticed.append(plan.scenarios[0].id) }
        }
        return .survived(unnoticed.isEmpty ? .notMet : .unnoticed(scenarios: unnoticed))
    }

    private func operation(of fault: ContractFault) -> OpenAPI.Operation? {
        versions.first { $0.contract.name == fault.contract }?.contract.operation(fault.operation)
    }

    private func reach(of fault: ContractFault, _ operation: OpenAPI.Operation) -> Set<Int> {
        versions.first { $0.contract.name == fault.contract }?.reach(of: operation) ?? []
    }
}

/// Counts from 0; several tasks can share it.
private final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            defer { value += 1 }
            return value
        }
    }
}
