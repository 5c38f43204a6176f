import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Scenarios

/// Builds a verdict from scenarios, which may end in any order; the verdict has the order of the plan.
struct VerdictAssembly {
    private let judge: Judge
    private var scenarios: ScenarioVerdicts
    /// The findings about scenarios and none of their steps, by the places of the scenarios.
    private var findings: [Int: [Finding]] = [:]
    /// Whether a row names requirements.
    private var isTraced = false
    private var appliedLaws: Set<Int> = []
    private var appliedPromises: Set<PromiseEntry> = []
    private var coverage: CoverageCount
    private var limits: RateLimitOverTime?
    private var symptoms = RunSymptoms()
    private var stateChanges = StateChangeCount()
    /// The numbers of the 429 responses with headers of the promise `rate-limit`: they show nothing about illness.
    private var explainedRefusals: Set<Int> = []

    init(_ judge: Judge) {
        self.judge = judge
        scenarios = ScenarioVerdicts(of: judge.plan)
        coverage = CoverageCount(judge.contracts)
        limits = judge.policy.promises.rateLimit.map { RateLimitOverTime($0) }
    }

    /// Whether an exchange may have been failed by an ill target.
    var hasSigns: Bool { symptoms.possibleIllness > 0 }

    /// Adds the scenario at `place` of the plan, which `finished` has judged.
    mutating func add(_ verdict: ScenarioVerdict, _ finished: ScenarioJudge, at place: Int) {
        if !scenarios.insert(verdict, at: place) {
            let missing = MissingValues.findings(verdict, finished.scenario)
            if !missing.isEmpty { findings[place] = missing }
        }
        isTraced = isTraced || finished.scenario.steps.contains { $0.row.trace != nil }
        appliedLaws.formUnion(finished.appliedLaws)
        appliedPromises.formUnion(finished.appliedPromises)
        symptoms.add(finished.symptoms)
        stateChanges.add(finished.stateChanges)
        for subject in finished.subjects { coverage.add(subject.exercise) }
        limits?.add(finished.subjects, of: place)
        if let promise = judge.policy.promises.rateLimit, finished.symptoms.responses(429...429) > 0 {
            explainedRefusals.formUnion(promise.explained(among: finished.subjects.lazy.map(\.exchange)))
        }
    }

    /// Judges the scenarios that were not added yet by their exchanges in `journal`: a fold of `take` over their steps.
    mutating func add(rest journal: Journal) {
        let exchanges = Dictionary(grouping: journal.exchanges, by: \.scenario)
        let notRun = Dictionary(grouping: journal.notRun, by: \.scenario)
        for place in judge.plan.scenarios.indices where !scenarios.contains(place) {
            let scenario = judge.plan.scenarios[place]
            let leftOut = notRun[scenario.id] ?? []
            var own = ScenarioJudge(judge: judge, scenario: scenario, run: journal.header(for: scenario.id))
            own.take(exchanges[scenario.id] ?? [], notRun: leftOut)
            add(own.finish(notRun: leftOut), own, at: place)
        }
    }

    /// The verdict on all scenarios that were added.
    func verdict(_ journal: Journal) -> Verdict {
        var scenarios = scenariosWithDefects(journal.late)
        var reported = ReportedMistakes()
        scenarios.changeFindings { reported.withoutRepeats($0) }
        let coverage = coverage.coverage
        let illness = unjudged(scenarios, journal)
        if let illness { scenarios = illness.scenarios }
        if !journal.superseded.isEmpty { scenarios = FlakyReruns(journal.superseded, in: judge.plan).noted(scenarios) }
        let requirements = RequirementJudge(
            catalogue: judge.policy.requirements, plan: judge.plan, scenarios: scenarios, isTraced: isTraced
        ).verdicts
        var findings = self.findings.sorted { $0.key < $1.key }.flatMap(\.value)
        findings += unmatched(journal.exchanges)
        findings += journal.unanswered.filter { !MethodSemantics.isSafe($0.request.method) }
            .map(TransportRules.unknownOutcome)
        if !coverage.operations.isEmpty, !judge.plan.isPartial {
            findings += judge.plan.laws.indices.filter { !appliedLaws.contains($0) }.map {
                LawRules.neverApplied(judge.plan.laws[$0])
            }
            findings += judge.policy.declaredPromises.filter { !appliedPromises.contains($0.entry) }.map(\.neverApplied)
            let missing = requirements.compactMap(\.notExercised)
            findings += judge.policy.isStrict ? missing.map(\.strict) : missing
        }
        findings += (limits?.findings ?? []) + (illness?.findings ?? [])
        let servers = judge.contracts.all.flatMap(\.servers).map(\.url)
        let hints = RunHints(symptoms, journal.header, servers: servers, isPartial: judge.plan.isPartial)
        var verdict = Verdict(
            run: journal.header, scenarios: scenarios, findings: findings, coverage: coverage,
            hints: hints.hints(scenarios, findings), lifeCycles: lifeCycles,
            requirements: requirements)
        verdict.illness = illness?.illness
        return verdict
    }

