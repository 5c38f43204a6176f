public import Exchanges
public import OpenAPI
public import Primitives

/// A mock without sockets and clocks: a request and a time go in, a response comes out, the state moves on.
///
/// The same seed and the same requests in the same order give the same responses. What is remembered is bounded:
/// beyond the limits of the behaviour file the oldest is forgotten.
///
/// A request passes through these stages, each with an input and an output of its own:
///
/// | stage | from | to |
/// | --- | --- | --- |
/// | route: ``RequestRouter`` | `RequestMessage` | `RoutedRequest` |
/// | check (version, rate, credentials, key, contract): `RequestChecks` | `IncomingRequest` | `CheckResult` |
/// | act: `OperationAction` | `IncomingRequest`, `MockState` | `ActionOutcome`, `MockState` |
/// | respond: `AnswerWriter`, then `ResponseWriter` | `ActionOutcome` | `Answer`, then `ResponseMessage` |
/// | break rules on purpose: `FaultInjector` | `ResponseMessage` | `ResponseMessage` |
public struct MockEngine: Sendable {
    /// Routes requests, which needs nothing that is remembered.
    let router: RequestRouter
    private let contracts: [ServedContract]
    /// What is remembered of each contract.
    private var states: [MockState]
    private let isOpenToOrigins: Bool

    /// The responses in which a rule was broken on purpose, since the start or the last reset.
    public var brokenAnswers: Int { states.reduce(0) { $0 + $1.brokenAnswers } }

    /// Serves all `versions`; where a request does not say which it means, the first.
    public init(versions: [MockVersion], settings: MockSettings) {
        contracts = versions.map { ServedContract($0, settings) }
        router = RequestRouter(contracts)
        states = contracts.map { MockState($0.behaviour) }
        isOpenToOrigins = settings.isOpenToOrigins
    }

    /// Responds to one request.
    ///
    /// - Parameter now: The time of the response; it must not go back between calls.
    public mutating func respond(to request: RequestMessage, at now: Instant) -> ResponseMessage {
        respond(to: router.route(request), at: now).response
    }

    /// Responds to a request that was routed before.
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
        switch request {
        case .control(let message, let path):
            let control = MockControl(contracts: contracts, now: now)
            return Reply(response: control.response(to: message, path, &states))
        case .unserved: return Reply(response: ResponseMessage(status: 404))
        case .served(let incoming): return RequestPipeline.reply(to: incoming, at: now, &states[incoming.choice.index])
        }
    }

    /// The callbacks and webhooks that are to be sent now.
    mutating func takeDeliveries() -> [Delivery] {
        var found: [Delivery] = []
        for index in states.indices { found += states[index].outbox.takeUnsent() }
        return found
    }

    /// The path of the contract's first server, without a slash at its end; empty for the root.
    public static func basePath(of contract: Contract) -> String {
        guard let server = contract.servers.first else { return "" }
        var path = RequestMessage(method: "GET", url: server.url).path
        while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        return path
    }

    /// A response, and what a log says about it.
    package struct Reply: Sendable {
        /// What is sent back.
        package var response: ResponseMessage
        /// The operation that the request called, by name.
        package var operation: String?
        /// Why the request was rejected; `nil` when it was not.
        package var reason: String?
    }
}

extension ResponseMessage {
    /// Leaves the head as it would be for `GET` (RFC 9110, section 9.3.2).
    fileprivate mutating func removeBody() {
        if header("content-length").isEmpty {
            headers.append(HeaderField(name: "Content-Length", value: String(body.count)))
        }
        body = []
    }
}
