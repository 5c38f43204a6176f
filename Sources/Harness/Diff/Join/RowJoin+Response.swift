import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios
import Versions

/// Joins the checks of a row on the response, and the values that the row saves.
extension RowJoin {
    private var oldResponses: [Response] { step.expected.status.responses(of: old) }
    private var newResponses: [Response] { new.map { step.expected.status.responses(of: $0) } ?? [] }

    mutating func joinResponses() {
        guard !changes.responses.isEmpty else { return }
        let before = oldResponses
        let after = newResponses
        let keys = Set((before + after).map { $0.statusKey.lowercased() })
        let outlooks = step.expected.checks.map { check in
            (check, check.outlook(in: before, oldContract.schemas), check.outlook(in: after, newContract.schemas))
        }
        for change in changes.responses {
            switch change.place {
            case .response(let status, nil) where change.rule.area == "status": joinStatus(change, status)
            case .response(let status, _):
                guard keys.contains(status.lowercased()) else { continue }
                change.rule.area == "media-type"
                    ? joinMediaType(change, before, after) : joinMember(change, before, after, outlooks)
            case .header(let status, let name):
                guard keys.contains(status.lowercased()) else { continue }
                joinHeader(change, name, outlooks)
            default: continue
            }
        }
    }

    // MARK: Statuses and media types

    private mutating func joinStatus(_ change: Change, _ status: String) {
        guard let new else { return }
        if change.isRemoval { joinStatusChecks(change, status, new) }
        let isRange = status.lowercased().hasSuffix("xx")
        let accepted = step.expected.status.alternatives.filter { alternative in
            if status.lowercased() == "default" { return true }
            let hundred = status.utf8.first.map { Int($0) - 0x30 }
            return switch alternative {
            case .exact(let code): isRange ? code / 100 == hundred : String(code) == status
            case .range(let own): own == hundred
            }
        }
        guard !accepted.isEmpty else { return }
        guard change.isRemoval else {
            let wasUndocumented = accepted.contains { $0.responses(of: old).isEmpty }
            guard wasUndocumented || step.expected.status.isDefault else { return }
            add(change, .touches, "expects status \(step.expected.status.text), and \(status) was added")
            return
        }
        let isGone = step.expected.status.alternatives.allSatisfy { $0.responses(of: new).isEmpty }
        if isGone, !step.expected.status.isDefault {
            let replacement = replacedStatus(status)
            add(
                change, .breaks, "expects status \(status), which was removed",
                replacement.map {
                    TableEdit(
                        .replaceStatus(status, with: $0), at: step.expected.status.location, row: step.location)
                })
        } else if !step.expected.status.isDefault {
            add(change, .touches, "expects status \(step.expected.status.text), and \(status) was removed")
        }
    }

    /// Joins checks of the status such as `status=200`. A row can have them in addition to `expect` or instead of it.
    private mutating func joinStatusChecks(_ change: Change, _ status: String, _ new: Operation) {
        for check in step.expected.checks {
            guard case .status = check.path.root, check.op == .equal, case .text(let template)? = check.value,
                template.constantText?.isSame(as: status) == true, let code = Int(status),
                new.response(status: code) == nil
            else { continue }
            add(
                change, .breaks, "checks `\(check.text)`, which was removed",
                replacedStatus(status).map {
                    TableEdit(.replaceItem(check.text, with: "status=\($0)"), at: check.location, row: step.location)
                })
        }
    }

    /// The status that replaces another: the only success that was added, where one was removed.
    private func replacedStatus(_ status: String) -> String? {
        let statuses = changes.responses.filter { $0.rule.area == "status" && $0.rule.id.contains("success") }
        let removed = statuses.filter(\.isRemoval)
        let added = statuses.filter { !$0.isRemoval }
        guard removed.count == 1, added.count == 1, let name = added[0].revision.text, Int(name) != nil,
            removed[0].base.text?.isSame(as: status) == true
        else { return nil }
        return name
    }

