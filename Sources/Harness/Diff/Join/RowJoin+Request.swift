import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios
import Versions

/// Joins the request of a row.
extension RowJoin {
    private struct IssueKey: Hashable {
        var place: RequestIssue.Place
        var keyword: String
    }

    /// The issues of the request under the new contract that it does not have under the old one.
    private var newIssues: [RequestIssue] {
        let known = Set(before?.issues.map { IssueKey(place: $0.place, keyword: $0.keyword) } ?? [])
        return after?.issues.filter { !known.contains(IssueKey(place: $0.place, keyword: $0.keyword)) } ?? []
    }

    /// Whether the row expects its request to be rejected, but the new contract allows the request.
    private var isAcceptedNow: Bool {
        guard step.options.isInvalid, let before, let after else { return false }
        return !before.issues.isEmpty && after.issues.isEmpty && after.isComplete
    }

    // MARK: Parameters

    mutating func joinParameters() {
        let issues = newIssues
        for change in changes.parameters {
            guard case .parameter(let place, let name) = change.place else { continue }
            let item = setItem(parameter: name, place)
            if change.rule.id == "operation.path-parameter-renamed" {
                joinRenamed(change, to: name)
            } else if !step.options.isInvalid, let issue = issues.first(where: { $0.place.isParameter(name, place) }) {
                let sent = after?.sends(parameter: name, in: place) ?? false
                add(
                    change, .breaks,
                    sent
                        ? sends("\(place).\(name)", issue.message)
                        : "does not send the \(place) parameter `\(name)`, \(change.clause)",
                    sent ? nil : addition(ofParameter: name, place))
            } else if change.isRemoval, let item, item.path.text.isSame(as: name) {
                add(
                    change, .breaks, "sets `\(name)`, which the new contract does not declare",
                    TableEdit(.removeItem(item.text), at: item.location, row: step.location))
            } else if isAcceptedNow, before?.issues.contains(where: { $0.place.isParameter(name, place) }) == true {
                add(change, .breaks, "must be rejected for `\(name)`, and the new contract accepts it")
            } else if before?.sends(parameter: name, in: place) == true
                || after?.sends(parameter: name, in: place) == true
            {
                add(change, .touches, "sends `\(place).\(name)`, \(change.clause)")
            }
        }
    }

    private mutating func joinRenamed(_ change: Change, to name: String) {
        guard let from = change.base.text, let item = setItem(parameter: from, "path") else { return }
        let text = item.text
        let prefixed = item.path.text.utf8.starts(with: "path.".utf8)
        let written = prefixed ? "path.\(from)" : from
        let edit: TableEdit? =
            text.utf8.starts(with: written.utf8)
            ? TableEdit(
                .replaceItem(text, with: (prefixed ? "path.\(name)" : name) + text.dropFirst(written.count)),
                at: item.location, row: step.location) : nil
        add(change, .breaks, "sets `\(written)`, which is called `\(name)` now", edit)
    }

    private func setItem(parameter name: String, _ place: String) -> Item? {
        step.request.set.last { item in
            switch (item.path.root, place) {
            case (.query(let own), "query"), (.query(let own), "querystring"), (.path(let own), "path"),
                (.cookie(let own), "cookie"):
                own.isSame(as: name)
            case (.header(let own), "header"): own.lowercased().isSame(as: name.lowercased())
            default: false
            }
        }
    }

    // MARK: The body

    mutating func joinBody() {
        guard !changes.body.isEmpty else { return }
        let oldView = old.bodyView
        let newView = new?.bodyView
        var broken: Set<Change> = []
        let owners = IssueOwners(body: after?.body ?? before?.body, view: oldView)
        if !step.options.isInvalid {
            for issue in newIssues {
                for change in self.owners(of: issue, owners, \.mayReject) {
                    broken.insert(change)
                    add(change, .breaks, reason(of: issue, change), edit(for: issue, change, newView))
                }
            }
        }
        joinUndeclaredItems(newView, &broken)
        if isAcceptedNow {
            for issue in before?.issues ?? [] {
                for change in self.owners(of: issue, owners, \.mayAccept) where broken.insert(change).inserted {
                    add(
                        change, .breaks,
                        "must be rejected for `\(change.pointer.asPath)`, and the new contract accepts it")
                }
            }
        }
        let body = before?.body
        for change in changes.body where !broken.contains(change) {
            guard let body, change.rule.area == "body" || !change.pointer.tokens.isEmpty else { continue }
            guard change.rule.kind != .annotation || !change.pointer.tokens.isEmpty,
                let place = change.pointer.places(in: body, oldView).first
            else { continue }
            add(change, .touches, "sends `\(JSONPointer(place).asPath)`, \(change.clause)")
        }
    }

