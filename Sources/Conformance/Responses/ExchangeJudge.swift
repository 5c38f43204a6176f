import Diagnostics
package import Exchanges
package import OpenAPI
import Scenarios

/// Judges exchanges without a plan, such as those of a recording: each by the operation that it calls.
///
/// Request and response must follow the contract. Every documented status is accepted, because no row names one.
package struct ExchangeJudge {
    private let contract: Contract
    private let policy: Policy
    private let requests = PreparedRequests()
    private var counts: CoverageCount
    private var reported = ReportedMistakes()

    /// Judges by the operations of `contract`.
    package init(_ contract: Contract, policy: Policy = Policy()) {
        self.contract = contract
        self.policy = policy
        counts = CoverageCount(Contracts([contract]))
    }

    /// The findings about one exchange. Each mistake of the document is reported only for the first one.
    package mutating func take(_ exchange: Exchange, of operation: Operation) -> [Finding] {
        guard let message = exchange.response else { return failure(of: exchange, operation) }
        let view = ExchangeView.parsing(exchange, operation: operation)
        let subject = ResponseSubject(
            message, toMethod: exchange.request.method, of: operation, contract, parsed: view.body)
        counts.add(Exercise(response: subject, request: exchange.request, contract: contract.name))
        guard !DocumentRules.isWithoutValue(message) else { return [DocumentRules.withoutValue(subject)] }
        let found =
            (message.defects.map { TransportRules.defect($0, operation.name, contract: contract.name) }
            + [StatusRules.undocumented(subject)].compactMap { $0 }
            + SentRequestRules.findings(view, subject, requests)
            + Repeats.merged(subject.contractFindings.map { MaskedValues.unjudged($0, subject) }))
            .map { MaskedValues.unjudged($0, subject) }
        return reported.withoutRepeats(policy.isStrict(for: operation.annotations.tags) ? found.map(\.strict) : found)
    }

    /// The parts of the contract that the exchanges so far exercised.
    package var coverage: Coverage { counts.coverage }

    private func failure(of exchange: Exchange, _ operation: Operation) -> [Finding] {
        guard let failure = exchange.outcome.failure, failure.class != .cancelled else { return [] }
        return [
            TransportRules.failure(
                failure, operation.name, contract: contract.name, expected: "any documented status")
        ]
    }
}
