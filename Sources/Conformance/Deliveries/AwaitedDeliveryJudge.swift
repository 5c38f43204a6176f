import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios
import Webhooks

/// Judges one delivery for the step that awaited it: contract, signature, id, order of states, and checks.
struct AwaitedDeliveryJudge {
    let judge: Judge
    /// The values of the scenario so far.
    let scope: ValueScope

    private var policy: DeliveryPolicy { judge.policy.deliveries ?? DeliveryPolicy() }

    /// The findings about a delivery, and the value of another step that a check needs and that was never received.
    func result(
        _ subject: StepSubject, _ awaited: AwaitedDelivery, _ history: inout DeliveryHistory?
    ) -> (findings: [Finding], unmet: NotRun.Reason?) {
        var findings = contract(subject, awaited)
        findings += self.history(subject, awaited, &history)
        var scope = scope
        scope.current = subject.view
        let evaluator = CheckEvaluator(subject: subject, scope: scope, broken: BrokenPlaces(findings))
        let checked = evaluator.findings()
        findings += checked.findings
        return (findings.map { MaskedValues.unjudged($0, subject.response) }, checked.unmet)
    }

    /// The findings about contract and signature.
    private func contract(_ subject: StepSubject, _ awaited: AwaitedDelivery) -> [Finding] {
        guard let contract = judge.contracts[awaited.contract] else { return [] }
        var rules = policy.rules[awaited.webhook.name] ?? DeliveryRules()
        var unverified: String?
        if rules.scheme != nil {
            let isMasked = isMasked(subject)
            unverified = isMasked ? "the journal contains a mask in place of a value" : nil
            if rules.keys.isEmpty { unverified = "its secret is not known" }
        }
        if unverified != nil { rules.scheme = nil }
        let found = DeliveryJudge(contract, rules)
            .findings(subject.exchange.request, at: subject.exchange.startedAt, as: awaited.webhook.name)
            .map { $0.placed(in: subject) }
        guard let unverified else { return found }
        return found + [subject.finding(.webhookUnverified, "the signature is not verified: \(unverified)")]
    }

    /// Whether a journal masked a part of the delivery, so that its signature matches no longer.
    private func isMasked(_ subject: StepSubject) -> Bool {
        let message = subject.message
        return ["‹redacted ", "‹secret "].contains { mask in
            message.body.firstRange(of: Array(mask.utf8)) != nil
                || message.headers.contains { $0.value.utf8.firstRange(of: mask.utf8) != nil }
        }
    }

    /// The findings about a delivery that no step awaited: only what it says about others.
    func unawaited(
        _ subject: StepSubject, _ awaited: AwaitedDelivery, _ history: inout DeliveryHistory?
    ) -> [Finding] {
        let contract = judge.contracts[awaited.contract]
        let name = contract.flatMap { policy.judge(awaited, $0).webhook(of: subject.exchange.request) }
        let found = self.history(subject, awaited, &history)
        guard found.isEmpty else { return found }
        return [
            subject.finding(
                .webhookUnawaited,
                "a delivery arrived that no step awaited" + (name.map { ": '\(shown($0))'" } ?? ""))
        ]
    }

    /// The finding about a delivery that did not arrive.
    static func missing(
        _ exchange: Exchange, _ step: Step, _ awaited: AwaitedDelivery, _ scenario: Scenario
    ) -> Finding {
        Finding(
            .webhookMissing, exchange.outcome.failure?.message ?? "no delivery arrived", blame: .server,
            operation: awaited.webhook.name, contract: step.contract, scenario: scenario.id, step: step.name,
            exchange: exchange.sequence, contract: awaited.webhook.operation.location, table: step.location,
            expected: awaited.webhook.name, actual: "nothing")
    }

    private func history(
        _ subject: StepSubject, _ awaited: AwaitedDelivery, _ history: inout DeliveryHistory?
    ) -> [Finding] {
        let name = awaited.webhook.name
        var own = history ?? DeliveryHistory(judge.policy.promises.resources)
        let id = judge.contracts[awaited.contract].flatMap { policy.id(of: subject.exchange.request, awaited, $0) }
        let found = own.findings(subject, named: name, id: id)
        history = own
        return found
    }
}
