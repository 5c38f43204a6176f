import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A parameter of an operation, including those of its path.
struct WrittenParameter {
    var name: String
    var place: String
    var node: WrittenNode

    /// Header names are compared ignoring case (RFC 9110, section 5.1).
    var key: String { "\(place) \(place == "header" ? name.lowercased() : name)" }
    var isRequired: Bool { node.flag("required") ?? (place == "path") }
    var style: String { node.text("style") ?? (place == "path" || place == "header" ? "simple" : "form") }
    var explode: Bool { node.flag("explode") ?? (style == "form" || style == "cookie") }
    var content: (name: String, value: WrittenNode)? { node["content"]?.members.first }
    var schema: SchemaView? { (node["schema"] ?? content?.value["schema"])?.schema }
}

extension ContractComparer {
    func compareParameters(of old: WrittenOperation, _ new: WrittenOperation, _ scope: Scope) {
        var ours = Self.parameters(of: old)
        let theirs = Self.parameters(of: new)
        // A renamed path parameter is recognised by its position in the path.
        let names = Dictionary(zip(old.expressions, new.expressions), uniquingKeysWith: { first, _ in first })
        for index in ours.indices where ours[index].place == "path" {
            ours[index].name = names[ours[index].name] ?? ours[index].name
        }
        for parameter in theirs {
            if let partner = ours.first(where: { $0.key == parameter.key }) {
                compare(partner, parameter, scope)
            } else if !isInPath(parameter, new) {
                added(parameter, old, scope)
            }
        }
        for parameter in ours where !theirs.contains(where: { $0.key == parameter.key }) && !isInPath(parameter, new) {
            removed(parameter, new, scope)
        }
    }

    /// Whether both paths have the parameter, so that only its description was added or removed.
    private func isInPath(_ parameter: WrittenParameter, _ new: WrittenOperation) -> Bool {
        parameter.place == "path" && new.expressions.contains(parameter.name)
    }

    /// The parameters of the operation, and those of its path that it does not override; parameters that OpenAPI
    /// ignores are skipped (OpenAPI 3.1.1, section 4.8.12.2.1).
    static func parameters(of operation: WrittenOperation) -> [WrittenParameter] {
        func read(_ list: WrittenNode?) -> [WrittenParameter] {
            (list?.followed ?? list)?.elements.compactMap { element in
                guard let node = element.followed, let name = node.text("name"), let place = node.text("in") else {
                    return nil
                }
                let isIgnored =
                    place == "header" && ["accept", "content-type", "authorization"].contains(name.lowercased())
                return isIgnored ? nil : WrittenParameter(name: name, place: place, node: node)
            } ?? []
        }
        let own = read(operation.node["parameters"])
        let inherited = read(operation.items.first?["parameters"])
        return inherited.filter { outer in !own.contains { $0.key == outer.key } } + own
    }

    private func area(_ scope: Scope) -> String { scope.isOutgoing ? "response.header" : "request.parameter" }

    private func place(_ parameter: WrittenParameter) -> Change.Place {
        .parameter(in: parameter.place, name: parameter.name)
    }

    private func noun(_ parameter: WrittenParameter) -> String {
        "\(parameter.place) parameter '\(parameter.name)'"
    }

    private func added(_ parameter: WrittenParameter, _ old: WrittenOperation, _ scope: Scope) {
        let word = parameter.isRequired ? "required" : "optional"
        add(
            "\(area(scope)).\(word)-added", scope, place(parameter), to: word, old.node.location,
            parameter.node.location, "the \(word) \(noun(parameter)) was added")
    }

    private func removed(_ parameter: WrittenParameter, _ new: WrittenOperation, _ scope: Scope) {
        let word = parameter.isRequired ? "required" : "optional"
        let lifecycle = Lifecycle(parameter.node)
        var id = "\(area(scope)).\(word)-removed"
        var reason = ""
        if !scope.isOutgoing, lifecycle.isDeprecated, let text = lifecycle.sunset,
            let sunset = CivilDate(startOf: text),
            let today = options.today.flatMap({ CivilDate(startOf: $0) })
        {
            let isEarly = today < sunset
            id = isEarly ? "request.parameter.removed-before-sunset" : "request.parameter.removed-after-deprecation"
            reason = " \(isEarly ? "before" : "after") its sunset date \(text)"
        }
        add(
            id, scope, place(parameter), from: word, parameter.node.location, new.node.location,
            "the \(word) \(noun(parameter)) was removed\(reason)")
    }

