/// A server that requests go to.
public struct Target: Sendable, Equatable {
    /// The name that `--target` uses.
    public var name: String
    /// What responds there.
    public var kind: Kind
    /// The credentials of rows with an empty `auth`; `nil` for the project's default.
    public var profile: String?
    /// Whether requests affect real money, mail or customers: then only safe methods are sent unless allowed. `nil`
    /// when the file does not say; the contract's servers may decide then.
    public var production: Bool?
    /// The longest that one exchange may take, body included.
    public var timeout: Duration
    /// The most requests that it is sent; `nil` for no limit.
    public var rate: Rate?
    /// The headers in which its responses give the remaining requests; `nil` for none.
    public var rateLimit: RateLimitHeaders?

    /// Whether HTTP/1.1 is used even where HTTP/2 is offered.
    public var isHTTP1Only = false

    /// Whether members and headers that the contract does not declare are errors there.
    public var isStrict = false

    /// Whether the file says that it is production.
    public var isProduction: Bool { production ?? false }

    /// What responds to a target's requests.
    public enum Kind: Sendable, Equatable {
        /// The built-in mock, started for the run.
        case mock
        /// A server at this address, of the form `https://host/base`.
        case live(baseURL: String)
        /// Recordings under the project's fixtures folder: no network.
        case fixtures
    }

    /// Thirty seconds: longer than any call that an API's user would wait for.
    public static let defaultTimeout = Duration.seconds(30)

    /// The built-in mock.
    public static let mock = Target(name: "mock", kind: .mock)

    /// The recordings of the project, which need no entry in the configuration.
    public static let fixtures = Target(name: "fixtures", kind: .fixtures)

    /// Describes a target.
    public init(
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
