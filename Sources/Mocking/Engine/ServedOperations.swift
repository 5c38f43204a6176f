import OpenAPI
import Synchronization

/// The operations of one contract as they are served.
final class ServedOperations: Sendable {
    let contract: Contract
    private let operations: [ObjectIdentifier: ServedOperation]

    init(_ version: MockVersion) {
        contract = version.contract
        var operations: [ObjectIdentifier: ServedOperation] = [:]
        operations.reserveCapacity(contract.operations.count)
        for operation in contract.operations {
            operations[ObjectIdentifier(operation)] = ServedOperation(
                operation, version.behaviour?.operations[operation.name], contract.securitySchemes)
        }
        self.operations = operations
    }

    subscript(operation: OpenAPI.Operation) -> ServedOperation? { operations[ObjectIdentifier(operation)] }
}

/// An operation, and what is worked out for it once and not with every request.
final class ServedOperation: Sendable {
    let operation: OpenAPI.Operation
    /// Its name, by which behaviour files know it.
    let name: String
    /// What the behaviour file says of it.
    let rule: OperationRule?
    private let credentialSchemes: [SecurityScheme]
    private let readyRules = AtomicLazyReference<RequestRules>()

    init(_ operation: OpenAPI.Operation, _ rule: OperationRule?, _ credentialSchemes: [SecurityScheme]) {
        self.operation = operation
        self.rule = rule
        self.credentialSchemes = credentialSchemes
        name = operation.name
    }

    /// What requests have to be like. Made with the first of them: most operations of a large document get none.
    var requestRules: RequestRules {
        readyRules.load()
            ?? readyRules.storeIfNil(RequestRules(operation, credentialSchemes: credentialSchemes))
    }
}
