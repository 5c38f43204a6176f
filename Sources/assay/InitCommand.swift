import ArgumentParser
import Foundation
import Harness

/// `assay init`: a first project for a document.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a first configuration and first tables for a document.",
        discussion: """
            For each operation a row that holds, chained where one creates what others ask for, and the rows that the \
            schemas imply: members missing, wrong types, bounds broken, unknown ids, no credentials. What the document \
            does not say enough about is left out and told. Files that are there already are never changed.

            Examples:
              assay init openapi.yaml                          into this folder
              assay init openapi.yaml --output contract-tests  into another one, with a copy of the document
              assay run                                        tries the tables against the built-in mock
            """
    )

    @Argument(help: ArgumentHelp("An OpenAPI document.", valueName: "spec"))
    var spec: String

    @Option(help: ArgumentHelp("The folder to write into; this one when not given.", valueName: "folder"))
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
