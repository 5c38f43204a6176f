public import OpenAPI

/// The contracts of a project by name, one of which holds where a row names none.
public struct Contracts: Sendable {
    /// All contracts, in the order of the configuration.
    public let all: [Contract]
    /// The name of the contract that holds for rows without a version.
    public let defaultName: String
    private let byName: [String: Int]

    /// Contracts with the default one's name; the first one's when `nil`. The first of equal names wins.
    ///
    /// - Parameter replacing: The name of a contract that rows use, and of the contract to plan them by instead.
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

    /// The contract of that name.
    public subscript(_ name: String) -> Contract? {
        byName[name].map { all[$0] }
    }

    /// The contract that holds where a row names none.
    public var defaultContract: Contract? { self[defaultName] }
}
