import OpenAPI

/// What the shape of a document shows of its operations: which of them make, show, change and delete things.
struct InferredCollections: Sendable {
    /// A path parameter, and the collection that it names a thing of.
    struct Link: Sendable {
        let parameter: String
        /// The path of the operation that makes the things.
        let collection: String
        /// The member that holds what the parameter names.
        let member: String
    }

    enum Action: Sendable {
        /// Makes a thing.
        case create
        /// Answers with all things.
        case list
        /// Answers with a thing, or with something about it.
        case show
        /// Gives members of a thing new values.
        case change
        case delete
    }

    struct Rule: Sendable {
        let action: Action
        /// Everything that has to be there, outermost first.
        let links: [Link]
        /// The collection that is made in or listed.
        let collection: String
        /// The members by which things of the collection are asked for; the first is the key.
        let members: [String]
    }

    /// By `Operation.key`.
    let rules: [String: Rule]
    /// The path parameters that name things, by collection and member.
    private let parameters: [String: [String: [Parameter]]]

    /// The path parameters that ask for things of a collection by a member.
    func parameters(of collection: String, _ member: String) -> [Parameter] {
        parameters[collection]?[member] ?? []
    }

    /// The members by which things of a collection are asked for.
    func members(of collection: String) -> [String] { rules["POST \(collection)"]?.members ?? [] }

    init(_ contract: Contract) {
        let links = ResourceLinks(contract.operations)
        let providers = contract.operations.filter(links.isProvider)
        var rules: [String: Rule] = [:]
        var parameters: [String: [String: [Parameter]]] = [:]
        for operation in contract.operations {
            let own = links.links(of: operation).map { link in
                Link(parameter: link.parameter, collection: link.provider.path, member: link.member)
            }
            for link in own {
                guard let parameter = operation.parameter(link.parameter, in: .path) else { continue }
                parameters[link.collection, default: [:]][link.member, default: []].append(parameter)
            }
            let provider = providers.first { $0.path == operation.path }
            guard let action = Self.action(operation, hasLinks: !own.isEmpty, provider) else { continue }
            rules[operation.key] = Rule(
                action: action, links: own, collection: provider?.path ?? own.last?.collection ?? "",
                members: provider.map(links.members) ?? [])
        }
        self.rules = rules
        self.parameters = parameters
    }

    private static func action(_ operation: Operation, hasLinks: Bool, _ provider: Operation?) -> Action? {
        if let provider {
            if provider.key == operation.key { return .create }
            if operation.method == "GET" { return .list }
        }
        guard hasLinks else { return nil }
        let isItem = operation.path.utf8.last == UInt8(ascii: "}")
        return switch operation.method {
        case "PUT", "PATCH": isItem ? .change : .show
        case "DELETE": isItem ? .delete : .show
        default: .show
        }
    }
}
