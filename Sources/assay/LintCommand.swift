import ArgumentParser
import Diagnostics
import Foundation
import Harness

/// `assay lint`: read everything, tell every problem, send nothing.
struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Checks documents, overlays, tables and configuration. Sends nothing.",
        discussion: """
            Examples:
              assay lint                                   everything that assay.yaml names
              assay lint openapi.yaml                      one document
              assay lint scenarios/orders.csv --spec openapi.yaml --report json

            Exit codes: 2 a document or table cannot be loaded, 1 errors, 0 otherwise.
            """
    )

    @Argument(help: ArgumentHelp("Documents, overlays, tables; default: everything that assay.yaml names."))
    var files: [String] = []

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
        let outputs = try output.outputs()
        let console = output.console
        var request = LintRequest()
        request.files = files
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        let result: LintResult
        do throws(HarnessError) {
            result = try LintSession.lint(FileManager.default.currentDirectoryPath, request)
        } catch {
            result = LintResult(diagnostics: error.diagnostics, fileCount: 0, exit: error.exit)
        }
        do throws(HarnessError) {
            try outputs.write(
                result.diagnostics, command: "lint", files: result.fileCount, exit: result.exit, console: console,
                quiet: output.quiet)
        } catch {
            console.show(error.diagnostics)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        throw ArgumentParser.ExitCode(result.exit.rawValue)
    }
}
