import JSONDocument
import JSONSchema
import OpenAPI

/// Drafts the scenarios of a contract.
struct TableDrafting {
    /// The most rows that show how one operation refuses.
    static let mostRefusals = 200

    let contract: Contract
    let values: DraftValues
    let collections: ResourceLinks
    private(set) var forms: [String: OperationForm] = [:]
    private(set) var leftOut: [Draft.LeftOut] = []
    /// Operations on things that only an operation creates which cannot be called.
    let needsOther: Set<String>
    var names = UsedNames()
    private var numbers = 0

    init(_ contract: Contract) {
        self.contract = contract
        let values = DraftValues(contract)
        self.values = values
        var forms: [String: OperationForm] = [:]
        // What cannot be called creates nothing.
        let all = ResourceLinks(contract.operations)
        for operation in contract.operations {
            let fresh = all.members(of: operation)
            do throws(BodyForm.Problem) {
                forms[operation.key] = try OperationForm(operation, contract, values, fresh: fresh)
            } catch {
                leftOut.append(Draft.LeftOut(operation: operation.name, what: Draft.LeftOut.whole, why: error.why))
            }
        }
        self.forms = forms
        let callable = ResourceLinks(contract.operations.filter { forms[$0.key] != nil })
        collections = callable
        needsOther = Set(
            contract.operations.filter { operation in
                !all.links(of: operation).isEmpty && callable.links(of: operation).isEmpty
            }.map(\.key))
    }

    /// The tables, one for each tag or first part of the paths.
    mutating func tables() -> [TableDraft] {
        var files = UsedNames()
        return groups.map { name, operations in
            let slug = Names.slug(name)
            var scenarios = stories(operations) + singles(operations)
            scenarios += [unknown(operations, name)].compactMap { $0 }
            scenarios += operations.compactMap { refused($0) }
            scenarios += [credentials(operations, name)].compactMap { $0 }
            let path = "scenarios/\(files.unique(slug.isEmpty ? "api" : slug)).csv"
            return TableDraft(path: path, scenarios: scenarios)
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

    /// The operations with the same tag, or the same first part of the path, in the order of the document.
    private var groups: [(name: String, operations: [Operation])] {
        var groups: [(name: String, operations: [Operation])] = []
        for operation in contract.operations where forms[operation.key] != nil {
            let root = collections.links(of: operation).first?.provider ?? operation
            let name = root.tags.first ?? root.path.split(separator: "/").first.map(String.init) ?? "api"
            if let index = groups.firstIndex(where: { Names.slug($0.name) == Names.slug(name) }) {
                groups[index].operations.append(operation)
            } else {
                groups.append((name, [operation]))
            }
        }
        return groups
    }

    // MARK: Rows

    /// A call that holds, with values for path parameters out of earlier steps where `ids` has them.
    mutating func row(_ operation: Operation, _ step: String, ids: [String: String] = [:]) -> RowDraft {
        var row = RowDraft(step: step, operation: operation.name)
        guard let form = forms[operation.key] else { return row }
        row.call = operation.call(in: contract)
        row.set = form.pathNames.compactMap { name in
            ids[name].map { "\(path(name, form))=\($0)" } ?? form.pathItems[name]
        }
        row.set += form.items
        for fresh in form.body?.freshNumbers ?? [] {
            numbers += 1
            row.set.append("\(fresh.path)=\(fresh.start + numbers)")
        }
        if form.body != nil { row.body = bodyFile(operation) }
        row.expect = operation.redirect ?? ""
        row.note = operation.isDeprecated ? "deprecated" : ""
        return row
    }

    func path(_ name: String, _ form: OperationForm) -> String {
        form.parameters.first { $0.place == .path && $0.isNamed(name) }.map(form.path) ?? name
    }

    /// The values of an operation's path parameters out of the answers of `steps`, by the key of what was called.
    func ids(of operation: Operation, from steps: [String: String]) -> [String: String] {
        var ids: [String: String] = [:]
        for link in collections.links(of: operation) {
            guard let step = steps[link.provider.key] else { continue }
            ids[link.parameter] = ItemWriting.reference(step, link.member)
        }
        return ids
    }

    func bodyFile(_ operation: Operation) -> String { "bodies/\(Names.slug(operation.name)).json" }

    mutating func leaveOut(_ operation: Operation, _ what: String, _ why: String) {
        leftOut.append(Draft.LeftOut(operation: operation.name, what: what, why: why))
    }
}
