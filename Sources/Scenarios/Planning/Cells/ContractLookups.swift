import JSONSchema
import OpenAPI

/// Lookups in contracts that many rows share, each computed once. One planning shares it, so it is a class.
final class ContractLookups {
    /// The items of `set` and `check` that were found to be valid.
    let items = ResolvedItems()
    let checks = PassedChecks()
    private var facts = OperationFactsMemo()
    /// The calls by contract and text.
    private var calls: [String: [String: Call]] = [:]
    /// The targets of paths in the body of an operation, and in its responses.
    private var bodyWalks: [BodyPath: SchemaWalk] = [:]
    private var responseWalks: [ResponsePath: [SchemaWalk]] = [:]

    // An operation belongs to one contract, and the contracts outlive the planning.
    private struct BodyPath: Hashable {
        let operation: ObjectIdentifier
        let segments: [ItemPath.Segment]
    }

    private struct ResponsePath: Hashable {
        let operation: ObjectIdentifier
        let expected: [StatusExpectation.Alternative]
        let path: ItemPath
    }

    /// The facts about an operation.
    func facts(of operation: Operation, in contract: Contract) -> OperationFacts {
        facts.facts(of: operation, in: contract)
    }

    /// The facts about the operation of a row; `nil` if it calls none.
    func facts(of row: CalledRow) -> OperationFacts? {
        row.operation.map { facts.facts(of: $0, in: row.contract) }
    }

    /// The operation that a `call` with this text means, if an earlier row called it.
    func call(_ text: String, in contract: Contract) -> Call? {
        calls[contract.name]?[text]
    }

    /// Remembers and returns the call of an operation.
    func remember(_ operation: Operation, as text: String, in contract: Contract) -> Call {
        let call = Call.operation(operation, contract: contract.name)
        calls[contract.name, default: [:]][text] = call
        return call
    }

    /// The target of a path in the body of an operation.
    func bodyWalk(_ segments: [ItemPath.Segment], _ operation: Operation, in contract: Contract) -> SchemaWalk {
        let key = BodyPath(operation: ObjectIdentifier(operation), segments: segments)
        if let known = bodyWalks[key] { return known }
        let walk = SchemaWalk(facts(of: operation, in: contract).body, segments)
        bodyWalks[key] = walk
        return walk
    }

    /// The targets of a path in the documented responses of an operation that `expect` accepts.
    func responseWalks(
        _ path: ItemPath, _ operation: Operation, _ expect: StatusExpectation, in contract: Contract
    ) -> [SchemaWalk] {
        let key = ResponsePath(
            operation: ObjectIdentifier(operation), expected: expect.alternatives, path: path)
        if let known = responseWalks[key] { return known }
        let result = walks(path, expect.responses(of: operation))
        responseWalks[key] = result
        return result
    }

    /// The targets of a path in the declared payload of a delivery, and in its headers.
    func deliveryWalks(_ path: ItemPath, _ operation: Operation) -> [SchemaWalk] {
        switch path.root {
        case .body:
            let content = operation.requestBody?.content ?? []
            return content.filter { $0.range.isJSON }.compactMap { $0.schema?.view }
                .map { SchemaWalk($0, path.segments) }
        case .header(let name):
            return (operation.parameter(name, in: .header)?.valueSchema?.view).map { [.declared($0)] } ?? []
        default: return []
        }
    }

    private func walks(_ path: ItemPath, _ responses: [Response]) -> [SchemaWalk] {
        switch path.root {
        case .body:
            let schemas = responses.flatMap(\.content).filter { $0.range.isJSON }.compactMap { $0.schema?.view }
            return schemas.map { SchemaWalk($0, path.segments) }
        case .header(let name):
            return responses.compactMap { response in
                let view = response.header(name).flatMap { ($0.schema ?? $0.content?.schema)?.view }
                return view.map(SchemaWalk.declared)
            }
        default:
            return []
        }
    }
}
