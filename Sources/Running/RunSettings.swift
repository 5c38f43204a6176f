public import Exchanges
public import Primitives
public import Scenarios

/// Everything that a run depends on besides its plan.
public struct RunSettings: Sendable {
    /// What generated values derive from.
    public var seed: String
    /// The run's time: `{{now}}` is this in every step.
    public var startedAt: Instant
    /// Where requests go.
    public var target: RunTarget
    /// How many requests are sent at a time, and how long they may take.
    public var pace: RunPace
    /// What is respected where a row follows redirects.
    public var redirects: RedirectLimits
    /// Whether nothing more is sent once a step has failed. Steps under way and teardown rows still end.
    public var failFast: Bool
    /// The credentials by profile.
    public var credentials: CredentialSet
    /// The values of the environment, secrets and variables for templates.
    public var values: ValueSources
    /// The value of the `user-agent` header, where a row sets none; `nil` sends none.
    public var userAgent: String?
    /// What the journal's header says about the run.
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
    /// Whether the target is the mock, so that rows for live targets are skipped; else those for the mock are.
    public var isMock: Bool

    /// A target.
    public init(name: String, baseURL: String, isMock: Bool) {
        self.name = name
        self.baseURL = baseURL
        self.isMock = isMock
    }
}

/// How many requests a run sends at a time, and how long they may take.
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

/// What the journal's header says about a run, and the run itself does not depend on.
public struct RunRecord: Sendable {
    /// The contracts of the plan.
    public var contracts: [JournalHeader.ContractReference]
    /// The command line.
    public var command: [String]
    /// The tables that were named; empty for all.
    public var tables: [String]
    /// Which part of the scenarios this run has.
    public var shard: JournalShard?
    /// How the run is judged.
    public var judging = JournalJudging()

    /// What is recorded.
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
