import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios

/// One answered exchange with everything that a rule may ask about it, read once.
final class Subject: Sendable {
    let scenario: Scenario
    let step: Step
    let message: ResponseMessage
    /// The contract that is judged by; `nil` when the plan names one that is not loaded.
    let contract: Contract?
    /// The operation; `nil` for calls that no document describes.
    let operation: Operation?
    /// What the contract documents for the status received.
    let declared: Response?
    /// The media type that the response names; `nil` when it names none or several, or what it names is none.
    let mediaTypeName: MediaTypeName?
    /// What the contract documents for the media type received, or for the only one there is when none was sent.
    let mediaType: MediaType?
    let body: ReceivedBody
    /// The exchange as paths look into it.
    let view: ExchangeView
    /// The texts of the request that stand for the expressions of the operation's path, percent-encoded.
    let pathValues: [(name: String, text: String)]
    /// How its values are judged.
    let options: ValidationOptions

    init(
        scenario: Scenario,
        step: Step,
        view given: ExchangeView,
        message: ResponseMessage,
        contract: Contract?,
        formats: ValidationOptions.FormatMode = .assert
    ) {
        options = ValidationOptions(direction: .response, formats: formats)
        self.scenario = scenario
        self.step = step
        self.message = message
        self.contract = contract
        operation = step.call.operation
        declared = operation?.response(status: message.status)
        pathValues = operation?.pathValues(inTailOf: given.exchange.request.path) ?? []
        let contentTypes = message.header("content-type")
        if let contentType = contentTypes.first {
            let name = contentTypes.count == 1 ? MediaTypeName(contentType) : nil
            mediaTypeName = name?.isRange == true ? nil : name
            mediaType = mediaTypeName == nil ? nil : declared?.mediaType(for: contentType)
        } else {
            mediaTypeName = nil
            mediaType = declared?.content.count == 1 ? declared?.content.first : nil
        }
        // The only documented media type, where it is no range, says how to read a body that names none.
        let assumed = contentTypes.isEmpty ? mediaType?.range : nil
        body =
            message.body.isEmpty && message.cut == nil && Self.forbidsContent(given.exchange, message)
            ? .empty
            : ReceivedBody(message, named: mediaTypeName ?? assumed, described: mediaType, parsed: given.body)
        // Later rows may ask for values of an answer whose media type is wrong or undocumented, as they did in the run.
        if case .json = body { view = given } else { view = given.reading(body.document ?? given.body) }
    }

    /// What was sent and received.
    var exchange: Exchange { view.exchange }

    /// Responses that never have content, whatever their headers describe (RFC 9110, sections 6.4.1, 15.3.5, 15.3.6 and
    /// 15.4.5).
    private static func forbidsContent(_ exchange: Exchange, _ message: ResponseMessage) -> Bool {
        switch message.status {
        case 100...199, 204, 205, 304: true
        default: exchange.request.method == "HEAD"
        }
    }

    /// Whether a response like this must not have content.
    var forbidsContent: Bool { Self.forbidsContent(exchange, message) }

    /// Whether there is content, kept or not.
    var hasContent: Bool { !message.body.isEmpty || message.cut.map { $0.length > 0 } ?? false }

    /// Whether HTTP forbids content in this response.
    var isBodiless: Bool { forbidsContent && !hasContent }

    /// Whether the row means to be refused for what it sends or for who sends it.
    var expectsRefusal: Bool {
        step.options.isInvalid || lacksCredentials
    }

    /// Whether the row leaves out or spoils credentials that the operation needs.
    var lacksCredentials: Bool {
        switch step.auth {
        case .none, .wrong, .incomplete:
            guard let operation else { return false }
            return !operation.security.isEmpty && operation.security.allSatisfy { !$0.schemes.isEmpty }
        case .profile, .requirement:
            return false
        }
    }

    /// A finding about this exchange.
    func finding(
        _ rule: Rule,
        id: String? = nil,
        _ message: String,
        blame: Finding.Blame = .server,
        at place: ResponsePlace? = nil,
        contract location: SourceLocation? = nil,
        table: SourceLocation? = nil,
        clause: String? = nil,
        expected: String? = nil,
        actual: String? = nil,
        differences: [JSONDifference] = [],
        details: [String] = []
    ) -> Finding {
        Finding(
            rule,
            id: id,
            message,
            blame: blame,
            operation: operation?.name,
            contract: step.contract,
            answer: declared?.statusKey,
            scenario: scenario.id,
            step: step.name,
            exchange: exchange.sequence,
            at: place,
            contract: location,
            table: table ?? step.location,
            clause: clause,
            expected: expected,
            actual: actual,
            differences: differences,
            details: details
        )
    }
}
