import JSONDocument
import JSONSchema
import Primitives

/// Finds the operation that provides the value of a path parameter.
struct LinkFinder {
    /// Operations that create an item in a collection, by the shape of its path.
    private let creators: [String: Operation]
    /// Operations that create an item with an id chosen by the client, by the shape of the item's path.
    private let writers: [String: Operation]
    /// Links of the document by operation and parameter.
    private let declared: [DeclaredKey: [(provider: Operation, source: ResourceLinks.Source)]]

    private struct DeclaredKey: Hashable {
        let operation: String
        let parameter: String
    }

    init(_ operations: [Operation]) {
        creators = Dictionary(
            operations.filter { $0.method == "POST" }.map { (Self.shape($0.path), $0) },
            uniquingKeysWith: { first, _ in first })
        writers = Dictionary(
            operations.filter { $0.method == "PUT" && $0.response(status: 201)?.statusKey == "201" }
                .map { (Self.shape($0.path), $0) },
            uniquingKeysWith: { first, _ in first })
        var byName: [String: Operation] = [:]
        for operation in operations {
            byName[operation.key] = operation
            if let id = operation.id { byName[id] = operation }
        }
        var declared: [DeclaredKey: [(Operation, ResourceLinks.Source)]] = [:]
        for operation in operations {
            for response in operation.responses where response.statusKey.utf8.first == UInt8(ascii: "2") {
                for link in response.links {
                    guard let target = byName[link.operation], target.key != operation.key else { continue }
                    declared[DeclaredKey(operation: target.key, parameter: link.parameter), default: []]
                        .append((operation, link.source))
                }
            }
        }
        self.declared = declared
    }

    /// The links of an operation's path parameters, and the parameters after the last link that have none.
    func links(of operation: Operation) -> (links: [ResourceLinks.Link], unlinked: [String]) {
        guard let template = try? PathTemplate(operation.path) else { return ([], []) }
        var links: [ResourceLinks.Link] = []
        var unlinked: [String] = []
        let texts = operation.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        var path = ""
        for (pieces, text) in zip(template.segments, texts) {
            for piece in pieces {
                guard case .expression(let name) = piece else { continue }
                if let link = link(name, of: operation, collection: path, segment: text, pieces, unlinked) {
                    links.append(link)
                    unlinked = []
                } else {
                    unlinked.append(name)
                }
            }
            path += "/" + text
        }
        return (links, unlinked)
    }

    private func link(
        _ name: String, of operation: Operation, collection: String, segment: Substring, _ pieces: [PathTemplate.Piece],
        _ unlinked: [String]
    ) -> ResourceLinks.Link? {
        guard let parameter = operation.parameter(name, in: .path), parameter.style == .simple else { return nil }
        let creator = creators[Self.shape(collection)].flatMap { $0.key == operation.key ? nil : $0 }
        let item = Self.shape("\(collection)/\(segment.split(separator: ":").first ?? segment)")
        func made(_ provider: Operation, _ source: ResourceLinks.Source, isCreation: Bool = false) -> ResourceLinks.Link
        {
            let isOwner = provider.key == creator?.key || provider.method == "PUT" && Self.shape(provider.path) == item
            return ResourceLinks.Link(
                parameter: name, provider: provider, source: source, unlinked: unlinked, isCreation: isCreation,
                isOwner: isOwner)
        }
        // A trailing slash or extension makes a different path, for which the mock stores nothing.
        let isPlain = creator?.path == collection && !operation.path.hasSuffix("/") && !segment.contains(".")
        let given = (declared[DeclaredKey(operation: operation.key, parameter: name)] ?? [])
            .filter { !$0.provider.path.isSame(as: operation.path) }
        // The operation that creates the resource is preferred over operations that only mention it.
        if let own = given.first(where: { $0.provider.key == creator?.key }) {
            var isCreation = false
            // A link may refer to a member that the response does not have.
            if case .responseBody(let path) = own.source, path.count == 1,
                ResourceLinks.success(of: own.provider)?.schema?.view?.property(path[0]) != nil
            {
                isCreation = Self.namesOne(pieces) && isPlain
            }
            return made(own.provider, own.source, isCreation: isCreation)
        }
        let members = IDMembers(parameter: parameter, collection: collection)
        if let creator, Self.namesOne(pieces), let path = members.inResponse(of: creator) {
            return made(creator, .responseBody(path), isCreation: path.count == 1 && isPlain)
        }
        let other =
            given.first { $0.provider.method != "GET" }
            ?? given.first { !$0.provider.path.utf8.contains(UInt8(ascii: "{")) }
        if let other { return made(other.provider, other.source) }
        guard Self.namesOne(pieces) else { return nil }
        if let creator, let member = members.inRequest(of: creator) { return made(creator, .requestBody([member])) }
        guard creator == nil, let writer = writers[item], writer.key != operation.key,
            case .expression(let chosen)? = (try? PathTemplate(writer.path))?.segments.last(where: { !$0.isEmpty })?
                .first
        else { return nil }
        return made(writer, .requestPath(chosen))
    }

