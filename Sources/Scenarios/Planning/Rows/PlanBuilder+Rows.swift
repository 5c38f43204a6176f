import Diagnostics
import Exchanges
import OpenAPI
import Primitives

extension PlanBuilder {
    /// Plans a row, typed by its contract; `nil` if it is unknown what it calls.
    mutating func planned(_ draft: RowDraft) -> PlannedRow? {
        guard let contract = contract(for: draft), let call = call(of: draft, in: contract) else { return nil }
        currentContract = contract
        if case .wait = call { return pause(draft, contract, call) }
        let variants = authVariants(of: draft, call, contract)
        let expect =
            expectation(of: draft, call)
            ?? StatusExpectation([.range(2)], text: "2xx", location: draft.row.location, isDefault: true)
        let body = body(of: draft, call)
        let set = resolvedSet(of: draft, call)
        if let operation = call.operation {
            checkBodyIsDescribed(draft, operation)
            let isComplete = set.count == RowDraft.overlay(draft.set, on: draft.defaultSet).count
            if isComplete { checkRequired(set, draft, operation) }
        }
        if case BodySource.none? = body { checkNothingSet(set, draft) }
        return PlannedRow(
            draft, contract, call, variants: variants, expect: expect, body: body ?? .unset, set: set,
            checks: resolvedChecks(of: draft, call, expect), sameAs: sameAs(of: draft, call, expect),
            saves: saves(of: draft, call, expect))
    }

    /// A pause sends nothing, so its request and response cannot be described.
    private mutating func pause(_ draft: RowDraft, _ contract: Contract, _ call: Call) -> PlannedRow {
        for column in [ColumnName.auth, .version, .body, .set, .expect, .check, .sameAs, .save] {
            guard let cell = draft.row[column] else { continue }
            report(
                cell.diagnostic("table.wait", "a pause has no `\(column.rawValue)`", help: "leave the cell empty"))
        }
        for item in draft.set + draft.checks where item.isPromoted {
            report(item.diagnostic("table.wait", "a pause has no `\(item.cell.column)`", help: "leave the cell empty"))
        }
        return PlannedRow(
            draft, contract, call, variants: [AuthVariant(suffix: "", auth: .none)],
            expect: StatusExpectation([], text: "", location: draft.row.location, isDefault: true))
    }

    /// Reports items that need a body if there is none.
    private mutating func checkNothingSet(_ set: [ResolvedItem], _ draft: RowDraft) {
        for item in set where !item.isDefault {
            guard case .body = item.path.root, item.placed.parsed.op != .absent else { continue }
            report(
                item.placed.diagnostic(
                    "table.body", "the row sends no body, so '\(item.placed.path)' cannot be set", part: .path,
                    help: "remove the item, or remove `none` from `body`"))
        }
    }

    private mutating func checkBodyIsDescribed(_ draft: RowDraft, _ operation: Operation) {
        guard operation.requestBody == nil, let cell = draft.row[.body], !draft.options.step.isInvalid,
            !["none", "example"].contains((words(of: cell.text)[0].text).lowercasedASCII)
        else { return }
        report(
            cell.diagnostic(
                "table.body", .warning, "the contract declares no body for '\(operation.name)'",
                help: "leave the cell empty, or add `invalid` to `opts` if the request must be rejected"))
    }

    /// Reports required parameters without a value.
    private mutating func checkRequired(
        _ set: [ResolvedItem], _ draft: RowDraft, _ operation: Operation
    ) {
        for (parameter, _, needsValue) in facts(operation)?.parameters ?? [] where needsValue {
            let root = PlanBuilder.root(parameter)
            let path = ItemPath(root)
            let isNamed = (draft.defaultSet + draft.set).contains { item in
                item.path.isBare ? names(item.path, parameter) : ItemPath(item.path.root) == path
            }
            let isCommon = parameter.place == .header && settings.headers.contains { $0.isNamed(parameter.name) }
            if isCommon || isNamed || set.contains(where: { ItemPath($0.path.root) == path }) { continue }
            report(
                draft.diagnostic(
                    "table.required-parameter",
                    "'\(operation.name)' requires the \(parameter.place.rawValue) parameter '\(parameter.name)', "
                        + "and the row does not set it", column: .set,
                    help: parameter.place == .path
                        ? "set \(parameter.name)=value"
                        : "set \(parameter.name)=value, or omit it with '!\(path)' in an invalid row"))
        }
    }

    private func names(_ path: ItemPath, _ parameter: Parameter) -> Bool {
        if case .name(let name)? = path.segments.first { parameter.isNamed(name) } else { false }
    }
}
