import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// Serves one contract: its state, and the way of a request through the checks.
struct ContractEngine: Sendable {
    let contract: Contract
    let behaviour: Behaviour?
    let settings: MockSettings
    let inference: InferredCollections
    var state: MockState
    /// Values made from the document; they outlast a reset, since they would be made the same.
    let memory: ValueMemory
    /// The rules of this contract that are broken on purpose.
    let breaches: [Breach]
    /// The answers that were broken so far.
    var brokenAnswers = 0
    /// What all tokens are derived from.
    private let tokens: TokenSource
    /// How many events led to the one that happens now.
    var effectDepth = 0

    init(_ version: MockVersion, settings: MockSettings) {
        contract = version.contract
        behaviour = version.behaviour
        self.settings = settings
        inference = version.behaviour == nil ? InferredCollections(version.contract) : .none
        state = MockState(version.behaviour)
        tokens = TokenSource([settings.seed])
        memory = version.memory
        breaches = settings.breaches.filter { $0.contract == version.contract.name }
    }

    /// What is known of a request while it is answered.
    struct Turn {
        let request: IncomingRequest
        let now: Instant
        var standing: RateWindow.Standing?
        /// The key under which the answer will be kept.
        var key: String?
        /// Whether an answer was given again; `nil` for requests without a key.
        var isReplay: Bool?
        /// The entity that the operation belongs to.
        var owner: JSONValue?
    }

    mutating func respond(to turn: Turn) -> MockEngine.Reply {
        var turn = turn
        let answer = answer(&turn)
        var reply = MockEngine.Reply(
            response: finished(answer, turn), operation: turn.request.served?.name, reason: answer.reason)
        guard !breaches.isEmpty else { return reply }
        if let decision = brokenDecision(answer, turn) {
            reply.response = finished(decision, turn)
        } else if let broken = broken(reply.response, turn) {
            reply.response = broken
        } else {
            return reply
        }
        brokenAnswers += 1
        reply.reason = "fault injected on purpose"
        return reply
    }

    private mutating func answer(_ turn: inout Turn) -> Answer {
        switch turn.request.route {
        case .unknownPath:
            return failure(.unknownPath, turn, told: "No operation has the path \(turn.request.path).")
        case .methodNotAllowed(let methods):
            if turn.request.method == "OPTIONS" {
                // Asks what there is, and that is no secret (RFC 9110, 9.3.7).
                return Answer(status: 204, headers: [HeaderField(name: "Allow", value: allowed(methods) + ", OPTIONS")])
            }
            var answer = failure(
                .unknownMethod, turn, told: "\(turn.request.method) is not allowed here.")
            answer.headers.append(HeaderField(name: "Allow", value: allowed(methods)))
            return answer
        case .operation(let operation, _): return answer(operation, &turn)
        }
    }

    private func allowed(_ methods: [String]) -> String {
        let head = methods.contains("GET") && !methods.contains("HEAD") ? ["HEAD"] : []
        return (methods + head).joined(separator: ", ")
    }

    private mutating func answer(_ operation: OpenAPI.Operation, _ turn: inout Turn) -> Answer {
        for stage in behaviour?.order ?? Stage.allCases {
            let stopped: Answer? =
                switch stage {
                case .version: checkVersion(turn)
                case .rateLimit: checkRate(operation, &turn)
                case .credentials: checkCredentials(operation, turn)
                case .idempotency: checkKey(operation, &turn)
                case .validation: checkRequest(operation, turn)
                // Both belong to the action itself.
                case .existence, .state: nil
                }
            if let stopped { return kept(stopped, turn) }
        }
        return kept(perform(operation, turn), turn)
    }

    /// Keeps the answer if the request had a key that was not known, whatever its status.
    private mutating func kept(_ answer: Answer, _ turn: Turn) -> Answer {
        guard let key = turn.key else { return answer }
        let body = turn.request.message.body ?? []
        let replay = Replay(
            method: turn.request.method, target: turn.request.target, body: body, answer: answer)
        state.replays.insert(replay, for: key, cost: body.count + answer.body.bytes.count + 512)
        return answer
    }

