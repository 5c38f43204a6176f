import ArgumentParser
import Harness

/// The command line: `Commands` has one file per command, `Reports` writes what they make, `Options` reads their arguments.
@main
struct Assay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Tests an HTTP API against its OpenAPI document, in the order its users call it.",
        discussion: """
            Scenario tables (CSV) define which operations to call and what to expect; the document defines what each \
            response must look like. Without options, a command uses the current folder: assay.yaml, specs/, \
            scenarios/, reports/.

            Exit codes: 0 everything passed, 1 findings, 2 mistakes in the input, 3 the run was not possible, \
            4 breaking changes (diff, upgrade), 130 interrupted.
            """,
        version: AssayVersion.text,
        subcommands: [
            InitCommand.self,
            RunCommand.self, ValidateCommand.self, MockCommand.self, ListCommand.self, ExplainCommand.self,
            FmtCommand.self, LintCommand.self, WebhookCheckCommand.self, RulesCommand.self, StrengthCommand.self,
            ReportCommand.self,
            ShowCommand.self, HistoryCommand.self, CompareCommand.self, CompareMockCommand.self,
            RecordCommand.self, ReplayCommand.self, DiffCommand.self, UpgradeCommand.self,
            ImportCommand.self,
        ]
    )

    /// Parses and runs; mistakes of usage end with 2, as the command line's contract says.
    static func main() async {
        OpenFiles.raiseLimit()
        guard let arguments = ProcessArguments.read() else {
            Console().error(
                "error: the command line cannot be read, because /proc is not mounted\n"
                    + "  help: mount it: mount -t proc proc /proc\n")
            leave(.notPossible)
        }
        StandardStreams.prepare()
        // The parser would first build the options of its own hidden commands, 12 of the 19 million instructions of
        // `--version`: valgrind --tool=callgrind assay --version
        if arguments.dropFirst().elementsEqual(["--version"]) {
            Console().output(AssayVersion.text + "\n")
            leave(.passed)
        }
        do {
            var command = try command(for: Array(arguments.dropFirst()))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            guard code == .success || code.isOwn else {
                Console().error(fullMessage(for: error) + "\n")
                reportWrongUsage(error, Array(arguments.dropFirst()))
                leave(.wrongInput)
            }
            let message = fullMessage(for: error)
            guard code == .success, !message.isEmpty else { exit(withError: error) }
            Console().output(message + "\n")
            leave(.passed)
        }
    }

    /// The command that the arguments name, with its options.
    ///
    /// It parses them by itself, because the root would build its options once more, an eighth of a run of one step
    /// (valgrind --tool=callgrind assay run). Whatever it does not accept, such as `--help`, is left to the root, whose
    /// texts name the whole command line.
    private static func command(for arguments: [String]) throws -> any ParsableCommand {
        let named = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
        if let command = try? named?.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == named {
            return command
        }
        return try parseAsRoot(arguments)
    }

    /// Writes the failure in place of the reports that the arguments name.
    private static func reportWrongUsage(_ error: any Error, _ arguments: [String]) {
        let command = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
        guard let command = command as? any ReportingCommand.Type else { return }
        command.reportWrongUsage(message(for: error), arguments)
    }
}

extension ArgumentParser.ExitCode {
    /// Whether a command chose this code itself; anything else is the parser's way to report wrong usage.
    fileprivate var isOwn: Bool {
        [1, 2, 3, 4, 130].contains(rawValue)
    }
}
