import ArgumentParser
import Foundation
import Harness

/// `assay import`: one document from docs pages that carry fenced fragments of it.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract:
            "Builds one document from documentation pages with OpenAPI fragments, and reports contradictions.",
        discussion: """
            Examples:
              assay import docs/create.md docs/fetch.md --output specs/api.yaml
              assay import page.md > api.yaml

            Exit codes: 2 a page has no document, 1 pages contradict each other (the first one wins), 0 otherwise.
            """
    )

    @Argument(help: ArgumentHelp("Documentation pages: Markdown or text.", valueName: "page"))
    var pages: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the document to this file, as YAML or (NAME.json) JSON; default: standard output.", valueName: "file"
        )
    )
    var output: String?

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "json or text: the diagnostics, on standard output or in a file.", valueName: "format[=path]")
    )
    var reports: [String] = []

    func validate() throws {
        let outputs = try ReportOutputs(reports)
        if output == nil, outputs.hasJSONOutput {
            throw ValidationError("`--report` json uses standard output; write the document to a file with --output")
        }
    }

    func run() async throws {
        let console = Console()
        let outputs = try ReportOutputs(reports)
        let result = ImportSession.run(
            FileManager.default.currentDirectoryPath, pages: pages, asJSON: output?.hasSuffix(".json") ?? false)
        do throws(HarnessError) {
            if let text = result.text { try write(text, console) }
            if reports.isEmpty {
                console.show(result.diagnostics)
            } else {
                try outputs.write(
                    result.diagnostics, command: "import", files: pages.count, exit: result.exit, console: console,
                    quiet: false)
            }
        } catch {
            console.show(error.diagnostics)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        throw ArgumentParser.ExitCode(result.exit.rawValue)
    }

    private func write(_ text: String, _ console: Console) throws(HarnessError) {
        guard let output else { return console.output(text) }
        try OutputFile.write(text, to: output, rule: "import.file")
    }
}
