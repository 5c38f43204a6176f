import ArgumentParser
import Exchanges
import Harness
import JSONDocument
import Reporting

/// `assay record`: runs scenarios and keeps their traffic as recordings.
struct RecordCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Records the traffic of scenarios as HAR files, for runs without a network.",
        discussion: """
            Examples:
              assay record                                 scenarios without a recording
              assay record --target sandbox --tags smoke   the same on a target
              assay record --update                        every scenario again
              assay run --target fixtures                  runs on the recordings

            Files are written to fixtures/, or to the folder in `fixtures: {folder: …}` in assay.yaml. Secrets, \
            places under `redact` and cookies are masked. Commit the files.
            """
    )

    @Flag(help: "Also record scenarios that already have a recording, and show what changed.")
    var update = false

    @OptionGroup var options: RunOptions

    var output: OutputOptions<VerdictFormat> { options.output }
    var takesLong: Bool { true }

    func makeReport() async throws(HarnessError) -> CommandReport<VerdictFormat> {
        var choice = RecordingChoice()
        choice.folder = options.storage.record
        choice.isOnlyMissing = !update
        return try await options.run("record", choice)
    }

    func retireOldReports() { options.retireOldReports() }

    static func membersOfFailure(_ command: RecordCommand?) -> [(String, JSONValue?)] {
        VerdictJSON(redactor: .none).membersOfNothing
    }

    func validate() throws {
        if options.dryRun {
            throw ValidationError("`--dry-run` cannot be combined with `assay record`: a dry run sends nothing")
        }
        if options.storage.shard != nil {
            throw ValidationError("`--shard` cannot be combined with `assay record`")
        }
    }
}