    private mutating func joinMediaType(_ change: Change, _ before: [Response], _ after: [Response]) {
        let checksBody = step.expected.checks.contains { $0.path.isOfBody }
        guard change.isRemoval, checksBody, before.hasJSON, !after.isEmpty, !after.hasJSON else {
            if let item = step.expected.checks.first(where: { $0.path.isContentType }) {
                add(change, .touches, "checks `\(item.path.text)`, and \(change.message)")
            }
            return
        }
        add(change, .breaks, "checks the JSON of the response, which has another media type now")
    }

    // MARK: Members and headers

    private typealias Outlook = (check: Item, before: CheckOutlook, after: CheckOutlook)

    private mutating func joinMember(
        _ change: Change, _ before: [Response], _ after: [Response], _ outlooks: [Outlook]
    ) {
        guard change.rule.area == "property" || change.rule.area == "body" else { return }
        let views = (before + after).jsonViews
        for outlook in outlooks where outlook.check.path.isOfBody {
            let check = outlook.check
            let relation = check.path.relation(to: change.pointer, inAnyOf: views)
            if relation == .uses, isNearest(change, to: check, views), let reason = failure(of: outlook, change) {
                add(change, .breaks, reason, edit(of: check, outlook.after, change, after))
            } else if relation == .uses || relation == .contains && check.comparesWhole {
                guard change.rule.kind != .annotation else { continue }
                add(change, .touches, touch(check, change))
            }
        }
        for save in step.saves where save.path.isOfBody && !save.path.isRequest {
            guard save.path.relation(to: change.pointer, inAnyOf: views) == .uses, change.rule.kind != .annotation
            else { continue }
            let isGone = change.isRemoval && isUndeclared(save.path, after)
            add(change, isGone ? .breaks : .touches, "saves `\(save.path.text)`, \(change.clause)")
        }
        for path in step.expected.sameAs?.except ?? [] where change.isRemoval && !path.isWrittenWithPrefix {
            guard path.relation(to: change.pointer, inAnyOf: views) == .uses, isUndeclared(path, after) else {
                continue
            }
            add(change, .breaks, "names `\(path.text)` in `same_as`, which was removed")
        }
    }

    /// Whether this is the change closest to the checked value: a change of the member wins over one of the object
    /// around it.
    private func isNearest(_ change: Change, to check: Item, _ views: [SchemaView]) -> Bool {
        guard change.mayReject else { return false }
        let depth = change.pointer.tokens.count
        return !changes.responses.contains { other in
            guard other.pointer.tokens.count > depth, other.mayReject, case .response = other.place else {
                return false
            }
            return check.path.relation(to: other.pointer, inAnyOf: views) == .uses
        }
    }

    private func isUndeclared(_ path: ItemPath, _ responses: [Response]) -> Bool {
        let views = responses.jsonViews
        return !views.isEmpty
            && views.allSatisfy { if case .undeclared = PathDeclaration(path, in: $0) { true } else { false } }
    }

    /// The reason why the check fails under the new contract although it could pass under the old one.
    private func failure(of outlook: Outlook, _ change: Change) -> String? {
        let (check, before, after) = outlook
        guard after != .possible, before != after else { return nil }
        if case .impossible = before { return nil }
        switch after {
        case .possible: return nil
        case .undeclared:
            // An absent member remains absent; only the bare path is rejected.
            if check.op == .absent, check.path.isWrittenWithPrefix || check.path.isHeader { return nil }
            let clause = change.isRemoval ? change.clause : "which the new contract does not declare"
            return "checks `\(check.path.text)`, \(clause)"
        case .impossible(let what):
            let word = check.op == .absent ? "checks that `\(check.path.text)` is absent" : "checks `\(check.text)`"
            return check.op == .absent
                ? "\(word), which \(what) now" : "\(word), but `\(check.path.text)` \(what) now"
        }
    }

    private func touch(_ check: Item, _ change: Change) -> String {
        check.op == .absent
            ? "checks that `\(check.path.text)` is absent, \(change.clause)"
            : "checks `\(check.path.text)`, \(change.clause)"
    }

