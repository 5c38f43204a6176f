public import Primitives

/// The first line of a journal: it describes the run.
public struct JournalHeader: Sendable, Hashable {
    /// The name of the format. Its number grows when old readers would misread a new journal.
    public static let schema = "assay-journal/2"
    /// The formats that can be read. The first one does not record redirects.
    static let readable = ["assay-journal/1", schema]

    /// The seed of generated values.
    public var seed: String
    /// When the run began.
    public var startedAt: Instant
    /// The target's name in the configuration.
    public var target: String
    /// The base URL that paths are appended to.
    public var baseURL: String
    /// The contracts of the plan.
    public var contracts: [ContractReference]
    /// The fingerprint of the tables and bodies.
    public var plan: String
    /// The command line, one argument each; secrets are masked when it is written.
    public var command: [String]
    /// The tables named on the command line; empty if the run used all tables of the project.
    public var tables: [String]
    /// The identities of the selected scenarios; empty if unknown.
    public var scenarios: [String]
    /// The part of the scenarios in this run; `nil` for a run that was not split.
    public var shard: JournalShard?
    /// How the run is judged, so that judging the journal gives the same verdict.
    public var judging = RecordedJudging()

    /// Creates a header.
    public init(
        seed: String,
        startedAt: Instant,
        target: String,
        baseURL: String,
        contracts: [ContractReference] = [],
        plan: String = "",
        command: [String] = [],
        tables: [String] = [],
        scenarios: [String] = [],
        shard: JournalShard? = nil
    ) {
        self.seed = seed
        self.startedAt = startedAt
        self.target = target
        self.baseURL = baseURL
        self.contracts = contracts
        self.plan = plan
        self.command = command
        self.tables = tables
        self.scenarios = scenarios
        self.shard = shard
    }

    /// Returns the header with the seed and the time of `origin`; with its own if that is `nil`.
    package func deriving(from origin: JournalOrigin?) -> JournalHeader {
        guard let origin else { return self }
        var header = self
        header.seed = origin.seed
        header.startedAt = origin.startedAt
        return header
    }

    /// A contract by name and content.
    public struct ContractReference: Sendable, Hashable {
        /// The contract's name, such as its version.
        public var name: String
        /// The fingerprint of its documents and overlays.
        public var fingerprint: String

        /// Creates a reference to a contract.
        public init(name: String, fingerprint: String) {
            self.name = name
            self.fingerprint = fingerprint
        }
    }
}

/// The command-line options that affect the verdict.
public struct RecordedJudging: Sendable, Hashable {
    /// Whether undeclared members and headers are errors.
    public var isStrict = false
    /// The baseline file; `nil` for none.
    public var baseline: String?
    /// The required coverage; `nil` for no minimum.
    public var minCoverage: String?
    /// The document given with `--spec`.
    public var spec: String?
    /// The contract chosen by name.
    public var version: String?
    /// Whether overlays were left out.
    public var withoutOverlays = false
    /// Whether certificates of servers were not verified.
    public var isInsecure = false
    /// The values of `--var` by name.
    public var variables: [String: String] = [:]
    /// The URL below which the run received deliveries; `nil` if it received none.
    public var receiver: String?

    /// Creates the default: judge by the rules alone.
    public init() {}
}

/// One of the parts that a run was split into.
public struct JournalShard: Sendable, Hashable {
    /// Which part, from 1.
    public var index: Int
    /// How many parts there are.
    public var count: Int
    /// The identities of its session scenarios. Every part that uses one runs it.
    public var sessions: [String]

    /// Creates part `index` of `count`.
    public init(index: Int, count: Int, sessions: [String] = []) {
        self.index = index
        self.count = count
        self.sessions = sessions
    }
}
