import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay init`: a first project for a document.
struct InitCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Creates a first configuration and first tables for a document.",
        discussion: """
            The tables have a row that passes for each operation, in an order in which later rows use what earlier \
            rows create, and rows that the schemas imply: missing members, wrong types, values out of bounds, unknown \
            ids, no credentials. Operations that the document does not describe well enough are omitted and reported. \
            Existing files are never changed.

            Examples:
              assay init openapi.yaml                          into this folder
              assay init openapi.yaml --output contract-tests  into another folder
              assay run                                        runs the tables on the mock
            """
    )

    @Argument(help: ArgumentHelp("An OpenAPI document.", valueName: "spec"))
    var spec: String

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp("The folder to write to; default: this folder.", valueName: "folder"))
    var folder: String?

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
        let current = FileManager.default.currentDirectoryPath
        _ = try Workspace.open(current)
        var request = InitRequest(spec: spec, folder: current)
        request.output = folder
        let result = try InitSession.run(request)
        return CommandReport(diagnostics: output.shown(result.diagnostics)) { format, style in
            switch format {
            case .text: InitText(style: style).render(result)
            case .json: InitJSON().render(result)
            }
        }
    }
}
