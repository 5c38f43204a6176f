import JSONDocument
import JSONSchema
import OpenAPI

/// A collection of resources: `/things` with `/things/{id}`.
struct InferredCollection: Sendable {
    /// The path without the parameter of the resources.
    let path: String
    /// The name of one resource, from the path.
    let noun: String
    /// The operation that creates resources, `POST` on the path.
    private(set) var creator: OpenAPI.Operation?
    /// The operation that lists resources, `GET` on the path.
    private(set) var list: OpenAPI.Operation?
    /// The operation that shows one resource.
    private(set) var detail: OpenAPI.Operation?
    /// The members by which requests name resources, each with its path parameters. The first member is the key.
    private(set) var members: [(name: String, parameters: [Parameter])] = []

    /// Whether ids are numbers, so that `7` and `7.0` are one id. Every request asks, so it is decided once.
    private(set) var hasNumericIDs = false

    /// The place of the resources in the list.
    private(set) var listPlace: ListPlace?
    /// The place of the resource in the detail.
    private(set) var detailPlace: ResourcePlace?
    /// The place of the resource in the creator's response.
    private(set) var createdPlace: ResourcePlace?

    /// The name of the key.
    var key: String { members.first?.name ?? "id" }

    /// The member that a path parameter names.
    func member(for parameter: String) -> String? {
        members.first { member in member.parameters.contains { $0.name == parameter } }?.name
    }

    /// The path parameters that name resources by a member.
    func parameters(of member: String) -> [Parameter] {
        members.first { $0.name == member }?.parameters ?? []
    }

    /// Whether an operation creates resources here: `POST` on the collection, or `PUT` on the resource itself.
    func isCreated(by operation: OpenAPI.Operation) -> Bool {
        if operation.key == creator?.key { return true }
        let path = InferredPath(operation.path)
        return operation.method == "PUT" && path.isItem && path.parameters.last?.prefix == self.path
    }

    /// Whether the examples of the path parameters name a resource, which then exists.
    func names(_ id: String) -> Bool {
        let id = InferredPlace.id(id, isNumeric: hasNumericIDs)
        return members.flatMap(\.parameters).contains { parameter in
            guard let example = parameter.example ?? parameter.valueSchema?.view?.example else { return false }
            return InferredPlace.id(plainText(example.value), isNumeric: hasNumericIDs) == id
        }
    }

    /// The collections of a document by path.
    static func all(
        _ operations: [OpenAPI.Operation], _ byPath: [String: [OpenAPI.Operation]]
    ) -> [String: InferredCollection] {
        var items: [String: [OpenAPI.Operation]] = [:]
        for operation in operations {
            let path = InferredPath(operation.path)
            if path.isItem, let prefix = path.parameters.last?.prefix { items[prefix, default: []].append(operation) }
        }
        var found: [String: InferredCollection] = [:]
        for operation in operations {
            for (prefix, name) in InferredPath(operation.path).parameters {
                guard let parameter = operation.parameter(name, in: .path) else { continue }
                var collection = found[prefix] ?? InferredCollection(prefix, byPath[prefix] ?? [], items[prefix] ?? [])
                collection.add(parameter)
                collection.hasNumericIDs = collection.members.first?.parameters.contains(where: \.isNumeric) ?? false
                found[prefix] = collection
            }
        }
        return found.filter { !$0.value.members.isEmpty }
    }

    private init(_ path: String, _ own: [OpenAPI.Operation], _ items: [OpenAPI.Operation]) {
        self.path = path
        noun = ResourcePlace.singular(path)
        detail = items.first { $0.method == "GET" }
        list = own.first { $0.method == "GET" }
        creator = own.first { $0.method == "POST" }
    }

    /// Adds a parameter that can name resources. A creator with a different response is left out.
    private mutating func add(_ parameter: Parameter) {
        if let index = members.firstIndex(where: { member in
            member.parameters.contains { $0.name == parameter.name }
        }) {
            members[index].parameters.append(parameter)
            return
        }
        let parents = InferredPath(path).parameters.map(\.parameter)
        let isNumeric = parameter.isNumeric
        let shown = detail.flatMap {
            ResourcePlace(
                response: $0, parameter: parameter.name, noun: noun, isNumeric: isNumeric, parents: parents)
        }
        let listed = list.flatMap { ListPlace(response: $0, parameter: parameter.name, noun: noun) }
        if let post = creator {
            let made = ResourcePlace(
                response: post, parameter: parameter.name, noun: noun, isNumeric: isNumeric, parents: parents)
            // A creation without a body returns at most the address of the resource.
            let isSilent =
                shown != nil
                && post.responses.allSatisfy { response in
                    response.statusKey.utf8.first != UInt8(ascii: "2") || response.content.isEmpty
                }
            let status = post.documentedSuccess.first
            let isOther = made.map { $0.isOther(than: shown, noun: noun, status: status) } ?? !isSilent
            if isOther { creator = nil }
            if creator != nil, let made {
                createdPlace = createdPlace ?? made
                listPlace = listPlace ?? listed
                detailPlace = detailPlace ?? shown
                append(made.member, parameter)
                return
            }
        }
        // Without a creator, another operation must show the resource, so its examples are known.
        guard let member = shown?.member ?? listed?.member else { return }
        listPlace = listPlace ?? listed
        detailPlace = detailPlace ?? shown
        append(member, parameter)
    }

    private mutating func append(_ member: String, _ parameter: Parameter) {
        if let index = members.firstIndex(where: { $0.name == member }) {
            members[index].parameters.append(parameter)
        } else {
            members.append((member, [parameter]))
        }
    }
}

extension Parameter {
    /// Whether the values are numbers and never texts.
    fileprivate var isNumeric: Bool {
        valueSchema?.view.map { $0.allows(.number) && !$0.allows(.string) } ?? false
    }
}
