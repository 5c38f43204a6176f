internal import Exchanges

/// The tokens of a run. Each is fetched when it is needed first, and shared by all scenarios.
package actor TokenStore {
    /// A token and its number; a renewed token has a higher number.
    struct Entry: Sendable {
        var number: Int
        var token: Token
    }

    private struct State {
        var entry: Entry?
        /// The request in progress, which all callers share.
        var fetching: Task<Result<Entry, TransportFailure>, Never>?
        /// Whether the present token was fetched after a 401 and has not been accepted yet.
        var isUnproven = false
    }

    private let requests: [TokenRequest]
    private var states: [String: State] = [:]

    /// A store that requests tokens with `requests`.
    package init(_ requests: [TokenRequest]) {
        self.requests = requests
    }

    /// The request whose placeholder is in a header of `message`; `nil` if there is none.
    nonisolated func request(for message: RequestMessage) -> TokenRequest? {
        guard !requests.isEmpty else { return nil }
        return requests.first { request in message.headers.contains { $0.value.contains(request.placeholder) } }
    }

    /// The present token, fetched or renewed if it is necessary.
    func token(
        _ request: TokenRequest, over transport: any Transport, deadline: Duration
    ) async -> Result<Entry, TransportFailure> {
        let state = states[request.placeholder] ?? State()
        if let entry = state.entry, entry.token.isFresh { return .success(entry) }
        return await fetch(request, over: transport, deadline: deadline)
    }

    /// Another token after a server rejected `used`; `nil` if a renewed one was rejected too.
    func token(
        _ request: TokenRequest, replacing used: Entry, over transport: any Transport, deadline: Duration
    ) async -> Result<Entry, TransportFailure>? {
        let state = states[request.placeholder] ?? State()
        // Another scenario has renewed it in the meantime.
        if let entry = state.entry, entry.number != used.number { return .success(entry) }
        guard !state.isUnproven else { return nil }
        let result = await fetch(request, over: transport, deadline: deadline)
        if case .success = result { states[request.placeholder]?.isUnproven = true }
        return result
    }

    /// Notes that a server accepted a token.
    func accept(_ request: TokenRequest, _ used: Entry) {
        guard states[request.placeholder]?.entry?.number == used.number else { return }
        states[request.placeholder]?.isUnproven = false
    }

    private func fetch(
        _ request: TokenRequest, over transport: any Transport, deadline: Duration
    ) async -> Result<Entry, TransportFailure> {
        let state = states[request.placeholder] ?? State()
        if let fetching = state.fetching { return await fetching.value }
        let number = (state.entry?.number ?? 0) + 1
        let fetching = Task { () async -> Result<Entry, TransportFailure> in
            let outcome = await transport.send(request.message, deadline: deadline)
            do throws(TransportFailure) {
                return .success(Entry(number: number, token: try request.token(in: outcome, at: .now)))
            } catch {
                return .failure(error)
            }
        }
        states[request.placeholder, default: State()].fetching = fetching
        let result = await fetching.value
        states[request.placeholder]?.fetching = nil
        if case .success(let entry) = result { states[request.placeholder]?.entry = entry }
        return result
    }
}
