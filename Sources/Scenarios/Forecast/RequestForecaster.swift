import Exchanges
public import JSONDocument
public import OpenAPI
import Primitives

/// The request of a step, as far as it is known before any response is received.
public struct ForecastRequest: Sendable {
    /// The step as written in its table.
    public let step: Step
    /// The body; `nil` if there is none, or if it is known only during a run.
    public let body: JSONValue?
    /// The known issues of the request with the operation's contract.
    public let issues: [RequestIssue]
    /// Whether every value is known, so that ``issues`` is complete.
    public let isComplete: Bool
    /// The parameters that have a value, by place and name.
    let parameters: [(place: ParameterPlace, name: String)]

    /// Whether a parameter has a value.
    ///
    /// - Parameter place: As written in documents: `query`, `header`, `path`, `cookie`, `querystring`.
    public func sends(parameter name: String, in place: String) -> Bool {
        parameters.contains { sent in
            guard sent.place.rawValue.isSame(as: place) else { return false }
            return sent.place == .header
                ? sent.name.lowercasedASCII.isSame(as: name.lowercasedASCII)
                : sent.name.isSame(as: name)
        }
    }
}

/// Builds the requests of planned scenarios for operations of another contract, to find their issues with it.
public struct RequestForecaster: Sendable {
    private let settings: PlanSettings
    private var memo = OperationFactsMemo()

    /// Creates a forecaster with the variables and environment of `settings`.
    public init(_ settings: PlanSettings) {
        self.settings = settings
    }

    /// The requests of a scenario by step name. Steps are skipped if `find` returns no operation for them, or if their
    /// request cannot be built.
    ///
    /// Values are typed by the operation that `find` returns, as if the table were planned for its contract.
    public mutating func requests(
        of scenario: Scenario, for find: (Step) -> (operation: Operation, contract: Contract)?
    ) -> [String: ForecastRequest] {
        var result: [String: ForecastRequest] = [:]
        var bodies: [String: PlannedBody] = [:]
        for step in scenario.stepsInRunningOrder {
            guard let target = find(step) else { continue }
            let facts = memo.facts(of: target.operation, in: target.contract)
            guard let (request, built) = build(step, for: target, facts, in: scenario, bodies) else { continue }
            if bodies[step.referenceName] == nil {
                bodies[step.referenceName] = PlannedBody(
                    value: request.bodyIsUnknown ? nil : built.body,
                    isNone: !request.bodyIsUnknown && built.message.body == nil, holes: request.pointers)
            }
            let all = facts.rules.issues(in: built.wire, pathValues: built.pathValues)
            let issues = all.filter { issue in
                !issue.isUndecided && !request.leavesOpen(issue) && !Self.hasDefault(issue, facts)
                    && !isReplacedExample(issue, step, target.operation)
            }
            result[step.name] = ForecastRequest(
                step: step, body: request.bodyIsUnknown ? nil : built.body, issues: issues,
                isComplete: request.isComplete && issues.count == all.count,
                parameters: built.parameters.map { ($0.parameter.place, $0.parameter.name) } + Self.named(in: step))
        }
        return result
    }

    /// The request for the operation; if it cannot be built, the request for the step's own operation.
    private func build(
        _ step: Step, for target: (operation: Operation, contract: Contract), _ facts: OperationFacts,
        in scenario: Scenario, _ bodies: [String: PlannedBody]
    ) -> (PlannedRequest, BuiltRequest)? {
        var options = step.options
        // A mismatch is an issue here; building continues.
        options.isInvalid = true
        let calls: [Call?] = [.operation(target.operation, contract: target.contract.name), nil]
        for call in calls {
            let scope = ValueScope(planning: step, in: scenario, settings)
            guard
                let request = try? PlannedRequest(
                    step.with(call: call, options: options), scope: scope, earlierBodies: bodies),
                let built = try? RequestBuilder.build(
                    request.step, scope: scope, credentials: facts.credentials, baseURL: "http://localhost")
            else { continue }
            return (request, built)
        }
        return nil
    }

    /// Whether a missing parameter is sent with its default by every row that does not set it.
    private static func hasDefault(_ issue: RequestIssue, _ facts: OperationFacts) -> Bool {
        guard issue.keyword == "required" else { return false }
        func fills(_ place: ParameterPlace, _ name: String) -> Bool {
            facts.parameters.contains { entry in
                entry.parameter.place == place && entry.parameter.isNamed(name) && entry.parameter.isRequired
                    && !entry.needsValue
            }
        }
        return switch issue.place {
        case .query(let name): fills(.query, name)
        case .header(let name): fills(.header, name)
        case .cookie(let name): fills(.cookie, name)
        default: false
        }
    }

    /// Whether the issue is in an example of the step's own contract that the other contract replaces.
    private func isReplacedExample(_ issue: RequestIssue, _ step: Step, _ operation: Operation) -> Bool {
        guard case .example = step.request.body, case .body = issue.place else { return false }
        return step.call.operation !== operation
    }

    private static func named(in step: Step) -> [(place: ParameterPlace, name: String)] {
        step.request.set.compactMap { item in
            guard item.op != .absent else { return nil }
            return switch item.path.root {
            case .query(let name): (.query, name)
            case .header(let name): (.header, name)
            case .path(let name): (.path, name)
            case .cookie(let name): (.cookie, name)
            default: nil
            }
        }
    }
}

extension ValueScope {
    /// The scope of templates during planning: generated values from a fixed seed, and placeholders for secrets.
    init(planning step: Step, in scenario: Scenario, _ settings: PlanSettings) {
        var secrets: [String: String] = [:]
        let templates = step.request.set.flatMap { $0.value?.templates ?? [] }
        var references = templates.flatMap(\.references)
        if case .template(let template, _) = step.request.body { references += template.references }
        for case .secret(let name) in references { secrets[name] = "secret" }
        self.init(
            of: scenario, seed: "plan", now: Instant(microsecondsSinceEpoch: 1_767_225_600_000_000),
            ValueSources(environment: settings.environment, secrets: secrets, variables: settings.variables),
            hasExchanges: false)
    }
}
