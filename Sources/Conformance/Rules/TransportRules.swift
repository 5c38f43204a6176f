import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// Faults and defects of the transport: a class of their own, never a breach of the contract.
enum TransportRules {
    static func failure(
        _ failure: TransportFailure, _ exchange: Exchange, _ step: Step, _ scenario: Scenario
    ) -> Finding {
        finding(
            .transport, id: "transport.\(failure.class.rawValue)", failure.message, exchange, step, scenario,
            expected: step.expect.text)
    }

    /// What was wrong with how the response was sent. Every attempt counts.
    static func defects(_ exchange: Exchange, _ step: Step, _ scenario: Scenario) -> [Finding] {
        (exchange.response?.defects ?? []).map { defect($0, of: exchange.sequence, step, scenario) }
    }

    /// A defect of the response to exchange number `sequence`.
    static func defect(
        _ defect: TransportDefect, of sequence: Int, _ step: Step, _ scenario: Scenario
    ) -> Finding {
        var finding = Finding(
            .transport,
            id: "transport.\(defect.kind.rawValue)",
            defect.message,
            blame: .transport,
            operation: step.call.operation?.name,
            contract: step.contract,
            scenario: scenario.id,
            step: step.name,
            exchange: sequence,
            table: step.location
        )
        // RFC 9110, section 5.5: text outside of US-ASCII is allowed and not recommended.
        if defect.kind == .headerText { finding.severity = .warning }
        return finding
    }

    /// A request that was on its way when the run was cut off, and may have done what it asks for.
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

    /// A step that held only after an attempt that did not.
    static func flaky(attempts: [Exchange], _ step: Step, _ scenario: Scenario) -> Finding? {
        let faults = attempts.dropLast().filter(\.isRetryCause)
        guard let last = attempts.last, !faults.isEmpty else { return nil }
        return finding(
            .flaky,
            "passed on attempt \(last.attempt), after \(faults.count) failed attempt\(faults.count == 1 ? "" : "s")",
            last, step, scenario, expected: "a response on the first attempt", actual: "attempt \(last.attempt)",
            details: faults.map { "attempt \($0.attempt): \(cause($0))" })
    }

    private static func cause(_ exchange: Exchange) -> String {
        switch exchange.outcome {
        case .response(let response): "status \(response.status)"
        case .failure(let failure): failure.message
        }
    }

    private static func finding(
        _ rule: Rule, id: String? = nil, _ message: String, _ exchange: Exchange, _ step: Step, _ scenario: Scenario,
        expected: String? = nil, actual: String? = nil, details: [String] = []
    ) -> Finding {
        Finding(
            rule,
            id: id,
            message,
            blame: .transport,
            operation: step.call.operation?.name,
            contract: step.contract,
            scenario: scenario.id,
            step: step.name,
            exchange: exchange.sequence,
            table: step.location,
            expected: expected,
            actual: actual,
            details: details
        )
    }
}
