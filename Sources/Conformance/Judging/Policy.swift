public import Scenarios

/// What a verdict depends on besides journal, contracts and plan.
public struct Policy: Sendable {
    /// Paths that `same_as` ignores everywhere.
    public var volatile: [ItemPath]
    /// Variables of the environment for templates of checks, as they were in the run.
    public var environment: [String: String]
    /// Secrets by name, as they were in the run.
    public var secrets: [String: String]
    /// Variables of the configuration.
    public var variables: [String: String]
    /// The base address of the target; its path is not part of an operation's path.
    public var baseURL: String
    /// What the API promises beyond its documents.
    public var promises: Promises
    /// Whether members and headers that the contract does not declare are errors.
    public var isStrict: Bool
    /// Tags of steps, scenarios and operations for which they are errors in any case.
    public var strictTags: [String] = []

    /// A policy; by default nothing is ignored, and undeclared members are warnings.
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

    /// The values for templates of checks.
    var values: ValueSources { ValueSources(environment: environment, secrets: secrets, variables: variables) }

    /// Whether undeclared members and headers are errors for something with `tags`.
    func isStrict(for tags: @autoclosure () -> [String]) -> Bool {
        if isStrict { return true }
        guard !strictTags.isEmpty else { return false }
        return tags().contains { tag in strictTags.contains { $0.utf8.elementsEqual(tag.utf8) } }
    }
}
