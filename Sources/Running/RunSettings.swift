package import Exchanges
package import Primitives
package import Scenarios

/// Everything that a run depends on, except its plan.
package struct RunSettings: Sendable {
    /// The origin of generated values and times.
    package var origin: JournalOrigin
    /// The target of the requests.
    package var target: RunTarget
    /// The limits on the number of requests at a time, and on their duration.
    package var pace: RunPace
    /// The limits for rows that follow redirects.
    package var redirects: RedirectLimits
    /// Whether a run stops once a step has failed. Steps under way and teardown rows are still completed.
    package var failFast: Bool
    /// The credentials by profile.
    package var credentials: CredentialSet
    /// The values of the environment, secrets and variables for templates.
    package var values: ValueSources
    /// The values of session scenarios that are credentials, and are masked once they are received. `nil` if there are
    /// none, and for the mock and recordings, which accept the placeholders of these values.
    package var sessionSecrets: SessionSecrets?
    /// The value of the `user-agent` header, unless a row sets one; `nil` sends none.
    package var userAgent: String?
    /// The description of the run in the journal's header.
    package var record: RunRecord
    /// The deliveries for steps that await some; `nil` if no step does.
    package var deliveries: RunDeliveries?

    /// The seed of generated values.
    package var seed: String {
        get { origin.seed }
        set { origin.seed = newValue }
    }

    /// The run's time: `{{now}}` is this in every step.
    package var startedAt: Instant {
        get { origin.startedAt }
        set { origin.startedAt = newValue }
    }

    /// Settings of a run.
    package init(
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
        origin = JournalOrigin(seed: seed, startedAt: startedAt)
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
    package func journalHeader(for plan: Plan) -> JournalHeader {
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
        header.shard?.sessions = plan.scenarios.filter(\.options.isSession).map(\.id)
        return header
    }
}

/// The target of a run.
package struct RunTarget: Sendable {
    /// The target's name in the configuration.
    package var name: String
    /// The address that the paths of the contract are appended to.
    package var baseURL: String
    /// Whether the target is the mock. If so, rows for live targets are skipped, otherwise those for the mock.
    package var isMock: Bool
    /// Headers of every request, unless its row sets them.
    package var headers: [HeaderField] = []
    /// Whether the cookies that a scenario receives are sent with its later requests.
    package var keepsCookies = false

    /// A target.
    package init(name: String, baseURL: String, isMock: Bool) {
        self.name = name
        self.baseURL = baseURL
        self.isMock = isMock
    }
}

/// The limits on the number of requests at a time, and on their duration.
package struct RunPace: Sendable {
    /// How many scenarios run at a time, at least 1.
    package var jobs: Int
    /// How long an exchange may take to its last byte, unless its row says otherwise.
    package var timeout: Duration
    /// The time from one request to the next, for all scenarios together; `nil` for none.
    package var interval: Duration?
    /// The headers in which the target says how many requests it still accepts; `nil` when it has none.
    package var rateLimit: RateLimitFields?

    /// A pace.
    package init(
        jobs: Int = 1, timeout: Duration = .seconds(20), interval: Duration? = nil, rateLimit: RateLimitFields? = nil
    ) {
        self.jobs = jobs
        self.timeout = timeout
        self.interval = interval
        self.rateLimit = rateLimit
    }
}

/// The description of a run in the journal's header. The run itself does not depend on it.
package struct RunRecord: Sendable {
    /// The contracts of the plan.
    package var contracts: [JournalHeader.ContractReference]
    /// The command line.
    package var command: [String]
    /// The tables that were selected; empty for all.
    package var tables: [String]
    /// The part of the scenarios that this run executes.
    package var shard: JournalShard?
    /// How the run is judged.
    package var judging = RecordedJudging()

    /// A description of a run.
    package init(
        contracts: [JournalHeader.ContractReference] = [], command: [String] = [], tables: [String] = [],
        shard: JournalShard? = nil
    ) {
        self.contracts = contracts
        self.command = command
        self.tables = tables
        self.shard = shard
    }
}
