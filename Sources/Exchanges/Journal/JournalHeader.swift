public import Primitives

/// What a journal is about: its first line.
public struct JournalHeader: Sendable, Hashable {
    /// The name of the format, which grows a new number when old readers would misread it.
    public static let schema = "assay-journal/2"
    /// The formats that can be read. The first one knows nothing of redirects that were followed.
    static let readable = ["assay-journal/1", schema]

    /// What the generated values derive from.
    public var seed: String
    /// When the run began.
    public var startedAt: Instant
    /// The target's name in the configuration.
    public var target: String
    /// The base URL that paths are appended to.
    public var baseURL: String
    /// The contracts that the plan was made for.
    public var contracts: [ContractReference]
    /// The fingerprint of the tables and bodies.
    public var plan: String
    /// The command line, one argument each; secrets are masked when it is written.
    public var command: [String]
    /// The tables that were named; empty when all of the project's were taken.
    public var tables: [String]
    /// The scenarios that were selected, by identity; empty when that is not known.
    public var scenarios: [String]
    /// Which part of the scenarios this run has; `nil` for a run that was not split.
    public var shard: JournalShard?
    /// How the run is judged, so that the journal gives the same verdict again.
    public var judging = JournalJudging()

    /// Describes a run.
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

    /// A contract by name and content.
    public struct ContractReference: Sendable, Hashable {
        /// The contract's name, such as its version.
        public var name: String
        /// The fingerprint of its documents and overlays.
        public var fingerprint: String

        /// Names a contract.
        public init(name: String, fingerprint: String) {
            self.name = name
            self.fingerprint = fingerprint
        }
    }
}

/// How a run is judged: what its command line said.
public struct JournalJudging: Sendable, Hashable {
    /// Whether undeclared members and headers are errors.
    public var isStrict = false
    /// The file of accepted findings; `nil` for none.
    public var baseline: String?
    /// How much has to be exercised; `nil` for no bound.
    public var minCoverage: String?
    /// A document that was given by file.
    public var spec: String?
    /// The contract that was chosen by its name.
    public var version: String?
    /// Whether overlays were left out.
    public var withoutOverlays = false

    /// As the rules say.
    public init() {}
}

/// One of the parts that a run was split into.
public struct JournalShard: Sendable, Hashable {
    /// Which part, from 1.
    public var index: Int
    /// How many parts there are.
    public var count: Int

    /// Part `index` of `count`.
    public init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }
}
