import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Scenarios

/// The results of the steps of a scenario so far, for later steps.
struct EarlierSteps {
    /// The values of the scenario, with the last exchange of each step.
    var scope: ValueScope
    /// The places that have a finding in a step's last response, for the steps that have such places.
    private(set) var broken: [String: BrokenPlaces] = [:]
    /// The steps whose response may be the state after a race, by the names of both steps that raced.
    var finals: [String: [String]] = [:]

    /// Notes the places that have a finding in the last response of a step.
    mutating func note(_ places: BrokenPlaces, of step: String) {
        broken[step] = places.isEmpty ? nil : places
    }

    /// The value that a step sends, if it had a finding when it was received. Consequences are not new findings.
    func cause(of step: Step) -> NotRun.Reason? {
        guard !broken.isEmpty else { return nil }
        for case .step(let name, let path) in step.sentReferences where !path.isRequest {
            guard let earlier = scope.exchange(of: name)?.exchange.step, let places = broken[earlier] else { continue }
            let isBroken =
                switch path.root {
                case .body: places.covers(path.plainPointer ?? .root)
                case .header(let name): places.covers(header: name)
                default: false
                }
            if isBroken { return .missingValue(step: name, path: path.text) }
        }
        return nil
    }
}

/// The findings of the contract, the row and the laws about one response.
struct RowOutcome: Sendable {
    var findings: [Finding] = []
    /// The value that the row needs, if it was never received.
    var unmet: NotRun.Reason?
    /// The places that have a finding.
    var broken = BrokenPlaces()
    /// The laws, by index, that applied.
    var appliedLaws: [Int] = []
}

/// Judges one response by its contract, its row and the laws, given the results of earlier steps.
struct RowJudge {
    let judge: Judge
    var earlier: EarlierSteps

    /// Judges a response. Consequences of another finding are not reported.
    ///
    /// - Parameters:
    ///   - isLast: Whether the row applies to this response, and not to that of a later attempt.
    ///   - promises: The findings of promises about the response.
    func outcome(of attempt: AttemptSubject, isLast: Bool, promises: [Finding] = []) -> RowOutcome {
        let subject = attempt.subject
        if DocumentRules.isWithoutValue(subject.message) {
            let finding = DocumentRules.withoutValue(subject.response).placed(in: subject)
            return RowOutcome(findings: isLast ? [finding] : [])
        }
        let cause = isLast ? earlier.cause(of: subject.step) : nil
        let found = reconciled(attempt, isLast: isLast, followsFromEarlier: cause != nil, promises)
        var outcome = RowOutcome(broken: found.broken)
        let laws = laws(attempt, found.broken)
        outcome.appliedLaws = laws.applied
        var expectations: [Finding] = []
        if cause != nil {
            outcome.unmet = cause
        } else if isLast, StatusRules.accepts(subject) {
            // An unexpected status explains why the body does not match the row.
            (expectations, outcome.unmet) = self.expectations(subject, &outcome.broken)
        }
        outcome.broken.add(found.status + expectations)
        let all = unmasked(
            TransportRules.defects(subject.exchange, subject.step, subject.scenario) + found.status
                + (isLast ? SentRequestRules.findings(subject, judge) : []) + Repeats.merged(found.contract)
                + found.promises + expectations + laws.findings, subject)
        outcome.findings = isStrict(subject) ? all.map(\.strict) : all
        return outcome
    }

    // MARK: Contract, status and promises

    private struct Reconciled {
        var contract: [Finding]
        var status: [Finding]
        var promises: [Finding]
        var broken: BrokenPlaces
    }

    /// The findings about contract, status and promises, reduced to one finding per cause.
    private func reconciled(
        _ attempt: AttemptSubject, isLast: Bool, followsFromEarlier: Bool, _ promises: [Finding]
    ) -> Reconciled {
        let subject = attempt.subject
        // With `retry`, an undocumented response of a busy gateway is not a response of the operation.
        let isPassedOver = !isLast && subject.isRetried
        var found = Reconciled(
            contract: isPassedOver ? [] : attempt.contract, status: isPassedOver ? [] : StatusRules.findings(subject),
            promises: promises, broken: isPassedOver ? BrokenPlaces() : attempt.broken)
        if !isLast {
            // The status of an earlier attempt is the reason for the next one, unless it is undocumented.
            found.status = found.status.filter { $0.rule == Rule.statusUndocumented.id }
        }
        if followsFromEarlier {
            // Consequences of another step's finding are not reported again.
            found.promises = promises.filter { $0.rule.utf8.starts(with: "echo.".utf8) }
            found.status = found.status.filter { !$0.isExpectation }
        }
        // A promise describes the mistake better than the row does.
        if found.promises.contains(where: { $0.response == .status }) {
            found.status = found.status.filter { !$0.isExpectation }
        }
        if (found.status + found.promises).contains(where: { $0.response == .status }),
            subject.response.isOfAnotherStatus
        {
            found.contract = found.contract.filter { !BodyRules.isOfSchema($0) }
            found.broken = BrokenPlaces(found.contract)
        }
        found.broken.add(found.promises)
        return found
    }

