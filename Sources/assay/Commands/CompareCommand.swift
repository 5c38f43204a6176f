import ArgumentParser
import Harness
import JSONDocument
import Reporting

/// `assay compare`: two JSON reports side by side.
struct CompareCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares two JSON reports of runs: newly failing, newly fixed and lost steps, new causes.",
        discussion: """
            Examples:
              assay compare                        the last run with its predecessor
              assay compare main.json branch.json
              assay compare main.json reports/latest/report.json --report json

            The exit code is 1 if the second report has a failure that the first one does not have, or if it does not \
            judge a step that the first one judged.
            """
    )

    @Argument(help: ArgumentHelp("The first report.", valueName: "before"))
    var before = ReportFiles.previous + "/report.json"

    @Argument(help: ArgumentHelp("The second report.", valueName: "after"))
    var after = ReportFiles.latest + "/report.json"

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        let comparison = try HistorySession.comparison(try Workspace.openCurrent(), before, after)
        let exit: Harness.ExitCode = comparison.isWorse ? .findings : .passed
        return CommandReport(exit: exit, isSilent: output.quiet && exit == .passed) { format, style in
            switch format {
            case .text: RunComparisonText(style: style).render(comparison)
            case .json: RunComparisonJSON.render(comparison, exit: Int(exit.rawValue))
            }
        }
    }

    static func membersOfFailure(_ command: CompareCommand?) -> [(String, JSONValue?)] {
        RunComparisonJSON.membersOfNothing
    }
}