    private func compare(_ old: WrittenParameter, _ new: WrittenParameter, _ scope: Scope) {
        if sameness.isSame(old.node.node, new.node.node) { return }
        let place = place(new)
        let name = noun(new)
        if old.isRequired != new.isRequired {
            let word = new.isRequired ? "required" : "optional"
            add(
                "\(area(scope)).became-\(word)", scope, place, from: old.isRequired ? "required" : "optional", to: word,
                (old.node["required"] ?? old.node).location, (new.node["required"] ?? new.node).location,
                "the \(name) became \(word)")
        }
        addLifecycle(old.node, new.node, prefix: area(scope), scope, place, name: "the \(name)")
        compareExtensions(old.node, new.node, scope, place)
        compareSerialization(old, new, scope, place, name)
        let (ours, theirs) = (old.schema, new.schema)
        var edits = edits(ours, theirs, scope.request)
        if old.content == nil, new.content == nil { edits = Self.asText(edits, ours, theirs) }
        add(
            edits, scope.request, area: scope.isOutgoing ? "header" : "parameter", scope, place, name: "the \(name)")
    }

    private func compareSerialization(
        _ old: WrittenParameter, _ new: WrittenParameter, _ scope: Scope, _ place: Change.Place, _ name: String
    ) {
        let (ours, theirs) = (old.content?.name.lowercased(), new.content?.name.lowercased())
        guard ours == theirs else {
            return add(
                "\(area(scope)).content-changed", scope, place, from: ours ?? "schema", to: theirs ?? "schema",
                (old.node["content"] ?? old.node).location, (new.node["content"] ?? new.node).location,
                "the \(name) is now written as \(theirs ?? "plain text"), before as \(ours ?? "plain text")"
            )
        }
        guard ours == nil else { return }
        let isPlain = Self.isScalar(old.schema) && Self.isScalar(new.schema)
        if old.style != new.style {
            add(
                "\(area(scope)).style-changed", scope, place, from: old.style, to: new.style,
                (old.node["style"] ?? old.node).location, (new.node["style"] ?? new.node).location,
                "the style of the \(name) changed from \(old.style) to \(new.style)")
        } else if old.explode != new.explode, !isPlain {
            add(
                "\(area(scope)).explode-changed", scope, place, from: String(old.explode), to: String(new.explode),
                (old.node["explode"] ?? old.node).location, (new.node["explode"] ?? new.node).location,
                "`explode` of the \(name) changed from \(old.explode) to \(new.explode)")
        }
        guard !scope.isOutgoing else { return }
        for (flag, rule) in [("allowReserved", "allow-reserved"), ("allowEmptyValue", "allow-empty-value")] {
            let (was, isNow) = (old.node.flag(flag) ?? false, new.node.flag(flag) ?? false)
            guard was != isNow else { continue }
            add(
                "request.parameter.\(rule)-\(isNow ? "added" : "removed")", scope, place, from: String(was),
                to: String(isNow), (old.node[flag] ?? old.node).location, (new.node[flag] ?? new.node).location,
                "`\(flag)` of the \(name) is now \(isNow)")
        }
    }

    /// Whether lists and objects are impossible, so that `explode` has no effect.
    static func isScalar(_ schema: SchemaView?) -> Bool {
        guard let schema else { return false }
        return SchemaShape([schema]).kinds.isDisjoint(with: [.array, .object])
    }

    /// In a URL or a header, every value is text: a number that became an unrestricted string is serialised as before.
    static func asText(_ edits: [SchemaEdit], _ old: SchemaView?, _ new: SchemaView?) -> [SchemaEdit] {
        func isOfType(_ edit: SchemaEdit) -> Bool { edit.name == "type-changed" && edit.pointer.isEmpty }
        guard let old, let new, edits.contains(where: isOfType) else { return edits }
        let plain: KindSet = [.boolean, .number, .string]
        let isNewFree = isFreeText(new)
        guard SchemaShape([old]).kinds.isSubset(of: plain), SchemaShape([new]).kinds.isSubset(of: plain),
            isFreeText(old) != isNewFree
        else { return edits }
        return edits.map { edit in
            guard isOfType(edit) else { return edit }
            var edit = edit
            edit.name = isNewFree ? "type-widened" : "type-narrowed"
            return edit
        }
    }

    private static func isFreeText(_ schema: SchemaView) -> Bool {
        let shape = SchemaShape([schema])
        guard shape.branches.count == 1, let branch = shape.branches.first, branch.kinds == .string else {
            return false
        }
        let facts = branch.facts
        return facts.listed == nil && facts.scalars.patterns.isEmpty && facts.bounds.isEmpty
            && !facts.scalars.formats.contains { FormatFacts.decides($0.text, texts: true, numbers: false) }
    }
}
