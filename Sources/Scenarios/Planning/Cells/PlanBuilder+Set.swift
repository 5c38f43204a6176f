import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A `set` item with a resolved place.
struct ResolvedItem: Sendable {
    var placed: PlacedItem
    var path: ItemPath
    /// The schema at its place; `nil` if the contract does not describe it.
    var view: SchemaView?

    /// Whether it comes from a `*` row.
    var isDefault = false

    var item: Item {
        var item = placed.item(path: path)
        item.isDefault = isDefault
        return item
    }
}

extension PlanBuilder {
    /// The items of a row's `set` with their places, defaults first; invalid ones are reported and skipped.
    mutating func resolvedSet(of draft: RowDraft, _ call: Call) -> [ResolvedItem] {
        let own = draft.set.compactMap { resolve($0, draft, call) }
        checkRepeated(own)
        let defaults = draft.defaultSet.compactMap { placed -> ResolvedItem? in
            var item = resolve(placed, draft, call)
            item?.isDefault = true
            return item
        }
        return defaults.filter { item in !own.contains { $0.path == item.path } } + own
    }

    private mutating func checkRepeated(_ items: [ResolvedItem]) {
        guard items.count > 1 else { return }
        for (index, item) in items.enumerated() {
            guard let first = items[..<index].first(where: { $0.path == item.path }) else { continue }
            report(
                item.placed.diagnostic(
                    "table.set-twice", "'\(item.placed.path)' is set twice in this row",
                    related: [
                        .init(
                            "the first one is here",
                            at: first.placed.cell.location(first.placed.parsed.range.lowerBound))
                    ]))
        }
    }

    private mutating func resolve(_ item: PlacedItem, _ draft: RowDraft, _ call: Call) -> ResolvedItem? {
        switch item.parsed.op {
        case .equal, .literal, .absent: break
        default:
            report(
                item.diagnostic(
                    "table.set-operator", "`\(item.parsed.op.rawValue)` is a check, but `set` defines what to send",
                    help: "write \(item.path)=value here, or move the item to `check`"))
            return nil
        }
        if item.path.hasWildcard {
            report(
                item.diagnostic(
                    "table.set-path", "`set` requires one place, but '\(item.path)' can match several", part: .path,
                    help: "use an index: [0]"))
            return nil
        }
        guard let resolved = place(item, draft, call) else { return nil }
        if let operation = call.operation, let body = facts(operation)?.body { warnShadowed(item, [body]) }
        guard checkValue(resolved, draft) else { return nil }
        warnOfSpreadsheet(item, resolved.view.map { [$0] } ?? [])
        warnOfSecret(resolved, draft, call)
        return resolved
    }

    private mutating func place(_ item: PlacedItem, _ draft: RowDraft, _ call: Call) -> ResolvedItem? {
        switch item.path.root {
        case .header(let name): return parameter(item, name, .header, call, draft)
        case .query(let name): return parameter(item, name, .query, call, draft)
        case .path(let name): return parameter(item, name, .path, call, draft)
        case .cookie(let name): return parameter(item, name, .cookie, call, draft)
        case .body where item.path.isBare: return bare(item, draft, call)
        case .body: return member(item, item.path, call)
        default:
            report(
                item.diagnostic(
                    "table.set-path", "'\(item.path)' is a part of the response and cannot be set", part: .path,
                    help: "write \(item.path.withPrefix) for a body member of that name"))
            return nil
        }
    }

    /// A parameter with its prefix. An undeclared one is sent anyway, except in the path.
    private mutating func parameter(
        _ item: PlacedItem, _ name: String, _ place: ParameterPlace, _ call: Call, _ draft: RowDraft
    ) -> ResolvedItem? {
        guard let operation = call.operation else {
            return ResolvedItem(placed: item, path: item.path, view: nil)
        }
        let declared =
            operation.parameter(name, in: place)
            ?? (place == .query ? operation.parameter(name, in: .querystring) : nil)
        if let declared { return checked(item, declared, operation, draft) }
        let names = operation.parameters.filter { $0.place == place }.map(\.name)
        let near = nearestName(to: name, among: names)
        if place == .path {
            report(
                item.diagnostic(
                    "table.unknown-parameter",
                    "the path of '\(operation.name)' has no parameter '\(visibleText(name))'",
                    part: .path,
                    help: near.map { "did you mean `path.\($0)`?" } ?? "its path is \(operation.path)"))
            return nil
        }
        if let near {
            report(
                item.diagnostic(
                    "table.undeclared-parameter", .warning,
                    "'\(operation.name)' declares no \(place.rawValue) parameter '\(visibleText(name))'; it is sent as text",
                    part: .path, help: "did you mean `\(place.rawValue).\(near)`?"))
        }
        return ResolvedItem(placed: item, path: item.path, view: nil)
    }

