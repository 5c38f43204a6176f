import Diagnostics
package import Exchanges
import OpenAPI
import Primitives
package import Scenarios

/// Judges exchanges by a plan and its contracts. Pure: it uses no clock and no network, and only the plan's order.
///
/// A scenario is judged step by step: by ``RunJudge/take(_:_:_:isCutOff:)`` while a run sends, and by the same function
/// for the exchanges of a journal. So both give the same verdict.
package struct Judge: Sendable {
    let plan: Plan
    let contracts: Contracts
    let policy: Policy
    let requests = PreparedRequests()
    let resourcePaths: ResourcePaths

    /// A judge for exchanges of `plan`.
    package init(plan: Plan, contracts: Contracts, policy: Policy = Policy()) {
        self.plan = plan
        self.contracts = contracts
        self.policy = policy
        resourcePaths = ResourcePaths(policy.promises.resources, contracts)
    }

    /// The verdict on a whole journal.
    ///
    /// - Complexity: one pass over the exchanges; every body is read once.
    package func verdict(_ journal: Journal) -> Verdict {
        var assembly = VerdictAssembly(self)
        assembly.add(rest: journal)
        return assembly.verdict(journal)
    }
}

/// The settings that a verdict depends on, in addition to journal, contracts and plan.
package struct Policy: Sendable {
    /// Paths that `same_as` ignores everywhere.
    package var volatile: [ItemPath]
    /// Variables of the environment for templates of checks, as they were in the run.
    package var environment: [String: String]
    /// Secrets by name, as they were in the run.
    package var secrets: [String: String]
    /// Variables of the configuration.
    package var variables: [String: String]
    /// The base address of the target; its path is not part of an operation's path.
    package var baseURL: String
    /// The promises of the API beyond its documents.
    package var promises: Promises
    /// Whether members and headers that the contract does not declare are errors.
    package var isStrict: Bool
    /// Tags of steps, scenarios and operations for which undeclared members and headers are always errors.
    package var strictTags: [String] = []
    /// The entries of the promises that a complete run reports if they applied to no exchange.
    package var declaredPromises: [DeclaredPromise] = []
    /// The rules for deliveries; `nil` if no step awaits one.
    package var deliveries: DeliveryPolicy?
    /// The requirements that rows show; those that only rows name are added.
    package var requirements: [Requirement] = []

    /// A policy; by default nothing is ignored, and undeclared members are warnings.
    package init(
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
    var values: ValueSources {
        var values = ValueSources(environment: environment, secrets: secrets, variables: variables)
        values.receiver = deliveries?.receiver
        return values
    }

    /// Whether undeclared members and headers are errors for something with `tags`.
    func isStrict(for tags: @autoclosure () -> [String]) -> Bool {
        if isStrict { return true }
        guard !strictTags.isEmpty else { return false }
        return tags().contains { tag in strictTags.contains { $0.isSame(as: tag) } }
    }
}
