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
    /// Whether members and headers that the contract does not declare are errors.
    public var isStrict: Bool

    /// A policy that leaves nothing out.
    public init(
        volatile: [ItemPath] = [],
        environment: [String: String] = [:],
        secrets: [String: String] = [:],
        variables: [String: String] = [:],
        baseURL: String = "",
        isStrict: Bool = false
    ) {
        self.volatile = volatile
        self.environment = environment
        self.secrets = secrets
        self.variables = variables
        self.baseURL = baseURL
        self.isStrict = isStrict
    }
}