    private mutating func joinHeader(_ change: Change, _ name: String, _ outlooks: [Outlook]) {
        for outlook in outlooks {
            guard case .header(let own) = outlook.check.path.root, own.lowercased() == name.lowercased() else {
                continue
            }
            if change.mayReject, let reason = failure(of: outlook, change) {
                add(change, .breaks, reason, edit(of: outlook.check, outlook.after, change, []))
            } else if change.rule.kind != .annotation {
                add(change, .touches, touch(outlook.check, change))
            }
        }
    }

    // MARK: Other steps

    /// Finds the rows that use a changed place of the response to this row: `{{create.id}}`.
    func uses(by references: StepReferences) -> [RowHit] {
        let uses = references.uses(of: step)
        guard !uses.isEmpty, !changes.responses.isEmpty else { return [] }
        let after = newResponses
        let views = (oldResponses + after).jsonViews
        let keys = Set((oldResponses + after).map { $0.statusKey.lowercased() })
        var hits: [RowHit] = []
        for change in changes.responses where change.mayBreak {
            for use in uses {
                let isUsed: Bool
                switch (change.place, use.path.root) {
                case (.response(let status, _), .body):
                    isUsed =
                        keys.contains(status.lowercased()) && ["body", "property"].contains(change.rule.area)
                        && use.path.relation(to: change.pointer, inAnyOf: views) == .uses
                case (.header(let status, let name), .header(let own)):
                    isUsed = keys.contains(status.lowercased()) && name.lowercased() == own.lowercased()
                default: isUsed = false
                }
                guard isUsed else { continue }
                let isGone = change.isRemoval && (use.path.isHeader || isUndeclared(use.path, after))
                hits.append(
                    hit(change, isGone ? .breaks : .touches, "uses `{{\(use.text)}}`, \(change.clause)", nil, use.user))
            }
        }
        return hits
    }

    // MARK: Edits

    private func edit(
        of check: Item, _ outlook: CheckOutlook, _ change: Change, _ responses: [Response]
    ) -> TableEdit? {
        if outlook == .undeclared {
            return TableEdit(.removeItem(check.text), at: check.location, row: step.location)
        }
        guard let view = responses.jsonViews.compactMap({ $0.view(at: check.path.tokens) }).first,
            view.kinds == [.string] || view.kinds == [.string, .null]
        else { return nil }
        let path = check.path.text
        let text: String
        switch (check.op, check.value) {
        case (.match, .matcher(.integer)?), (.match, .matcher(.number)?): text = "\(path)~string"
        case (.literal, .json(.number(let number))?): text = "\(path)='\(number.lexeme)'"
        default: return nil
        }
        return TableEdit(.replaceItem(check.text, with: text), at: check.location, row: step.location)
    }
}

extension [Response] {
    fileprivate var hasJSON: Bool { contains { $0.content.contains { $0.range.isJSON } } }
    /// The schemas of the JSON bodies.
    fileprivate var jsonViews: [SchemaView] {
        flatMap(\.content).filter { $0.range.isJSON }.compactMap { $0.schema?.view }
    }
}

extension ItemPath {
    var isOfBody: Bool { if case .body = root { !isRequest } else { false } }
    var isHeader: Bool { if case .header = root { true } else { false } }
    fileprivate var isContentType: Bool {
        if case .header(let name) = root { name.lowercased() == "content-type" } else { false }
    }

    /// The closest relation under any schema that the body may have.
    func relation(to pointer: JSONPointer, inAnyOf views: [SchemaView]) -> Relation {
        guard !views.isEmpty else { return relation(to: pointer, in: nil) }
        let relations = views.map { relation(to: pointer, in: $0) }
        return relations.contains(.uses) ? .uses : relations.contains(.contains) ? .contains : .none
    }
}

extension Item {
    /// Whether a value is compared with all of its members.
    fileprivate var comparesWhole: Bool {
        switch (op, value) {
        case (.literal, _), (.match, .matcher(.schema)?): true
        case (.equal, .text(let template)?): template.keepsType
        default: false
        }
    }
}
