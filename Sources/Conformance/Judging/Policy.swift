public import Scenarios

/// What judging needs to know besides journal, contracts and plan.
public struct Policy: Sendable {
    /// Paths that `same_as` leaves out everywhere.
    public var volatile: [ItemPath]
    /// What templates of checks may ask for, as it was for the run.
    public var environment: [String: String]
    /// Secrets by name, as they were for the run.
    public var secrets: [String: String]
    /// Variables of the configuration.
    public var variables: [String: String]
    /// The base address below which requests were sent; its path is no part of an operation's path.
    public var baseURL: String
    /// What the API promises beyond its documents.
    public var promises: Promises
    /// Whether members and headers that the contract does not declare are errors.
    public var isStrict: Bool
    /// Tags of steps, scenarios and operations for which they are errors in any case.
    public var strictTags: [String] = []

    /// A policy that leaves nothing out.
    public init(
        volatile: [ItemPath] = [],
        environment: [String: String] = [:],
        secrets: [String: String] = [:],
        variables: [String: String] = [:],
        baseURL: String = "",
        promises: Promises = Promises(),
        isStrict: Bool = false
    ) {
        self.volatile = volatile
        self.environment = environment
        self.secrets = secrets
        self.variables = variables
        self.baseURL = baseURL
        self.promises = promises
        self.isStrict = isStrict
    }
}
