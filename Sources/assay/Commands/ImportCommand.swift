import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay import`: one document from docs pages that contain fenced fragments of it.
struct ImportCommand: ReportingCommand {
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
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Write the document to this file, as YAML or (NAME.json) JSON; default: standard output.", valueName: "file"
        )
    )
    var file: String?

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func validate() throws {
        if file == nil, output.reports.contains(where: { $0.path == nil }) {
            throw ValidationError(
                "a `--report` without a file uses standard output; write the document to a file with --output")
        }
    }

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        let result = ImportSession.run(
            FileManager.default.currentDirectoryPath, pages: pages, asJSON: file?.hasSuffix(".json") ?? false)
        if let text = result.text {
            if let file {
                try OutputFile.write(text, to: file, rule: "import.file")
            } else {
                try console.write(text)
            }
        }
        // Standard output has the document, unless it has a report.
        let isPrinted = output.reports.contains { $0.path == nil }
        let shown = output.quiet && !result.diagnostics.hasErrors ? Diagnostics() : result.diagnostics
        return CommandReport(
            exit: result.exit, diagnostics: isPrinted ? Diagnostics() : shown, isSilent: !isPrinted
        ) { format, style in
            switch format {
            case .text: CheckedFilesText(style: style).render(result.diagnostics, files: pages.count)
            case .json:
                CheckedFilesJSON(command: "import").render(
                    result.diagnostics, files: pages.count, exit: Int(result.exit.rawValue))
            }
        }
    }
}
