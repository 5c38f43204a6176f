import Conformance
import Diagnostics

extension RunResult {
    /// The error of a run in which an ill target left too many steps unjudged; `nil` for any other run.
    static func tooLittleJudged(_ verdict: Verdict, maximumUnjudged: Double) -> Diagnostic? {
        guard let illness = verdict.illness, illness.share > maximumUnjudged else { return nil }
        return Diagnostic(
            "run.target-ill", .error,
            "\(illness.unjudged) of \(illness.steps) steps (\(percent(illness.share))) were not judged because the "
                + "target was ill; at most \(percent(maximumUnjudged)) are allowed",
            help: "run again when the target is available, or set `ill: {max-unjudged: 50%}` in assay.yaml")
    }

    /// A share with at most one decimal: `20%`, `12.5%`.
    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
    }
}