    /// Whether a segment is one parameter, with an optional custom verb or file name extension: `{id}`, `{id}:cancel`,
    /// `{id}.json`.
    private static func namesOne(_ pieces: [PathTemplate.Piece]) -> Bool {
        guard case .expression? = pieces.first else { return false }
        if pieces.count == 1 { return true }
        guard pieces.count == 2, case .text(let text) = pieces[1] else { return false }
        return text.utf8.first == UInt8(ascii: ":") || text.utf8.first == UInt8(ascii: ".")
    }

    /// A path without parameter names and without a slash or file name extension at its end.
    private static func shape(_ path: String) -> String {
        guard let template = try? PathTemplate(path.isEmpty ? "/" : path) else { return path }
        var segments = template.shape.filter { !$0.isEmpty }
        if case .text(let text)? = segments.last?.last, let dot = text.utf8.lastIndex(of: UInt8(ascii: ".")) {
            let kept = String(text[..<dot])
            segments[segments.count - 1].removeLast()
            if !kept.isEmpty { segments[segments.count - 1].append(.text(kept)) }
        }
        return segments.map { pieces in
            "/"
                + pieces.map { piece in
                    if case .text(let text) = piece { text } else { "{}" }
                }.joined()
        }.joined()
    }
}

/// Finds the member of a body that matches a path parameter.
///
/// Preferred is a member with the name of the parameter (case, `_` and `-` are ignored) or with that name minus the
/// name of the collection; then `id`; then the only member that ends in `Id`. The body itself is searched first, then
/// the object that wraps the resource. Members of another type than the parameter come last: an integer is not a name.
struct IDMembers {
    /// Names of objects that wrap a resource.
    private static let wrappers = ["data", "result", "item", "resource", "payload", "response", "content", "value"]
    /// Words in ids that identify work in progress, not a resource.
    private static let followUps = [
        "task", "job", "request", "trace", "correlation", "batch", "process", "transaction",
    ]

    let parameter: Parameter
    let wanted: String
    let thing: String
    /// The folded names of the earlier path parameters: a member with one of these names is the id of a parent.
    let parents: [String]

    init(parameter: Parameter, collection: String) {
        self.parameter = parameter
        parents = ((try? PathTemplate(collection))?.names ?? []).map(ResourceLinks.folded)
        wanted = ResourceLinks.folded(parameter.name)
        let last = collection.split(separator: "/").last { !$0.utf8.contains(UInt8(ascii: "{")) } ?? ""
        let bare = last.split(separator: ".").first ?? last
        var word = ResourceLinks.folded(String(bare))
        if word.utf8.count > 4, word.utf8.suffix(3).elementsEqual("ies".utf8) {
            word = String(word.dropLast(3)) + "y"
        } else if word.utf8.last == UInt8(ascii: "s"), word.utf8.count > 2 {
            word = String(word.dropLast())
        }
        thing = word
    }

