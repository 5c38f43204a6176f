import Conformance
package import Diagnostics
package import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
import Running
package import Scenarios

/// A plan with everything that is needed to build its requests and to judge its responses. The input contains no
/// mistakes.
///
/// Runs, lists, explanations, measurements of strength and reports of journals share it. It sends nothing by itself.
package struct PlannedSession: Sendable {
    /// The selected scenarios.
    package internal(set) var plan: Plan
    /// Warnings and notes about the input.
    package let diagnostics: Diagnostics
    /// Masks secrets in everything that is shown.
    package let redactor: Redactor
    /// The seed of generated values.
    package let seed: String

    let workspace: Workspace
    let input: PlanInput
    let mockVersions: [MockVersion]
    let credentials: TargetCredentials
    /// The additions of the target to requests, and how its servers are reached.
    let delivery: TargetDelivery
    let secrets: SecretValues
    /// The recordings that respond in place of a server; `nil` for a target that sends.
    let fixtures: FixtureFolder?

    init(
        plan: Plan, diagnostics: Diagnostics, redactor: Redactor, seed: String, workspace: Workspace, input: PlanInput,
        mockVersions: [MockVersion], credentials: TargetCredentials, delivery: TargetDelivery, secrets: SecretValues,
        fixtures: FixtureFolder?
    ) {
        self.plan = plan
        self.diagnostics = diagnostics
        self.redactor = redactor
        self.seed = seed
        self.workspace = workspace
        self.input = input
        self.mockVersions = mockVersions
        self.credentials = credentials
        self.delivery = delivery
        self.secrets = secrets
        self.fixtures = fixtures
    }

    /// Plans what `request` selects, as it is.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the input.
    package init(_ workspace: Workspace, _ request: PlanRequest) throws(HarnessError) {
        var planner = try SessionPlanner(workspace, request)
        let plan = try planner.selected()
        self = try planner.session(plan)
    }

    /// The target's name.
    package var targetName: String { target.name }

    /// The request that was planned.
    var request: PlanRequest { input.request }
    /// The contracts that responses are judged by.
    var loaded: LoadedContracts { input.loaded }
    /// The contracts with the overlays that the user left out of judging; `nil` when none were left out.
    var corrected: LoadedContracts? { input.corrected }
    var target: Target { input.target }
    /// Whether the mock responds, or a recording of it.
    var isMock: Bool { fixtures?.isMock ?? (target.kind == .mock) }

    /// When the session starts.
    var startedAt: Instant { request.startedAt ?? .now }

    /// How responses are judged.
    var policy: Policy {
        var policy = Policy(
            volatile: workspace.volatilePaths,
            environment: request.environment,
            secrets: fixtures == nil ? secrets.values : secrets.masks,
            variables: workspace.project.variableValues,
            promises: workspace.project.judging.promises,
            isStrict: request.judging.isStrict || target.isStrict
        )
        policy.strictTags = workspace.project.judging.strictTags
        policy.declaredPromises = workspace.declaredPromises
        policy.requirements = workspace.project.judging.requirements
        return policy
    }

    /// The values that templates of a scenario can use before its first request.
    func scope(of scenario: Scenario) -> ValueScope {
        ValueScope(
            of: scenario, seed: seed, now: startedAt, values)
    }

    /// The sources of values outside the tables.
    private var values: ValueSources {
        var values = ValueSources(
            environment: request.environment, secrets: secrets.values, variables: workspace.project.variableValues)
        // A run against a live target knows its own URLs.
        if plan.awaitsDeliveries { values.receiver = ReceiverURLs(base: DeliveryReception.innerBase) }
        return values
    }

    /// The contracts that some step of the plan is judged by.
    private var usedContracts: [Contract] {
        let names = plan.contracts
        return loaded.contracts.all.filter { names.contains($0.name) }
    }

    /// The settings for sending requests, unless a run changes them.
    func settings(_ baseURL: String, _ startedAt: Instant) -> RunSettings {
        var settings = RunSettings(
            seed: seed,
            startedAt: startedAt,
            target: runTarget(baseURL),
            pace: RunPace(
                jobs: usualJobs,
                timeout: target.timeout,
                interval: target.rate?.interval,
                rateLimit: target.rateLimit.map { RateLimitFields(remaining: $0.remaining, reset: $0.reset) }
            ),
            redirects: redirectLimits,
            credentials: credentials.values,
            values: values,
            userAgent: Self.userAgent,
            record: RunRecord(
                contracts: usedContracts.map { .init(name: $0.name, fingerprint: $0.fingerprint) },
                tables: request.tables.tables)
        )
        let logins = credentials.values.logins
        if case .live = target.kind, !logins.isEmpty {
            settings.sessionSecrets = SessionSecrets(logins, plan) { [redactor] in redactor.learn($0, $1) }
        }
        return settings
    }

    private func runTarget(_ baseURL: String) -> RunTarget {
        var result = RunTarget(name: target.name, baseURL: baseURL, isMock: isMock)
        result.headers = delivery.headers
        result.keepsCookies = delivery.keepsCookies
        return result
    }

    /// The value of the `user-agent` header.
    static var userAgent: String { "assay/\(AssayVersion.text)" }

    /// The number of scenarios that run at a time unless the user sets it.
    var usualJobs: Int {
        switch target.kind {
        case .mock: 8
        case .live, .fixtures: 4
        }
    }

    /// The limits for redirects that a row follows. Secrets go to no other server, and requests that
    /// change data go to no production server.
    private var redirectLimits: RedirectLimits {
        let production = ProductionGuard(loaded.contracts.all)
        let (workspace, environment) = (workspace, request.environment)
        let isAllowed = request.target.allowsProduction
        let isMock = target.kind == .mock
        return RedirectLimits(redactor: redactor) { method, origin in
            // A run against the mock stays on this machine, whatever address the mock makes up.
            if isMock { return "not the mock" }
            guard !isAllowed, !MethodSemantics.isSafe(method) else { return nil }
            var choice = TargetChoice()
            choice.baseURL = origin
            // Nothing is sent to an unrecognised address.
            guard let place = try? workspace.target(choice, environment: environment) else {
                return "no address of a target"
            }
            return production.reason(place)
        }
    }
}

/// The product's version.
package enum AssayVersion {
    /// By semantic versioning (https://semver.org).
    package static let text = "0.1.0"
}
