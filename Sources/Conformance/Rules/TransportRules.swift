import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// Failures and defects of the transport. They have rules of their own, because none of them violates the contract.
enum TransportRules {
    /// The finding about an exchange without a response.
    static func failure(
        _ failure: TransportFailure, _ operation: String?, contract: String, expected: String
    ) -> Finding {
        Finding(
            .transport, id: "transport.\(failure.class.rawValue)", failure.message, blame: .transport,
            operation: operation, contract: contract, expected: expected)
    }

    /// The finding about an attempt of a step without a response.
    static func failure(
        _ failure: TransportFailure, _ exchange: Exchange, _ step: Step, _ scenario: Scenario
    ) -> Finding {
        var finding = Self.failure(
            failure, step.call.operation?.name, contract: step.contract, expected: step.expected.status.text)
        finding.row = row(exchange.sequence, step, scenario)
        return finding
    }

    /// The defects in the transmission of a response. Every attempt counts.
    static func defects(_ exchange: Exchange, _ step: Step, _ scenario: Scenario) -> [Finding] {
        (exchange.response?.defects ?? []).map { defect($0, of: exchange.sequence, step, scenario) }
    }

    /// A defect of the response to exchange number `sequence`.
    static func defect(
        _ defect: TransportDefect, of sequence: Int, _ step: Step, _ scenario: Scenario
    ) -> Finding {
        var finding = Self.defect(defect, step.call.operation?.name, contract: step.contract)
        finding.row = row(sequence, step, scenario)
        return finding
    }

    /// A defect of a response.
    static func defect(_ defect: TransportDefect, _ operation: String?, contract: String) -> Finding {
        var finding = Finding(
            .transport, id: "transport.\(defect.kind.rawValue)", defect.message, blame: .transport,
            operation: operation, contract: contract)
        // RFC 9110, section 5.5: text outside of US-ASCII is allowed and not recommended.
        if defect.kind == .headerText { finding.severity = .warning }
        return finding
    }

    private static func row(_ sequence: Int, _ step: Step, _ scenario: Scenario) -> Finding.Row {
        Finding.Row(scenario: scenario.id, step: step.name, exchange: sequence, location: step.location)
    }

    /// A request that was sent when the run was interrupted, and may have been processed.
    static func unknownOutcome(_ pending: PendingExchange) -> Finding {
        Finding(
            .unknownOutcome,
            "\(shown(pending.request.method)) \(shown(pending.request.path)) was sent, and its response is unknown",
            blame: .transport,
            operation: pending.operation,
            contract: pending.contract,
            scenario: pending.scenario,
            step: pending.step,
            exchange: pending.sequence,
            expected: "a response",
            actual: "the run was interrupted"
        )
    }

    /// The note about a step that passed only after failed attempts.
    static func flaky(attempts: [Exchange], _ step: Step, _ scenario: Scenario) -> Finding? {
        let faults = attempts.dropLast().filter(\.isRetryCause)
        guard let last = attempts.last, !faults.isEmpty else { return nil }
        var finding = Finding(
            .flaky,
            "passed on attempt \(last.attempt), after \(faults.count) failed attempt\(faults.count == 1 ? "" : "s")",
            blame: .transport,
            operation: step.call.operation?.name,
            contract: step.contract,
            expected: "a response on the first attempt",
            actual: "attempt \(last.attempt)",
            details: faults.map { "attempt \($0.attempt): \(cause($0))" }
        )
        finding.row = row(last.sequence, step, scenario)
        return finding
    }

    private static func cause(_ exchange: Exchange) -> String {
        switch exchange.outcome {
        case .response(let response): "status \(response.status)"
        case .failure(let failure): failure.message
        }
    }
}
