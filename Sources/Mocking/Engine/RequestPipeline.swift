import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// The stages of a request to an operation, after routing: check, act, respond, and break the selected rules.
enum RequestPipeline {
    /// The reply to a request. Changes `state`.
    static func reply(to request: IncomingRequest, at now: Instant, _ state: inout MockState) -> MockEngine.Reply {
        guard let gap = KeyGap(request) else { return processed(request, at: now, &state) }
        return gap.reply(at: now, &state) { processed(request, at: now, &$0) }
    }

    private static func processed(
        _ request: IncomingRequest, at now: Instant, _ state: inout MockState
    ) -> MockEngine.Reply {
        let checked = RequestChecks(request: request, now: now).result(&state)
        let outcome = outcome(of: checked, request, now, &state)
        let answers = AnswerWriter(request: request, now: now, counters: state.counters)
        let answer = answers.answer(to: outcome)
        if let key = checked.newKey {
            // Responses of any status are kept.
            state.keep(Replay(request, answer, at: now), for: key)
        }
        let responses = ResponseWriter(
            request: request, now: now, counters: state.counters, standing: checked.standing,
            isReplay: checked.isReplay)
        var reply = MockEngine.Reply(
            response: responses.response(answer), operation: request.served?.name, reason: answer.reason)
        if case .failed(let failure) = outcome { reply.situation = failure.situation.rawValue }
        reply.delay = checked.delay(request.contract.behaviour?.checks.idempotency)
        guard !request.contract.contractFaults.isEmpty else { return reply }
        let injector = FaultInjector(request: request, answers: answers, responses: responses)
        guard let broken = injector.response(insteadOf: reply.response, answer) else { return reply }
        state.brokenAnswers += 1
        return MockEngine.Reply(
            response: broken, operation: reply.operation, reason: "fault injected on purpose")
    }

    private static func outcome(
        of checked: CheckResult, _ request: IncomingRequest, _ now: Instant, _ state: inout MockState
    ) -> ActionOutcome {
        switch checked.decision {
        case .failed(let failure): .failed(failure)
        case .answered(let answer): .answered(answer)
        case .passed(let operation): OperationAction(request: request, operation: operation, now: now).outcome(&state)
        }
    }
}

/// The result of a request.
enum ActionOutcome {
    /// The action was executed: the content of the response, and the values for its templates.
    case done(OpenAPI.Operation, value: JSONValue?, EvaluationScope)
    /// The request was rejected.
    case failed(RequestFailure)
    /// The documented response for a status.
    case documented(OpenAPI.Operation, status: Int, Preference)
    /// A complete response.
    case answered(Answer)
}
