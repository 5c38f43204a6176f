import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting
import Sockets

/// `assay upgrade`: what happens to the rows under another version.
struct UpgradeCommand: ReportingCommand {
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

    @Option(
        help: ArgumentHelp("How many scenarios run at the same time, 1 to 256.", valueName: "n"),
        transform: OptionValue.jobs)
    var jobs: Int?

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed: String?

    @OptionGroup(title: "Output") var output: OutputOptions<UpgradeFormat>

    var takesLong: Bool { true }

    func makeReport() async throws(HarnessError) -> CommandReport<UpgradeFormat> {
        var request = UpgradeRequest(from: from, to: to, run: runRequest())
        request.newBaseURL = toBaseURL
        let session = try UpgradeSession(try Workspace.openCurrent(), request)
        console.show(output.shown(session.diagnostics))
        let (isQuiet, console) = (output.quiet, console)
        let result = try await Interruptible.run { () async throws(HarnessError) in
            try await session.run(over: SocketNetwork()) { part in
                if !isQuiet { console.error("running \(part)\n") }
            }
        }
        return CommandReport(exit: result.exit) { Self.text(of: result, $0, $1) }
    }

    private static func text(of result: UpgradeResult, _ format: UpgradeFormat, _ style: TextStyle) -> String {
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
        request.planning.tables = selection.choice
        target.apply(to: &request.planning)
        request.planning.seed = seed
        request.planning.environment = ProcessInfo.processInfo.environment
        request.jobs = jobs
        request.invocation.arguments = ProcessArguments.all
        return request
    }
}

/// The formats of a comparison of two versions.
enum UpgradeFormat: String, ReportFormat {
    case text, json, markdown, html

    static let help = "text, json, markdown or html"
    static let isPrivate = false

    var medium: ReportMedium {
        switch self {
        case .text: .text
        case .json: .json
        case .markdown: .markdown
        case .html: .html
        }
    }
}