    // MARK: Evaluating

    func scope(_ turn: Turn) -> Scope {
        var scope = Scope(now: turn.now)
        scope.request = turn.request
        scope.offset = behaviour?.offset
        scope.version = turn.request.choice.version
        scope.owner = turn.owner
        return scope
    }

    /// Tokens are derived from what they belong to and not from the order of requests, so that parallel clients get
    /// the same ones in every run.
    func evaluator(_ scope: Scope, tokensOf names: [String] = []) -> Evaluator {
        Evaluator(scope: scope, counters: state.counters, tokens: tokens.narrowed(by: names))
    }

    // MARK: Answers

    /// The answer to a situation: the operation's own, the behaviour's, else what the document gives.
    ///
    /// - Parameter complaints: Each error of the request by itself, for bodies that list errors.
    func failure(
        _ situation: Situation, _ turn: Turn, told message: String, each complaints: [Complaint] = [],
        _ prepare: (inout Scope) -> Void = { _ in }
    ) -> Answer {
        let own = turn.request.served?.rule?.errors[situation]
        var answer: Answer
        if let error = own ?? behaviour?.errors[situation] {
            answer = failure(error, turn, prepare)
        } else {
            answer = documented(situation, turn, Rejection(message: message, complaints: complaints))
        }
        answer.situation = situation
        answer.reason = message
        return answer
    }

    func failure(_ error: ErrorAnswer, _ turn: Turn, _ prepare: (inout Scope) -> Void = { _ in }) -> Answer {
        var scope = scope(turn)
        prepare(&scope)
        var evaluator = evaluator(scope)
        return Answer(
            status: error.status,
            headers: headers(error.headers, &evaluator),
            body: error.body.flatMap { evaluator.value($0) }
                .map { json($0, turn.request.operation, error.status) } ?? .empty)
    }

    private func documented(_ situation: Situation, _ turn: Turn, _ rejection: Rejection) -> Answer {
        // A path that no operation has is answered as the operations answer the same status.
        let operations = turn.request.operation.map { [$0] } ?? contract.operations
        let exact = situation.statuses.lazy.compactMap { status in
            operations.lazy.compactMap { $0.responses.first { $0.statusKey == String(status) } }.first
                .map { (status, $0) }
        }.first
        let status = exact?.0 ?? situation.statuses[0]
        let response = exact?.1 ?? operations.lazy.compactMap { $0.response(status: status) }.first
        guard let response else { return Answer(status: status, body: .problem(status, rejection)) }
        return documentAnswer(turn, for: operations.first).answer(status, response, rejection)
    }

    /// Answers from the document, as this request wants them.
    func documentAnswer(_ turn: Turn, for operation: OpenAPI.Operation?) -> DocumentAnswer {
        DocumentAnswer(
            schemas: contract.schemas, memory: memory, seed: settings.seed, subject: operation?.name ?? "",
            accept: turn.request.header("accept"))
    }

    func headers(_ members: [ValueTemplate.Member], _ evaluator: inout Evaluator) -> [HeaderField] {
        members.compactMap { member in
            evaluator.text(of: member.value).map { HeaderField(name: member.name, value: headerSafe($0)) }
        }
    }

    /// A JSON body as the behaviour's answers are written.
    func json(_ value: JSONValue, _ operation: OpenAPI.Operation?, _ status: Int) -> AnswerBody {
        var documented: String? {
            operation?.response(status: status)?.content.first { $0.range.isJSON }?.range.description
        }
        return AnswerBody(
            contentType: behaviour?.contentType ?? documented ?? "application/json",
            bytes: value.utf8 + (behaviour?.ending ?? "").utf8)
    }

    /// Whether an operation may be called without credentials.
    func isOpen(_ operation: OpenAPI.Operation) -> Bool {
        operation.security.isEmpty || operation.security.contains { $0.schemes.isEmpty }
    }
}
