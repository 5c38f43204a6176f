import Conformance

/// How a verdict is made: what fails besides broken promises, and what is accepted.
public struct JudgingChoice: Sendable {
    /// Whether members and headers that the contract does not declare are errors.
    public var isStrict = false
    /// The file of accepted findings; `nil` for none.
    public var baseline: String?
    /// Whether the findings of this run become the baseline.
    public var writesBaseline = false
    /// How much has to be exercised, as ``CoverageThreshold/parse(_:)`` reads it; `nil` for no bound.
    public var minCoverage: String?

    /// How much has to be exercised.
    var thresholds: [CoverageThreshold] { minCoverage.flatMap(CoverageThreshold.parse) ?? [] }

    /// Nothing fails or is accepted beyond the rules.
    public init() {}
}
