import Diagnostics
import Exchanges
import OpenAPI
import Primitives

/// Judges the responses of a receiver to deliveries, each by the status that its case requires.
///
/// Only the response is visible. Whether the receiver did the work of a delivery once, twice or not at all is not judged.
package struct ReceiverJudge: Sendable {
    /// The time from which a response is slow; `nil` for any time.
    private let slow: Duration?
    /// The name of the webhook; `nil` if the body was given.
    private let webhook: String?

    /// Judges the receiver of a webhook.
    package init(webhook: String? = nil, slow: Duration? = nil) {
        self.webhook = webhook
        self.slow = slow
    }

    /// The verdicts on all cases. If every correct delivery is rejected, no other case is judged: its rejection would
    /// prove nothing. If one is accepted in another spelling of its body only, the receiver verifies a spelling of its
    /// own.
    package func results(_ trials: [ReceiverTrial]) -> [ReceiverResult] {
        let controls = trials.filter { $0.kind == .right }
        let accepted = controls.first { findings(about: $0).isEmpty }
        let isControlled = controls.isEmpty || accepted != nil
        return trials.map { trial in
            guard !trial.exchanges.isEmpty else { return ReceiverResult(trial, findings: []) }
            if !isControlled, trial.kind != .right { return ReceiverResult(trial, findings: [undecided(trial)]) }
            var found = findings(about: trial)
            if trial.kind == .right, !found.isEmpty, let accepted { found = [spelled(trial, accepted)] }
            return ReceiverResult(trial, findings: found + slowFindings(trial))
        }
    }

    private func spelled(_ trial: ReceiverTrial, _ accepted: ReceiverTrial) -> Finding {
        finding(
            .receiverRawBody, "the receiver accepts the same body in another spelling only", trial,
            trial.exchanges.last?.response,
            evidence: ("a 2xx status, as for the spelling '\(accepted.variant ?? "")'", nil))
    }

    // MARK: One case

    /// The first deviation of the deliveries of a case; those after it may follow from it.
    private func findings(about trial: ReceiverTrial) -> [Finding] {
        for (index, exchange) in trial.exchanges.enumerated() {
            // Only the last delivery is the one that the case is about.
            let rule = index == trial.exchanges.count - 1 ? trial.kind.rule : .receiverRejected
            if let finding = finding(about: exchange, rule, of: trial) { return [finding] }
        }
        return []
    }

    private func finding(about exchange: Exchange, _ rule: Rule, of trial: ReceiverTrial) -> Finding? {
        let what = trial.kind.title
        guard let response = exchange.response else {
            let reason = exchange.outcome.failure?.message ?? "the run was interrupted"
            return finding(.receiverNoResponse, "no response to \(what): \(reason)", trial)
        }
        let status = response.status
        switch (trial.kind.requirement, status) {
        case (.accepted, 200...299), (.rejected, 400...499): return nil
        case (.accepted, 300...399):
            return finding(rule, "the receiver redirects \(what), and senders do not follow redirects", trial, response)
        case (.accepted, _):
            return finding(rule, "the receiver does not accept \(what)", trial, response)
        case (.rejected, 200...299):
            return finding(rule, "the receiver accepts \(what)", trial, response)
        case (.rejected, _) where trial.kind == .malformedBody:
            return finding(rule, "the receiver fails on \(what)", trial, response)
        case (.rejected, _):
            return finding(.receiverFailed, "the receiver does not reject \(what) with 4xx", trial, response)
        }
    }

    private func slowFindings(_ trial: ReceiverTrial) -> [Finding] {
        guard let slow, let longest = trial.exchanges.filter({ $0.response != nil }).map(\.duration).max(),
            longest > slow
        else { return [] }
        return [
            finding(
                .receiverSlow, "the response to \(trial.kind.title) took long", trial,
                evidence: ("at most \(text(slow))", text(longest)))
        ]
    }

    private func undecided(_ trial: ReceiverTrial) -> Finding {
        let statuses = trial.exchanges.compactMap(\.response?.status).map(String.init).joined(separator: ", ")
        return finding(
            .receiverUndecided, "not judged: the receiver does not accept a correct delivery", trial,
            evidence: (nil, statuses.isEmpty ? nil : statuses))
    }

    // MARK: Findings

    private func finding(
        _ rule: Rule, _ message: String, _ trial: ReceiverTrial, _ response: ResponseMessage? = nil,
        evidence: (expected: String?, actual: String?)? = nil
    ) -> Finding {
        Finding(
            rule, message, blame: .server, operation: webhook, at: response == nil ? nil : .status, clause: trial.name,
            expected: evidence?.expected ?? (evidence == nil ? "a \(trial.kind.requirement.statuses) status" : nil),
            actual: response.map { String($0.status) } ?? evidence?.actual,
            details: response.flatMap(excerpt).map { ["response body: \($0)"] } ?? [])
    }

    /// The start of a body that is text: receivers often say why they reject a delivery.
    private func excerpt(_ response: ResponseMessage) -> String? {
        guard !response.body.isEmpty, let text = String(validating: response.body.prefix(2_000), as: UTF8.self) else {
            return nil
        }
        return shown(text)
    }

    private func text(_ duration: Duration) -> String { "\(Int(duration / .milliseconds(1))) ms" }
}
