import Exchanges
import OpenAPI
import Primitives

/// Breaks rules on purpose: in each response, the first selected rule that is possible in it.
struct FaultInjector {
    let request: IncomingRequest
    let answers: AnswerWriter
    let responses: ResponseWriter

    /// The response with a rule broken in it; `nil` when no fault applies to this response.
    func response(insteadOf response: ResponseMessage, _ answer: Answer) -> ResponseMessage? {
        guard let operation = request.operation else { return nil }
        if let decision = decision(insteadOf: answer, operation) { return responses.response(decision) }
        for fault in request.contract.contractFaults where fault.operation == operation.name {
            if let broken = fault.broken(response, of: operation, request.contract.contract.schemas) { return broken }
        }
        return nil
    }

    /// The response of a mock that accepts or rejects requests against the contract; `nil` when no fault does that.
    private func decision(insteadOf answer: Answer, _ operation: OpenAPI.Operation) -> Answer? {
        for fault in request.contract.contractFaults where fault.operation == operation.name {
            switch fault.way {
            case .accepts(let parameter):
                guard answer.situation?.isAboutRequest == true, isWrong(only: parameter) else { continue }
                return accepted(operation)
            case .ignores(let scheme):
                guard answer.situation == .credentials else { continue }
                var check = request.contract.credentials
                check.ignored = scheme
                guard check.accepts(request, for: operation) else { continue }
                return accepted(operation)
            case .refuses(let schemes):
                guard answer.situation != .credentials else { continue }
                let check = request.contract.credentials
                let used = operation.security.first { check.holds($0, request) }
                guard used?.schemes == schemes else { continue }
                let scope = request.contract.scope(of: request, at: answers.now)
                return answers.answer(
                    to: RequestFailure(.credentials, "These credentials are refused.", scope))
            case .body, .bodyText, .header, .status, .contentType, .delivery, .rounds, .keyGap: continue
            }
        }
        return nil
    }

    /// The documented success, as if the request were valid.
    private func accepted(_ operation: OpenAPI.Operation) -> Answer? {
        let status = operation.responses.lazy.compactMap { Int($0.statusKey) }.first { (200..<300).contains($0) }
        guard let status, let response = operation.response(status: status) else { return nil }
        return request.documentAnswer(for: operation).answer(status, response)
    }

    /// Whether all errors of the request are in `parameter`.
    private func isWrong(only parameter: String) -> Bool {
        !request.issues.isEmpty
            && request.issues.allSatisfy { issue in
                switch issue.place {
                case .body, .partHeader, .mediaType: parameter == "body"
                case .header, .path, .query, .cookie:
                    issue.place.description.isSame(as: parameter)
                        || issue.place.description.lowercased() == parameter.lowercased()
                case .method: false
                }
            }
    }
}

extension Situation {
    /// Whether the content of the request is invalid, rather than its sender or the stored state.
    fileprivate var isAboutRequest: Bool {
        switch self {
        case .missing, .invalid, .malformed, .mediaType, .contentCoding, .versionMissing, .versionUnknown: true
        default: false
        }
    }
}
