import ArgumentParser
import Harness
import JSONDocument
import Reporting

/// `assay history`: the trend of the last runs.
struct HistoryCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows the last runs: newly failing, newly fixed, flaky and slower steps.",
        discussion: """
            Examples:
              assay history                     the runs against the last target
              assay history --target sandbox
              assay history --report json

            Every run adds a line to reports/history.ndjson. To merge the histories of several machines, append their \
            files: cat ci/*/history.ndjson >> reports/history.ndjson
            """
    )

    @Option(help: ArgumentHelp("The target whose runs are shown.", valueName: "name"))
    var target: String?

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        let (trend, diagnostics) = try HistorySession.trend(try Workspace.openCurrent(), target: target)
        return CommandReport(diagnostics: output.shown(diagnostics)) { format, style in
            switch format {
            case .text: trend.map { RunTrendText(style: style).render($0) } ?? "no run is recorded yet\n"
            case .json: RunTrendJSON.render(trend)
            }
        }
    }

    static func membersOfFailure(_ command: HistoryCommand?) -> [(String, JSONValue?)] { RunTrendJSON.members(nil) }
}
