import ArgumentParser
import Harness

/// `assay record`: runs scenarios and keeps their traffic as recordings.
struct RecordCommand: AsyncParsableCommand {
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

    @OptionGroup var options: RunCommand

    func run() async throws {
        var choice = RecordingChoice()
        choice.folder = options.record
        choice.isOnlyMissing = !update
        try await options.run(choice)
    }

    func validate() throws {
        if options.dryRun {
            throw ValidationError("`--dry-run` cannot be combined with `assay record`: a dry run sends nothing")
        }
        if options.shard != nil { throw ValidationError("`--shard` cannot be combined with `assay record`") }
        try options.validate()
    }
}
