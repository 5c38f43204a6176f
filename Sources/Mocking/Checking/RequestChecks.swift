import Exchanges
import OpenAPI
import Primitives

/// The result of the checks of a request.
struct CheckResult {
    /// The state of the client's rate limit; `nil` where requests are not counted.
    var standing: RateWindow.Standing?
    /// The earlier use of the idempotency key; `nil` for requests without one.
    var key: IdempotencyCheck.KeyUse?
    var decision: Decision

    enum Decision {
        /// The operation is executed.
        case passed(OpenAPI.Operation)
        /// The request is rejected.
        case failed(RequestFailure)
        /// The response is known without executing the operation.
        case answered(Answer)
    }

    /// The key under which the response is kept.
    var newKey: String? {
        if case .first(let key)? = key { key } else { nil }
    }

    /// How long the response takes because of the key.
    func delay(_ rule: IdempotencyRule?) -> Duration {
        switch key {
        case .first: rule?.processing ?? .zero
        case .repeated(_, let rest): rest
        case .reused, .underWay, nil: .zero
        }
    }

    /// Whether the response repeats an earlier one; `nil` for requests without a key.
    var isReplay: Bool? {
        switch key {
        case .first, .reused, .underWay: false
        case .repeated: true
        case nil: nil
        }
    }
}

/// The checks that a request must pass before its operation is executed.
struct RequestChecks {
    let request: IncomingRequest
    let now: Instant

    private var scope: EvaluationScope { request.contract.scope(of: request, at: now) }

    /// Runs the checks in the order of the behaviour file, up to the first one that ends the request.
    func result(_ state: inout MockState) -> CheckResult {
        let operation: OpenAPI.Operation
        switch routed {
        case .passed(let found): operation = found
        case let stopped: return CheckResult(decision: stopped)
        }
        var result = CheckResult(decision: .passed(operation))
        for stage in request.contract.behaviour?.checks.order ?? Stage.allCases {
            let failure: RequestFailure? =
                switch stage {
                case .version: versionFailure
                case .rateLimit: rateFailure(operation, &result, &state)
                case .credentials: credentialFailure(operation)
                case .idempotency: keyFailure(operation, &result, state.replays)
                case .validation: contractFailure(operation, state.counters)
                // The action itself checks both.
                case .existence, .state: nil
                }
            if let failure { result.decision = .failed(failure) }
            guard case .passed = result.decision else { return result }
        }
        return result
    }

    // MARK: The checks, in their usual order

    private var routed: CheckResult.Decision {
        switch request.route {
        case .operation(let operation, _): return .passed(operation)
        case .unknownPath:
            let path = request.path == RequestRouter.outside ? request.message.path : request.path
            return .failed(RequestFailure(.unknownPath, "No operation has the path \(path).", scope))
        case .methodNotAllowed(let methods):
            let head = methods.contains("GET") && !methods.contains("HEAD") ? ["HEAD"] : []
            let allowed = (methods + head).joined(separator: ", ")
            if request.method == "OPTIONS" {
                // Lists the methods of a resource, which requires no credentials (RFC 9110, section 9.3.7).
                return .answered(
                    Answer(status: 204, headers: [HeaderField(name: "Allow", value: allowed + ", OPTIONS")]))
            }
            return .failed(
                RequestFailure(
                    .unknownMethod, "\(request.method) is not allowed here.", scope,
                    headers: [HeaderField(name: "Allow", value: allowed)]))
        }
    }

    private var versionFailure: RequestFailure? {
        guard let problem = request.choice.problem, let rule = request.contract.behaviour?.checks.version else {
            return nil
        }
        var scope = scope
        scope.topic.field = rule.header
        scope.topic.received = request.header(rule.header)
        switch problem {
        case .missing: return RequestFailure(.versionMissing, "The header \(rule.header) is missing.", scope)
        case .unknown:
            return RequestFailure(.versionUnknown, "Unknown version \(scope.topic.received ?? "").", scope)
        }
    }

    private func rateFailure(
        _ operation: OpenAPI.Operation, _ result: inout CheckResult, _ state: inout MockState
    ) -> RequestFailure? {
        guard let rule = request.contract.behaviour?.checks.rateLimit else { return nil }
        let bucket = rule.isPerOperation ? operation.name : ""
        let standing = state.windows[bucket, default: RateWindow(rule, at: now)].count(rule, at: now)
        result.standing = standing
        guard standing.retry > 0 else { return nil }
        return RequestFailure(.tooManyRequests, "Too many requests; wait \(standing.retry) s.", scope)
    }

    private func credentialFailure(_ operation: OpenAPI.Operation) -> RequestFailure? {
        guard request.contract.behaviour?.checks.credentials.isEnforced ?? true else { return nil }
        let check = request.contract.credentials
        if check.accepts(request, for: operation) { return nil }
        return RequestFailure(.credentials, check.reason(request, for: operation), scope)
    }

    private func contractFailure(_ operation: OpenAPI.Operation, _ counters: [String: Int]) -> RequestFailure? {
        ContractCheck(request: request, operation: operation, scope: scope).failure(counters)
    }

    private func keyFailure(
        _ operation: OpenAPI.Operation, _ result: inout CheckResult, _ replays: BoundedStore<Replay>
    ) -> RequestFailure? {
        guard let rule = request.contract.behaviour?.checks.idempotency,
            let check = IdempotencyCheck(rule, request, operation)
        else { return nil }
        let finding = check.finding(in: replays, at: now)
        result.key = finding
        switch finding {
        case .first: return nil
        case .repeated(let answer, _):
            result.decision = .answered(answer)
            return nil
        case .reused:
            var scope = scope
            scope.topic.field = rule.header
            scope.topic.received = check.text
            return RequestFailure(.keyReused, "The key was used for another request.", scope)
        case .underWay:
            var scope = scope
            scope.topic.field = rule.header
            scope.topic.received = check.text
            return RequestFailure(.keyUnderWay, "A request with this key is being processed.", scope)
        }
    }
}
