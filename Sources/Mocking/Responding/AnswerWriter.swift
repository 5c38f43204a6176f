import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// Turns the result of a request into status, header fields and body.
struct AnswerWriter {
    let request: IncomingRequest
    let now: Instant
    /// The next number of each counter.
    let counters: [String: Int]

    private var behaviour: Behaviour? { request.contract.behaviour }

    func answer(to outcome: ActionOutcome) -> Answer {
        switch outcome {
        case .answered(let answer): answer
        case .failed(let failure): answer(to: failure)
        case .documented(let operation, let status, let preference): documented(operation, status, preference)
        case .done(let operation, let value, let scope): success(operation, value, scope)
        }
    }

    // MARK: Failures

    /// The response to a failure, from the first of these that defines one: the rule that failed, the operation, the
    /// behaviour file, the document.
    func answer(to failure: RequestFailure) -> Answer {
        let situation = failure.situation
        let prescribed = failure.response ?? request.served?.rule?.errors[situation] ?? behaviour?.errors[situation]
        var answer = prescribed.map { written($0, failure.scope) } ?? documented(situation, failure.rejection)
        answer.situation = situation
        answer.reason = failure.rejection.message
        answer.headers += failure.headers
        return answer
    }

    private func written(_ error: ErrorAnswer, _ scope: EvaluationScope) -> Answer {
        var evaluator = request.contract.evaluator(scope, counters)
        return Answer(
            status: error.status,
            headers: evaluator.fields(error.headers),
            body: error.body.flatMap { evaluator.value($0) }
                .map { json($0, request.operation, error.status) } ?? .empty)
    }

    private func documented(_ situation: Situation, _ rejection: Rejection) -> Answer {
        // An unknown path gets the response of the operations for the same status.
        let operations = request.operation.map { [$0] } ?? request.contract.contract.operations
        let exact = situation.statuses.lazy.compactMap { status in
            operations.lazy.compactMap { $0.responses.first { $0.statusKey == String(status) } }.first
                .map { (status, $0) }
        }.first
        let status = exact?.0 ?? situation.statuses[0]
        let response = exact?.1 ?? operations.lazy.compactMap { $0.response(status: status) }.first
        guard let response else { return Answer(status: status, body: .problem(status, rejection)) }
        return request.documentAnswer(for: operations.first).answer(status, response, rejection)
    }

    // MARK: Successes

    private func success(_ operation: OpenAPI.Operation, _ value: JSONValue?, _ scope: EvaluationScope) -> Answer {
        guard let rule = request.served?.rule else {
            return documented(operation, operation.successStatus(nil), Preference())
        }
        let status = operation.successStatus(rule)
        var evaluator = request.contract.evaluator(scope, counters)
        var answer = Answer(status: status)
        if operation.response(status: status)?.content.isEmpty != true {
            if let value = rule.answer.flatMap({ evaluator.value($0) }) ?? value {
                answer.body = json(Self.without(rule.omit, value), operation, status)
            } else {
                answer = documented(operation, status, Preference())
            }
        }
        if !rule.headers.isEmpty { answer.headers += evaluator.fields(rule.headers) }
        return answer
    }

    private static func without(_ names: [String], _ value: JSONValue) -> JSONValue {
        guard !names.isEmpty else { return value }
        if case .array(let elements) = value { return .array(elements.map { without(names, $0) }) }
        var value = value
        for name in names { value.remove(at: JSONPointer(name.split(separator: ".").map(String.init))) }
        return value
    }

    /// A response from the document alone.
    func documented(_ operation: OpenAPI.Operation, _ status: Int, _ preference: Preference) -> Answer {
        guard let response = operation.response(status: status) ?? operation.responses.first else {
            return Answer(status: status)
        }
        var source = request.documentAnswer(for: operation)
        source.preference = preference
        return source.answer(status, response)
    }

    /// A JSON body in the style of the behaviour file.
    private func json(_ value: JSONValue, _ operation: OpenAPI.Operation?, _ status: Int) -> AnswerBody {
        var documented: String? {
            operation?.response(status: status)?.content.first { $0.range.isJSON }?.range.description
        }
        return AnswerBody(
            contentType: behaviour?.style.contentType ?? documented ?? "application/json",
            bytes: value.utf8 + (behaviour?.style.ending ?? "").utf8)
    }
}

extension IncomingRequest {
    /// Builds responses from the document, in a media type that this request accepts.
    func documentAnswer(for operation: OpenAPI.Operation?) -> DocumentAnswer {
        DocumentAnswer(
            schemas: contract.contract.schemas, memory: contract.memory, seed: contract.seed,
            subject: operation?.name ?? "", operationKey: operation?.key ?? "", accept: header("accept"))
    }
}

extension Evaluator {
    /// The header fields that have a value.
    mutating func fields(_ members: [ValueTemplate.Member]) -> [HeaderField] {
        var fields: [HeaderField] = []
        for member in members {
            guard let value = text(of: member.value) else { continue }
            fields.append(HeaderField(name: member.name, value: headerSafe(value)))
        }
        return fields
    }
}
