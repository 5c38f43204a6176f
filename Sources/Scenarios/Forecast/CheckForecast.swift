import JSONDocument
public import JSONSchema
public import OpenAPI
import Primitives

/// Whether a response that conforms to the contract can pass a check.
public enum CheckOutlook: Sendable, Hashable {
    /// It can pass, as far as known.
    case possible
    /// No documented response declares the place.
    case undeclared
    /// The place is declared, but no allowed value passes. The reason follows the place: "is always a string".
    case impossible(String)
}

/// The declaration in a schema for the place of a path.
public enum PathDeclaration: Sendable {
    /// The place has a schema.
    case declared(SchemaView)
    /// The contract does not describe this part.
    case unknown
    /// The contract declares other members there, or a value without members.
    case undeclared

    /// Finds the declaration for `path` below a schema.
    public init(_ path: ItemPath, in view: SchemaView?) {
        self =
            switch SchemaWalk(view, path.segments) {
            case .declared(let view): .declared(view)
            case .untyped: .unknown
            case .undeclared, .impossible: .undeclared
            }
    }
}

extension Item {
    /// Whether any of `responses` can pass the check, which is about the response's body or headers.
    public func outlook(in responses: [Response], _ schemas: SchemaStore) -> CheckOutlook {
        guard !path.isRequest else { return .possible }
        switch path.root {
        case .body: break
        case .header(let name): return headerOutlook(name, responses, schemas)
        default: return .possible
        }
        let views = responses.flatMap(\.content).filter { $0.range.isJSON }.compactMap { $0.schema?.view }
        guard !views.isEmpty else { return .possible }
        var outlook = CheckOutlook.undeclared
        for view in views {
            let own: CheckOutlook
            switch PathDeclaration(path, in: view) {
            case .unknown: return .possible
            case .undeclared: continue
            case .declared(let target):
                own = op == .absent ? absence(in: view) : valueOutlook(target, schemas)
            }
            if own == .possible { return .possible }
            if outlook == .undeclared { outlook = own }
        }
        return outlook
    }

    private func headerOutlook(_ name: String, _ responses: [Response], _ schemas: SchemaStore) -> CheckOutlook {
        let headers = responses.map { $0.header(name) }
        guard headers.contains(where: { $0 != nil }) else { return .undeclared }
        guard op != .absent else {
            return headers.allSatisfy { $0?.isRequired == true } ? .impossible("is always sent") : .possible
        }
        var first: CheckOutlook?
        for header in headers {
            guard let header, let view = header.schema?.view else { return .possible }
            // The text of a header is compared with a number or a boolean as that value.
            if isReadFromText, view.allows(.string) { return .possible }
            let own = valueOutlook(view, schemas)
            if own == .possible { return own }
            first = first ?? own
        }
        return first ?? .possible
    }

    /// Whether the check compares a number or another JSON value, which the text of a header can spell.
    private var isReadFromText: Bool {
        switch op {
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return true
        case .literal: if case .json(let value)? = value { return value.kind == .number || value.kind == .boolean }
        default: break
        }
        return false
    }

    /// `!path` fails if every member on the path is required.
    private func absence(in view: SchemaView) -> CheckOutlook {
        var current = view
        for segment in path.segments {
            guard case .name(let name) = segment, current.kinds == [.object],
                current.requiredNames.contains(where: { $0.isSame(as: name) }),
                let next = current.property(name)
            else { return .possible }
            current = next
        }
        return path.segments.isEmpty ? .possible : .impossible("is always present")
    }

    private func valueOutlook(_ view: SchemaView, _ schemas: SchemaStore) -> CheckOutlook {
        switch (op, value) {
        case (.equal, .text(let template)?), (.equal, .quoted(let template)?):
            guard let text = template.constantText else { return .possible }
            let isQuoted = if case .quoted? = value { true } else { false }
            return equality(text, isQuoted, view, schemas)
        case (.literal, .json(let literal)?): return schemaOutlook(literal, view, schemas)
        case (.match, .matcher(let matcher)?): return matcherOutlook(matcher, view, schemas)
        case (.match, .pattern?): return outlook(Self.texts, view)
        case (.less, .text(let template)?), (.lessOrEqual, .text(let template)?), (.greater, .text(let template)?),
            (.greaterOrEqual, .text(let template)?):
            guard let text = template.constantText else { return .possible }
            return outlook(JSONNumber(text) == nil ? [.string] : [.number], view)
        default: return .possible
        }
    }

    /// The kinds of values that have a text, which matchers and patterns are applied to.
    private static let texts: Set<JSONKind> = [.string, .number, .boolean]

    private func equality(_ text: String, _ isQuoted: Bool, _ view: SchemaView, _ schemas: SchemaStore) -> CheckOutlook
    {
        if !isQuoted {
            let others = CellTyper.otherReadings(of: text, for: view)
            if others.contains(where: { schemaOutlook($0, view, schemas) == .possible }) { return .possible }
        }
        return switch CellTyper.value(text, quoted: isQuoted, for: view) {
        case .value(let typed), .untyped(let typed): schemaOutlook(typed, view, schemas)
        case .mismatch: Self.always(view)
        }
    }

    private func schemaOutlook(_ value: JSONValue, _ view: SchemaView, _ schemas: SchemaStore) -> CheckOutlook {
        guard let compiled = try? schemas.compiled(view.place),
            compiled.isValid(JSONDocument(value).root) == .invalid
        else { return .possible }
        if let kinds = view.kinds, !kinds.contains(value.kind) { return Self.always(view) }
        return .impossible("is never \(value.text)")
    }

    private func matcherOutlook(_ matcher: Matcher, _ view: SchemaView, _ schemas: SchemaStore) -> CheckOutlook {
        switch matcher {
        case .url, .uuid, .email, .date, .dateTime, .string: outlook([.string], view)
        case .starts, .ends: outlook(Self.texts, view)
        case .number, .integer: outlook([.number], view)
        case .boolean: outlook([.boolean], view)
        case .null: outlook([.null], view)
        case .nonempty: view.kinds == [.null] ? .impossible("is always null") : .possible
        case .contains: outlook(Self.texts.union([.array]), view)
        case .length: outlook([.string, .array, .object], view)
        case .oneOf(let templates):
            oneOf(templates, view, schemas)
        case .present, .near, .text, .schema: .possible
        }
    }

    private func oneOf(_ templates: [Template], _ view: SchemaView, _ schemas: SchemaStore) -> CheckOutlook {
        var last = CheckOutlook.possible
        for template in templates {
            guard let text = template.constantText else { return .possible }
            last = equality(text, false, view, schemas)
            if last == .possible { return last }
        }
        return templates.count == 1 ? last : last == .possible ? last : .impossible("has none of these values")
    }

    /// Whether the schema allows one of the kinds that the check needs.
    private func outlook(_ needed: Set<JSONKind>, _ view: SchemaView) -> CheckOutlook {
        guard let kinds = view.kinds, kinds.isDisjoint(with: needed) else { return .possible }
        return Self.always(view)
    }

    private static func always(_ view: SchemaView) -> CheckOutlook {
        let kinds = view.kinds ?? []
        let names = JSONKind.allCases.filter(kinds.contains).map {
            $0 == .number && view.integerOnly ? "integer" : $0.name
        }
        guard let first = names.first else { return .impossible("has no value") }
        let article = "aeiou".unicodeScalars.contains(first.unicodeScalars.first ?? "x") ? "an" : "a"
        return .impossible("is always \(names == ["null"] ? "" : article + " ")\(names.joined(separator: " or "))")
    }
}
