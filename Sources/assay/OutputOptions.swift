import ArgumentParser

/// Where the answer of a command goes and how it looks; the same in every command.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("report"),
        help: ArgumentHelp("text or json, on standard output or in a file; repeatable.", valueName: "format[=path]")
    )
    var reports: [String] = []

    @Flag(help: "Print no warnings and nothing about what passed.")
    var quiet = false

    @Flag(help: "Do not use colour.")
    var noColor = false

    /// What `--report` asks for.
    ///
    /// - Throws: `ValidationError` when it asks for what there is not.
    func outputs() throws -> ReportOutputs {
        try ReportOutputs(reports)
    }

    /// The console, without colour if so wanted.
    var console: Console { noColor ? Console().plain() : Console() }

    func validate() throws {
        _ = try outputs()
    }
}
