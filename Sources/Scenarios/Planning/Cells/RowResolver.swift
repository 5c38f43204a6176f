import Diagnostics
import Exchanges
import OpenAPI
import Primitives

/// The input of all resolvers of cells, besides their row.
struct ResolverInput {
    let contracts: Contracts
    /// The names of the auth profiles.
    let profiles: [String]
    /// Headers of every request to the target.
    var headers: [HeaderField] = []
    let lookups: ContractLookups
    let bodyFiles: BodyFiles
    /// The events of the target; `nil` if they are unknown.
    var events: TargetEvents?
}

/// Resolves the cells of a row, typed by its contract; `nil` if it is unknown what it calls.
///
/// Each column has a resolver with a file of its own.
struct RowResolver: PlanningStage {
    let draft: RowDraft
    let input: ResolverInput
    var diagnostics: [Diagnostic] = []

    mutating func run() -> ResolvedRow? {
        guard
            let row = run(
                CallResolver(
                    draft: draft, contracts: input.contracts, lookups: input.lookups, events: input.events))
        else {
            return nil
        }
        if let event = row.event { return triggered(row, event) }
        switch row.call {
        case .wait: return silent(row, "table.wait")
        case .clock: return silent(row, "table.clock")
        case .delivery(let awaited):
            return run(DeliveryResolver(row: row, awaited: awaited, lookups: input.lookups))
        default: break
        }
        checkPoll()
        let auth = run(AuthResolver(row: row, profiles: input.profiles))
        let expect =
            run(ExpectationResolver(row: row))
            ?? StatusExpectation([.range(2)], text: "2xx", location: draft.row.location, isDefault: true)
        let body = run(BodyResolver(row: row, files: input.bodyFiles, lookups: input.lookups))
        let set = run(SetResolver(row: row, lookups: input.lookups, files: input.bodyFiles))
        if let operation = row.operation {
            checkBodyIsDescribed(operation)
            let isComplete = set.count == RowDraft.overlay(draft.set, on: draft.defaultSet).count
            if isComplete { checkRequired(set, operation, row) }
        }
        switch body {
        case BodySource.none?: checkNothingSet(set, "the row sends no body", "remove `none` from `body`")
        case .file?:
            checkNothingSet(
                set, "the body is a file", "set files as parts, such as '{{file:PATH}}', without a file in `body`")
        default: break
        }
        let responses = ResponsePaths(row: row, expect: expect, lookups: input.lookups)
        let paging =
            draft.options.isPaged
            ? run(PagingResolver(row: row, set: set, expect: expect, responses: responses, lookups: input.lookups))
            : nil
        return ResolvedRow(
            called: row, request: .init(auth: auth, body: body ?? .unset, set: set),
            response: .init(
                expect: expect, checks: run(CheckResolver(row: row, responses: responses)),
                sameAs: run(SameAsResolver(row: row, responses: responses)),
                saves: run(SaveResolver(row: row, responses: responses)), paging: paging))
    }

    /// A pause or a change of the clock: its request and response cannot be described.
    private mutating func silent(_ row: CalledRow, _ rule: String) -> ResolvedRow {
        checkNothingDescribed(row, rule)
        return ResolvedRow(
            called: row, request: .init(auth: [AuthVariant(suffix: "", auth: .none)]),
            response: .init(
                expect: StatusExpectation(
                    row.isWait ? [] : [.range(2)], text: row.isWait ? "" : "2xx", location: draft.row.location,
                    isDefault: true)))
    }

    /// An event, whose request the target's configuration describes.
    private mutating func triggered(_ row: CalledRow, _ event: RowEvent) -> ResolvedRow {
        checkNothingDescribed(row, "table.event")
        var draft = draft
        draft.set = event.set
        draft.defaultSet = []
        let set = run(
            SetResolver(
                row: CalledRow(draft, row.contract, row.call, event: event), lookups: input.lookups,
                files: input.bodyFiles))
        if let operation = row.operation, set.count == event.set.count { checkRequired(set, operation, row) }
        return ResolvedRow(
            called: row,
            request: .init(
                auth: [AuthVariant(suffix: "", auth: .profile(nil))], body: event.body, set: set, event: event.items),
            response: .init(
                expect: StatusExpectation(
                    [.range(2)], text: "2xx", location: self.draft.row.location, isDefault: true)))
    }

