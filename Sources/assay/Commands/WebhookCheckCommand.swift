import ArgumentParser
import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Reporting
import Sockets

/// `assay webhook-check`: sends correct and wrong deliveries to a receiver of webhooks and judges its responses.
struct WebhookCheckCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook-check",
        abstract: "Tests a receiver of webhooks with correct, wrong, old and repeated deliveries.",
        discussion: """
            The deliveries are signed as `webhooks` in assay.yaml says. The body is that of the document's webhook, or \
            --body FILE. Only the responses of the receiver are judged; what it does with a delivery is not visible.

            Examples:
              assay webhook-check http://localhost:8080/webhooks
              assay webhook-check --webhook orderPaid http://localhost:8080/webhooks
              assay webhook-check --body paid.json --header 'x-webhook-version: 2' http://localhost:8080/webhooks
              assay webhook-check --case raw-body --case parsed-body http://localhost:8080/webhooks

            Exit codes: 0 every response is right, 1 findings, 2 mistakes in the input, 3 the receiver cannot be \
            reached, 130 interrupted.
            """
    )

    @Argument(help: ArgumentHelp("The URL of the receiver.", valueName: "url"))
    var url: String

    @OptionGroup(title: "Delivery") var delivery: DeliveryOptions

    @OptionGroup(title: "Contract") var document: JudgedDocumentOptions

    @Option(
        help: ArgumentHelp("The maximum duration of one exchange: 500ms, 10s; default: 10s.", valueName: "duration"),
        transform: OptionValue.duration)
    var timeout: Duration?

    @Option(
        help: ArgumentHelp("Warn if a response takes longer; default: 5s.", valueName: "duration"),
        transform: OptionValue.duration)
    var slow: Duration?

    @Flag(help: "Allow a receiver that the document or assay.yaml marks as production.")
    var allowProduction = false

    @Option(
        help: ArgumentHelp(
            "A file of secrets, as lines NAME=value; they take precedence over the environment.", valueName: "file"))
    var secrets: String?

    @Option(
        help: ArgumentHelp("The seed of generated values; default: a new one.", valueName: "text"),
        transform: OptionValue.nonempty)
    var seed: String?

    @OptionGroup(title: "Network") var network: NetworkOptions

    @OptionGroup(title: "Output") var output: OutputOptions<ReceiverFormat>

    var takesLong: Bool { true }

    func makeReport() async throws(HarnessError) -> CommandReport<ReceiverFormat> {
        let session = try WebhookCheckSession(try Workspace.openCurrent(), try request())
        console.show(output.shown(session.diagnostics))
        let check = try await Interruptible.run { () async throws(HarnessError) in
            try await session.check(over: SocketNetwork())
        }
        let isWrong = check.count(.failed) + check.count(.undecided) > 0
        let exit: Harness.ExitCode = check.wasInterrupted ? .interrupted : isWrong ? .findings : .passed
        return CommandReport(exit: exit) { format, style in
            switch format {
            case .text: ReceiverText(style: style, isQuiet: output.quiet).render(check)
            case .json:
                ReceiverJSON().render(
                    check, exit: Int(exit.rawValue), diagnostics: session.diagnostics.entries)
            case .junit: ReceiverJUnit().render(check)
            }
        }
    }

    private func request() throws(HarnessError) -> WebhookCheckRequest {
        var request = WebhookCheckRequest(url: url)
        request.contracts.spec = document.spec
        request.contracts.version = document.apiVersion
        request.contracts.withoutOverlays = document.noOverlays
        request.delivery = try delivery.delivery()
        request.timeout = timeout ?? request.timeout
        request.slow = slow ?? request.slow
        request.target.allowsProduction = allowProduction
        request.target.network = network.choice
        request.environment = ProcessInfo.processInfo.environment
        request.secretsFile = secrets
        request.seed = seed
        return request
    }
}

/// Options that say what is sent to the receiver.
struct DeliveryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The entry under `webhooks` in assay.yaml; default: that of the webhook.", valueName: "name"))
    var scheme: String?

    @Option(help: ArgumentHelp("The webhook or callback of the document.", valueName: "name"))
    var webhook: String?

    @Option(help: ArgumentHelp("The event that the deliveries name.", valueName: "name"))
    var event: String?

    @Option(
        help: ArgumentHelp("The body of the deliveries; - is standard input.", valueName: "file"))
    var body: String?

    @Option(
        name: .customLong("header"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A further header of the deliveries; repeatable.", valueName: "name: value"))
    var headers: [String] = []

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("Only this case and the correct delivery; repeatable.", valueName: "name"))
    var cases: [String] = []

    func delivery() throws(HarnessError) -> WebhookCheckRequest.Delivery {
        var delivery = WebhookCheckRequest.Delivery()
        delivery.scheme = scheme
        delivery.webhook = webhook
        delivery.event = event
        delivery.body = try body.map { path throws(HarnessError) in try InputFile.bytes(of: path) }
        delivery.headers = try WebhookCheckRequest.headers(headers)
        delivery.cases = cases
        return delivery
    }
}

/// The formats of the check of a receiver.
enum ReceiverFormat: String, ReportFormat {
    case text, json, junit

    static let help = "text, json or junit"
    static let isPrivate = true

    var medium: ReportMedium {
        switch self {
        case .text: .text
        case .json: .json
        case .junit: .junit
        }
    }
}
