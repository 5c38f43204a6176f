import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Scenarios

/// The scenarios of a run with the steps that were hit by an ill target as not judged.
struct UnjudgedSteps {
    private(set) var scenarios: ScenarioVerdicts
    /// The illness; `nil` if the target was healthy, or nothing failed because of it.
    private(set) var illness: TargetIllness?

    static let hitReason = "the target was ill"
    private static let laterReason = "an earlier step of its scenario was not judged, because the target was ill"

    /// Takes the findings of every period of `health` out of `scenarios`, which `plan` describes.
    init(_ scenarios: ScenarioVerdicts, _ health: TargetHealth, plan: Plan) {
        self.scenarios = scenarios
        let streaks = health.illStreaks
        let hit = Set(streaks.joined().map(\.sequence))
        guard !hit.isEmpty else { return }
        var unjudged: Set<FindingGroup.StepPlace> = []
        for place in Set(streaks.joined().map(\.place)) where takeOut(hit, at: place) { unjudged.insert(place) }
        guard !unjudged.isEmpty else { return }
        let hitScenarios = Set(unjudged.map(\.scenario))
        for number in hitScenarios { unjudged.formUnion(later(in: number, unjudged, plan)) }
        let sessions = Set(hitScenarios.map { scenarios[$0].name })
        for (number, scenario) in scenarios.others {
            let isHit = hitScenarios.contains(number)
            for (index, step) in scenario.steps.enumerated() where step.outcome == .notRun {
                guard isHit ? step.reason?.isConsequence == true : step.reason?.isOfSession(in: sessions) == true
                else { continue }
                unjudged.insert(FindingGroup.StepPlace(scenario: number, step: index))
            }
        }
        let quiet = scenarios.quietTotals
        let steps = scenarios.others.reduce(quiet.steps - quiet.skippedSteps) { sum, scenario in
            sum + scenario.verdict.steps.count { $0.outcome != .skipped }
        }
        illness = TargetIllness(
            periods: streaks.filter { !$0.isEmpty }.map(TargetIllness.Period.init), unjudgedSteps: unjudged,
            steps: steps)
    }

    /// The findings about the periods.
    var findings: [Finding] {
        (illness?.periods ?? []).map { $0.finding(unjudged: illness?.unjudged ?? 0) }
    }

    /// Removes the findings about failures of a period from a step.
    ///
    /// - Returns: Whether the step is not judged: it failed because of them, and of nothing else.
    private mutating func takeOut(_ hit: Set<Int>, at place: FindingGroup.StepPlace) -> Bool {
        let step = scenarios[place.scenario].steps[place.step]
        func isOfPeriod(_ finding: Finding) -> Bool { finding.exchange.map(hit.contains) ?? false }
        let errors = step.findings.filter { $0.severity == .error }
        guard !errors.isEmpty, errors.allSatisfy(isOfPeriod) else { return false }
        scenarios[place.scenario].steps[place.step].findings.removeAll(where: isOfPeriod)
        guard let last = step.exchanges.last, hit.contains(last.sequence) else { return false }
        scenarios[place.scenario].steps[place.step].reason = .unjudged(Self.hitReason)
        return true
    }

    /// The later steps of a scenario that failed only by their rows, after a request that may have changed something:
    /// without its effect, the rows cannot be met.
    private mutating func later(
        in number: Int, _ unjudged: Set<FindingGroup.StepPlace>, _ plan: Plan
    ) -> Set<FindingGroup.StepPlace> {
        let steps = scenarios[number].steps
        let changing = steps.indices.filter { index in
            unjudged.contains(FindingGroup.StepPlace(scenario: number, step: index))
                && steps[index].exchanges.last.map { !MethodSemantics.isSafe($0.request.method) } == true
        }
        guard let first = changing.compactMap({ steps[$0].exchanges.first?.sequence }).min() else { return [] }
        var later: Set<FindingGroup.StepPlace> = []
        for (index, step) in steps.enumerated() where step.state == .failed {
            let errors = step.findings.filter { $0.severity == .error }
            guard step.exchanges.first.map({ $0.sequence > first }) == true, errors.allSatisfy(\.isUnmetRow) else {
                continue
            }
            scenarios[number].steps[index].findings.removeAll { $0.severity == .error }
            scenarios[number].steps[index].reason = .unjudged(Self.laterReason)
            later.insert(FindingGroup.StepPlace(scenario: number, step: index))
        }
        return later
    }
}

extension Finding {
    /// Whether only the expectation of the row is not met, by a response that is not a failure of the server.
    fileprivate var isUnmetRow: Bool {
        [Rule.statusUnexpected.id, Rule.check.id, Rule.sameAs.id].contains(rule)
    }
}

extension NotRun.Reason {
    /// Whether a failed step can be the reason.
    fileprivate var isConsequence: Bool {
        switch self {
        case .missingValue, .setupFailed, .sessionFailed, .unjudged: true
        case .stopped, .skipped, .unbuildable: false
        }
    }

    fileprivate func isOfSession(in sessions: Set<String>) -> Bool {
        if case .sessionFailed(let scenario) = self { sessions.contains(scenario) } else { false }
    }
}

extension TargetIllness.Period {
    /// The period of a series of failures; at least one.
    fileprivate init(_ streak: TargetHealth.Streak) {
        var operations: [String] = []
        var symptoms: [TargetIllness.Symptom] = []
        for suspect in streak {
            if !operations.contains(where: { $0.isSame(as: suspect.operation) }) {
                operations.append(suspect.operation)
            }
            if let index = symptoms.firstIndex(where: { $0.name == suspect.symptom }) {
                symptoms[index].count += 1
            } else {
                symptoms.append(TargetIllness.Symptom(name: suspect.symptom, count: 1))
            }
        }
        symptoms.sort { ($1.count, $0.name) < ($0.count, $1.name) }
        self.init(
            first: streak.map(\.start).min() ?? streak[0].start, last: streak.map(\.end).max() ?? streak[0].end,
            exchanges: streak.count, operations: operations, symptoms: symptoms)
    }
}
