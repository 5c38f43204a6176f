package import Exchanges
package import OpenAPI
package import Primitives

/// A mock without sockets and clocks. It takes a request and a time, returns a response, and changes its state.
///
/// The same seed and the same requests in the same order produce the same responses. The state is bounded: beyond the
/// limits of the behaviour file the oldest entries are removed.
///
/// A request passes through these stages, each with its own input and output:
///
/// | stage | from | to |
/// | --- | --- | --- |
/// | route: ``RequestRouter`` | `RequestMessage` | `RoutedRequest` |
/// | check (version, rate, credentials, key, contract): `RequestChecks` | `IncomingRequest` | `CheckResult` |
/// | act: `OperationAction` | `IncomingRequest`, `MockState` | `ActionOutcome`, `MockState` |
/// | respond: `AnswerWriter`, then `ResponseWriter` | `ActionOutcome` | `Answer`, then `ResponseMessage` |
/// | break rules on purpose: `FaultInjector` | `ResponseMessage` | `ResponseMessage` |
package struct MockEngine: Sendable {
    /// Routes requests without any state.
    let router: RequestRouter
    private let contracts: [ServedContract]
    /// State and clock, for the main branch and for those of clients with a clock of their own.
    private var branches: MockBranches
    private let isOpenToOrigins: Bool

    /// The number of responses with a rule broken on purpose, since the start or the last reset.
    package var brokenAnswers: Int { branches.brokenAnswers }

    /// Serves all `versions`. The first one receives requests that do not name a version.
    package init(versions: [MockVersion], settings: MockSettings) {
        contracts = versions.map { ServedContract($0, settings) }
        router = RequestRouter(contracts)
        branches = MockBranches(contracts)
        isOpenToOrigins = settings.isOpenToOrigins
    }

    /// Responds to one request.
    ///
    /// - Parameter now: The real time, to which the clock of a branch may add.
    package mutating func respond(to request: RequestMessage, at now: Instant) -> ResponseMessage {
        respond(to: router.route(request), at: now).response
    }

    /// Responds to a request that is already routed.
    mutating func respond(to request: RoutedRequest, at now: Instant) -> Reply {
        let origin = isOpenToOrigins ? CrossOrigin(request.message) : nil
        if let preflight = origin?.preflight(allowing: { router.allowedMethods(for: request.message) }) {
            return Reply(response: preflight)
        }
        var reply = reply(to: request, at: now)
        if request.message.method == "HEAD" { reply.response.removeBody() }
        if let origin { reply.response = origin.opened(reply.response) }
        return reply
    }

    private mutating func reply(to request: RoutedRequest, at now: Instant) -> Reply {
        if let name = branches.name(in: request.message), !branches.contains(name) {
            return Reply(response: MockControl.unknownBranch(name), reason: "unknown branch")
        }
        switch request {
        case .control(let message, let path):
            let control = MockControl(contracts: contracts, now: now)
            return Reply(response: control.response(to: message, path, &branches))
        case .unserved: return Reply(response: ResponseMessage(status: 404))
        case .served(let incoming): return reply(to: incoming, at: now)
        }
    }

    private mutating func reply(to request: IncomingRequest, at now: Instant) -> Reply {
        let index = request.choice.index
        guard let name = branches.name(in: request.message) else {
            return RequestPipeline.reply(to: request, at: branches.main.time(at: now), &branches.main.states[index])
        }
        return branches.change(name) { branch in
            var reply = RequestPipeline.reply(to: request, at: branch.time(at: now), &branch.states[index])
            reply.gap?.branch = name
            return reply
        } ?? Reply(response: MockControl.unknownBranch(name))
    }

    /// The callbacks and webhooks that must be sent now.
    mutating func takeDeliveries() -> [Delivery] { branches.takeDeliveries() }

    /// Ends a gap in the check of keys.
    mutating func close(_ gap: KeyGap.Closing) {
        _ = branches.change(gap.branch) { $0.states[gap.version].gaps[gap.key] = nil }
    }

    /// Logs the result of an attempt to deliver.
    mutating func note(_ attempt: DeliveryAttempt, of delivery: Delivery) { branches.note(attempt, of: delivery) }

    /// The path of the contract's first server, without a trailing slash; empty for the root.
    package static func basePath(of contract: Contract) -> String {
        contract.servers.first.map { Server.path(ofURL: $0.url) } ?? ""
    }

    /// A response, and its entry in the log.
    package struct Reply: Sendable {
        /// The response to send.
        package var response: ResponseMessage
        /// The operation that the request called, by name.
        package var operation: String?
        /// The reason why the request was rejected; `nil` for accepted requests.
        package var reason: String?
        /// The situation in which the request was rejected, as behaviour files name it; `nil` for accepted requests.
        package var situation: String?
        /// How long the response takes; zero for no time.
        package var delay = Duration.zero
        /// The gap in the check of keys that ends when the response is sent; `nil` for none.
        package var gap: KeyGap.Closing?
    }
}

extension ResponseMessage {
    /// Keeps the head as it would be for `GET` (RFC 9110, section 9.3.2).
    fileprivate mutating func removeBody() {
        if header("content-length").isEmpty {
            headers.append(HeaderField(name: "Content-Length", value: String(body.count)))
        }
        body = []
    }
}
