import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// Builds a verdict from scenarios, which may end in any order; the verdict has the order of the plan.
struct VerdictAssembly {
    private let judge: Judge
    private var scenarios: [Int: Part] = [:]
    private var appliedLaws: Set<Int> = []
    private var appliedPromises: Set<PromiseEntry> = []
    private var coverage: CoverageCount
    private var limits: RateLimitOverTime?
    private var symptoms = RunSymptoms()
    private var stateChanges = StateChangeCount()
    /// The numbers of the 429 responses with headers of the promise `rate-limit`: they show nothing about illness.
    private var explainedRefusals: Set<Int> = []

    private struct Part {
        var verdict: ScenarioVerdict
        /// The findings about the scenario and none of its steps.
        var findings: [Finding]
    }

    init(_ judge: Judge) {
        self.judge = judge
        coverage = CoverageCount(judge.contracts)
        limits = judge.policy.promises.rateLimit.map { RateLimitOverTime($0) }
    }

    /// Whether an exchange may have been failed by an ill target.
    var hasSigns: Bool { symptoms.possibleIllness > 0 }

    /// Adds the scenario at `place` of the plan, which `finished` has judged.
    mutating func add(_ verdict: ScenarioVerdict, _ finished: ScenarioJudge, at place: Int) {
        scenarios[place] = Part(
            verdict: verdict, findings: MissingValues.findings(verdict, judge.plan.scenarios[place]))
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
        for (place, scenario) in judge.plan.scenarios.enumerated() where scenarios[place] == nil {
            let leftOut = notRun[scenario.id] ?? []
            var own = ScenarioJudge(judge: judge, scenario: scenario, run: journal.header(for: scenario.id))
            own.take(exchanges[scenario.id] ?? [], notRun: leftOut)
            add(own.finish(notRun: leftOut), own, at: place)
        }
    }

    /// The verdict on all scenarios that were added.
    func verdict(_ journal: Journal) -> Verdict {
        var reported = ReportedMistakes()
        let parts = partsWithDefects(journal.late).map { part in
            var part = part
            for index in part.verdict.steps.indices {
                part.verdict.steps[index].findings = reported.withoutRepeats(part.verdict.steps[index].findings)
            }
            return part
        }
        let coverage = coverage.coverage
        var scenarios = parts.map(\.verdict)
        let illness = unjudged(scenarios, journal)
        if let illness { scenarios = illness.scenarios }
        if !journal.superseded.isEmpty { scenarios = FlakyReruns(judge.plan).noted(scenarios, journal.superseded) }
        let requirements = RequirementJudge(
            catalogue: judge.policy.requirements, plan: judge.plan, scenarios: scenarios
        ).verdicts
        var findings = parts.flatMap(\.findings)
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
    private func unjudged(_ scenarios: [ScenarioVerdict], _ journal: Journal) -> UnjudgedSteps? {
        // Scenarios that were run again fail less often than before.
        let isPossible = symptoms.possibleIllness >= TargetHealth.fewest || !journal.superseded.isEmpty
        guard isPossible, symptoms.possibleIllness > 0, symptoms.responses > 0,
            !journal.header.target.utf8.elementsEqual("mock".utf8)
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
    private func partsWithDefects(_ late: [LateDefect]) -> [Part] {
        let byScenario = Dictionary(grouping: late, by: \.exchange.scenario)
        return judge.plan.scenarios.indices.compactMap { place in
            guard var part = scenarios[place] else { return nil }
            let scenario = judge.plan.scenarios[place]
            for late in byScenario[scenario.id] ?? [] {
                guard
                    let step = scenario.steps.firstIndex(where: { $0.name.utf8.elementsEqual(late.exchange.step.utf8) }
                    ),
                    part.verdict.steps.indices.contains(step)
                else { continue }
                part.verdict.steps[step].findings.append(
                    TransportRules.defect(late.defect, of: late.exchange.sequence, scenario.steps[step], scenario))
            }
            return part
        }
    }

    /// A finding for each step of the exchanges that the plan does not have: they are not judged.
    private func unmatched(_ exchanges: [Exchange]) -> [Finding] {
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
            guard rules.contains(where: { $0.id.utf8.elementsEqual(finding.rule.utf8) }) else { return true }
            let place = finding.contractLocation?.description ?? ""
            return known.insert("\(finding.contract)\n\(place)\n\(finding.clause ?? "")\n\(finding.message)").inserted
        }
    }
}