    /// The path to the member in an operation's first successful response.
    func inResponse(of operation: Operation) -> [String]? {
        guard let view = ResourceLinks.success(of: operation)?.schema?.view, view.allows(.object), !view.allows(.array)
        else { return nil }
        if let member = member(of: view, { !$0.isWriteOnly }) { return [member] }
        let objects = view.propertyNames.filter { name in
            view.property(name).map { $0.kinds?.contains(.object) == true && !$0.allows(.array) } ?? false
        }
        let named = objects.filter { name in
            let folded = ResourceLinks.folded(name)
            return Self.wrappers.contains { $0.isSame(as: folded) }
                || (!thing.isEmpty && folded.utf8.starts(with: thing.utf8) && folded.utf8.count <= thing.utf8.count + 3)
        }
        // In objects that are not wrappers, only a member with exactly the parameter's name counts: `metadata.name`.
        for name in objects where !named.contains(name) {
            guard let inner = view.property(name) else { continue }
            let same = inner.propertyNames.first { member in
                ResourceLinks.folded(member).isSame(as: wanted) && inner.property(member).map(fits) == true
            }
            if let same, ["metadata", "meta"].contains(ResourceLinks.folded(name)) { return [name, same] }
        }
        for name in named {
            if let inner = view.property(name), let member = member(of: inner, { !$0.isWriteOnly && fits($0) }) {
                return [name, member]
            }
        }
        return nil
    }

    /// The member that the client sends, if the response does not contain it.
    func inRequest(of operation: Operation) -> String? {
        guard let media = operation.requestBody?.content.first(where: { $0.range.isJSON }),
            let view = media.schema?.view, view.allows(.object), !view.allows(.array)
        else { return nil }
        return view.requiredNames.first { name in
            guard let property = view.property(name), fits(property), !property.isReadOnly else { return false }
            let folded = ResourceLinks.folded(name)
            return folded.isSame(as: wanted) || (thing + folded).isSame(as: wanted)
        }
    }

    private func member(of view: SchemaView, _ isAllowed: (SchemaView) -> Bool) -> String? {
        let names = view.propertyNames.filter { name in
            guard let property = view.property(name), isAllowed(property) else { return false }
            return property.allows(.string) || property.allows(.number)
        }
        let fitting = names.filter { name in view.property(name).map(fits) ?? false }
        return best(fitting) ?? best(names.filter { !fitting.contains($0) })
    }

    private func best(_ names: [String]) -> String? {
        func first(_ isWanted: (String) -> Bool) -> String? { names.first { isWanted(ResourceLinks.folded($0)) } }
        if let same = first({ $0.isSame(as: wanted) }) { return same }
        if let short = first({ (thing + $0).isSame(as: wanted) }) { return short }
        if let id = first({ $0.isSame(as: "id") }) { return id }
        if let own = first({ $0.isSame(as: (thing + "id")) }) { return own }
        let others = names.filter { name in
            ["Id", "ID", "_id", "-id"].contains { name.utf8.reversed().starts(with: $0.utf8.reversed()) }
                && !parents.contains(ResourceLinks.folded(name))
        }
        guard others.count == 1, let other = others.first else { return nil }
        let folded = ResourceLinks.folded(other)
        let isFollowUp = Self.followUps.contains { word in
            folded.isSame(as: (word + "id")) && !wanted.contains(word) && !thing.contains(word)
        }
        return isFollowUp ? nil : other
    }

    /// Whether the value of a member can be the parameter without conversion; a number can be the text of a name.
    private func fits(_ member: SchemaView) -> Bool {
        guard let view = parameter.valueSchema?.view, !view.allows(.string), view.allows(.number) else { return true }
        return member.allows(.number) && (member.integerOnly || !view.integerOnly)
    }
}
