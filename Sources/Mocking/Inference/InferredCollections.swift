import JSONDocument
import JSONSchema
import OpenAPI

/// The roles of a document's operations, inferred from its shape: create, list, show, change and delete resources.
struct InferredCollections: Sendable {
    /// By `Operation.key`.
    let rules: [String: InferredRule]
    /// By path.
    let collections: [String: InferredCollection]

    /// Empty, for contracts with declared state.
    static let none = InferredCollections(rules: [:], collections: [:])

    private init(rules: [String: InferredRule], collections: [String: InferredCollection]) {
        self.rules = rules
        self.collections = collections
    }

    init(_ contract: Contract) {
        var byPath: [String: [OpenAPI.Operation]] = [:]
        for operation in contract.operations { byPath[operation.path, default: []].append(operation) }
        let collections = InferredCollection.all(contract.operations, byPath)
        let resources = ResourceLinks(contract.operations)
        var rules: [String: InferredRule] = [:]
        for operation in contract.operations {
            if let rule = Self.rule(operation, collections, resources) { rules[operation.key] = rule }
        }
        self.rules = rules
        self.collections = collections
    }

    private static func rule(
        _ operation: OpenAPI.Operation, _ collections: [String: InferredCollection], _ resources: ResourceLinks
    ) -> InferredRule? {
        let known = resources.links(of: operation)
        let path = InferredPath(operation.path)
        var links: [InferredRule.PathLink] = []
        var last: InferredCollection?
        for (prefix, parameter) in path.parameters {
            guard operation.parameter(parameter, in: .path)?.style == .simple else { return nil }
            let collection = collections[prefix]
            let member = collection?.member(for: parameter)
            let isComplete = known.contains { link in
                link.parameter == parameter && collection?.isCreated(by: link.provider) == true
            }
            links.append(
                InferredRule.PathLink(
                    parameter: parameter, collection: member == nil ? nil : prefix, member: member ?? parameter,
                    isComplete: isComplete))
            // Paths below a resource without their own collection are described by the document alone.
            if member == nil, last != nil { return nil }
            if member != nil { last = collection }
        }
        if let own = collections[operation.path], !path.isItem {
            if own.creator?.key == operation.key {
                return InferredRule(role: .create, links: links, collection: own.path)
            }
            if operation.method == "GET" { return InferredRule(role: .list, links: links, collection: own.path) }
        }
        guard let last, links.last?.collection != nil || !path.isItem else { return nil }
        let isItem = path.isItem && links.last?.collection == last.path
        let role: InferredRule.Role =
            switch operation.method {
            case "PUT" where isItem: .put
            case "PATCH" where isItem, "POST" where isItem: .change
            case "DELETE" where isItem: .delete
            default: isItem ? .show : .showBelow
            }
        return InferredRule(role: role, links: links, collection: last.path)
    }
}

/// The effect of an operation on the resources of a collection.
struct InferredRule: Sendable {
    let role: Role
    /// Every path parameter that concerns a resource, outermost first.
    let links: [PathLink]
    /// The collection that the operation creates in or lists, otherwise that of the last link.
    let collection: String

    /// A path parameter. It names a resource of a collection, or is a value that no operation creates.
    struct PathLink: Sendable {
        let parameter: String
        /// The path of the collection; `nil` for a parameter that only separates the collections below it.
        let collection: String?
        /// The member of the resource that the parameter names.
        let member: String
        /// Whether all resources are known because an operation provides the ids, so an unknown id is an error.
        let isComplete: Bool
    }

    enum Role: Sendable {
        /// Creates a resource.
        case create
        /// Responds with all resources.
        case list
        /// Responds with a resource.
        case show
        /// Responds with a part of a resource.
        case showBelow
        /// Gives members of a resource new values.
        case change
        /// The same as `change`, and can create the resource (RFC 9110, section 9.3.4).
        case put
        case delete
    }
}

/// The relevant segments of a path template.
struct InferredPath {
    /// The parameters that fill a whole segment, or all of it before a `:verb`, each with the path before it.
    private(set) var parameters: [(prefix: String, parameter: String)] = []
    /// Whether the path ends in such a parameter.
    private(set) var isItem = false

    init(_ path: String) {
        var prefix = ""
        for segment in path.split(separator: "/") {
            isItem = false
            if segment.utf8.first == UInt8(ascii: "{"), let end = segment.utf8.firstIndex(of: UInt8(ascii: "}")) {
                let rest = segment[end...].dropFirst()
                if rest.isEmpty || rest.utf8.first == UInt8(ascii: ":") {
                    parameters.append((prefix, String(segment[..<end].dropFirst())))
                    isItem = rest.isEmpty
                }
            }
            prefix += "/" + segment
        }
    }
}
