import ArgumentParser
import Foundation
import Harness

/// `assay init`: a first project for a document.
struct InitCommand: ParsableCommand {
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

    @Option(help: ArgumentHelp("The folder to write to; default: this folder.", valueName: "folder"))
    var output: String?

    @OptionGroup(title: "Output") var outputs: OutputOptions

    func run() throws {
        try outputs.run("init") { _ throws(HarnessError) in
            var request = InitRequest(spec: spec, folder: FileManager.default.currentDirectoryPath)
            request.output = output
            let result = try InitSession.run(request)
            return CommandOutput(
                diagnostics: result.diagnostics, text: { InitText(style: $0).render(result) }, members: result.members)
        }
    }
}
