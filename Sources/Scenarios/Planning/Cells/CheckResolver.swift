import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Resolves the items of a row's `check`, defaults first; invalid ones are reported and skipped.
struct CheckResolver: PlanningStage {
    let row: CalledRow
    let responses: ResponsePaths
    var diagnostics: [Diagnostic] = []

    mutating func run() -> [PlacedItem] {
        RowDraft.overlay(row.draft.checks, on: row.draft.defaultChecks).filter { item in
            let key = PassedChecks.Key(item, row, responses.expected)
            if let key, responses.lookups.checks.contains(key) { return true }
            let start = diagnostics.count
            let isValid = isValid(item)
            if let key, isValid, diagnostics.count == start { responses.lookups.checks.remember(key, item) }
            return isValid
        }
    }

    private mutating func isValid(_ item: PlacedItem) -> Bool {
        let walks = responses.walks(item.path)
        let views = walks.compactMap(\.view)
        guard checkPlace(item, walks), checkComparison(item, views) else { return false }
        if let warning = SpreadsheetWarnings.warning(item, views) { report(warning) }
        return true
    }

    /// Reports a path that no response can have.
    private mutating func checkPlace(_ item: PlacedItem, _ walks: [SchemaWalk]) -> Bool {
        if case .header(let name) = item.path.root, walks.isEmpty { noteHeader(item, name) }
        if let operation = row.operation {
            let bodies = operation.responses.flatMap(\.content).compactMap { $0.schema?.view }
            if let warning = ItemWarnings.shadowedMember(item, bodies) { report(warning) }
        }
        if item.path.isStatus { return item.asksEquality ? checkStatus(item) : true }
        guard let problem = ResponsePaths.problem(item.path, walks) else { return true }
        report(item.diagnostic("table.unknown-member", problem.message, part: .path, help: problem.help))
        return false
    }

    private mutating func noteHeader(_ item: PlacedItem, _ name: String) {
        let names = row.operation?.responses.flatMap { $0.headers.map(\.name) } ?? []
        guard !names.contains(where: { $0.lowercasedASCII == name.lowercasedASCII }),
            let near = nearestName(to: name, among: names)
        else { return }
        report(
            item.diagnostic(
                "table.undeclared-header", .warning,
                "no response of '\(row.operation?.name ?? "")' declares the header "
                    + "'\(visibleText(name))'", part: .path, help: "did you mean `header.\(near)`?"))
    }

    private mutating func checkStatus(_ item: PlacedItem) -> Bool {
        guard let problem = item.statusProblem else { return true }
        report(problem)
        return false
    }

    /// Whether the value on the right can be compared with the declared type.
    private mutating func checkComparison(_ item: PlacedItem, _ views: [SchemaView]) -> Bool {
        switch item.parsed.op {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return checkOrdered(item)
        case .match, .noMatch: return checkMatcher(item)
        case .equal, .notEqual, .literal: return checkEqual(item, views)
        case .absent: return true
        }
    }

    private mutating func checkOrdered(_ item: PlacedItem) -> Bool {
        let text: String
        switch item.parsed.value {
        case .text(let template), .quoted(let template):
            guard let constant = template.constantText else { return true }
            text = constant
        default: return true
        }
        if JSONNumber(text) != nil || (!item.path.isTime && Instant(text) != nil) { return true }
        report(
            item.diagnostic(
                "table.value",
                "'\(visibleText(text))' is neither a number nor a time, so `\(item.parsed.op.rawValue)` cannot compare it",
                part: .value,
                help: item.path.isTime
                    ? "`time` is in seconds: time<0.5" : "write a number, or a time such as 2026-02-28T12:00:00Z"))
        return false
    }

    private mutating func checkMatcher(_ item: PlacedItem) -> Bool {
        let contract = row.contract
        guard case .matcher(.schema(let name))? = item.parsed.value, contract.schema(name) == nil else { return true }
        report(
            item.diagnostic(
                "table.unknown-schema", "the contract '\(contract.name)' has no schema '\(visibleText(name))'",
                part: .value,
                help: nearestName(to: name, among: contract.schemaNames).map { "did you mean `schema:\($0)`?" }
                    ?? "its schemas are \(shortList(contract.schemaNames))"))
        return false
    }

    /// With a value that no documented response can contain, `=` always fails and `!=` always passes.
    private mutating func checkEqual(_ item: PlacedItem, _ views: [SchemaView]) -> Bool {
        guard !views.isEmpty, !item.path.isTime else { return true }
        var first: Diagnostic?
        for view in views {
            guard let problem = mismatch(item, view) else { return true }
            first = first ?? problem
        }
        guard var first else { return true }
        if item.parsed.op == .notEqual { first.severity = .warning }
        report(first)
        return item.parsed.op == .notEqual
    }

    private func violation(of value: JSONValue, _ view: SchemaView) -> SchemaViolation? {
        SchemaViolation(of: value, view, in: row.contract, direction: .none)
    }

    private func mismatch(_ item: PlacedItem, _ view: SchemaView) -> Diagnostic? {
        let value: JSONValue
        switch item.parsed.value {
        case .json(let literal): value = literal
        case .text(let template), .quoted(let template):
            guard let text = template.constantText else { return nil }
            let isQuoted = if case .quoted? = item.parsed.value { true } else { false }
            switch CellTyper.value(text, quoted: isQuoted, for: view) {
            case .value(let typed), .untyped(let typed): value = typed
            case .mismatch(let message, _):
                return item.diagnostic(
                    "table.value", "'\(item.path)': '\(visibleText(text))' \(message)", part: .value,
                    related: [.init("the schema", at: view.location)])
            }
        default: return nil
        }
        guard let problem = violation(of: value, view) else { return nil }
        if case .text(let template)? = item.parsed.value, let text = template.constantText,
            CellTyper.otherReadings(of: text, for: view).contains(where: { violation(of: $0, view) == nil })
        {
            return nil
        }
        return item.diagnostic(
            "table.value", "'\(item.path)'\(problem.message); no response that satisfies the contract has this value",
            part: .value, help: problem.help, related: [.init("the schema", at: problem.location)])
    }
}

extension PlacedItem {
    /// The mistake in an item that compares `status` with something else; `nil` if there is none.
    var statusProblem: Diagnostic? {
        guard case .text(let template)? = parsed.value, let text = template.constantText,
            StatusExpectation.Alternative(text) == nil
        else { return nil }
        return diagnostic(
            "table.value", "'\(visibleText(text))' is not a valid status", part: .value,
            help: "write status=200 or status=2xx")
    }
}
