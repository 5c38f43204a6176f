import Diagnostics
import Harness
import JSONDocument
import Reporting

extension ReportOutputs {
    /// Writes what a run would send, in every format that was asked for.
    func write(_ run: DryRun, console: Console, quiet: Bool) throws(HarnessError) {
        if !quiet { console.show(Diagnostics(run.diagnostics.entries.filter { $0.severity > .note })) }
        try write(
            text: { DryRunText(style: $0).render(run) },
            json: {
                CommandJSON("run").render(
                    exit: 0,
                    [
                        ("dryRun", .boolean(true)), ("seed", .string(run.seed)), ("target", .string(run.target)),
                        ("baseURL", .string(run.baseURL)), ("requests", .number(JSONNumber(run.requests))),
                        ("scenarios", .array(run.scenarios.map(\.json))),
                    ], diagnostics: run.diagnostics.entries)
            }, console: console)
    }
}
