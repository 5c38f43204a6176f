import Conformance
import Exchanges
package import Primitives

/// What is planned: contracts, tables and a target, with what requests are built from and how responses are judged.
///
/// Every command that works on tables has one; a ``RunRequest`` adds how the requests are sent.
package struct PlanRequest: Sendable {
    /// Which contracts.
    package var contracts = ContractChoice()
    /// Which tables and scenarios.
    package var tables = TableChoice()
    /// Which target.
    package var target = TargetChoice()
    /// What generated values derive from; `nil` is a fresh one.
    package var seed: String?
    /// When the run starts; `nil` is now.
    package var startedAt: Instant?
    /// The environment that credentials and `{{env.X}}` come from.
    package var environment: [String: String] = [:]
    /// A file of secrets, which take precedence over the environment; `nil` for none.
    package var secretsFile: String?
    /// How the verdict is made of what was received.
    package var judging = JudgingChoice()
    /// What becomes of secrets without a value.
    package var missingSecrets = MissingSecrets.refused
    /// Whether the verdict's exchanges keep header lines and bodies, which no report shows and which grow with the run.
    package var keepsMessages = false

    /// Every table, against the default target.
    package init() {}

    /// Whether an engine for continuous integration runs the job: `only` is refused then, and no progress is shown.
    package var isCI: Bool { environment.isCI }
}

/// What becomes of secrets of a target that have no value.
package enum MissingSecrets: Sendable {
    /// A target whose own profile lacks one is refused: requests are going to be sent.
    case refused
    /// Rows that need one are skipped.
    case passedOver
    /// Stand-ins take their places, and are masked: nothing is sent.
    case standIns

    /// Whether requests are going to be sent, so that a production target has to be allowed.
    var isForSending: Bool { self == .refused }
}

extension [String: String] {
    /// Whether this is the environment of a job of continuous integration: `CI` is set, and not to no.
    var isCI: Bool {
        !["", "0", "false"].contains(self["CI"] ?? "")
    }
}

/// How a verdict is made: what fails besides broken promises, and what is accepted.
package struct JudgingChoice: Sendable {
    /// Whether members and headers that the contract does not declare are errors.
    package var isStrict = false
    /// The file of accepted findings; `nil` for none.
    package var baseline: String?
    /// Whether the findings of this run become the baseline.
    package var writesBaseline = false
    /// How much has to be exercised, as ``CoverageThreshold/parse(_:)`` reads it; `nil` for no bound.
    package var minCoverage: String?

    /// How much has to be exercised.
    var thresholds: [CoverageThreshold] { minCoverage.flatMap(CoverageThreshold.parse) ?? [] }

    /// Nothing fails or is accepted beyond the rules.
    package init() {}
}
