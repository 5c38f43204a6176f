package import Exchanges

/// Sends requests with tokens in place of their placeholders.
///
/// Journals and reports only get the placeholders: the token is inserted on the way to `base`, and masked in responses.
/// A request that is rejected with 401 is sent once more with a new token.
package struct AuthorizingTransport: Transport {
    private let base: any Transport
    private let tokens: TokenStore
    /// The maximum time for a token in addition to that of the exchange.
    private static let tokenDeadline = Duration.seconds(30)

    /// A transport that sends over `base`.
    package init(_ base: any Transport, _ tokens: TokenStore) {
        self.base = base
        self.tokens = tokens
    }

    /// The executors of the base.
    package var executors: [any TaskExecutor] { base.executors }

    /// Returns the defects that the base found.
    package func takeLateDefects() async -> [LateDefect] { await base.takeLateDefects() }

    /// Whether the base can respond once more.
    package func hasAttempt(_ attempt: Int, ofStep step: String, in scenario: String) -> Bool {
        base.hasAttempt(attempt, ofStep: step, in: scenario)
    }

    /// Sends a request with its token.
    package func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await send(request, of: nil, deadline: deadline, meanwhile: meanwhile)
    }

    /// Sends the request of a step with its token.
    package func send(_ pending: PendingExchange, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        await send(pending.request, of: pending, deadline: deadline, meanwhile: meanwhile)
    }

    private func send(
        _ request: RequestMessage, of step: PendingExchange?, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        guard let source = tokens.request(for: request) else {
            return await pass(request, of: step, deadline: deadline, meanwhile: meanwhile)
        }
        let first: TokenStore.Entry
        switch await tokens.token(source, over: base, deadline: Self.tokenDeadline) {
        case .success(let entry): first = entry
        case .failure(let failure):
            meanwhile()
            return .failure(failure)
        }
        let outcome = await pass(
            request.replacing(source.placeholder, with: first.token.text), of: step, deadline: deadline,
            meanwhile: meanwhile)
        guard outcome.response?.status == 401 else {
            if outcome.response != nil { await tokens.accept(source, first) }
            return outcome.masked(by: first.token.redactor)
        }
        let renewal = await tokens.token(source, replacing: first, over: base, deadline: Self.tokenDeadline)
        // Without another token, the rejection is the response.
        guard case .success(let second)? = renewal else { return outcome.masked(by: first.token.redactor) }
        let again = await pass(
            request.replacing(source.placeholder, with: second.token.text), of: step, deadline: deadline,
            meanwhile: {})
        if let status = again.response?.status, status != 401 { await tokens.accept(source, second) }
        return again.masked(by: second.token.redactor)
    }

    /// Sends requests at once, with their tokens.
    ///
    /// The tokens are fetched before, so that the requests are not sent one after the other. A request that is rejected
    /// with 401 is not sent again: the others were processed meanwhile.
    package func send(
        together requests: [PendingExchange], deadline: Duration,
        received: @escaping @Sendable (_ index: Int, ExchangeOutcome) -> Void
    ) async {
        var sent = requests
        var entries: [Int: TokenStore.Entry] = [:]
        for (index, pending) in requests.enumerated() {
            guard let source = tokens.request(for: pending.request) else { continue }
            switch await tokens.token(source, over: base, deadline: Self.tokenDeadline) {
            case .success(let entry):
                entries[index] = entry
                sent[index].request = pending.request.replacing(source.placeholder, with: entry.token.text)
            case .failure(let failure):
                // None is sent: fewer requests than the row names would be another test.
                for index in requests.indices { received(index, .failure(failure)) }
                return
            }
        }
        await base.send(together: sent, deadline: deadline) { [entries] index, outcome in
            received(index, entries[index].map { outcome.masked(by: $0.token.redactor) } ?? outcome)
        }
    }

    /// Sends a request over the base, under the name of its step.
    private func pass(
        _ request: RequestMessage, of step: PendingExchange?, deadline: Duration, meanwhile: () -> Void
    ) async -> ExchangeOutcome {
        guard var step else { return await base.send(request, deadline: deadline, meanwhile: meanwhile) }
        step.request = request
        return await base.send(step, deadline: deadline, meanwhile: meanwhile)
    }
}

extension RequestMessage {
    /// The request with `text` in place of `placeholder` in its headers.
    fileprivate func replacing(_ placeholder: String, with text: String) -> RequestMessage {
        var request = self
        for index in request.headers.indices where request.headers[index].value.contains(placeholder) {
            request.headers[index].value.replace(placeholder, with: text)
        }
        return request
    }
}

extension ExchangeOutcome {
    /// The outcome without a token that the server repeats.
    fileprivate func masked(by redactor: Redactor) -> ExchangeOutcome {
        guard case .response(let response) = self else { return self }
        let isRepeated =
            redactor.findsSecret(in: response.body)
            || response.headers.contains { redactor.findsSecret(in: Array($0.value.utf8)) }
        return isRepeated ? .response(redactor.redact(response)) : self
    }
}
