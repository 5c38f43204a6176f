import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Scenarios

/// A response within its step, with everything that rules about rows, laws and promises need.
final class StepSubject: Sendable {
    let scenario: Scenario
    let step: Step
    /// The response by itself.
    let response: ResponseSubject
    /// The exchange, for paths.
    let view: ExchangeView
    /// The texts in the request for the expressions of the operation's path, percent-encoded.
    let pathValues: [(name: String, text: String)]

    init(_ given: ExchangeView, _ message: ResponseMessage, of step: Step, in scenario: Scenario, _ contract: Contract?)
    {
        self.scenario = scenario
        self.step = step
        response = ResponseSubject(
            message, toMethod: given.exchange.request.method, of: step.call.operation, contract, parsed: given.body)
        pathValues = step.call.operation?.pathValues(inTailOf: given.exchange.request.path) ?? []
        // Later rows may use values of a response whose media type is wrong or undocumented, as they did in the run.
        if case .json = response.body {
            view = given
        } else {
            view = given.reading(response.body.document ?? given.body)
        }
    }

    /// The received response.
    var message: ResponseMessage { response.message }

    /// The operation; `nil` for requests that no document describes.
    var operation: OpenAPI.Operation? { response.operation }

    /// The request and its response.
    var exchange: Exchange { view.exchange }

    /// Whether the row expects a rejection, because of the request or of its credentials.
    var expectsRefusal: Bool {
        step.options.isInvalid || lacksCredentials
    }

    /// Whether the row leaves out or changes credentials that the operation requires.
    var lacksCredentials: Bool {
        switch step.request.auth {
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
        response.finding(
            rule, id: id, message, blame: blame, at: place, contract: location, clause: clause, expected: expected,
            actual: actual, differences: differences, details: details
        ).placed(in: self, table: table)
    }
}

extension Finding {
    /// The finding about a response, as a finding of its step.
    ///
    /// - Parameter table: The location of the item that it concerns; the step's row when `nil`.
    func placed(in subject: StepSubject, table: SourceLocation? = nil) -> Finding {
        var finding = self
        finding.document.contract = subject.step.contract
        finding.row = Row(
            scenario: subject.scenario.id, step: subject.step.name, exchange: subject.exchange.sequence,
            location: table ?? subject.step.location)
        return finding
    }
}

/// The response to an attempt, read once, with the findings of its contract.
final class AttemptSubject: Sendable {
    /// The response to the request of the step.
    let subject: StepSubject
    /// The response to the request that was sent last. It differs from `subject` if redirects were followed.
    let wire: StepSubject
    /// The findings of the contract about media type, body and headers, whatever the row says.
    let contract: [Finding]
    /// The places of those findings.
    let broken: BrokenPlaces

    init(_ subject: StepSubject, wire: StepSubject? = nil) {
        self.subject = subject
        self.wire = wire ?? subject
        contract = subject.response.contractFindings.map {
            MaskedValues.unjudged($0, subject.response).placed(in: subject)
        }
        broken = BrokenPlaces(contract)
    }
}
