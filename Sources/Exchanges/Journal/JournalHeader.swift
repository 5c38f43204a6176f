/// What a journal is about: its first line.
public struct JournalHeader: Sendable, Hashable {
    /// The name of the format, which grows a new number when old readers would misread it.
    public static let schema = "assay-journal/1"

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

    /// Describes a run.
    public init(
        seed: String,
        startedAt: Instant,
        target: String,
        baseURL: String,
        contracts: [ContractReference] = [],
        plan: String = "",
        command: [String] = []
    ) {
        self.seed = seed
        self.startedAt = startedAt
        self.target = target
        self.baseURL = baseURL
        self.contracts = contracts
        self.plan = plan
        self.command = command
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
