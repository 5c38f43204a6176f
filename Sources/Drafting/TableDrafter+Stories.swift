import JSONDocument
import JSONSchema
import OpenAPI

/// Valid calls: a resource is created, read, changed and deleted.
extension TableDrafter {
    /// A scenario for each resource that operations of a group create.
    mutating func stories(_ operations: [Operation]) -> [DraftScenario] {
        let indexes = Array(operations.indices)
        let byRoot = Dictionary(grouping: indexes) { root(of: operations[$0])?.key }
        let byPath = Dictionary(grouping: indexes) { operations[$0].path }
        return operations.compactMap { root in
            guard let own = byRoot[root.key] else { return nil }
            let beside = byPath[root.path]?.filter { operations[$0].key != root.key } ?? []
            return story(root, Set(own + beside).sorted().map { operations[$0] })
        }
    }

    /// A scenario for each operation that is not part of another scenario.
    mutating func singles(_ operations: [Operation]) -> [DraftScenario] {
        let roots = Set(operations.compactMap { root(of: $0)?.path })
        return operations.compactMap { operation in
            guard root(of: operation) == nil, !roots.contains(operation.path) else { return nil }
            var row = row(operation, "works")
            // Scenarios run in any order.
            let deletesShared =
                operation.method == "DELETE" && ResourceLinks.isItem(operation.path)
                && row.set.contains { $0.contains("{{var.") } && neighbours.isShared(operation)
            if needsOther.contains(operation.key) || deletesShared { row.opts = ["live"] }
            if let unknown = forms[operation.key]?.unknownNames, !unknown.isEmpty {
                let list = unknown.map { "`\($0)`" }.joined(separator: ", ")
                row.note = "before a run on a real server, enter a value of \(list) that exists there"
            } else if needsOther.contains(operation.key) {
                row.note = "no row can create one, so the mock has none"
            }
            return DraftScenario(name: names.unique(title(operation)), tags: ["smoke"], rows: [row])
        }
    }

    /// The name of a scenario with one operation: its operationId, otherwise its summary, otherwise method and path.
    func title(_ operation: Operation) -> String {
        let summary = Names.slug(operation.annotations.summary ?? "")
        return operation.id == nil && !summary.isEmpty ? summary : Names.slug(operation.name)
    }

    private mutating func story(_ root: Operation, _ others: [Operation]) -> DraftScenario {
        var used = UsedNames()
        var steps: [String: String] = [:]
        var rows: [DraftRow] = []
        for operation in ordered(root, others) {
            let step = used.unique(stepName(operation, root))
            var row = row(operation, step, ids: ids(of: operation, from: steps))
            if needsOther.contains(operation.key) { row.opts = ["live"] }
            if let (created, shared) = creation(of: operation), let step = steps[created.key],
                let exceptions = shared.exceptions
            {
                row.sameAs = exceptions.isEmpty ? step : "\(step) except \(exceptions.joined(separator: " "))"
            } else if operation.method == "GET", let check = echo(operation, steps) {
                row.check = [check]
            }
            rows.append(row)
            steps[operation.key] = step
        }
        if let gone = gone(root, others, steps) { rows.append(gone) }
        let thing =
            root.path.split(separator: "/").last { !$0.utf8.contains(UInt8(ascii: "{")) }
            .map(String.init) ?? root.name
        let name = names.unique("\(Names.singular(Names.slug(thing)))-story")
        return DraftScenario(name: name, tags: ["smoke"], rows: rows)
    }

    /// The operations in the order of the rows. The created resource is read before anything else may change it.
    private func ordered(_ root: Operation, _ others: [Operation]) -> [Operation] {
        let sorted = ([root] + others).enumerated().sorted { left, right in
            (rank(left.element, root), left.offset) < (rank(right.element, root), right.offset)
        }.map(\.element)
        let reads = sorted.compactMap { read in creation(of: read).map { (read: read, creator: $0.creator.key) } }
        let known = Set(sorted.map(\.key))
        let moved = reads.filter { known.contains($0.creator) }
        return sorted.flatMap { operation in
            moved.contains { $0.read.key == operation.key }
                ? [] : [operation] + moved.filter { $0.creator == operation.key }.map(\.read)
        }
    }

