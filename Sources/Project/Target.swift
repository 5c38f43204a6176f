package import Scenarios

/// A destination of requests.
package struct Target: Sendable, Equatable {
    /// The name that `--target` uses.
    package var name: String
    /// The kind of the target.
    package var kind: Kind
    /// The credentials of rows with an empty `auth`; `nil` for the project's default.
    package var profile: String?
    /// Whether requests affect real money, mail or customers. If so, only safe methods are sent unless others are
    /// allowed. `nil` when the file does not set it; the contract's servers can decide then.
    package var production: Bool?
    /// The longest duration of one exchange, body included.
    package var timeout: Duration
    /// The maximum rate of requests; `nil` for no limit.
    package var rate: Rate?
    /// The headers in which its responses report the remaining requests; `nil` for none.
    package var rateLimit: RateLimitHeaders?
    /// Values for `{{var.x}}` that take precedence over those of the project.
    package var variables: [Project.Variable] = []
    /// The additions to every request.
    package var requests = TargetRequests()
    /// How its servers are reached.
    package var network = TargetNetwork()
    /// Whether undeclared members and headers are errors there.
    package var isStrict = false

    /// How it triggers the events of rows.
    package var events: [EventMapping] {
        get { requests.events }
        set { requests.events = newValue }
    }

    /// Whether the file declares the target as production.
    package var isProduction: Bool { production ?? false }

    /// The sender of a target's responses.
    package enum Kind: Sendable, Equatable {
        /// The built-in mock, started for the run.
        case mock
        /// A server at this address, of the form `https://host/base`. In a configuration, it can contain `{{env.X}}` and
        /// `{{var.x}}`.
        case live(baseURL: String)
        /// Recordings in the project's fixtures folder, without a network.
        case fixtures
    }

    /// Thirty seconds: longer than users of an API would wait for a call.
    package static let defaultTimeout = Duration.seconds(30)

    /// The address of a target whose address has a missing value. No server has it (RFC 6761, section 6.4).
    package static let unknownAddress = "http://address.invalid"

    /// The built-in mock.
    package static let mock = Target(name: "mock", kind: .mock)

    /// The recordings of the project, which need no entry in the configuration.
    package static let fixtures = Target(name: "fixtures", kind: .fixtures)

    /// Describes a target.
    package init(
        name: String,
        kind: Kind,
        profile: String? = nil,
        production: Bool? = nil,
        timeout: Duration = Target.defaultTimeout,
        rate: Rate? = nil,
        rateLimit: RateLimitHeaders? = nil
    ) {
        self.name = name
        self.kind = kind
        self.profile = profile
        self.production = production
        self.timeout = timeout
        self.rate = rate
        self.rateLimit = rateLimit
    }
}
