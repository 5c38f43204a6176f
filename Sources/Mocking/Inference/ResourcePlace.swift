import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// The place in a response of the resource that a path parameter names: the root, or a wrapper such as `data`.
struct ResourcePlace {
    /// The members that lead to the resource.
    let path: [String]
    /// The schema of the resource.
    let view: SchemaView
    /// The member that contains its id.
    let member: String
    /// Whether the id was recognised only by the ending of its name.
    let isGuess: Bool

    /// Members that contain the subject of a response.
    static let wrappers = [
        "data", "result", "results", "item", "resource", "response", "payload", "entity", "content", "record", "object",
        "value",
    ]

    /// - Parameters:
    ///   - isNumeric: Whether the parameter is a number: then a number is a better id than text.
    ///   - parents: The parameters before this one in the path: a member named like one of them is an id of its parent.
    init?(
        response operation: OpenAPI.Operation, parameter: String, noun: String, isNumeric: Bool = false,
        parents: [String] = []
    ) {
        guard let view = ResourceLinks.success(of: operation)?.schema?.view else { return nil }
        self.init(in: view, parameter: parameter, noun: noun, isNumeric: isNumeric, parents: parents)
    }

    init?(in view: SchemaView, parameter: String, noun: String, isNumeric: Bool = false, parents: [String] = []) {
        guard view.allows(.object), !view.allows(.array) else { return nil }
        if let member = Self.id(of: [view], parameter, noun, isNumeric: isNumeric) {
            (path, self.view, self.member, isGuess) = ([], view, member, false)
            return
        }
        for name in view.propertyNames where Self.isWrapper(name, noun) {
            for inner in view.properties(name) where inner.allows(.object) && !inner.allows(.array) {
                guard let member = Self.id(of: [inner], parameter, noun, isNumeric: isNumeric) else { continue }
                (path, self.view, self.member, isGuess) = ([name], inner, member, false)
                return
            }
        }
        let guess = Self.scalarNames(of: [view]).first { name in
            ["Id", "ID", "_id", "-id"].contains { name.hasSuffix($0) } && !Self.isTicket(name)
                && !parents.contains { ResourceLinks.folded($0) == ResourceLinks.folded(name) }
        }
        guard let guess else { return nil }
        (path, self.view, member, isGuess) = ([], view, guess, true)
    }

    static func isWrapper(_ name: String, _ noun: String) -> Bool {
        let name = ResourceLinks.folded(name)
        return wrappers.contains(name) || name == noun
    }

    /// The member that contains the id: named like the parameter, otherwise `id`, otherwise the noun of the collection
    /// with `id`.
    static func id(
        of views: [SchemaView], _ parameter: String, _ noun: String, isNumeric: Bool = false
    ) -> String? {
        let names = scalarNames(of: views)
        let wanted = [ResourceLinks.folded(parameter), "id", noun + "id"]
        func best(_ names: [String]) -> String? {
            wanted.lazy.compactMap { wanted in names.first { ResourceLinks.folded($0) == wanted } }.first
        }
        guard isNumeric else { return best(names) }
        let numbers = names.filter { name in views.contains { $0.property(name)?.allows(.number) == true } }
        return best(numbers) ?? best(names)
    }

    private static func scalarNames(of views: [SchemaView]) -> [String] {
        views.flatMap { view in
            view.propertyNames.filter { name in
                view.properties(name).contains { !$0.isWriteOnly && ($0.allows(.string) || $0.allows(.number)) }
            }
        }
    }

