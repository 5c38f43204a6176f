import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Reporting

/// `assay lint`: reads everything, reports every mistake, sends nothing.
struct LintCommand: ReportingCommand {
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

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() throws(HarnessError) -> CommandReport<PlainFormat> {
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
        return CommandReport(exit: result.exit, isSilent: output.quiet && result.exit == .passed) { format, style in
            switch format {
            case .text: CheckedFilesText(style: style).render(result.diagnostics, files: result.fileCount)
            case .json:
                CheckedFilesJSON(command: "lint").render(
                    result.diagnostics, files: result.fileCount, exit: Int(result.exit.rawValue))
            }
        }
    }
}