    /// The scenarios without the failures of an ill target; `nil` if there are none, as in most runs. A run's own mock is
    /// never ill, and without any response there is nothing to judge.
    private func unjudged(_ scenarios: ScenarioVerdicts, _ journal: Journal) -> UnjudgedSteps? {
        // Scenarios that were run again fail less often than before.
        let isPossible = symptoms.possibleIllness >= TargetHealth.fewest || !journal.superseded.isEmpty
        guard isPossible, symptoms.possibleIllness > 0, symptoms.responses > 0,
            !journal.header.target.isSame(as: "mock")
        else { return nil }
        let promise = judge.policy.promises.rateLimit
        let explained = explainedRefusals.union(promise?.explained(among: journal.superseded) ?? [])
        let health = TargetHealth(
            scenarios, superseded: journal.superseded, plan: judge.plan, explained: explained)
        let steps = UnjudgedSteps(scenarios, health, plan: judge.plan)
        return steps.illness == nil ? nil : steps
    }

    /// The life cycles of the promised resources, as far as they were observed.
    private var lifeCycles: [LifeCycle] {
        judge.policy.promises.resources.flatMap { resource in
            resource.final.map { final in
                LifeCycle(
                    resource: resource.name, member: final.member, final: final.values,
                    transitions: stateChanges.transitions(resource.name, final.member))
            }
        }
        .filter { !$0.transitions.isEmpty }
    }

    /// The scenarios in the order of the plan, with the defects that were noticed after their exchanges.
    private func scenariosWithDefects(_ late: [LateDefect]) -> ScenarioVerdicts {
        var scenarios = scenarios
        let byScenario = Dictionary(grouping: late, by: \.exchange.scenario)
        for place in judge.plan.scenarios.indices where !late.isEmpty && scenarios.contains(place) {
            let scenario = judge.plan.scenarios[place]
            for late in byScenario[scenario.id] ?? [] {
                guard
                    let step = scenario.steps.firstIndex(where: { $0.name.isSame(as: late.exchange.step) }
                    ),
                    scenarios[place].steps.indices.contains(step)
                else { continue }
                scenarios[place].steps[step].findings.append(
                    TransportRules.defect(late.defect, of: late.exchange.sequence, scenario.steps[step], scenario))
            }
        }
        return scenarios.judged
    }

    /// A finding for each step of the exchanges that the plan does not have: they are not judged.
    private func unmatched(_ exchanges: [Exchange]) -> [Finding] {
        guard !exchanges.isEmpty else { return [] }
        var known: [String: Set<String>] = [:]
        for scenario in judge.plan.scenarios {
            known[scenario.id, default: []].formUnion(scenario.steps.map(\.name))
        }
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

/// The mistakes of the document that were reported before, so that each is reported once and not for every response.
package struct ReportedMistakes: Sendable {
    private var known: Set<String> = []

    /// No mistake was reported yet.
    package init() {}

    /// The findings without mistakes of the document that were reported before.
    package mutating func withoutRepeats(_ findings: [Finding]) -> [Finding] {
        findings.filter { finding in
            let rules = [Rule.documentSchema, .documentUnjudged]
            guard rules.contains(where: { $0.id.isSame(as: finding.rule) }) else { return true }
            let place = finding.contractLocation?.description ?? ""
            return known.insert("\(finding.contract)\n\(place)\n\(finding.clause ?? "")\n\(finding.message)").inserted
        }
    }
}
