public import Exchanges
public import Primitives
public import Scenarios

/// Everything that a run must know besides its plan.
public struct RunSettings: Sendable {
    /// What the generated values derive from.
    public var seed: String
    /// The run's time: `{{now}}` is this in every step.
    public var startedAt: Instant
    /// The target's name in the configuration.
    public var targetName: String
    /// The address that the paths of the contract are appended to.
    public var baseURL: String
    /// Whether the target is the mock, so that rows for live targets are skipped; else those for the mock are.
    public var isMock: Bool
    /// How many scenarios run at a time, at least 1.
    public var jobs: Int
    /// How long an exchange may take to its last byte, unless its row says otherwise.
    public var timeout: Duration
    /// The time from one request to the next, for all scenarios together; `nil` for none.
    public var interval: Duration?
    /// Where the target says how much more it takes; `nil` when it does not.
    public var rateLimit: RateLimitFields?
    /// What is minded where a row asks to follow redirects.
    public var redirects: RedirectLimits
    /// Whether nothing more is sent once a step has failed. Steps under way and teardown rows still end.
    public var failFast: Bool
    /// The credentials by profile.
    public var credentials: CredentialSet
    /// Variables of the environment that templates may ask for.
    public var environment: [String: String]
    /// Secrets by name.
    public var secrets: [String: String]
    /// Variables of the configuration.
    public var variables: [String: String]
    /// The value of the `user-agent` header, where a row sets none; `nil` sends none.
    public var userAgent: String?
    /// The contracts of the plan, for the journal's header.
    public var contracts: [JournalHeader.ContractReference]
    /// The command line, for the journal's header.
    public var command: [String]
    /// The tables that were named, for the journal's header; empty for all.
    public var tables: [String]
    /// Which part of the scenarios this run has, for the journal's header.
    public var shard: JournalShard?
    /// How the run is judged, for the journal.
    public var judging = JournalJudging()

    /// Settings of a run.
    public init(
        seed: String,
        startedAt: Instant,
        targetName: String,
        baseURL: String,
        isMock: Bool,
        jobs: Int = 1,
        timeout: Duration = .seconds(20),
        interval: Duration? = nil,
        rateLimit: RateLimitFields? = nil,
        redirects: RedirectLimits = RedirectLimits(),
        failFast: Bool = false,
        credentials: CredentialSet = CredentialSet(),
        environment: [String: String] = [:],
        secrets: [String: String] = [:],
        variables: [String: String] = [:],
        userAgent: String? = nil,
        contracts: [JournalHeader.ContractReference] = [],
        command: [String] = [],
        tables: [String] = [],
        shard: JournalShard? = nil
    ) {
        self.seed = seed
        self.startedAt = startedAt
        self.targetName = targetName
        self.baseURL = baseURL
        self.isMock = isMock
        self.jobs = jobs
        self.timeout = timeout
        self.interval = interval
        self.rateLimit = rateLimit
        self.redirects = redirects
        self.failFast = failFast
        self.credentials = credentials
        self.environment = environment
        self.secrets = secrets
        self.variables = variables
        self.userAgent = userAgent
        self.contracts = contracts
        self.command = command
        self.tables = tables
        self.shard = shard
    }

    /// The header of the journal of a run of `plan`.
    public func journalHeader(for plan: Plan) -> JournalHeader {
        var header = JournalHeader(
            seed: seed,
            startedAt: startedAt,
            target: targetName,
            baseURL: baseURL,
            contracts: contracts,
            plan: plan.fingerprint,
            command: command,
            tables: tables,
            scenarios: plan.scenarios.map(\.id),
            shard: shard
        )
        header.judging = judging
        return header
    }
}
