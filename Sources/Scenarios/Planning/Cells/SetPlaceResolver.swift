import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Finds what a `set` item sets: a parameter or a part of the body; `nil` after a diagnostic.
struct SetPlaceResolver: PlanningStage {
    let item: PlacedItem
    let row: CalledRow
    let lookups: ContractLookups
    var diagnostics: [Diagnostic] = []

    mutating func run() -> ResolvedItem? {
        switch item.path.root {
        case .header(let name): return parameter(name, .header)
        case .query(let name): return parameter(name, .query)
        case .path(let name): return parameter(name, .path)
        case .cookie(let name): return parameter(name, .cookie)
        case .partHeader(let part, let name): return partHeader(name, of: ItemPath(.body, part).pointer)
        case .body where item.path.isBare: return bare()
        case .body: return member(item.path)
        default:
            report(
                item.diagnostic(
                    "table.set-path", "'\(item.path)' is a part of the response and cannot be set", part: .path,
                    help: "write \(item.path.withPrefix) for a body member of that name"))
            return nil
        }
    }

    /// A parameter with its prefix. An undeclared one is sent anyway, except in the path.
    private mutating func parameter(_ name: String, _ place: ParameterPlace) -> ResolvedItem? {
        guard let operation = row.operation else { return ResolvedItem(placed: item, path: item.path, view: nil) }
        let declared =
            operation.parameter(name, in: place)
            ?? (place == .query ? operation.parameter(name, in: .querystring) : nil)
        if let declared { return self.declared(declared, item) }
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

    /// A header of a part of a multipart body. An undeclared one is sent anyway.
    private mutating func partHeader(_ name: String, of part: JSONPointer) -> ResolvedItem? {
        guard let body = row.operation?.requestBody else {
            return ResolvedItem(placed: item, path: item.path, view: nil)
        }
        guard let media = body.content.first(where: { $0.range.type == "multipart" }) else {
            report(
                item.diagnostic(
                    "table.set-path", "only the parts of a multipart body have headers", part: .path,
                    help: "write \(item.path.withPrefix) for a body member of that name"))
            return nil
        }
        let declared = media.encoding(of: part)?.headers ?? []
        if let header = declared.first(where: { $0.isNamed(name) }) {
            return ResolvedItem(placed: item, path: item.path, view: header.valueSchema?.view)
        }
        if let near = nearestName(to: name, among: declared.map(\.name)) {
            report(
                item.diagnostic(
                    "table.undeclared-header", .warning,
                    "the contract declares no header '\(visibleText(name))' for this part; it is sent as text",
                    part: .path, help: "did you mean '\(near)'?"))
        }
        return ResolvedItem(placed: item, path: item.path, view: nil)
    }

    /// A declared parameter, or a part of it.
    private mutating func declared(_ parameter: Parameter, _ item: PlacedItem) -> ResolvedItem? {
        if item.parsed.op == .absent, parameter.isRequired, !row.isInvalid {
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
        let view = lookups.facts(of: row)?.parameters.first {
            $0.parameter.place == parameter.place && $0.parameter.isNamed(parameter.name)
        }?.view
        var path = item.path
        path.isBare = false
        return ResolvedItem(placed: item, path: path, view: SchemaWalk(view, item.path.segments).view)
    }

    /// A name without a prefix: the parameter with that name, otherwise the declared body member. It is a mistake if
    /// both or neither exist.
    private mutating func bare() -> ResolvedItem? {
        guard case .name(let name)? = item.path.segments.first, let operation = row.operation else {
            return ResolvedItem(placed: item, path: bodyPath, view: nil)
        }
        let parameters = operation.parameters.filter { $0.isNamed(name) && !$0.isIgnored }
        let member = lookups.bodyWalk([.name(name)], operation, in: row.contract)
        let isMember = member.view != nil
        switch (parameters.count, isMember) {
        case (1, false):
            let rest = Array(item.path.segments.dropFirst())
            var placed = item
            placed.parsed.path = ItemPath(parameters[0].root, rest)
            placed.parsed.path.text = item.path.text
            return declared(parameters[0], placed)
        case (0, true):
            return self.member(bodyPath)
        case (0, false):
            reportUnknown(name, operation)
            return nil
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

    private mutating func reportUnknown(_ name: String, _ operation: Operation) {
        let members = lookups.facts(of: row)?.body?.propertyNames ?? []
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
    }

    /// The ways to write an undeclared name for an operation; without a body, there are no members to set.
    private static func places(of name: String, hasBody: Bool) -> [String] {
        let places = ["query.\(name)", "header.\(name)"]
        return hasBody ? ["body.\(name)"] + places : places
    }

    /// A member of the body.
    private mutating func member(_ path: ItemPath) -> ResolvedItem? {
        guard let operation = row.operation else { return ResolvedItem(placed: item, path: path, view: nil) }
        switch lookups.bodyWalk(path.segments, operation, in: row.contract) {
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

    /// The path of the item as a path in the body.
    private var bodyPath: ItemPath {
        var result = item.path
        result.isBare = false
        return result
    }
}
