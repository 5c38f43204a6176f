import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// Finds an earlier request with the same idempotency key.
struct IdempotencyCheck {
    /// The earlier use of a key.
    enum KeyUse {
        /// The key is new: the response will be kept under it.
        case first(key: String)
        /// The same request had the key, and received this response.
        case repeated(Answer)
        /// A different request had the key.
        case reused
    }

    /// The key as it was sent.
    let text: String
    private let key: String
    private let request: IncomingRequest
    /// Seconds; `nil` for keys that are kept for ever.
    private let lifetime: Int?

    /// `nil` for requests without a key, and for methods whose responses are not kept.
    init?(_ rule: IdempotencyRule, _ request: IncomingRequest, _ operation: OpenAPI.Operation) {
        guard rule.methods.contains(operation.method), let text = request.header(rule.header), !text.isEmpty else {
            return nil
        }
        self.text = text
        self.request = request
        lifetime = rule.lifetime
        key = rule.isPerOperation ? operation.name + "\n" + text : text
    }

    /// The use of the key in `replays`. A key whose lifetime is over is new.
    func finding(in replays: BoundedStore<Replay>, at now: Instant) -> KeyUse {
        guard let replay = replays[key] else { return .first(key: key) }
        if let lifetime, now >= replay.keptAt.advanced(by: .seconds(lifetime)) { return .first(key: key) }
        return replay.isSame(as: request) ? .repeated(replay.answer) : .reused
    }
}

/// A request with an idempotency key, and its response.
struct Replay: Sendable {
    let method: String
    let target: String
    let body: [UInt8]
    let answer: Answer
    /// The time of the response, at which the lifetime of the key begins.
    let keptAt: Instant

    init(_ request: IncomingRequest, _ answer: Answer, at now: Instant) {
        method = request.method
        target = request.target
        body = request.message.body ?? []
        self.answer = answer
        keptAt = now
    }

    /// Whether `request` is the same: two JSON bodies are compared as JSON, other bodies byte by byte.
    func isSame(as request: IncomingRequest) -> Bool {
        guard method.utf8.elementsEqual(request.method.utf8), target.utf8.elementsEqual(request.target.utf8)
        else { return false }
        let other = request.message.body ?? []
        if body == other { return true }
        guard let document = request.document, let first = try? JSONDocument(parsing: body) else { return false }
        return first.root.value == document.root.value
    }
}
