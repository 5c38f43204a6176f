import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Reporting
import Scenarios
import Versions

/// Reads what the steps of the runs sent and received.
struct StepObserver {
    private let old: PreparedContract
    private let new: PreparedContract

    /// A contract and the rules for requests of its operations.
    private struct PreparedContract {
        let contract: Contract
        let rules: [String: OpenAPI.RequestRules]

        init(_ contract: Contract) {
            self.contract = contract
            rules = Dictionary(
                contract.operations.map {
                    ($0.name, OpenAPI.RequestRules($0, credentialSchemes: contract.securitySchemes))
                }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// A step of a run, whatever its scenario is called there.
    private struct Key: Hashable {
        var scenario: ScenarioKey
        var step: String
    }

    /// Masks secrets and the places that the project redacts before anything is compared: values are shown in reports.
    private let redactor: Redactor

    init(old: Contract, new: Contract, redactor: Redactor) {
        self.old = PreparedContract(old)
        self.new = PreparedContract(new)
        self.redactor = redactor
    }

    /// The steps of the old version in the order of the plan, each with what it received in every run, and the steps
    /// that the new version's plan does not have.
    func pairs(_ runs: UpgradeRuns, _ plans: UpgradePlans) -> (pairs: [StepPair], rest: [Upgrade.NotCompared]) {
        let before = steps(of: runs.before, plans.old)
        let again = runs.again.map { steps(of: $0, plans.old) }
        let after = steps(of: runs.after, plans.new)
        let planned = plannedSteps(plans.new)
        var pairs: [StepPair] = []
        var rest: [Upgrade.NotCompared] = []
        for scenario in plans.old.scenarios {
            for step in scenario.steps where step.contract.isSame(as: old.contract.name) {
                guard let row = UpgradeStep(step, in: scenario) else { continue }
                let key = Key(scenario: ScenarioKey(scenario), step: step.name)
                guard let first = before[key] else { continue }
                guard let newStep = planned[key], let last = after[key] else {
                    rest.append(Upgrade.NotCompared(step: row, reason: reason(row, isRecorded: runs.again == nil)))
                    continue
                }
                pairs.append(
                    StepPair(
                        row, before: observed(first, step, old, runs.baseURL),
                        again: again?[key].map { observed($0, step, old, runs.baseURL) },
                        after: observed(last, newStep, new, runs.newBaseURL)))
            }
        }
        return (pairs, rest)
    }

    /// Why a row has no response under the new version.
    private func reason(_ row: UpgradeStep, isRecorded: Bool) -> String {
        let name = new.contract.name
        if new.contract.operation(row.operation.name) == nil { return "\(name) has no operation \(row.operation.name)" }
        return isRecorded ? "no recording of the row under \(name)" : "the row cannot be sent to \(name)"
    }

    private func steps(of verdict: Verdict, _ plan: Plan) -> [Key: StepVerdict] {
        let keys = Dictionary(
            plan.scenarios.map { ($0.id, ScenarioKey($0)) }, uniquingKeysWith: { first, _ in first })
        var found: [Key: StepVerdict] = [:]
        for scenario in verdict.scenarios {
            guard let key = keys[scenario.name] else { continue }
            for step in scenario.steps { found[Key(scenario: key, step: step.name)] = step }
        }
        return found
    }

    private func plannedSteps(_ plan: Plan) -> [Key: Step] {
        var found: [Key: Step] = [:]
        for scenario in plan.scenarios {
            for step in scenario.steps { found[Key(scenario: ScenarioKey(scenario), step: step.name)] = step }
        }
        return found
    }

    // MARK: One step

    private func observed(
        _ verdict: StepVerdict, _ step: Step, _ prepared: PreparedContract, _ baseURL: String
    ) -> ObservedStep {
        guard let exchange = verdict.exchanges.last else {
            return ObservedStep(.nothing(verdict.reason.map(\.sentence) ?? "the step was not sent"))
        }
        let failures = verdict.findings.filter { $0.severity == .error }
        let request = exchange.request
        let document = request.body.flatMap { try? JSONDocument(parsing: $0) }
        var issues: [RequestIssue] = []
        if let operation = step.call.operation, let rules = prepared.rules[operation.name], request.cut == nil {
            issues = rules.issues(
                in: WireRequest(request, baseURL: baseURL),
                pathValues: operation.pathValues(inTailOf: request.path) ?? [], read: document)
        }
        return ObservedStep(
            result(exchange, step), sent: document?.root.value, parameters: parameters(request),
            wrongPlaces: issues.filter { !$0.isUndecided }.map(\.place),
            brokenPlaces: failures.compactMap(Self.deviation),
            undeclaredPlaces: Set(
                verdict.findings.filter { undeclared.contains($0.rule) }.compactMap { Self.place($0.response) }),
            failures: failures.map { .init($0.message, at: Self.place($0.response)) })
    }

    private let undeclared: Set<String> = ["body.undeclared", "header.undeclared"]

    private func result(_ exchange: Exchange, _ step: Step) -> ObservedStep.Result {
        let response: ResponseMessage
        switch exchange.outcome {
        case .failure(let failure): return .nothing(failure.message)
        case .response(let received): response = redactor.redact(received)
        }
        var headers: [String: String] = [:]
        for field in response.headers {
            let name = field.name.lowercased()
            headers[name] = headers[name].map { "\($0), \(field.value)" } ?? field.value
        }
        let type = response.header("content-type").first.flatMap { MediaTypeName($0) }
        let body: ObservedResponse.Body
        if response.body.isEmpty {
            body = .none
        } else if let document = try? JSONDocument(parsing: response.body) {
            body = .json(document.root.value)
        } else {
            body = .other(String(decoding: response.body.prefix(1 << 16), as: UTF8.self))
        }
        return .response(
            ObservedResponse(
                status: response.status,
                statusKey: step.call.operation?.response(status: response.status)?.statusKey,
                mediaType: type.map { "\($0.type)/\($0.subtype)" }, headers: headers,
                body: body))
    }

    private func parameters(_ request: RequestMessage) -> Set<String> {
        var names = Set(request.headers.map { "header.\($0.name.lowercased())" })
        for pair in (request.query ?? "").split(separator: "&") {
            let name = pair.prefix { $0 != "=" }
            names.insert("query.\(PercentEncoding.decodedLeniently(name))")
        }
        return names
    }

    /// Rules that judge by the row rather than by the contract.
    private static let rowRules: Set<String> = ["check", "same-as", "status.unexpected"]

    /// A deviation of the response from the contract; `nil` for checks of the row.
    private static func deviation(_ finding: Finding) -> ObservedStep.Deviation? {
        guard finding.blame == .server, finding.contractLocation != nil, !rowRules.contains(finding.rule) else {
            return nil
        }
        return place(finding.response).map {
            ObservedStep.Deviation(rule: finding.rule, place: $0, message: finding.message)
        }
    }

    private static func place(_ place: ResponsePlace?) -> ResponseDifference.Place? {
        switch place {
        case nil: return nil
        case .status: return .status
        case .header(let name):
            let name = name.lowercased()
            return name == "content-type" ? .mediaType : .header(name)
        case .body(let pointer, _): return .body(JSONPointer(pointer.tokens.map { Int($0) == nil ? $0 : "*" }))
        }
    }
}
