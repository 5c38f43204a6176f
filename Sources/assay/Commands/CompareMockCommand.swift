import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONDocument
import Reporting

/// `assay compare-mock`: the responses of a server next to those of the mock.
struct CompareMockCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare-mock",
        abstract: "Shows where the mock differs from a server. Sends nothing.",
        discussion: """
            Examples:
              assay run --target sandbox --journal sandbox.ndjson
              assay compare-mock sandbox.ndjson
              assay compare-mock fixtures/ --report json
              assay compare-mock sandbox.ndjson --behaviour specs/api.behaviour.yaml

            The rows of the run are played against the mock with the same values. One table for each operation shows \
            document, sandbox and mock; then come lines to merge into the behaviour file. The exit code is 1 if a \
            response differs, and 3 if nothing was compared.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The journal of a run, or recordings of its scenarios: a HAR file or a folder of them.",
            valueName: "source"))
    var source: String

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @OptionGroup(title: "Output") var output: OutputOptions<PlainFormat>

    func makeReport() async throws(HarnessError) -> CommandReport<PlainFormat> {
        var request = CompareMockRequest(source)
        request.contracts = contract.choice
        request.environment = ProcessInfo.processInfo.environment
        let workspace = try Workspace.openCurrent()
        let chosen = request
        let result = try await Interruptible.run { () async throws(HarnessError) in
            try await CompareMockSession.result(workspace, chosen)
        }
        let exit = result.exit
        return CommandReport(
            exit: exit, diagnostics: output.shown(result.diagnostics), isSilent: output.quiet && exit == .passed
        ) { format, style in
            switch format {
            case .text: MockComparisonText(style: style, redactor: result.redactor).render(result.comparison)
            case .json:
                MockComparisonJSON(redactor: result.redactor).render(
                    result.comparison, exit: Int(exit.rawValue), diagnostics: result.diagnostics.entries)
            }
        }
    }

    static func membersOfFailure(_ command: CompareMockCommand?) -> [(String, JSONValue?)] {
        MockComparisonJSON.membersOfNothing
    }
}
