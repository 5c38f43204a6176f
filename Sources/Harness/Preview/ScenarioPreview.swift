import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
import Running
import Scenarios

/// The requests of a scenario, step by step in the order of running. Nothing is sent to build them.
struct ScenarioPreview {
    /// One step.
    struct Entry {
        enum Content {
            case request(BuiltRequest, Credentials)
            case wait(Duration)
            /// A delivery with this name is awaited.
            case delivery(String)
            /// The reason why nothing would be sent.
            case skipped(String)
            /// The reason why nothing can be sent.
            case impossible(String)
        }

        var step: Step
        var content: Content
    }

    let scenario: Scenario
    private(set) var entries: [Entry] = []
    private let standIns: StandIns
    private let redactor: Redactor
    private let target: Target

    /// Builds the requests of `scenario` with placeholders for values of responses.
    ///
    /// - Parameter includesSkipped: Whether requests are also built for steps that would be skipped.
    init(_ scenario: Scenario, _ session: PlannedSession, includesSkipped: Bool = false) {
        self.scenario = scenario
        standIns = StandIns(scenario)
        redactor = session.redactor
        target = session.target
        let startedAt = session.startedAt
        var scope = session.scope(of: scenario)
        scope.standIns = standIns.words
        for step in scenario.stepsInRunningOrder {
            let content = Self.content(of: step, in: scenario, scope, session, includesSkipped)
            entries.append(Entry(step: step, content: content))
            guard case .request(let built, _) = content else { continue }
            if case .clock(let change) = step.call { scope.time.apply(change, at: startedAt) }
            // Later steps may send the same body again or name a part of this request.
            let exchange = Exchange(
                sequence: 0, scenario: scenario.id, step: step.name, operation: step.call.operation?.name,
                contract: step.contract, request: built.message,
                outcome: .failure(TransportFailure(.cancelled, "nothing was sent")), startedAt: startedAt,
                duration: .zero)
            scope.exchanges[step.name] = ExchangeView.parsing(exchange, operation: step.call.operation)
        }
    }

    /// A version of `text` that is safe to show: secrets are masked, and placeholders replaced by their expressions.
    func shown(_ text: String) -> String {
        target.labelled(standIns.label(redactor.redact(text)))
    }

    /// The shell line that sends a request, secrets masked.
    func curl(_ request: RequestMessage) -> String {
        target.labelled(standIns.label(curlLine(request, redactor: redactor)))
    }

    private static func content(
        of step: Step, in scenario: Scenario, _ scope: ValueScope, _ session: PlannedSession, _ includesSkipped: Bool
    ) -> Entry.Content {
        let skipReason = session.skipReason(of: step, in: scenario)
        if let skipReason, !includesSkipped { return .skipped(skipReason) }
        if case .wait(let duration) = step.call { return .wait(duration) }
        if let awaited = step.call.awaited { return .delivery(awaited.webhook.name) }
        guard case .success(let credentials) = session.credentials.values.credentials(for: step) else {
            return .skipped(skipReason ?? "")
        }
        // A placeholder is text, whatever type the contract declares for the value.
        var options = step.options
        options.isInvalid = true
        do {
            let built = try RequestBuilder.build(
                step.with(options: options), scope: scope, credentials: credentials, baseURL: session.shownBaseURL,
                userAgent: PlannedSession.userAgent, common: session.delivery.headers)
            return .request(built, credentials)
        } catch {
            return .impossible(error.sentence)
        }
    }
}

extension Target {
    /// A text with the address as the configuration writes it, where a value of the address is missing.
    func labelled(_ text: String) -> String {
        network.addressTemplate.map { text.replacing(Self.unknownAddress, with: $0) } ?? text
    }
}

extension PlannedSession {
    /// The base URL of the requests. For the mock it is the one of `assay mock --port 4010`.
    var shownBaseURL: String {
        switch target.kind {
        case .live(let baseURL): baseURL
        case .fixtures: fixtures?.baseURL ?? ""
        case .mock: "http://127.0.0.1:4010" + (mockVersions.first.map { MockEngine.basePath(of: $0.contract) } ?? "")
        }
    }

    /// The reason why a step would not be sent to the target; `nil` when it would be sent.
    func skipReason(of step: Step, in scenario: Scenario) -> String? {
        if let reason = SkipRules.reason(step, of: scenario, isMock: isMock) {
            return reason
        }
        if case .failure(let missing) = credentials.values.credentials(for: step) { return missing.message }
        return nil
    }
}

extension ValueFailure {
    /// The reason in words.
    var sentence: String {
        switch self {
        case .missing(let step, let path): "{{\(step).\(path)}} has no value"
        case .environment(let name): "the environment variable '\(name)' is not set"
        case .secret(let name): "unknown secret '\(name)'"
        case .invalid(let message): message
        }
    }
}
