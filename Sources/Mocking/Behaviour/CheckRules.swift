/// The checks that a request must pass before its operation is executed, and their settings.
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

/// How a repeated request is recognised, and the headers of its response.
struct IdempotencyRule: Sendable {
    /// The request header that contains the key.
    let header: String
    /// The methods whose responses are kept.
    let methods: [String]
    /// Whether each operation has its own keys, so that two operations can use the same key.
    let isPerOperation: Bool
    /// The response header that repeats the key.
    let echo: String?
    /// The response header that marks replays, and its values.
    let replayed: ReplayHeader?
    /// How long a key is kept; `nil` for as long as there is room.
    let lifetime: Duration?
    /// How long the first request with a key takes, and so how long the key is under way; zero for no time.
    let processing: Duration
    /// Whether a request whose key is under way is rejected, instead of waiting for the response.
    let rejectsUnderWay: Bool

    struct ReplayHeader: Sendable {
        let header: String
        let first: String
        let again: String
    }
}

/// The number of requests that are accepted in a window of time.
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

/// The checks of a request, in the order of the behaviour file.
enum Stage: String, Sendable, CaseIterable {
    /// The header that chooses the contract.
    case version
    /// The rate limit.
    case rateLimit
    /// The credentials.
    case credentials
    /// The idempotency key.
    case idempotency
    /// The contract and the rules of the file.
    case validation
    /// The existence of the entity, or its absence before it is created.
    case existence
    /// The state of the entity.
    case state
}
