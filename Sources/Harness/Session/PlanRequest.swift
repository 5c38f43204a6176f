package import Conformance
import Exchanges
package import Primitives

/// The input of a plan: contracts, tables, a target, the sources of values, and how responses are judged.
///
/// Every command that uses tables has one; a ``RunRequest`` adds how the requests are sent.
package struct PlanRequest: Sendable {
    /// The contracts.
    package var contracts = ContractChoice()
    /// The tables and scenarios.
    package var tables = TableChoice()
    /// The target.
    package var target = TargetChoice()
    /// The seed of generated values; `nil` for a fresh one.
    package var seed: String?
    /// The start time of the run; `nil` is now.
    package var startedAt: Instant?
    /// The environment that credentials and `{{env.X}}` come from.
    package var environment: [String: String] = [:]
    /// A file of secrets, which take precedence over the environment; `nil` for none.
    package var secretsFile: String?
    /// How the verdict is made from the exchanges.
    package var judging = JudgingChoice()
    /// The treatment of secrets without a value.
    package var missingSecrets = MissingSecrets.refused
    /// Whether the requests are only shown, as in a dry run.
    package var isPreview = false
    /// Whether exchanges of the verdict keep header lines and bodies. No report shows them, and they grow with the run.
    package var keepsMessages = false

    /// A request with every table, against the default target.
    package init() {}

    /// Whether a continuous integration service runs the job. `only` is rejected then, and no progress is shown.
    package var isCI: Bool { environment.isCI }
}

/// The treatment of secrets of a target that have no value.
package enum MissingSecrets: Sendable {
    /// A target is rejected when its own profile lacks one, because requests are going to be sent.
    case refused
    /// Rows that need one are skipped.
    case passedOver
    /// They get placeholders, which are masked. Nothing is sent.
    case standIns

    /// Whether requests are going to be sent. If so, a production target has to be allowed.
    var isForSending: Bool { self == .refused }
}

extension [String: String] {
    /// Whether this is the environment of a continuous integration job: `CI` is set, and not to a negative value.
    var isCI: Bool {
        !["", "0", "false"].contains(self["CI"] ?? "")
    }
}

/// How a verdict is made: the additional reasons to fail, and the accepted findings.
package struct JudgingChoice: Sendable {
    /// Whether members and headers that the contract does not declare are errors.
    package var isStrict = false
    /// The baseline file; `nil` for none.
    package var baseline: String?
    /// Whether the findings of this run become the baseline.
    package var writesBaseline = false
    /// The minimum coverage, as ``CoverageThreshold/parse(_:)`` reads it; `nil` for no minimum.
    package var minCoverage: String?
    /// The points of coverage that the JSON report lists.
    package var coverage = CoverageDetail.summary
    /// How often a scenario that the target may have failed is run again; `nil` for the project's setting.
    package var reruns: Int?

    /// The minimum coverage.
    var thresholds: [CoverageThreshold] { minCoverage.flatMap(CoverageThreshold.parse) ?? [] }

    /// The rules alone decide: without a baseline, strictness or thresholds.
    package init() {}
}