    private mutating func checked(
        _ item: PlacedItem, _ parameter: Parameter, _ operation: Operation, _ draft: RowDraft
    ) -> ResolvedItem? {
        if item.parsed.op == .absent, parameter.isRequired, !draft.options.step.isInvalid {
            report(
                item.diagnostic(
                    "table.required-parameter",
                    "the required \(parameter.place.rawValue) parameter '\(parameter.name)' is omitted",
                    help: "add `invalid` to `opts` if the request must violate the contract"))
            return nil
        }
        if item.parsed.op == .absent, parameter.place == .path {
            report(
                item.diagnostic(
                    "table.path-parameter",
                    "the path parameter '\(parameter.name)' cannot be omitted: it is part of the path",
                    help: "call an undeclared path in an invalid row instead"))
            return nil
        }
        let view = facts(operation)?.parameters.first {
            $0.parameter.place == parameter.place && $0.parameter.isNamed(parameter.name)
        }?.view
        var path = item.path
        path.isBare = false
        return ResolvedItem(placed: item, path: path, view: SchemaWalk(view, item.path.segments).view)
    }

    /// A name without a prefix: the parameter with that name, otherwise the declared body member. It is a mistake if
    /// both or neither exist.
    private mutating func bare(_ item: PlacedItem, _ draft: RowDraft, _ call: Call) -> ResolvedItem? {
        guard case .name(let name)? = item.path.segments.first, let operation = call.operation else {
            return ResolvedItem(placed: item, path: bodyPath(item.path), view: nil)
        }
        let parameters = operation.parameters.filter { $0.isNamed(name) && !$0.isIgnored }
        let isMember = bodyWalk(operation, [.name(name)], "body.\(name)").view != nil
        switch (parameters.count, isMember) {
        case (1, false):
            let rest = Array(item.path.segments.dropFirst())
            var placed = item
            placed.parsed.path = ItemPath(PlanBuilder.root(parameters[0]), rest)
            placed.parsed.path.text = item.path.text
            return checked(placed, parameters[0], operation, draft)
        case (0, true):
            return member(item, bodyPath(item.path), call)
        case (0, false):
            return unknownName(item, name, operation, facts(operation)?.body)
        default:
            let places =
                parameters.map { "\($0.place == .querystring ? "query" : $0.place.rawValue).\(name)" }
                + (isMember ? ["body.\(name)"] : [])
            report(
                item.diagnostic(
                    "table.ambiguous-name",
                    "'\(visibleText(name))' can mean \(places.count == 2 ? "either" : "any") of "
                        + places.map { "'\($0)'" }.joined(separator: " and "),
                    part: .path, help: "write one of them: \(places.joined(separator: " or "))"))
            return nil
        }
    }

    private mutating func unknownName(
        _ item: PlacedItem, _ name: String, _ operation: Operation, _ view: SchemaView?
    ) -> ResolvedItem? {
        let members = view?.propertyNames ?? []
        let names = operation.parameters.filter { !$0.isIgnored }.map(\.name) + members
        let near = nearestName(to: name, among: names)
        let hasBody = operation.requestBody != nil
        report(
            item.diagnostic(
                "table.unknown-name",
                "'\(operation.name)' has no parameter\(hasBody ? " and no body member" : "") '\(visibleText(name))'",
                part: .path,
                help: near.map { "did you mean `\($0)`?" }
                    ?? (names.isEmpty ? "" : "it has \(shortList(names)); ")
                    + "write an undeclared name with its place: "
                    + Self.places(of: name, hasBody: hasBody).joined(separator: " or ")
            ))
        return nil
    }

    /// The ways to write an undeclared name for an operation; without a body, there are no members to set.
    private static func places(of name: String, hasBody: Bool) -> [String] {
        let places = ["query.\(name)", "header.\(name)"]
        return hasBody ? ["body.\(name)"] + places : places
    }

    /// A member of the body.
    private mutating func member(_ item: PlacedItem, _ path: ItemPath, _ call: Call) -> ResolvedItem? {
        guard let operation = call.operation else { return ResolvedItem(placed: item, path: path, view: nil) }
        switch bodyWalk(operation, path.segments, path.canonical) {
        case .declared(let target): return ResolvedItem(placed: item, path: path, view: target)
        case .untyped: return ResolvedItem(placed: item, path: path, view: nil)
        case .impossible(let what):
            report(
                item.diagnostic(
                    "table.set-path", "'\(item.path)' leads into a value \(what)", part: .path,
                    help: "see the schema of the body in the contract"))
            return nil
        case .undeclared(let name, let candidates, _):
            guard item.path.isBare else { return ResolvedItem(placed: item, path: path, view: nil) }
            report(
                item.diagnostic(
                    "table.unknown-member", "the contract declares no member '\(visibleText(name))' at '\(item.path)'",
                    part: .path,
                    help: nearestName(to: name, among: candidates).map { "did you mean `\($0)`?" }
                        ?? "write \(item.path.withPrefix) for an undeclared member"))
            return nil
        }
    }

    private mutating func bodyWalk(
        _ operation: Operation, _ segments: [ItemPath.Segment], _ text: String
    ) -> SchemaWalk {
        let body = facts(operation)?.body
        let key = "\(currentContract?.name ?? "")\n\(operation.key)\n\(text)"
        if let known = cache.walks[key]?.first { return known }
        let walk = SchemaWalk(body, segments)
        cache.walks[key] = [walk]
        return walk
    }

    private func bodyPath(_ path: ItemPath) -> ItemPath {
        var result = path
        result.isBare = false
        return result
    }

    static func root(_ parameter: Parameter) -> ItemPath.Root {
        switch parameter.place {
        case .path: .path(parameter.name)
        case .query, .querystring: .query(parameter.name)
        case .header: .header(parameter.name)
        case .cookie: .cookie(parameter.name)
        }
    }
}
