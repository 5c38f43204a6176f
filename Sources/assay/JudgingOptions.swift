import ArgumentParser
import Conformance
import Harness

/// Options that decide what becomes of findings.
struct JudgingOptions: ParsableArguments {
    @Flag(help: "Undeclared members and headers, and missing rate limit headers, are errors.")
    var strict = false

    @Option(
        help: ArgumentHelp("Accepted findings, each with a reason and a day until which it is.", valueName: "file"))
    var baseline: String?

    @Flag(help: "Accept what this run finds: write it to the baseline (baseline.yaml).")
    var writeBaseline = false

    @Option(
        help: ArgumentHelp(
            "The least share that must be exercised: 80 (documented answers), or operations=100,headers=50.",
            valueName: "percent"))
    var minCoverage: String?

    var choice: JudgingChoice {
        var choice = JudgingChoice()
        choice.isStrict = strict
        choice.baseline = baseline
        choice.writesBaseline = writeBaseline
        choice.thresholds = minCoverage.flatMap(CoverageThreshold.parse) ?? []
        return choice
    }

    func validate() throws {
        guard let minCoverage, CoverageThreshold.parse(minCoverage) == nil else { return }
        let kinds = CoverageThreshold.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--min-coverage is a share of 0 to 100, or KIND=SHARE,… of: \(kinds)")
    }
}
