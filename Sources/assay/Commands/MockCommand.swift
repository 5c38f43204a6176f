import ArgumentParser
import Foundation
import Harness
import Mocking
import Reporting
import Sockets

/// The address of a mock.
struct AddressOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The port; 0, the default, uses any free one.", valueName: "n"),
        transform: OptionValue.number(0...65_535))
    var port = 0

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"
}

/// `assay mock`: serves the mock until interrupted.
struct MockCommand: Command {
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

    @OptionGroup var address: AddressOptions

    @Option(help: ArgumentHelp("The seed of generated values.", valueName: "text"))
    var seed = "assay"

    @Option(
        name: .customLong("break"),
        help: ArgumentHelp(
            "Break rules of the contract: 'body.type', 'header.*@getParcel', 'body.required@getParcel /id'; "
                + "repeatable.", valueName: "rule[@operation]"))
    var breaking: [String] = []

    @Option(
        help: ArgumentHelp("Delay responses: 50ms, or 50ms..200ms.", valueName: "duration"),
        transform: OptionValue.latency)
    var latency: Latency?

    @Option(
        help: ArgumentHelp(
            "Damage responses in transit: close, reset, truncate, garbage, drip or hang, and which share of them "
                + "(reset=5%); repeatable.", valueName: "kind[=percent%][@operation]"),
        transform: OptionValue.fault)
    var fault: [FaultRule] = []

    @Flag(help: "Allow requests from pages of other origins, also with credentials (CORS).")
    var cors = false

    @Flag(help: "Accept any well-formed credentials.")
    var anyCredentials = false

    @Option(
        help: ArgumentHelp(
            "The maximum size of a request body: bytes, or KB, MB, KiB, MiB; default: 4MiB.", valueName: "size"),
        transform: OptionValue.size)
    var maxBody: Int?

    @Option(
        help: ArgumentHelp(
            "Send webhooks to this URL if the behaviour file names none. Only this URL may be on another machine.",
            valueName: "url"),
        transform: OptionValue.httpURL)
    var webhookURL: String?

    @Flag(help: "Log each request to standard error: method, path, operation, status, reason.")
    var verbose = false

    var console: Console { Console() }

    func execute() async throws(HarnessError) -> Harness.ExitCode {
        let session = try MockSession(
            try Workspace.openCurrent(), contract.choice, environment: ProcessInfo.processInfo.environment)
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
        return .passed
    }

    private var options: MockOptions {
        var options = MockOptions()
        options.host = address.host
        options.port = address.port
        options.seed = seed
        options.breaking = breaking
        options.isOpenToOrigins = cors
        options.acceptsAnyCredentials = anyCredentials
        options.maximumBody = maxBody
        options.webhookURL = webhookURL
        options.latency = latency
        options.faults = fault
        if verbose {
            let console = console
            options.log = { entry in
                console.error(
                    requestLogLine(
                        method: entry.method, path: entry.path, operation: entry.operation, status: entry.status,
                        reason: entry.reason))
            }
        }
        return options
    }
}
