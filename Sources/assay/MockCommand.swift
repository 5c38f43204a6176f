import ArgumentParser
import Foundation
import Harness
import Mocking
import Primitives
import Reporting
import Sockets

/// `assay mock`: serve the mock until interrupted.
struct MockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock",
        abstract: "Serves the mock until interrupted; prints its base URL first.",
        discussion: """
            Examples:
              assay mock --port 4010
              assay mock --spec openapi.yaml --port 4010
              assay mock --break body.type@getParcel         responses violate one rule
              assay mock --latency 50ms..200ms --fault reset=5%
            """
    )

    @OptionGroup(title: "Contract") var contract: ContractOptions

    @Option(help: ArgumentHelp("The port; 0 uses any free one.", valueName: "n"))
    var port = 0

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed = "assay"

    @Option(
        name: .customLong("break"),
        help: ArgumentHelp(
            "Break rules of the contract: 'body.type', 'header.*@getParcel', 'body.required@getParcel /id'; "
                + "repeatable.", valueName: "rule[@operation]"))
    var breaking: [String] = []

    @Option(help: ArgumentHelp("Delay responses: 50ms, or 50ms..200ms.", valueName: "duration"))
    var latency: String?

    @Option(
        help: ArgumentHelp(
            "Damage responses in transit: close, reset, truncate, garbage, drip or hang, and which share of them "
                + "(reset=5%); repeatable.", valueName: "kind[=percent%][@operation]"))
    var fault: [String] = []

    @Flag(help: "Allow requests from pages of other origins, also with credentials (CORS).")
    var cors = false

    @Flag(help: "Accept any well-formed credentials.")
    var anyCredentials = false

    @Option(
        help: ArgumentHelp(
            "The maximum size of a request body: bytes, or KB, MB, KiB, MiB; default: 4MiB.", valueName: "size"))
    var maxBody: String?

    @Flag(help: "Log each request to standard error: method, path, operation, status, reason.")
    var verbose = false

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("`--port` must be a number from 0 to 65535") }
        _ = try options()
    }

    private func options() throws -> MockOptions {
        var options = MockOptions()
        options.host = host
        options.port = port
        options.seed = seed
        options.breaking = breaking
        options.isOpenToOrigins = cors
        options.acceptsAnyCredentials = anyCredentials
        options.maximumBody = try maxBody.map { try .ofOption($0, name: "--max-body") }
        if let latency {
            let ends = latency.split(separator: "..")
            guard let first = ends.first, let last = ends.last, ends.count <= 2 else {
                throw ValidationError("`--latency` must be a duration, or a range such as 50ms..200ms")
            }
            options.latency = Latency(
                try .ofOption(String(first), name: "--latency"), try .ofOption(String(last), name: "--latency"))
        }
        options.faults = try fault.map { text in
            guard let rule = FaultRule(text) else {
                let kinds = TransportFault.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    "'\(text)' is not a valid `--fault`: use one of \(kinds), optionally with =PERCENT% and @OPERATION"
                )
            }
            return rule
        }
        return options
    }

    func run() async throws {
        let console = Console()
        var options = try options()
        if verbose { options.log = { console.error($0.line) } }
        do throws(HarnessError) {
            let workspace = try Workspace.open(FileManager.default.currentDirectoryPath)
            let session = try MockSession(
                workspace, contract.choice, environment: ProcessInfo.processInfo.environment)
            console.show(session.diagnostics)
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            let signals = InterruptSignals { continuation.finish() }
            defer { signals.stop() }
            try await session.serve(options) { baseURL in
                console.output("\(baseURL)\n")
                for (scheme, value) in anyCredentials ? [] : session.madeUpCredentials {
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

extension MockLogEntry {
    /// The entry as a line for people: `GET /pets/7 getPet 404 There is no '7'.`
    fileprivate var line: String {
        let text = "\(method) \(path) \(operation ?? "-") \(status)" + (reason.map { " \($0)" } ?? "")
        return visibleText(text) + "\n"
    }
}
