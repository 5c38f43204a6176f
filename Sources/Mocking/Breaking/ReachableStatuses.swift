package import OpenAPI
import Primitives

/// The statuses that the mock of a contract can respond with: the success, and the response to each possible situation.
/// Statuses that a document only mentions, such as 500, are not included.
struct ReachableStatuses {
    let behaviour: Behaviour?

    /// No scenario sends more requests than this to exceed a rate limit.
    private static let reachableLimit = 1_000

    func statuses(of operation: OpenAPI.Operation) -> Set<Int> {
        let rule = behaviour?.operations[operation.name]
        var statuses: Set<Int> = [operation.successStatus(rule)]
        for situation in Situation.allCases where canArise(situation, operation, rule) {
            let own = rule?.errors[situation] ?? behaviour?.errors[situation]
            statuses.insert(own?.status ?? documentedStatus(situation, operation))
        }
        // Responses that a file defines for single rules.
        statuses.formUnion(rule?.require.compactMap { $0.error?.status } ?? [])
        return statuses
    }

    private func documentedStatus(_ situation: Situation, _ operation: OpenAPI.Operation) -> Int {
        situation.statuses.first { status in operation.responses.contains { $0.statusKey == String(status) } }
            ?? situation.statuses[0]
    }

    private func canArise(_ situation: Situation, _ operation: OpenAPI.Operation, _ rule: OperationRule?) -> Bool {
        switch situation {
        case .unknownPath, .unknownMethod, .notAcceptable, .contentCoding: return false
        case .versionMissing, .versionUnknown: return behaviour?.checks.version != nil
        case .credentials:
            return behaviour?.checks.credentials.isEnforced ?? true && !operation.isOpen
        case .missing, .invalid:
            return operation.requestBody != nil || rule?.require.isEmpty == false
                || operation.parameters.contains { FaultCatalogue.canBeWrong($0) }
        case .malformed, .mediaType: return operation.requestBody != nil
        case .keyReused: return behaviour?.checks.idempotency?.methods.contains(operation.method) ?? false
        case .keyUnderWay:
            guard let rule = behaviour?.checks.idempotency, rule.rejectsUnderWay else { return false }
            return rule.processing > .zero && rule.methods.contains(operation.method)
        case .tooManyRequests: return behaviour?.checks.rateLimit.map { $0.limit <= Self.reachableLimit } ?? false
        case .unknown, .duplicate, .state:
            guard let rule else { return false }
            return switch rule.action {
            case .create: situation == .duplicate
            case .read, .delete, .list(_, child: .some): situation == .unknown
            case .change: situation != .duplicate
            case .list(_, child: nil), .answer: false
            }
        }
    }
}

extension MockVersion {
    /// Whether a fault accepts requests with a wrong value in the header that chooses this contract.
    package func isAboutChoice(_ fault: ContractFault) -> Bool {
        guard case .accepts(let parameter) = fault.way, let header = behaviour?.checks.version?.header else {
            return false
        }
        return parameter.lowercased().isSame(as: "header.\(header)".lowercased())
    }

    /// The statuses that a mock of this version can respond with to an operation.
    package func reach(of operation: OpenAPI.Operation) -> Set<Int> {
        ReachableStatuses(behaviour: behaviour).statuses(of: operation)
    }
}
