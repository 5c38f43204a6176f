import Exchanges
import JSONDocument
import OpenAPI
import Scenarios

extension Coverage {
    /// Counts what `subjects` exercised, for every operation of the contracts that any of them was judged by.
    init(_ subjects: [Subject], contracts: Contracts) {
        var byOperation: [String: [Subject]] = [:]
        for subject in subjects {
            guard let operation = subject.operation else { continue }
            byOperation["\(subject.step.contract) \(operation.key)", default: []].append(subject)
        }
        let used = Set(subjects.map(\.step.contract))
        operations = contracts.all.filter { used.contains($0.name) }.flatMap { contract in
            contract.operations.map { operation in
                let met = byOperation["\(contract.name) \(operation.key)"] ?? []
                var covered = OperationCoverage(
                    contract: contract.name,
                    operation: operation.name,
                    responses: operation.responses.map { ResponseCoverage($0, met) },
                    security: operation.security.filter { !$0.schemes.isEmpty }.map { requirement in
                        CoveragePoint(
                            name: requirement.schemes.joined(separator: " + "),
                            count: met.count { $0.wasLetIn(with: requirement, contract) }
                        )
                    }
                )
                covered.negative = NegativeCases.points(operation, met)
                covered.missing = NegativeCases.rows(covered, operation)
                return covered
            }
        }
    }
}

extension Coverage {
    /// Adds the counts of `other`, which are of other exchanges and of the same contracts.
    mutating func add(_ other: Coverage, _ contracts: Contracts) {
        var counted = Dictionary(
            operations.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        for operation in other.operations {
            counted[operation.key] = counted[operation.key]?.adding(operation) ?? operation
        }
        operations = contracts.all.flatMap { contract in
            contract.operations.compactMap { counted[OperationCoverage.key(contract.name, $0.name)] }
        }
    }
}

extension OperationCoverage {
    fileprivate static func key(_ contract: String, _ operation: String) -> String { "\(contract)\n\(operation)" }

    fileprivate var key: String { Self.key(contract, operation) }

    fileprivate func adding(_ other: OperationCoverage) -> OperationCoverage {
        var sum = self
        sum.security = security.adding(other.security)
        sum.responses = zip(responses, other.responses).map { own, other in
            var sum = own
            sum.count += other.count
            sum.mediaTypes = own.mediaTypes.adding(other.mediaTypes)
            sum.headers = own.headers.adding(other.headers)
            sum.properties = own.properties.adding(other.properties)
            sum.values = own.values.adding(other.values)
            return sum
        }
        return sum
    }
}

extension [CoveragePoint] {
    /// The same points, which both lists have in the order of the contract.
    fileprivate func adding(_ other: [CoveragePoint]) -> [CoveragePoint] {
        zip(self, other).map { CoveragePoint(name: $0.name, count: $0.count + $1.count) }
    }
}

extension ResponseCoverage {
    init(_ response: Response, _ subjects: [Subject]) {
        let met = subjects.filter { $0.declared?.statusKey == response.statusKey }
        self.init(status: response.statusKey, count: met.count)
        mediaTypes = response.content.map { media in
            let count = met.count { $0.mediaTypeName != nil && $0.mediaType?.location == media.location }
            return CoveragePoint(name: media.range.description, count: count)
        }
        headers = response.headers.filter { !$0.isIgnored }.map { header in
            CoveragePoint(name: header.name, count: met.count { !$0.message.header(header.name).isEmpty })
        }
        let declared = response.content.compactMap { $0.range.isJSON ? $0.schema?.view : nil }.map(DeclaredPlaces.init)
        guard !declared.isEmpty else { return }
        var counts: [String: Int] = [:]
        for subject in met {
            guard case .json(let document) = subject.body else { continue }
            for name in ReceivedPlaces(document).names { counts[name, default: 0] += 1 }
        }
        properties = Self.points(declared.flatMap(\.properties), counts)
        values = Self.points(declared.flatMap(\.values), counts)
    }

    private static func points(_ names: [String], _ counts: [String: Int]) -> [CoveragePoint] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }.map { CoveragePoint(name: $0, count: counts[$0] ?? 0) }
    }
}

extension Subject {
    /// Whether the request carried every member of `requirement` and was not turned away for them.
    fileprivate func wasLetIn(with requirement: SecurityRequirement, _ contract: Contract) -> Bool {
        if case .wrong = step.auth { return false }
        guard message.status != 401, message.status != 403 else { return false }
        return requirement.schemes.allSatisfy { name in
            contract.securityScheme(name).map { carries($0) } ?? false
        }
    }

    private func carries(_ scheme: SecurityScheme) -> Bool {
        let request = exchange.request
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
