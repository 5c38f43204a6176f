import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting
import Sockets

/// `assay upgrade`: what happens to the rows under another version.
struct UpgradeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upgrade",
        abstract: "Runs the tables under two versions and explains every difference.",
        discussion: """
            The rows of --from run twice under that version and once under --to, with equal generated values. The \
            responses are compared place by place, and the changes between the two contracts explain the differences. \
            What they do not explain was not announced.

            Examples:
              assay upgrade --from 2022-09-01 --to 2023-08-01                   on the mock
              assay upgrade --from 2022-09-01 --to 2023-08-01 --target sandbox
              assay upgrade --from 2022-09-01 --to 2023-08-01 --target fixtures
              assay upgrade --from v1 --to v2 --base-url https://api.test/v1 --to-base-url https://api.test/v2
              assay upgrade --from v1 --to v2 scenarios/orders.csv --report markdown=upgrade.md

            Exit codes: 4 an announced change breaks a row, 1 something differs that was not announced, 0 neither. \
            docs/versions.md explains the report.
            """
    )

    @OptionGroup var selection: SelectionOptions

    @Option(help: ArgumentHelp("The version that the rows are written for.", valueName: "version"))
    var from: String

    @Option(help: ArgumentHelp("The version to upgrade to.", valueName: "version"))
    var to: String

    @OptionGroup var target: TargetOptions

    @Option(
        name: .customLong("to-base-url"),
        help: ArgumentHelp("The address of --to, where it is another than that of --from.", valueName: "url"))
    var toBaseURL: String?

    @Option(help: ArgumentHelp("How many scenarios run at the same time, 1 to 256.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed: String?

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "text, json, markdown or html, on standard output or in a file; repeatable.", valueName: "format[=path]")
    )
    var reports: [String] = []

    @Flag(help: "No progress and no warnings.")
    var quiet = false

    @Flag(help: "No colour.")
    var noColor = false

    func validate() throws {
        _ = try outputs()
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs must be between 1 and 256") }
    }

    func run() async throws {
        let outputs = try outputs()
        let console = noColor ? Console().plain() : Console()
        var request = UpgradeRequest(from: from, to: to, run: runRequest())
        request.newBaseURL = toBaseURL
        let result: UpgradeResult
        do throws(HarnessError) {
            let workspace = try Workspace.open(FileManager.default.currentDirectoryPath)
            let session = try UpgradeSession(workspace, request)
            if !quiet { console.show(Diagnostics(session.diagnostics.entries.filter { $0.severity > .note })) }
            result = await run(session, console)
            try outputs.write(
                { text(of: result, $0, $1) }, style: console.outputStyle, to: console.write)
        } catch {
            console.show(error.diagnostics)
            if outputs.printsJSON {
                try? console.write(
                    CommandJSON("upgrade").render(
                        exit: Int(error.exit.rawValue), diagnostics: error.diagnostics.entries))
            }
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        guard result.exit == .held else { throw ArgumentParser.ExitCode(result.exit.rawValue) }
    }

    private func run(_ session: UpgradeSession, _ console: Console) async -> UpgradeResult {
        let isQuiet = quiet
        let task = Task {
            await session.run(over: SocketNetwork()) { part in
                if !isQuiet { console.error("running \(part)\n") }
            }
        }
        let interrupts = InterruptSignals { task.cancel() }
        defer { interrupts.stop() }
        return await task.value
    }

    private func outputs() throws -> FormatOutputs<Format> { try FormatOutputs(reports, usual: .text) }

    private enum Format: String, CaseIterable, Sendable {
        case text, json, markdown, html
    }

    private func text(of result: UpgradeResult, _ format: Format, _ style: TextStyle) -> String {
        switch format {
        case .text: UpgradeText(style: style).render(result.upgrade, target: result.target)
        case .json:
            UpgradeJSON().render(
                result.upgrade, target: result.target, seed: result.seed, exit: Int(result.exit.rawValue),
                diagnostics: result.diagnostics.entries)
        case .markdown: UpgradeMarkdown().render(result.upgrade, target: result.target)
        case .html: UpgradeHTML().render(result.upgrade, target: result.target)
        }
    }

    private func runRequest() -> RunRequest {
        var request = RunRequest()
        request.tables = selection.choice
        target.apply(to: &request)
        request.jobs = jobs
        request.seed = seed
        request.environment = ProcessInfo.processInfo.environment
        request.command = ProcessArguments.all
        return request
    }
}
