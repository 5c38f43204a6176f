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
        /// The same request had the key, and received this response, which is ready after a time.
        case repeated(Answer, after: Duration)
        /// The same request has the key, and no response yet.
        case underWay
        /// A different request had the key.
        case reused
    }

    /// The key as it was sent.
    let text: String
    /// The key of the store.
    let key: String
    private let rule: IdempotencyRule
    private let request: IncomingRequest

    /// `nil` for requests without a key, and for methods whose responses are not kept.
    init?(_ rule: IdempotencyRule, _ request: IncomingRequest, _ operation: OpenAPI.Operation) {
        guard rule.methods.contains(operation.method), let text = request.header(rule.header), !text.isEmpty else {
            return nil
        }
        self.text = text
        self.rule = rule
        self.request = request
        key = rule.isPerOperation ? operation.name + "\n" + text : text
    }

    /// The use of the key in `replays`.
    func finding(in replays: BoundedStore<Replay>, at now: Instant) -> KeyUse {
        guard let replay = replays[key] else { return .first(key: key) }
        let age = now.since(replay.keptAt)
        if let lifetime = rule.lifetime, age >= lifetime { return .first(key: key) }
        guard replay.isSame(as: request) else { return .reused }
        let rest = max(.zero, rule.processing - age)
        return rest > .zero && rule.rejectsUnderWay ? .underWay : .repeated(replay.answer, after: rest)
    }
}

/// A request with an idempotency key, and its response.
struct Replay: Sendable {
    let method: String
    let target: String
    let body: [UInt8]
    let answer: Answer
    /// When the first request arrived.
    let keptAt: Instant

    init(_ request: IncomingRequest, _ answer: Answer, at now: Instant) {
        keptAt = now
        method = request.method
        target = request.target
        body = request.message.body ?? []
        self.answer = answer
    }

    /// Whether `request` is the same: two JSON bodies are compared as JSON, other bodies byte by byte.
    func isSame(as request: IncomingRequest) -> Bool {
        guard method.isSame(as: request.method), target.isSame(as: request.target)
        else { return false }
        let other = request.message.body ?? []
        if body == other { return true }
        guard let document = request.document, let first = try? JSONDocument(parsing: body) else { return false }
        return first.root.value == document.root.value
    }
}
