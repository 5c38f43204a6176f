import ArgumentParser
import Foundation
import Harness

/// `assay mock`: serve the mock until interrupted.
struct MockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock",
        abstract: "Serves the mock until interrupted; prints its base URL first.",
        discussion: """
            Examples:
              assay mock --port 4010
              assay mock --spec openapi.yaml --port 4010
            """
    )

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(help: ArgumentHelp("The port; 0 takes any free one.", valueName: "n"))
    var port = 0

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("What generated values derive from.", valueName: "text"))
    var seed = "assay"

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535") }
    }

    func run() async throws {
        let console = Console()
        do throws(HarnessError) {
            let workspace = try Workspace.open(FileManager.default.currentDirectoryPath)
            let session = try MockSession(
                workspace, contract.choice, environment: ProcessInfo.processInfo.environment)
            console.show(session.diagnostics)
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            let signals = InterruptSignals { continuation.finish() }
            defer { signals.stop() }
            try await session.serve(host: host, port: port, seed: seed) { baseURL in
                console.output("\(baseURL)\n")
                for (scheme, value) in session.madeUpCredentials {
                    console.error("accepts \(scheme): \(value)\n")
                }
            } until: {
                for await _ in stream {}
            }
        } catch {
            console.show(error.diagnostics)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
    }
}