    // MARK: Laws and checks

    private func evaluator(_ subject: StepSubject, _ broken: BrokenPlaces) -> CheckEvaluator {
        var scope = earlier.scope
        scope.current = subject.view
        return CheckEvaluator(subject: subject, scope: scope, broken: broken)
    }

    /// A law applies to the messages that were sent and received, wherever redirects led.
    private func laws(_ attempt: AttemptSubject, _ broken: BrokenPlaces) -> (findings: [Finding], applied: [Int]) {
        guard !judge.plan.laws.isEmpty else { return ([], []) }
        let evaluator = evaluator(attempt.wire, broken)
        var result: (findings: [Finding], applied: [Int]) = ([], [])
        for (index, law) in judge.plan.laws.enumerated() {
            guard let found = LawRules.findings(law, evaluator) else { continue }
            result.applied.append(index)
            result.findings += found
        }
        return result
    }

    /// The findings of the row's checks and of `same_as`, and the value that they need, if it was never received.
    private func expectations(
        _ subject: StepSubject, _ broken: inout BrokenPlaces
    ) -> (findings: [Finding], unmet: NotRun.Reason?) {
        var (findings, unmet) = evaluator(subject, broken).findings()
        findings = unmasked(findings, subject)
        broken.add(findings)
        guard let sameAs = subject.step.expected.sameAs else { return (findings, unmet) }
        let compared = earlier.scope.exchange(of: sameAs.step)
        if let compared { findings += self.compared(subject, with: compared, named: sameAs.step, broken) }
        if compared?.exchange.response == nil { unmet = unmet ?? .missingValue(step: sameAs.step, path: "$") }
        return (findings, unmet)
    }

    /// The findings of `same_as`. After a race, the response must equal that of one step that may have come last.
    private func compared(
        _ subject: StepSubject, with named: ExchangeView, named name: String, _ broken: BrokenPlaces
    ) -> [Finding] {
        let finals = (earlier.finals[named.exchange.step] ?? []).compactMap { earlier.scope.exchange(of: $0) }
        var found: [Finding]?
        for candidate in finals.isEmpty ? [named] : finals {
            var scope = earlier.scope
            scope.current = subject.view
            if !finals.isEmpty { scope.exchanges[name] = candidate }
            var findings = SameAsRules.findings(
                CheckEvaluator(subject: subject, scope: scope, broken: broken),
                earlierBroken: earlier.broken[candidate.exchange.step] ?? BrokenPlaces(),
                volatile: judge.policy.volatile)
            if findings.isEmpty { return [] }
            if !finals.isEmpty {
                for index in findings.indices {
                    findings[index].details.append(
                        "step '\(candidate.exchange.step)' won the race, so its response is compared")
                }
            }
            found = found ?? findings
        }
        return found ?? []
    }

    /// The findings, with notes in place of those about tokens. A masked value violates nothing.
    private func unmasked(_ findings: [Finding], _ subject: StepSubject) -> [Finding] {
        findings.map { MaskedValues.unjudged($0, subject.response) }
    }

    private func isStrict(_ subject: StepSubject) -> Bool {
        judge.policy.isStrict(
            for: subject.step.row.tags + subject.scenario.tags + (subject.operation?.annotations.tags ?? []))
    }
}

extension StepSubject {
    /// Whether the row retries after a response like this, and the contract does not document it.
    var isRetried: Bool {
        step.options.retry != nil && exchange.isRetryCause && response.declared == nil
    }
}

extension Finding {
    /// Whether the finding is about the row and not the contract, so that a poll continues.
    var isExpectation: Bool {
        [Rule.statusUnexpected.id, Rule.serverError.id, Rule.check.id, Rule.sameAs.id].contains(rule)
    }

    /// The finding as `--strict` reports it.
    var strict: Finding {
        guard Rule.named(rule)?.isStrictness == true else { return self }
        var finding = self
        finding.severity = .error
        return finding
    }
}

extension Step {
    /// The values of other steps that the request uses.
    fileprivate var sentReferences: [TemplateReference] {
        var references = request.set.compactMap(\.value).flatMap(\.templates).flatMap(\.references)
        if case .template(let template, _) = request.body { references += template.references }
        return references
    }
}
