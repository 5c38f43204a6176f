public import Exchanges
public import Primitives
public import Scenarios

/// Everything that a run depends on, except its plan.
public struct RunSettings: Sendable {
    /// The seed of generated values.
    public var seed: String
    /// The run's time: `{{now}}` is this in every step.
    public var startedAt: Instant
    /// The target of the requests.
    public var target: RunTarget
    /// The limits on the number of requests at a time, and on their duration.
    public var pace: RunPace
    /// The limits for rows that follow redirects.
    public var redirects: RedirectLimits
    /// Whether a run stops once a step has failed. Steps under way and teardown rows are still completed.
    public var failFast: Bool
    /// The credentials by profile.
    public var credentials: CredentialSet
    /// The values of the environment, secrets and variables for templates.
    public var values: ValueSources
    /// The value of the `user-agent` header, unless a row sets one; `nil` sends none.
    public var userAgent: String?
    /// The description of the run in the journal's header.
    public var record: RunRecord

    /// Settings of a run.
    public init(
        seed: String,
        startedAt: Instant,
        target: RunTarget,
        pace: RunPace = RunPace(),
        redirects: RedirectLimits = RedirectLimits(),
        failFast: Bool = false,
        credentials: CredentialSet = CredentialSet(),
        values: ValueSources = ValueSources(),
        userAgent: String? = nil,
        record: RunRecord = RunRecord()
    ) {
        self.seed = seed
        self.startedAt = startedAt
        self.target = target
        self.pace = pace
        self.redirects = redirects
        self.failFast = failFast
        self.credentials = credentials
        self.values = values
        self.userAgent = userAgent
        self.record = record
    }

    /// The header of the journal of a run of `plan`.
    public func journalHeader(for plan: Plan) -> JournalHeader {
        var header = JournalHeader(
            seed: seed,
            startedAt: startedAt,
            target: target.name,
            baseURL: target.baseURL,
            contracts: record.contracts,
            plan: plan.fingerprint,
            command: record.command,
            tables: record.tables,
            scenarios: plan.scenarios.map(\.id),
            shard: record.shard
        )
        header.judging = record.judging
        return header
    }
}

/// The target of a run.
public struct RunTarget: Sendable {
    /// The target's name in the configuration.
    public var name: String
    /// The address that the paths of the contract are appended to.
    public var baseURL: String
    /// Whether the target is the mock. If so, rows for live targets are skipped, otherwise those for the mock.
    public var isMock: Bool
    /// Headers of every request, unless its row sets them.
    public var headers: [HeaderField] = []
    /// Whether the cookies that a scenario receives are sent with its later requests.
    public var keepsCookies = false

    /// A target.
    public init(name: String, baseURL: String, isMock: Bool) {
        self.name = name
        self.baseURL = baseURL
        self.isMock = isMock
    }
}

/// The limits on the number of requests at a time, and on their duration.
public struct RunPace: Sendable {
    /// How many scenarios run at a time, at least 1.
    public var jobs: Int
    /// How long an exchange may take to its last byte, unless its row says otherwise.
    public var timeout: Duration
    /// The time from one request to the next, for all scenarios together; `nil` for none.
    public var interval: Duration?
    /// The headers in which the target says how many requests it still accepts; `nil` when it has none.
    public var rateLimit: RateLimitFields?

    /// A pace.
    public init(
        jobs: Int = 1, timeout: Duration = .seconds(20), interval: Duration? = nil, rateLimit: RateLimitFields? = nil
    ) {
        self.jobs = jobs
        self.timeout = timeout
        self.interval = interval
        self.rateLimit = rateLimit
    }
}

/// The description of a run in the journal's header. The run itself does not depend on it.
public struct RunRecord: Sendable {
    /// The contracts of the plan.
    public var contracts: [JournalHeader.ContractReference]
    /// The command line.
    public var command: [String]
    /// The tables that were selected; empty for all.
    public var tables: [String]
    /// The part of the scenarios that this run executes.
    public var shard: JournalShard?
    /// How the run is judged.
    public var judging = RecordedJudging()

    /// A description of a run.
    public init(
        contracts: [JournalHeader.ContractReference] = [], command: [String] = [], tables: [String] = [],
        shard: JournalShard? = nil
    ) {
        self.contracts = contracts
        self.command = command
        self.tables = tables
        self.shard = shard
    }
}
