import ArgumentParser
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Reporting
import Sockets

/// `assay run`: plan, run, judge, report.
struct RunCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs scenario tables and judges every response.",
        discussion: """
            Examples:
              assay run                                    every table, against the mock
              assay run scenarios/orders.csv               one table
              assay run scenarios/orders.csv:7             the scenario of one row
              assay run scenarios                          the tables of a folder
              assay run --target sandbox --tags smoke      a target of assay.yaml
              assay run --dry-run --grep refused           only shows the requests
              assay run --base-url http://127.0.0.1:8080/v1 --report json
            """
    )

    @OptionGroup var options: RunOptions

    var output: OutputOptions<VerdictFormat> { options.output }
    var takesLong: Bool { !options.dryRun }

    func makeReport() async throws(HarnessError) -> CommandReport<VerdictFormat> {
        var recording: RecordingChoice?
        if let folder = options.storage.record {
            recording = RecordingChoice()
            recording?.folder = folder
        }
        return try await options.run("run", recording)
    }

    func retireOldReports() { options.retireOldReports() }

    static func membersOfFailure(_ command: RunCommand?) -> [(String, JSONValue?)] {
        VerdictJSON(redactor: .none).membersOfNothing
    }

    func validate() throws {
        if options.storage.resume, options.dryRun {
            throw ValidationError("`--resume` cannot be combined with `--dry-run`: a dry run has nothing to resume")
        }
    }
}
