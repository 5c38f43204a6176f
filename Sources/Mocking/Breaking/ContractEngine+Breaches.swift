import Exchanges
import OpenAPI

extension ContractEngine {
    /// What a broken mock accepts or refuses instead of its own answer; `nil` when no breach is about that.
    func brokenDecision(_ answer: Answer, _ turn: Turn) -> Answer? {
        guard let operation = turn.request.operation else { return nil }
        for breach in breaches where breach.operation == operation.name {
            switch breach.way {
            case .accepts(let parameter):
                guard answer.situation?.isAboutRequest == true, isWrong(only: parameter, turn) else {
                    continue
                }
                return accepted(operation, turn)
            case .ignores(let scheme):
                guard answer.situation == .credentials else { continue }
                var check = credentialCheck
                check.ignored = scheme
                guard check.accepts(turn.request, for: operation) else { continue }
                return accepted(operation, turn)
            case .refuses(let schemes):
                guard answer.situation != .credentials else { continue }
                let check = credentialCheck
                let used = operation.security.first { check.holds($0, turn.request) }
                guard used?.schemes == schemes else { continue }
                return failure(.credentials, turn, told: "These credentials are refused.")
            case .body, .bodyText, .header, .status, .contentType: continue
            }
        }
        return nil
    }

    /// The finished answer with the first breach that is about it; `nil` when none is.
    func broken(_ message: ResponseMessage, _ turn: Turn) -> ResponseMessage? {
        guard let operation = turn.request.operation else { return nil }
        for breach in breaches where breach.operation == operation.name {
            if let broken = breach.broken(message, of: operation, contract.schemas) { return broken }
        }
        return nil
    }

    /// The success that the document shows, as if the request had been in order.
    private func accepted(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer? {
        let status = operation.responses.lazy.compactMap { Int($0.statusKey) }.first { (200..<300).contains($0) }
        guard let status, let response = operation.response(status: status) else { return nil }
        return documentAnswer(turn, for: operation).answer(status, response)
    }

    /// Whether nothing is wrong with the request but what stands in `parameter`.
    private func isWrong(only parameter: String, _ turn: Turn) -> Bool {
        let issues = turn.request.issues
        return !issues.isEmpty
            && issues.allSatisfy { issue in
                switch issue.place {
                case .body, .mediaType: parameter == "body"
                case .header, .path, .query, .cookie:
                    issue.place.description.utf8.elementsEqual(parameter.utf8)
                        || issue.place.description.lowercased() == parameter.lowercased()
                case .method: false
                }
            }
    }
}

extension Situation {
    /// Whether it is the request that is wrong, and neither who sends it nor what is stored.
    var isAboutRequest: Bool {
        switch self {
        case .missing, .invalid, .malformed, .mediaType, .contentCoding, .versionMissing, .versionUnknown: true
        default: false
        }
    }
}
