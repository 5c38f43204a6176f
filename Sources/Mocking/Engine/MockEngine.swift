public import Exchanges
import JSONDocument
public import OpenAPI
public import Primitives

/// A mock without sockets and clocks: a request and a time go in, an answer comes out, the state moves on.
///
/// The same seed and the same requests in the same order give the same answers. What is remembered is bounded:
/// beyond the limits of the behaviour file the oldest is forgotten.
public struct MockEngine: Sendable {
    private let versions: [MockVersion]
    private let settings: MockSettings
    /// Finds out what requests mean.
    let router: RequestRouter
    private var engines: [ContractEngine]

    /// The answers in which a rule was broken on purpose, since the start or the last reset.
    public var brokenAnswers: Int { engines.reduce(0) { $0 + $1.brokenAnswers } }

    /// The path below which the mock itself is spoken to; below the base path of a contract too.
    static let reserved = "/_mock"

    /// Serves all `versions`; where a request does not say which it means, the first.
    public init(versions: [MockVersion], settings: MockSettings) {
        self.versions = versions
        self.settings = settings
        router = RequestRouter(versions)
        engines = versions.map { ContractEngine($0, settings: settings) }
    }

    /// Answers one request.
    ///
    /// - Parameter now: The time that answers speak of; it must not go back between calls.
    public mutating func respond(to request: RequestMessage, at now: Instant) -> ResponseMessage {
        respond(to: Arrival(request, router), at: now).response
    }

    /// A request, and what the router made of it.
    struct Arrival: Sendable {
        let message: RequestMessage
        /// The path below the reserved one; `nil` for requests that are the API's.
        let reservedPath: String?
        /// The request, read and judged; `nil` for reserved paths, and when no contract is served.
        let incoming: IncomingRequest?

        init(_ message: RequestMessage, _ router: RequestRouter) {
            self.message = message
            reservedPath = router.reservedPath(of: message)
            incoming = reservedPath == nil ? router.incoming(message) : nil
        }
    }

    /// Answers a request that was read before.
    mutating func respond(to arrival: Arrival, at now: Instant) -> Reply {
        let request = arrival.message
        guard settings.isOpenToOrigins, let origin = CrossOrigin(request) else { return respondAlone(arrival, at: now) }
        if let preflight = origin.preflight(allowing: { router.allowedMethods(for: request) }) {
            return Reply(response: preflight)
        }
        var reply = respondAlone(arrival, at: now)
        reply.response = origin.opened(reply.response)
        return reply
    }

    private mutating func respondAlone(_ arrival: Arrival, at now: Instant) -> Reply {
        guard arrival.message.method == "HEAD" else { return answer(arrival, at: now) }
        var reply = answer(arrival, at: now)
        if reply.response.header("content-length").isEmpty {
            let length = String(reply.response.body.count)
            reply.response.headers.append(HeaderField(name: "Content-Length", value: length))
        }
        reply.response.body = []
        return reply
    }

    private mutating func answer(_ arrival: Arrival, at now: Instant) -> Reply {
        if let path = arrival.reservedPath { return Reply(response: reserved(arrival.message, path, at: now)) }
        guard let request = arrival.incoming else { return Reply(response: ResponseMessage(status: 404)) }
        return engines[request.choice.index].respond(to: ContractEngine.Turn(request: request, now: now))
    }

    /// The callbacks and webhooks that are to be sent now.
    mutating func takeDeliveries() -> [Delivery] {
        var found: [Delivery] = []
        for index in engines.indices { found += engines[index].takeDeliveries() }
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

    // MARK: Reserved routes

    private mutating func reserved(_ request: RequestMessage, _ path: String, at now: Instant) -> ResponseMessage {
        let parts = path.split(separator: "/").map { PercentEncoding.decodedLeniently($0) }
        let method = request.method
        switch (parts.first, parts.count) {
        case ("reset", 1):
            guard method == "POST" else { return refused(allow: "POST") }
            engines = versions.map { ContractEngine($0, settings: settings) }
            return ResponseMessage(status: 204)
        case ("state", 1):
            guard method == "GET" else { return refused(allow: "GET") }
            let states = zip(versions, engines).map { ($0.contract.name, $1.dump) }
            return told(200, .object(JSONObject(states)))
        case ("deliveries", 1):
            guard method == "GET" else { return refused(allow: "GET") }
            return told(200, .array(engines.flatMap { $0.state.deliveries.map(\.told) }))
        case ("events", 2):
            guard method == "POST" else { return refused(allow: "POST") }
            return event(parts[1], request, at: now)
        default:
            return told(
                404,
                message: "Use POST /_mock/events/{event}, POST /_mock/reset, GET /_mock/state "
                    + "or GET /_mock/deliveries.")
        }
    }

    private mutating func event(_ name: String, _ request: RequestMessage, at now: Instant) -> ResponseMessage {
        var input = JSONObject()
        if let body = request.body, !body.isEmpty {
            guard let document = try? JSONDocument(parsing: body), case .object(let object) = document.root.value else {
                return told(400, message: "The body must be a JSON object of the event's inputs.")
            }
            input = object
        }
        var last: (index: Int, outcome: ContractEngine.EventOutcome)?
        for index in engines.indices {
            let outcome = engines[index].happen(name, input, at: now)
            switch outcome {
            case .unknownEvent: last = last ?? (index, outcome)
            case .unknownEntity: last = (index, outcome)
            case .badInput, .refused, .happened: return told(name, outcome)
            }
        }
        return told(name, last?.outcome ?? .unknownEvent)
    }

    private func told(_ event: String, _ outcome: ContractEngine.EventOutcome) -> ResponseMessage {
        switch outcome {
        case .unknownEvent: return told(404, message: "Unknown event '\(event)'.")
        case .badInput(let message): return told(400, message: message)
        case .unknownEntity(let id): return told(404, message: "'\(id)' does not exist.")
        case .refused(let id, let state):
            return told(409, message: "'\(id)' is \(state), which does not allow '\(event)' with these inputs.")
        case .happened(let id, let before, let after):
            let changes = JSONDifference.between(expected: before, actual: after)
            let changed = changes.map { ($0.pointer.description, $0.actual ?? .null) }
            return told(
                200,
                .object([
                    "event": .string(event), "id": .string(id), "changed": .object(JSONObject(changed)),
                    "entity": after,
                ]))
        }
    }

    private func told(_ status: Int, message: String) -> ResponseMessage {
        told(status, .object(["message": .string(message)]))
    }

    private func told(_ status: Int, _ value: JSONValue) -> ResponseMessage {
        ResponseMessage(
            status: status, headers: [HeaderField(name: "Content-Type", value: "application/json")],
            body: Array((value.text + "\n").utf8))
    }

    private func refused(allow: String) -> ResponseMessage {
        var response = told(405, message: "Only \(allow) is allowed here.")
        response.headers.append(HeaderField(name: "Allow", value: allow))
        return response
    }
}
