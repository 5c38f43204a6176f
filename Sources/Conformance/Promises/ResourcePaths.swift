import OpenAPI
import Scenarios

/// The operations whose path names a resource of the promises.
///
/// Several collections can have a path parameter with one name, as in `/shops/{id}` and `/orders/{id}`. So the path up to
/// the parameter decides: it is that of an operation that fetches the resource, or is below one that creates it.
struct ResourcePaths: Sendable {
    /// The operations by the name of the resource. They belong to contracts that live as long as the judge.
    private var operations: [String: Set<ObjectIdentifier>] = [:]

    init(_ resources: [ResourcePromise], _ contracts: Contracts) {
        for resource in resources {
            for contract in contracts.all {
                let prefixes = Self.prefixes(of: resource, contract)
                let named = contract.operations.filter { operation in
                    guard let prefix = Self.prefix(of: operation.path, through: resource.id) else { return false }
                    return prefixes.isEmpty || prefixes.contains(prefix)
                }
                operations[resource.name, default: []].formUnion(named.map(ObjectIdentifier.init))
            }
        }
    }

    /// Whether the path of an operation names the resource.
    func names(_ resource: ResourcePromise, _ operation: OpenAPI.Operation) -> Bool {
        operations[resource.name]?.contains(ObjectIdentifier(operation)) ?? false
    }

    /// The paths up to the parameter; empty if the promise does not show where the resource is.
    private static func prefixes(of resource: ResourcePromise, _ contract: Contract) -> Set<String> {
        let fetched = resource.fetch.compactMap { contract.operation($0)?.path }
        let prefixes = Set(fetched.compactMap { prefix(of: $0, through: resource.id) })
        guard prefixes.isEmpty else { return prefixes }
        let created = resource.create.compactMap { contract.operation($0)?.path }
        return Set(created.map { prefix(of: $0, through: resource.id) ?? "\($0)/{\(resource.id)}" })
    }

    /// `/a/{id}` of `/a/{id}/b` and `id`; `nil` if the path has no such parameter.
    private static func prefix(of path: String, through parameter: String) -> String? {
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let end = segments.firstIndex(where: { $0.elementsEqual("{\(parameter)}".utf8) }) else { return nil }
        return segments[...end].map { String(Substring($0)) }.joined(separator: "/")
    }
}