    /// Reports cells and options of the row itself about a request or a response.
    private mutating func checkNothingDescribed(_ row: CalledRow, _ rule: String) {
        diagnostics += draft.requestCellProblems(rule, row.subject, help: "leave the cell empty")
        var options = row.isWait ? ["repeat", "pages"] : ["repeat", "pages", "poll", "retry", "follow"]
        // An event is a request to the target, which can be sent at once with others.
        if row.event == nil { options += ["burst", "race"] }
        for option in options {
            guard
                let problem = draft.optionProblem(
                    rule, "\(row.subject) has no `\(option)`", option: option, help: "remove the option")
            else { continue }
            report(problem)
        }
        let isMarked = draft.row[.opts].map { words(of: $0.text).contains { $0.text.lowercasedASCII == "invalid" } }
        guard isMarked == true, !row.isWait else { return }
        report(
            draft.diagnostic(rule, "\(row.subject) cannot be `invalid`", option: "invalid", help: "remove the option"))
    }

    /// Reports a `poll` without an interval, which only the wait for a delivery may have.
    private mutating func checkPoll() {
        guard draft.options.step.poll?.interval == .zero else { return }
        let message = "a row that sends a request requires an interval in `poll`"
        report(
            draft.optionProblem(
                "table.option", message, option: "poll", help: "write poll=20s/2s (for 20 s, every 2 s)")
                ?? draft.diagnostic("table.option", message, column: .opts, help: "write poll=20s/2s"))
    }

    /// Reports items that need a body whose members can be set.
    private mutating func checkNothingSet(_ set: [ResolvedItem], _ reason: String, _ remedy: String) {
        for item in set where !item.isDefault {
            guard case .body = item.path.root, item.placed.parsed.op != .absent else { continue }
            report(
                item.placed.diagnostic(
                    "table.body", "\(reason), so '\(item.placed.path)' cannot be set", part: .path,
                    help: "remove the item, or \(remedy)"))
        }
    }

    private mutating func checkBodyIsDescribed(_ operation: Operation) {
        guard operation.requestBody == nil, let cell = draft.row[.body], !draft.options.step.isInvalid,
            !["none", "example"].contains((words(of: cell.text)[0].text).lowercasedASCII)
        else { return }
        report(
            cell.diagnostic(
                "table.body", .warning, "the contract declares no body for '\(operation.name)'",
                help: "leave the cell empty, or add `invalid` to `opts` if the request must be rejected"))
    }

    /// Reports required parameters without a value.
    private mutating func checkRequired(_ set: [ResolvedItem], _ operation: Operation, _ row: CalledRow) {
        for (parameter, _, needsValue) in input.lookups.facts(of: operation, in: row.contract).parameters
        where needsValue {
            let root = parameter.root
            func names(_ item: PlacedItem) -> Bool {
                item.path.isBare ? self.names(item.path, parameter) : item.path.root == root
            }
            if set.contains(where: { $0.path.root == root }) { continue }
            if draft.set.contains(where: names) || draft.defaultSet.contains(where: names) { continue }
            if parameter.place == .header, input.headers.contains(where: { $0.isNamed(parameter.name) }) { continue }
            report(
                draft.diagnostic(
                    "table.required-parameter",
                    "'\(operation.name)' requires the \(parameter.place.rawValue) parameter '\(parameter.name)', "
                        + "and the row does not set it", column: .set,
                    help: parameter.place == .path
                        ? "set \(parameter.name)=value"
                        : "set \(parameter.name)=value, or omit it with '!\(ItemPath(root))' in an invalid row"))
        }
    }

    private func names(_ path: ItemPath, _ parameter: Parameter) -> Bool {
        if case .name(let name)? = path.segments.first { parameter.isNamed(name) } else { false }
    }
}

extension Parameter {
    /// The root of paths that mean the parameter.
    var root: ItemPath.Root {
        switch place {
        case .path: .path(name)
        case .query, .querystring: .query(name)
        case .header: .header(name)
        case .cookie: .cookie(name)
        }
    }
}
