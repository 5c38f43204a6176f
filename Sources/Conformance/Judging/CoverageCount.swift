import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios

/// A response and its request, as coverage counts them.
struct Exercise {
    let response: ResponseSubject
    let request: RequestMessage
    /// The name of the contract that it is judged by.
    let contract: String
    /// The credentials that the row sends.
    var auth = AuthCase.profile(nil)
    /// Whether the row sends a request that violates the contract.
    var isInvalid = false
}

extension StepSubject {
    /// This exchange, as coverage counts it.
    var exercise: Exercise {
        Exercise(
            response: response, request: exchange.request, contract: step.contract, auth: step.request.auth,
            isInvalid: step.options.isInvalid)
    }
}

/// Counts the parts of the contracts that exchanges exercise. Exchanges are added one by one, and none is kept.
struct CoverageCount {
    private let contracts: Contracts
    /// The names of the contracts by which at least one response was judged.
    private var used: Set<String> = []
    private var operations: [Key: OperationCount] = [:]
    /// The operations that rows call, as the contracts have them.
    private var known: [ObjectIdentifier: OperationCount] = [:]
    /// The places of bodies, by contract.
    private let bodies: [String: BodyPlaces]

    private struct Key: Hashable {
        let contract: String
        let operation: String
    }

    init(_ contracts: Contracts) {
        self.contracts = contracts
        bodies = Dictionary(contracts.all.map { ($0.name, BodyPlaces()) }) { first, _ in first }
    }

    /// Counts an exchange.
    mutating func add(_ exercise: Exercise) {
        used.insert(exercise.contract)
        guard let called = exercise.response.operation, let count = count(of: called, exercise.contract) else { return }
        count.add(exercise)
    }

    private mutating func count(of called: Operation, _ contract: String) -> OperationCount? {
        if let count = known[ObjectIdentifier(called)] { return count }
        let key = Key(contract: contract, operation: called.key)
        guard let contract = contracts[contract],
            let operation = contract.operations.first(where: { $0 === called })
                ?? contract.operations.first(where: { $0.key.isSame(as: called.key) })
        else { return nil }
        let count = operations[key] ?? start(operation, of: contract)
        operations[key] = count
        known[ObjectIdentifier(called)] = count
        return count
    }

    private func start(_ operation: Operation, of contract: Contract) -> OperationCount {
        OperationCount(operation, of: contract, bodies[contract.name] ?? BodyPlaces())
    }

    /// The coverage of every operation of the contracts by which at least one response was judged.
    var coverage: Coverage {
        let counts = contracts.all.filter { used.contains($0.name) }.flatMap { contract in
            contract.operations.map { operation in
                operations[Key(contract: contract.name, operation: operation.key)]
                    ?? start(operation, of: contract)
            }
        }
        for count in counts { count.readSchemas() }
        return Coverage(operations: counts.map(\.coverage))
    }
}

/// The parts of one operation that exchanges exercise.
private final class OperationCount {
    private let operation: Operation
    private let contract: Contract
    private let requirements: [SecurityRequirement]
    private let cases: [NegativeCase]
    private var accepted: [Int]
    private var rejected: [Int]
    private let responses: [ResponseCount]

    init(_ operation: Operation, of contract: Contract, _ bodies: BodyPlaces) {
        self.operation = operation
        self.contract = contract
        requirements = operation.security.filter { !$0.schemes.isEmpty }
        cases = NegativeCase.all(of: operation)
        accepted = Array(repeating: 0, count: requirements.count)
        rejected = Array(repeating: 0, count: cases.count)
        responses = operation.responses.map { ResponseCount($0, bodies) }
    }

    func add(_ exercise: Exercise) {
        for (index, requirement) in requirements.enumerated() where exercise.wasAccepted(with: requirement, contract) {
            accepted[index] += 1
        }
        for (index, negative) in cases.enumerated() where negative.isMet(by: exercise) { rejected[index] += 1 }
        guard let declared = exercise.response.declared else { return }
        for response in responses where response.isOf(declared) { response.add(exercise.response) }
    }

    /// Reads the schemas of all responses, for ``coverage``.
    func readSchemas() {
        for response in responses { response.readSchemas() }
    }

    var coverage: OperationCoverage {
        var covered = OperationCoverage(
            contract: contract.name,
            operation: operation.name,
            responses: responses.map(\.coverage),
            security: zip(requirements, accepted).map { requirement, count in
                CoveragePoint(name: requirement.schemes.joined(separator: " + "), count: count)
            }
        )
        covered.negative = zip(cases, rejected).map { CoveragePoint(name: $0.rawValue, count: $1) }
        covered.missing = MissingRow.rows(for: covered, operation)
        return covered
    }
}

extension Exercise {
    /// Whether the request had the credentials of `requirement` and was not rejected because of them.
    fileprivate func wasAccepted(with requirement: SecurityRequirement, _ contract: Contract) -> Bool {
        if case .wrong = auth { return false }
        guard response.message.status != 401, response.message.status != 403 else { return false }
        return requirement.schemes.allSatisfy { name in
            contract.securityScheme(name).map { carries($0) } ?? false
        }
    }

    private func carries(_ scheme: SecurityScheme) -> Bool {
        switch scheme.kind {
        case .apiKey(let name, .header): return !request.header(name).isEmpty
        case .apiKey(let name, .query):
            return (request.query ?? "").utf8.split(separator: UInt8(ascii: "&")).contains {
                $0.starts(with: (name + "=").utf8)
            }
        case .apiKey(let name, .cookie):
            return request.header("cookie").contains { line in
                line.split(separator: ";").contains { $0.drop { $0 == " " }.utf8.starts(with: (name + "=").utf8) }
            }
        case .apiKey: return false
        case .http, .oauth2, .openIdConnect: return !request.header("authorization").isEmpty
        case .mutualTLS: return false
        }
    }
}
