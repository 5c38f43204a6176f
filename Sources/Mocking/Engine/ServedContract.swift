import Exchanges
import OpenAPI
import Primitives
import Synchronization

/// One contract as a mock serves it: everything that requests do not change.
final class ServedContract: Sendable {
    let contract: Contract
    let behaviour: Behaviour?
    /// Decides every value that the mock makes up.
    let seed: String
    /// The resources that the contract describes; none where a behaviour file declares the state.
    let inference: InferredCollections
    /// Values made from the document; they outlast a reset, since they would be made the same.
    let memory: ValueMemory
    /// The rules of this contract that are broken on purpose.
    let breaches: [Breach]
    /// Which credentials are accepted.
    let credentials: CredentialCheck
    private let operations: [ObjectIdentifier: ServedOperation]
    /// What all tokens are derived from.
    private let tokens: TokenSource

    init(_ version: MockVersion, _ settings: MockSettings) {
        contract = version.contract
        behaviour = version.behaviour
        seed = settings.seed
        inference = version.behaviour == nil ? InferredCollections(version.contract) : .none
        memory = version.memory
        breaches = settings.breaches.filter { $0.contract == version.contract.name }
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

    /// What templates can refer to: the request, if there is one, and the clock.
    func scope(of request: IncomingRequest? = nil, at now: Instant) -> EvaluationScope {
        EvaluationScope(request: request, now: now, offset: behaviour?.style.offset)
    }

    /// Evaluates templates in `scope`.
    ///
    /// - Parameter names: What tokens are derived from. It is what they belong to and not the order of requests, so that
    ///   parallel clients get the same tokens in every run.
    func evaluator(
        _ scope: EvaluationScope, _ counters: [String: Int], tokensOf names: [String] = []
    ) -> Evaluator {
        Evaluator(scope: scope, counters: counters, tokens: tokens.narrowed(by: names))
    }
}

/// An operation, and what is prepared for it once and not with every request.
final class ServedOperation: Sendable {
    let operation: OpenAPI.Operation
    /// Its name, by which behaviour files know it.
    let name: String
    /// What the behaviour file says about it.
    let rule: OperationRule?
    private let credentialSchemes: [SecurityScheme]
    private let readyRules = AtomicLazyReference<RequestRules>()

    init(_ operation: OpenAPI.Operation, _ rule: OperationRule?, _ credentialSchemes: [SecurityScheme]) {
        self.operation = operation
        self.rule = rule
        self.credentialSchemes = credentialSchemes
        name = operation.name
    }

    /// What requests must be like. Made with the first of them: most operations of a large document get none.
    var requestRules: RequestRules {
        readyRules.load()
            ?? readyRules.storeIfNil(RequestRules(operation, credentialSchemes: credentialSchemes))
    }
}
