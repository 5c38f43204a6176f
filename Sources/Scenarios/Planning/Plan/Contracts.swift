public import OpenAPI

/// The contracts of a project by name, with a default for rows without a version.
public struct Contracts: Sendable {
    /// All contracts, in the order of the configuration.
    public let all: [Contract]
    /// The name of the default contract.
    public let defaultName: String
    private let byName: [String: Int]

    /// Creates a list with the name of the default contract, by default the first one. The first of equal names wins.
    ///
    /// - Parameter replacing: The name of a contract used in rows, and the contract to use instead.
    public init(
        _ all: [Contract], default defaultName: String? = nil, replacing: (name: String, by: String)? = nil
    ) {
        self.all = all
        self.defaultName = defaultName ?? all.first?.name ?? ""
        var byName = Dictionary(
            all.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        if let replacing, let index = byName[replacing.by] { byName[replacing.name] = index }
        self.byName = byName
    }

    /// The contract with that name.
    public subscript(_ name: String) -> Contract? {
        byName[name].map { all[$0] }
    }

    /// The contract for rows without a version.
    public var defaultContract: Contract? { self[defaultName] }
}