    /// Creation comes first, from outer to inner resources; then reading, changing and actions; deletion comes last,
    /// from inner to outer.
    private func rank(_ operation: Operation, _ root: Operation) -> Int {
        let depth = operation.path.split(separator: "/").count
        if operation.key == root.key { return 0 }
        if collections.isProvider(operation) { return 1 + depth }
        switch operation.method {
        case "GET", "HEAD", "OPTIONS", "QUERY": return 1_000
        case "PUT", "PATCH": return 2_000
        case "DELETE": return 5_000 - depth
        default: return 3_000
        }
    }

    /// `create`, `read`, `list`, `cancel`, …, derived from the path relative to that of the root.
    private func stepName(_ operation: Operation, _ root: Operation) -> String {
        var base = root.path.split(separator: "/")
        if ResourceLinks.isItem(root.path) { base.removeLast() }
        let segments = operation.path.split(separator: "/")
        // A link of the document may refer to another collection.
        let isBelow = zip(base, segments).allSatisfy { left, right in
            left == right || (left.utf8.contains(UInt8(ascii: "{")) && right.utf8.contains(UInt8(ascii: "{")))
        }
        let rest = isBelow && segments.count >= base.count ? segments.dropFirst(base.count) : segments[...]
        let words = rest.filter { !$0.utf8.contains(UInt8(ascii: "{")) }.map { Names.slug(String($0)) }
        let endsInItem = rest.last?.utf8.contains(UInt8(ascii: "{")) ?? false
        let verb: String
        switch operation.method {
        case "GET": verb = rest.isEmpty ? "list" : "read"
        case "POST": verb = operation.key == root.key || collections.isProvider(operation) ? "create" : "post"
        case "PUT": verb = operation.key == root.key || collections.isProvider(operation) ? "create" : "replace"
        case "PATCH": verb = "change"
        default: verb = operation.method.lowercased()
        }
        guard let last = words.last else { return verb }
        if endsInItem || verb == "create" { return Names.step("\(verb)-\(Names.singular(last))") }
        return verb == "read" || verb == "post" ? Names.step(last) : Names.step("\(verb)-\(last)")
    }

    /// `id={{create.id}}`, if the response has the member that the path parameter refers to.
    private func echo(_ operation: Operation, _ steps: [String: String]) -> String? {
        guard let link = collections.links(of: operation).last, link.isCreation, let step = steps[link.provider.key],
            ResourceLinks.isItem(operation.path), collections.unlinked(of: operation).isEmpty,
            let view = ResourceLinks.success(of: operation)?.schema?.view, !view.allows(.array),
            let member = view.property(link.member), isOfSameKind(member, link)
        else { return nil }
        return "\(ItemWriter.member(link.member))=\(ItemWriter.reference(step, link.source))"
    }

    /// Whether a member can equal the value that a link refers to. Some documents describe one id as a number in one
    /// response and as text in another.
    private func isOfSameKind(_ member: SchemaView, _ link: ResourceLinks.Link) -> Bool {
        let view: SchemaView? =
            switch link.source {
            case .responseBody(let path): ResourceLinks.success(of: link.provider)?.schema?.view?.view(at: path)
            case .requestBody, .responseHeader, .requestPath, .requestQuery: nil
            }
        guard let kinds = member.kinds, let others = view?.kinds else { return true }
        return !kinds.isDisjoint(with: others)
    }

    /// A deleted resource is not found any more.
    private mutating func gone(_ root: Operation, _ others: [Operation], _ steps: [String: String]) -> DraftRow? {
        let item = others.filter { operation in
            let links = collections.links(of: operation)
            return links.last?.provider.key == root.key && links.allSatisfy(\.isCreation)
                && collections.unlinked(of: operation).isEmpty && ResourceLinks.isItem(operation.path)
                && operation.path.split(separator: "/").count == root.path.split(separator: "/").count + 1
        }
        guard item.contains(where: { $0.method == "DELETE" }), let read = item.first(where: { $0.method == "GET" }),
            read.documents("404")
        else { return nil }
        var row = row(read, "gone", ids: ids(of: read, from: steps))
        (row.expect, row.note) = ("404", "")
        if needsOther.contains(read.key) { row.opts = ["live"] }
        return row
    }
}
