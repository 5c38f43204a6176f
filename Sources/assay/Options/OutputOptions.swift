import ArgumentParser
import Diagnostics

/// The destination and appearance of a command's report; the same options in every command.
struct OutputOptions<Format: ReportFormat>: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "\(Format.help), on standard output or in a file; repeatable.", valueName: "format[=path]"),
        transform: { try ReportDestination<Format>($0) })
    var reports: [ReportDestination<Format>] = []

    @Flag(help: "Print no warnings and nothing about what passed.")
    var quiet = false

    @Flag(help: "Do not use colour.")
    var noColor = false

    /// The destinations of reports.
    var outputs: ReportOutputs<Format> { ReportOutputs(reports) }

    /// The console, without colour if the user wants none.
    var console: Console { noColor ? Console().plain() : Console() }

    /// The diagnostics that are shown with a result: without notes, and nothing with `--quiet`.
    func shown(_ diagnostics: Diagnostics) -> Diagnostics {
        quiet ? Diagnostics() : Diagnostics(diagnostics.entries.filter { $0.severity > .note })
    }

    func validate() throws {
        guard reports.count(where: { $0.path == nil }) <= 1 else {
            throw ValidationError(
                "only one `--report` can write to standard output; give the others a file: json=report.json")
        }
    }
}
