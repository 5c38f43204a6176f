import ArgumentParser
import Conformance
import Harness

/// Options that decide how findings count; the same for runs and for stored journals.
struct AcceptanceOptions: ParsableArguments {
    @Flag(help: "Undeclared members and headers, and missing rate limit headers, are errors.")
    var strict = false

    @Option(
        help: ArgumentHelp("Accepted findings, each with a reason and a day until which it is.", valueName: "file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "The least share that must be exercised: 80 (documented answers), or operations=100,headers=50.",
            valueName: "percent"))
    var minCoverage: String?

    var choice: JudgingChoice {
        var choice = JudgingChoice()
        choice.isStrict = strict
        choice.baseline = baseline
        choice.minCoverage = minCoverage
        return choice
    }

    func validate() throws {
        guard let minCoverage, CoverageThreshold.parse(minCoverage) == nil else { return }
        let kinds = CoverageThreshold.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--min-coverage must be a share from 0 to 100, or KIND=SHARE,… of: \(kinds)")
    }
}

/// Options that decide what becomes of the findings of a run.
struct JudgingOptions: ParsableArguments {
    @OptionGroup var acceptance: AcceptanceOptions

    @Flag(help: "Accept what this run finds: add it to the baseline (baseline.yaml).")
    var writeBaseline = false

    var choice: JudgingChoice {
        var choice = acceptance.choice
        choice.writesBaseline = writeBaseline
        return choice
    }
}
