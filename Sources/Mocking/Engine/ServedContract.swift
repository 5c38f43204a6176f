import Exchanges
import OpenAPI
import Primitives
import Synchronization

/// A contract as a mock serves it: everything that requests do not change.
final class ServedContract: Sendable {
    let contract: Contract
    let behaviour: Behaviour?
    /// The seed of every generated value.
    let seed: String
    /// The resources that the contract describes; empty where a behaviour file declares the state.
    let inference: InferredCollections
    /// Values generated from the document. They survive a reset, which would generate the same values again.
    let memory: ValueMemory
    /// How its callbacks and webhooks are sent.
    let deliveries: DeliverySettings
    /// The rules of this contract that are broken on purpose.
    let contractFaults: [ContractFault]
    /// The operations whose check of idempotency keys has a gap on purpose.
    let gappedOperations: Set<String>
    /// The check of credentials.
    let credentials: CredentialCheck
    private let operations: [ObjectIdentifier: ServedOperation]
    /// The source of all tokens.
    private let tokens: TokenSource

    init(_ version: MockVersion, _ settings: MockSettings) {
        contract = version.contract
        behaviour = version.behaviour
        seed = settings.seed
        inference = version.behaviour == nil ? InferredCollections(version.contract) : .none
        memory = version.memory
        deliveries = version.deliveries
        contractFaults = settings.contractFaults.filter { $0.contract == version.contract.name }
        gappedOperations = Set(contractFaults.filter { $0.way == .keyGap }.map(\.operation))
        credentials = CredentialCheck(
            schemes: version.contract.securitySchemes, accepted: settings.credentials,
            acceptsAny: settings.acceptsAnyCredentials || version.behaviour?.checks.credentials.acceptsAny == true)
        tokens = TokenSource([settings.seed])
        var operations: [ObjectIdentifier: ServedOperation] = [:]
        operations.reserveCapacity(contract.operations.count)
        for operation in contract.operations {
            operations[ObjectIdentifier(operation)] = ServedOperation(
                operation, version.behaviour?.operations[operation.name], contract.securitySchemes)
        }
        self.operations = operations
    }

    subscript(operation: OpenAPI.Operation) -> ServedOperation? { operations[ObjectIdentifier(operation)] }

    /// The values that templates can refer to: the request, if there is one, and the clock.
    func scope(of request: IncomingRequest? = nil, at now: Instant) -> EvaluationScope {
        EvaluationScope(request: request, now: now, offset: behaviour?.style.offset)
    }

    /// Evaluates templates in `scope`.
    ///
    /// - Parameter names: The owner of the tokens. Tokens do not depend on the order of requests, so parallel clients
    ///   get the same tokens in every run.
    func evaluator(
        _ scope: EvaluationScope, _ counters: [String: Int], tokensOf names: [String] = []
    ) -> Evaluator {
        Evaluator(scope: scope, counters: counters, tokens: tokens.narrowed(by: names))
    }
}

/// An operation, with everything that is prepared once and not for every request.
final class ServedOperation: Sendable {
    let operation: OpenAPI.Operation
    /// The name that behaviour files use.
    let name: String
    /// The rule of the behaviour file.
    let rule: OperationRule?
    private let credentialSchemes: [SecurityScheme]
    private let readyRules = AtomicLazyReference<RequestRules>()

    init(_ operation: OpenAPI.Operation, _ rule: OperationRule?, _ credentialSchemes: [SecurityScheme]) {
        self.operation = operation
        self.rule = rule
        self.credentialSchemes = credentialSchemes
        name = operation.name
    }

    /// The rules of its requests. They are built with the first request, because most operations of a large document
    /// never receive one.
    var requestRules: RequestRules {
        readyRules.load()
            ?? readyRules.storeIfNil(RequestRules(operation, credentialSchemes: credentialSchemes))
    }
}
