import ArgumentParser
import Conformance
import Harness

/// Options that decide how findings count; the same for runs and for stored journals.
struct AcceptanceOptions: ParsableArguments {
    @Flag(help: "Report undeclared members and headers, and missing rate limit headers, as errors.")
    var strict = false

    @Option(
        help: ArgumentHelp("A file of accepted findings, each with a reason and a last day.", valueName: "file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "The minimum share that must be exercised: 80 (documented responses), or operations=100,headers=50.",
            valueName: "percent"),
        transform: { try AcceptanceOptions.coverage($0) })
    var minCoverage: String?

    @Option(
        help: ArgumentHelp(
            "The coverage in the JSON report: summary (shares and gaps), or full (each header, member and value).",
            valueName: "detail"))
    var coverage = CoverageDetail.summary

    var choice: JudgingChoice {
        var choice = JudgingChoice()
        choice.coverage = coverage
        choice.isStrict = strict
        choice.baseline = baseline
        choice.minCoverage = minCoverage
        return choice
    }

    private static func coverage(_ text: String) throws -> String {
        guard CoverageThreshold.parse(text) == nil else { return text }
        let kinds = CoverageThreshold.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("must be a number from 0 to 100, or KIND=NUMBER,… with the kinds \(kinds)")
    }
}

/// Options that decide what becomes of the findings of a run.
struct JudgingOptions: ParsableArguments {
    @OptionGroup var acceptance: AcceptanceOptions

    @Flag(help: "Accept the findings of this run: add them to the baseline (baseline.yaml).")
    var writeBaseline = false

    var choice: JudgingChoice {
        var choice = acceptance.choice
        choice.writesBaseline = writeBaseline
        return choice
    }
}

extension CoverageDetail: ExpressibleByArgument {}
