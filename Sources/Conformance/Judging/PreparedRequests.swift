import OpenAPI
import Synchronization

/// What operations ask of requests, made ready when the first exchange of each is judged.
final class PreparedRequests: Sendable {
    private let known = Mutex<[Key: OpenAPI.RequestRules]>([:])

    private struct Key: Hashable {
        let operation: ObjectIdentifier
        let contract: ObjectIdentifier?
    }

    /// The rules of an operation by the credentials of its contract. Both are kept by the plan and the contracts of the
    /// judge, so that no other object can take their place.
    func rules(_ operation: Operation, of contract: Contract?) -> OpenAPI.RequestRules {
        let key = Key(operation: ObjectIdentifier(operation), contract: contract.map { ObjectIdentifier($0) })
        if let rules = known.withLock({ $0[key] }) { return rules }
        let rules = OpenAPI.RequestRules(operation, credentialSchemes: contract?.securitySchemes ?? [])
        known.withLock { $0[key] = rules }
        return rules
    }
}
