import Exchanges
public import Primitives

/// Everything that a user may ask of `assay run`.
public struct RunRequest: Sendable {
    /// Which contracts.
    public var contracts = ContractChoice()
    /// Which tables and scenarios.
    public var tables = TableChoice()
    /// Which target.
    public var target = TargetChoice()
    /// What generated values derive from; `nil` is a fresh one.
    public var seed: String?
    /// How many scenarios run at a time; `nil` is 8 for the mock and 4 for live targets.
    public var jobs: Int?
    /// The longest that one exchange may take; `nil` is the target's.
    public var timeout: Duration?
    /// Whether nothing new is started after the first failure.
    public var failFast = false
    /// Where the journal is kept; `nil` is a new file under `reports/journals`.
    public var journal: String?
    /// Whether the run goes on that `journal`, or the newest one, tells of.
    public var resumes = false
    /// Which part of the scenarios is run; `nil` for all.
    public var shard: Shard?
    /// A journal that tells how long scenarios take, so that shards are even; the same for all of them.
    public var durations: String?
    /// The environment that credentials and `{{env.X}}` come from.
    public var environment: [String: String] = [:]
    /// A file of secrets, which win over the environment; `nil` for none.
    public var secretsFile: String?
    /// How the verdict is made of what was received.
    public var judging = JudgingChoice()
    /// The command line, for the journal.
    public var command: [String] = []
    /// What becomes of secrets that nobody has given.
    public var missingSecrets = MissingSecrets.refused
    /// Whether the verdict's exchanges keep header lines and bodies, which no report shows and which grow with the run.
    public var keepsMessages = false
    /// How the run's traffic is recorded; `nil` where it is not.
    public var recording: RecordingChoice?
    /// When the run starts; `nil` is now.
    public var startedAt: Instant?

    /// Runs everything against the default target.
    public init() {}

    /// Whether an engine for continuous integration runs the job: `only` is refused then, and no progress is shown.
    public var isCI: Bool { environment.isCI }
}

/// What becomes of secrets of a target that nobody has given.
public enum MissingSecrets: Sendable {
    /// A target whose own profile lacks one is refused.
    case refused
    /// Rows that need one are skipped.
    case passedOver
    /// Something stands in for them, and is masked: nothing is sent.
    case standIns
}
