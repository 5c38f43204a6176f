import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Drafts the scenarios of a contract.
struct TableDrafter {
    /// The maximum number of rejected requests for one operation.
    static let mostRefusals = 200

    let contract: Contract
    let values: DraftValues
    let collections: ResourceLinks
    let forms: OperationForms
    private(set) var leftOut: [Draft.LeftOut]
    /// Operations on resources that can be created only by an operation that cannot be called.
    let needsOther: Set<String>
    /// The first operation of the chain that provides an operation's values, by the operation's key.
    private let roots: [String: Operation]
    private let givenLinks: GivenLinks
    let neighbours: OperationNeighbours
    var names = UsedNames()
    private var numbers = 0

    /// - Parameter variables: The variables of an existing configuration; `nil` if the draft writes a new one.
    init(_ contract: Contract, variables given: [String: String]? = nil) {
        self.contract = contract
        neighbours = OperationNeighbours(contract.operations)
        values = DraftValues(contract)
        let all = ResourceLinks(contract.operations)
        let forms = OperationForms(contract, values, all, variables: given)
        self.forms = forms
        leftOut = forms.leftOut
        // An operation that cannot be called creates nothing.
        let callable = ResourceLinks(contract.operations.filter { forms[$0.key] != nil })
        collections = callable
        roots = Self.roots(contract.operations, callable)
        let given = GivenLinks(contract.operations, callable, forms, values)
        givenLinks = given
        needsOther = Set(
            contract.operations.filter { operation in
                let own = callable.links(of: operation)
                let isLost = all.links(of: operation).contains { link in
                    link.isOwner && !own.contains { $0.isOwner && $0.parameter == link.parameter }
                }
                return isLost || own.contains { $0.isOwner && !given.contains($0, of: operation) }
            }.map(\.key))
    }

    /// Follows each operation's links to the first operation of the chain.
    private static func roots(_ operations: [Operation], _ links: ResourceLinks) -> [String: Operation] {
        var roots: [String: Operation] = [:]
        for operation in operations {
            var seen: Set<String> = [operation.key]
            var root: Operation?
            while let next = links.links(of: root ?? operation).first?.provider {
                guard seen.insert(next.key).inserted else {
                    // The links of a document may form a cycle, which has no start.
                    root = nil
                    break
                }
                root = next
            }
            roots[operation.key] = root
        }
        return roots
    }

    /// The first operation of a chain of calls to an operation; `nil` if it needs none before it.
    func root(of operation: Operation) -> Operation? { roots[operation.key] }

    /// The tables, one for each tag or first path segment.
    mutating func tables() -> [DraftTable] {
        var files = UsedNames()
        return groups.map { name, operations in
            let slug = Names.slug(name)
            var scenarios = stories(operations) + singles(operations)
            scenarios += [unknown(operations, name)].compactMap { $0 }
            scenarios += operations.compactMap { refused($0) }
            scenarios += [credentials(operations, name)].compactMap { $0 }
            let path = "scenarios/\(files.unique(slug.isEmpty ? "api" : slug)).csv"
            return DraftTable(path: path, scenarios: scenarios)
        }
        .filter { !$0.scenarios.isEmpty }
    }

    /// The body files by path, of operations that have one.
    var bodies: [(path: String, text: String)] {
        contract.operations.compactMap { operation in
            guard let form = forms[operation.key], let body = form.body else { return nil }
            return ("scenarios/\(bodyFile(operation))", body.file.text(.pretty) + "\n")
        }
    }

    /// The operations with the same tag, or the same resource in the path, in the order of the document.
    private var groups: [(name: String, operations: [Operation])] {
        var groups: [(name: String, operations: [Operation])] = []
        var indexes: [String: Int] = [:]
        for operation in contract.operations where forms[operation.key] != nil {
            let root = root(of: operation) ?? operation
            let name = root.annotations.tags.first ?? Names.resource(root.path)
            let slug = Names.slug(name)
            if let index = indexes[slug] {
                groups[index].operations.append(operation)
            } else {
                indexes[slug] = groups.count
                groups.append((name, [operation]))
            }
        }
        return groups
    }

    // MARK: Rows

    /// A valid call, with path parameters from earlier steps if `ids` contains them.
    ///
    /// - Parameter isRefused: Whether the server rejects the call before it reads the path, so that any value can
    ///   replace values from an earlier step.
    mutating func row(
        _ operation: Operation, _ step: String, ids: [String: String] = [:], isRefused: Bool = false
    ) -> DraftRow {
        var row = DraftRow(step: step, operation: operation.name)
        guard let form = forms[operation.key] else { return row }
        row.call = operation.call(in: contract)
        var ids = ids
        if let name = collections.chosenParameter(of: operation), ids[name] == nil,
            let chosen = chosenID(name, of: operation)
        {
            ids[name] = chosen
        }
        row.set = form.pathNames.compactMap { name in
            if let id = ids[name] { return "\(path(name, form))=\(id)" }
            let links = isRefused ? collections.links(of: operation) : []
            let isLinked = links.contains { $0.parameter.isSame(as: name) }
            return isLinked ? form.plainPathItems[name] : form.pathItems[name]
        }
        row.set += form.items
        for fresh in form.body?.freshNumbers ?? [] {
            numbers += 1
            row.set.append("\(fresh.path)=\(fresh.start + numbers)")
        }
        if form.body != nil { row.body = bodyFile(operation) }
        row.expect = operation.redirect ?? ""
        row.note = operation.annotations.isDeprecated ? "deprecated" : Names.title(operation.annotations.summary ?? "")
        return row
    }

    /// A template for an id that the client chooses in the path.
    private func chosenID(_ name: String, of operation: Operation) -> String? {
        guard let parameter = operation.parameter(name, in: .path), DraftVariables.isOpen(parameter.valueSchema?.view)
        else { return nil }
        return FreshText.template(for: name, like: "") { text in
            parameter.valueSchema.map { values.accepts(.string(text), by: $0) } ?? true
        }
    }

    func path(_ name: String, _ form: OperationForm) -> String {
        form.parameters.first { $0.place == .path && $0.isNamed(name) }.map(form.path) ?? name
    }

    /// The values of an operation's path parameters from the responses of `steps`, by operation key.
    func ids(of operation: Operation, from steps: [String: String]) -> [String: String] {
        var ids: [String: String] = [:]
        for link in collections.links(of: operation) {
            guard let step = steps[link.provider.key], givenLinks.contains(link, of: operation) else { continue }
            ids[link.parameter] = ItemWriter.reference(step, link.source)
        }
        return ids
    }

    func bodyFile(_ operation: Operation) -> String {
        "bodies/\(forms.bodyName(of: operation)).json"
    }

    mutating func leaveOut(_ operation: Operation, _ what: String, _ why: String) {
        leftOut.append(Draft.LeftOut(operation: operation.name, what: what, why: why))
    }
}