    /// The last word of a path in the singular, folded: `/shop/order-lines` gives `orderline`.
    static func singular(_ path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? ""
        let word = ResourceLinks.folded(last)
        if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
        for ending in ["sses", "xes", "ches", "shes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
        return word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
    }

    // MARK: Tickets

    private static let ticketWords = [
        "task", "job", "ticket", "operation", "async", "accepted", "queued", "receipt", "acknowledg",
    ]
    /// Members that many resources have.
    private static let usualNames: Set<String> = [
        "id", "status", "state", "message", "createdat", "created", "updatedat", "type", "kind", "object", "links",
        "link", "self", "href", "url", "uri", "success", "ok",
    ]

    /// Whether the response to a creation is a different resource from the one that is shown later, such as the ticket
    /// of a pending task.
    ///
    /// - Parameter noun: The resources of the collection in the singular; a collection of tickets contains tickets.
    func isOther(than shown: ResourcePlace?, noun: String, status: String?) -> Bool {
        // An id that is named like the parameter or the collection belongs to the resource.
        let isNamed = !isGuess && ResourceLinks.folded(member) != "id"
        guard let shown else {
            return (Self.isTicket(member) && !Self.isTicket(noun)) || (status == "202" && !isNamed)
        }
        guard view.place != shown.view.place else { return false }
        if isGuess, !member.isSame(as: shown.member) { return true }
        let name = view.place.pointer.tokens.last ?? ""
        let other = shown.view.place.pointer.tokens.last ?? ""
        if Self.isTicket(name), !Self.isTicket(other) { return true }
        if isNamed { return false }
        let known = Set(shown.view.propertyNames.map(ResourceLinks.folded)).subtracting(Self.usualNames)
        let telling = view.propertyNames.map(ResourceLinks.folded).filter { name in
            name != ResourceLinks.folded(member) && !Self.usualNames.contains(name)
        }
        let isShared = telling.contains(where: known.contains)
        if status == "202" { return !isShared }
        // A detail with few members is not a different resource.
        return !known.isEmpty && !telling.isEmpty && !isShared
    }

    private static func isTicket(_ name: String) -> Bool {
        let name = ResourceLinks.folded(name)
        return ticketWords.contains { name.contains($0) }
    }
}

/// The place of the list of resources in a response: the root, or a member of an object, also in a composed schema.
struct ListPlace {
    /// The members that lead to the array.
    let path: [String]
    /// The schemas of its elements.
    let items: [SchemaView]
    /// The member of an element that contains its id.
    let member: String?

    private static let maximumDepth = 3
    private static let maximumWidth = 100

    init?(response operation: OpenAPI.Operation, parameter: String, noun: String) {
        guard let view = ResourceLinks.success(of: operation)?.schema?.view else { return nil }
        self.init(in: view, parameter: parameter, noun: noun)
    }

    init?(in view: SchemaView, parameter: String, noun: String) {
        var level: [(path: [String], views: [SchemaView])] = [([], [view])]
        var second: ListPlace?
        for _ in 0...Self.maximumDepth {
            for (path, views) in level where views.contains(where: { $0.allows(.array) && !$0.allows(.object) }) {
                let items = views.flatMap(\.itemSchemas)
                if let member = ResourcePlace.id(of: items, parameter, noun) {
                    self.init(path: path, items: items, member: member)
                    return
                }
                let name = path.last.map(ResourceLinks.folded) ?? ""
                let isLikely = path.isEmpty || ResourcePlace.isWrapper(name, noun) || name == noun || name == "items"
                if isLikely, items.contains(where: { $0.allows(.object) }) {
                    second = second ?? ListPlace(path: path, items: items, member: nil)
                }
            }
            let next = level.flatMap { entry in
                let objects = entry.views.filter { $0.allows(.object) }
                var names: [String] = []
                for name in objects.flatMap(\.propertyNames) where !names.contains(name) { names.append(name) }
                return names.map { name in (entry.path + [name], objects.flatMap { $0.properties(name) }) }
            }
            level = Array(next.prefix(Self.maximumWidth))
        }
        guard let second else { return nil }
        self = second
    }

    private init(path: [String], items: [SchemaView], member: String?) {
        self.path = path
        self.items = items
        self.member = member
    }
}

extension SchemaView {
    /// The schemas of a declared member in all branches.
    func properties(_ name: String) -> [SchemaView] {
        branches.compactMap { branch in
            branch.ownKeyword("properties")?[name].flatMap { branch.subschema($0) }
        }
    }

    /// The schemas of elements in all branches.
    var itemSchemas: [SchemaView] {
        branches.compactMap { branch in
            branch.ownKeyword("items").flatMap { $0.kind == .array ? nil : branch.subschema($0) }
        }
    }
}
