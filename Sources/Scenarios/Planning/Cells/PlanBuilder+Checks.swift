import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

extension PlanBuilder {
    /// The items of a row's `check`, defaults first; invalid ones are reported and skipped.
    mutating func resolvedChecks(of draft: RowDraft, _ call: Call, _ expect: StatusExpectation) -> [PlacedItem] {
        RowDraft.overlay(draft.checks, on: draft.defaultChecks).filter { item in
            let views = responseViews(item.path, call, expect)
            guard checkPlace(item, views, call), checkComparison(item, views.compactMap(\.view)) else { return false }
            warnOfSpreadsheet(item, views.compactMap(\.view))
            return true
        }
    }

    /// The target of a response path in each documented response that the row may receive.
    mutating func responseViews(_ path: ItemPath, _ call: Call, _ expect: StatusExpectation) -> [SchemaWalk] {
        guard let operation = call.operation, !path.isRequest else { return [] }
        let key = "\(currentContract?.name ?? "")\n\(operation.key)\n\(expect.text)\n\(path.canonical)"
        if let known = cache.walks[key] { return known }
        let result = walks(path, operation, expect)
        cache.walks[key] = result
        return result
    }

    private func walks(_ path: ItemPath, _ operation: Operation, _ expect: StatusExpectation) -> [SchemaWalk] {
        let responses = responses(operation, expect)
        switch path.root {
        case .body:
            let schemas = responses.flatMap(\.content).filter { $0.range.isJSON }.compactMap { $0.schema?.view }
            return schemas.map { SchemaWalk($0, path.segments) }
        case .header(let name):
            return responses.compactMap { response in
                let view = response.header(name).flatMap { ($0.schema ?? $0.content?.schema)?.view }
                return view.map(SchemaWalk.declared)
            }
        default:
            return []
        }
    }

    /// Reports a path that no response can have.
    private mutating func checkPlace(_ item: PlacedItem, _ walks: [SchemaWalk], _ call: Call) -> Bool {
        if case .header(let name) = item.path.root, walks.isEmpty { noteHeader(item, name, call) }
        if let operation = call.operation {
            warnShadowed(item, operation.responses.flatMap(\.content).compactMap { $0.schema?.view })
        }
        if item.path.isStatus { return item.asksEquality ? checkStatus(item) : true }
        guard let problem = pathProblem(item.path, walks) else { return true }
        report(item.diagnostic("table.unknown-member", problem.message, part: .path, help: problem.help))
        return false
    }

    /// Why no documented response has such a path, if none has.
    func pathProblem(_ path: ItemPath, _ walks: [SchemaWalk]) -> (message: String, help: String)? {
        var problem: (message: String, help: String)?
        for walk in walks {
            switch walk {
            case .declared, .untyped: return nil
            case .undeclared(let name, let candidates, let isClosed):
                if !path.isBare, path.text.utf8.starts(with: "body".utf8), !isClosed { return nil }
                let near = nearestName(to: name, among: candidates)
                problem =
                    problem ?? (
                        isClosed
                            ? "the contract allows no member '\(visibleText(name))' at '\(path)'"
                            : "the contract declares no member '\(visibleText(name))' at '\(path)'",
                        near.map { "did you mean `\($0)`?" }
                            ?? (isClosed
                                ? "it declares \(shortList(candidates))"
                                : "write \(path.withPrefix) for an undeclared member")
                    )
            case .impossible(let what):
                problem =
                    problem ?? (
                        "'\(path)' leads into a value \(what)", "see the schema of the response in the contract"
                    )
            }
        }
        return problem
    }

    private mutating func noteHeader(_ item: PlacedItem, _ name: String, _ call: Call) {
        let names = call.operation?.responses.flatMap { $0.headers.map(\.name) } ?? []
        guard !names.contains(where: { $0.lowercasedASCII == name.lowercasedASCII }),
            let near = nearestName(to: name, among: names)
        else { return }
        report(
            item.diagnostic(
                "table.undeclared-header", .warning,
                "no response of '\(call.operation?.name ?? "")' declares the header "
                    + "'\(visibleText(name))'", part: .path, help: "did you mean `header.\(near)`?"))
    }

    private mutating func checkStatus(_ item: PlacedItem) -> Bool {
        guard case .text(let template)? = item.parsed.value, let text = template.constantText,
            PlanBuilder.status(text) == nil
        else { return true }
        report(
            item.diagnostic(
                "table.value", "'\(visibleText(text))' is not a valid status", part: .value,
                help: "write status=200 or status=2xx"))
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
        guard case .matcher(.schema(let name))? = item.parsed.value, let contract = currentContract,
            contract.schema(name) == nil
        else { return true }
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
        guard let problem = violation(of: value, view, direction: .none) else { return nil }
        return item.diagnostic(
            "table.value", "'\(item.path)'\(problem.message); no response that satisfies the contract has this value",
            part: .value, help: problem.help, related: [.init("the schema", at: problem.location)])
    }
}

extension ItemPath {
    /// The path of a body member as written if the contract does not declare it.
    var withPrefix: String {
        text.utf8.first == 0x24 ? "body" + String(text.unicodeScalars.dropFirst()) : "body.\(text)"
    }

    var isTime: Bool { if case .time = root { true } else { false } }
    var isStatus: Bool { if case .status = root { true } else { false } }
}