    /// The changes that cause an issue or remove it.
    private func owners(
        of issue: RequestIssue, _ owners: IssueOwners, _ isCause: (Change) -> Bool
    ) -> [Change] {
        switch issue.place {
        case .body(let pointer):
            if pointer.tokens.isEmpty, after?.body == nil, before?.body == nil {
                return changes.body.filter { $0.rule.id.hasPrefix("request.body.") && $0.pointer.tokens.isEmpty }
            }
            return owners.owners(
                of: issue.keyword, at: pointer, among: changes.body.filter { $0.isOfContent && isCause($0) })
        case .mediaType: return changes.body.filter { $0.rule.id.hasPrefix("request.media-type.removed") }
        default: return []
        }
    }

    private func reason(of issue: RequestIssue, _ change: Change) -> String {
        guard case .body(let pointer) = issue.place else {
            return "sends the media type `\(issue.actual)`, which was removed"
        }
        let path = change.pointer.asPath
        switch issue.keyword {
        case "required", "dependentRequired":
            return pointer.tokens.isEmpty && change.pointer.tokens.isEmpty
                ? "sends no body, \(change.clause)" : "does not send `\(path)`, \(change.clause)"
        case "additionalProperties", "unevaluatedProperties", "propertyNames":
            return "sends `\(path)`, which the new contract does not accept"
        default: return sends(pointer.asPath, issue.message)
        }
    }

    private func sends(_ path: String, _ message: String) -> String {
        let goesOn = message.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
        return "sends `\(path)`, which \(goesOn ? message : "is wrong now: \(message)")"
    }

    /// Reports items whose bare path the new contract does not declare: the table is rejected before anything is sent.
    private mutating func joinUndeclaredItems(_ newView: SchemaView?, _ broken: inout Set<Change>) {
        for item in step.request.set {
            guard case .body = item.path.root, !item.path.isWrittenWithPrefix,
                case .undeclared = PathDeclaration(item.path, in: newView)
            else { continue }
            for change in changes.body
            where change.isOfContent && change.mayReject
                && item.path.relation(to: change.pointer, in: old.bodyView) == .uses
            {
                guard change.isRemoval || change.rule.kind == .type || change.rule.kind == .structure else { continue }
                broken.insert(change)
                add(
                    change, .breaks, "sets `\(item.path.text)`, which the new contract does not declare",
                    TableEdit(.removeItem(item.text), at: item.location, row: step.location))
            }
        }
    }

    // MARK: Edits

    private func edit(for issue: RequestIssue, _ change: Change, _ newView: SchemaView?) -> TableEdit? {
        guard case .body(let pointer) = issue.place else { return nil }
        switch issue.keyword {
        case "required":
            // A body that is copied from another step is edited in that step.
            if case .asStep = step.request.body { return nil }
            guard let name = change.pointer.tokens.last, let new else { return nil }
            return NewValues(newContract).item(member: pointer.tokens + [name], of: new, newView)
                .map { TableEdit(.addToSet($0), row: step.location) }
        case "additionalProperties", "unevaluatedProperties":
            let path = change.pointer
            guard
                let item = step.request.set.last(where: { item in
                    if case .body = item.path.root { return item.path.relation(to: path, in: nil) == .uses }
                    return false
                })
            else { return nil }
            return TableEdit(.removeItem(item.text), at: item.location, row: step.location)
        default: return nil
        }
    }

    private func addition(ofParameter name: String, _ place: String) -> TableEdit? {
        guard let new else { return nil }
        return NewValues(newContract).item(parameter: name, place, of: new)
            .map { TableEdit(.addToSet($0), row: step.location) }
    }
}

extension Operation {
    /// The schema of the request body: of its first JSON media type, otherwise of its first media type.
    var bodyView: SchemaView? {
        let content = requestBody?.content ?? []
        return (content.first { $0.range.isJSON } ?? content.first)?.schema?.view
    }
}

extension ItemPath {
    /// Whether the path is written `body.…` or `$…`, which the contract need not declare.
    var isWrittenWithPrefix: Bool {
        text.utf8.first == UInt8(ascii: "$") || text.utf8.starts(with: "body.".utf8)
            || text.utf8.starts(with: "body[".utf8) || text == "body"
    }
}

extension Change {
    /// Whether the rule is about the value of a body and not about the body as a whole.
    var isOfContent: Bool { rule.area == "body" && rule.kind != .existence || rule.area == "property" }
}

extension RequestIssue.Place {
    func isParameter(_ name: String, _ place: String) -> Bool {
        switch (self, place) {
        case (.query(let own), "query"), (.query(let own), "querystring"), (.path(let own), "path"),
            (.cookie(let own), "cookie"):
            own.isSame(as: name)
        case (.header(let own), "header"): own.lowercased().isSame(as: name.lowercased())
        default: false
        }
    }
}
