/// The checks that a request passes before its operation is carried out, and what they need.
struct CheckRules: Sendable {
    let order: [Stage]
    let version: VersionRule?
    let credentials: CredentialRule
    let idempotency: IdempotencyRule?
    let rateLimit: RateLimitRule?
}

/// Which credentials are required.
struct CredentialRule: Sendable {
    var isEnforced = true
    /// Whether any well-formed credentials are accepted.
    var acceptsAny = false
}

/// How clients choose this contract.
struct VersionRule: Sendable {
    /// The request header that names a version.
    let header: String
    /// The names that choose this contract.
    let values: [String]
}

/// How a repeated request is recognised, and what its response contains.
struct IdempotencyRule: Sendable {
    /// The request header that carries the key.
    let header: String
    /// The methods whose responses are kept.
    let methods: [String]
    /// Whether each operation has keys of its own, so that two operations can use the same key.
    let isPerOperation: Bool
    /// The response header that repeats the key.
    let echo: String?
    /// The response header that marks replays, and its texts.
    let replayed: ReplayHeader?

    struct ReplayHeader: Sendable {
        let header: String
        let first: String
        let again: String
    }
}

/// How many requests are accepted in a window of time.
struct RateLimitRule: Sendable {
    let limit: Int
    /// Seconds.
    let window: Int
    let isPerOperation: Bool
    let headers: Headers
    /// The value of the type header for operations with and without credentials.
    let withCredentials: String
    let withoutCredentials: String

    /// The names of the response headers; those that are `nil` are not sent.
    struct Headers: Sendable {
        let limit: String?
        let remaining: String?
        let retry: String?
        let type: String?
    }
}

/// The checks that a request passes, in the order that a behaviour file gives.
enum Stage: String, Sendable, CaseIterable {
    /// The header that chooses the contract.
    case version
    /// Requests counted against the limit.
    case rateLimit
    /// The credentials.
    case credentials
    /// Whether the same request was sent before.
    case idempotency
    /// The request against the contract and the rules.
    case validation
    /// Whether the entity is there (or, when one is made, is not).
    case existence
    /// Whether its state allows it.
    case state
}
