internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives

extension DocumentLint {
    mutating func lintSchema(_ item: ReferenceCrawl.Item) {
        let value = item.value
        let isReference30 = documents.version(of: value) == .v30 && value.reference != nil
        guard value.node.kind == .object, !isReference30 else { return }
        lintItems(of: value)
        // Most schemas of a document contain only a type.
        guard !Self.isPlain(value) else { return lintApplicability(of: value) }
        guard let schema = schema(value), let view = schema.view else { return }
        let compiled = try? schema.compiled()
        lintType(of: value, view, isBranch: item.isBranch)
        lintApplicability(of: value)
        lintValues(of: value, compiled)
        // A required member that a closed object does not declare leaves no value: one mistake, reported once.
        if !lintSatisfiability(of: value, view, compiled) {
            lintRequired(of: value, view, isBranch: item.isBranch)
        }
        lintAlternatives(of: value)
        lintDiscriminator(of: value)
        lintSchemaExamples(of: value, schema)
    }

    /// `items` is required if the type is `array` (OpenAPI 3.0.4, section 4.7.24).
    private mutating func lintItems(of value: DocumentNode) {
        guard documents.version(of: value) == .v30, value.text("type") == "array", value["items"] == nil else { return }
        report("schema.items", "the schema of an array has no `items`, which OpenAPI 3.0 requires", at: value)
    }

    private static func isPlain(_ value: DocumentNode) -> Bool {
        guard value["type"]?.node.kind == .string else { return false }
        let plain: Set<String> = ["type", "format", "title", "description", "nullable", "deprecated"]
        return value.node.members.allSatisfy { plain.contains($0.name) }
    }

    /// A schema with members but no type does not restrict values that are not objects.
    private mutating func lintType(of value: DocumentNode, _ view: SchemaView, isBranch: Bool) {
        guard !isBranch, view.kinds == nil, !value.node.members.isEmpty else { return }
        if value["properties"] != nil || value["required"] != nil {
            report(
                "schema.no-type",
                "the schema has `\(value["properties"] == nil ? "required" : "properties")` but no type, so a"
                    + " value that is not an object is accepted",
                at: value,
                help: "add `type: object`"
            )
        } else if value["items"] != nil {
            report(
                "schema.no-type",
                "the schema has `items` but no type, so a value that is not a list is accepted",
                at: value,
                help: "add `type: array`"
            )
        } else if value.pointer.tokens.dropLast().last == "properties", !value.node.members.contains(where: decides) {
            report("schema.no-type", "the member has no type, so any value is accepted", at: value)
        }
    }

    private func decides(_ member: JSONMember) -> Bool {
        let describing = [
            "title", "description", "example", "examples", "default", "deprecated", "externalDocs", "nullable", "xml",
            "readOnly", "writeOnly", "$comment", "format",
        ]
        return !member.name.isExtensionName && !describing.contains(member.name)
    }

    /// `minimum` next to `type: string` has no effect (JSON Schema 2020-12 Validation, section 6).
    private mutating func lintApplicability(of value: DocumentNode) {
        guard let types = Self.types(of: value), !types.isEmpty else { return }
        for member in value.members {
            // Another value than a list of names is a mistake of its own, usually `required: true` on the member.
            guard let kind = Self.appliesTo[member.name], !Self.allows(kind, types),
                member.name != "required" || member.value.node.kind == .array
            else { continue }
            let names = types.sorted().joined(separator: " or ")
            report(
                "schema.inapplicable",
                "`\(member.name)` applies to \(kind) values and has no effect on the type \(names)",
                at: member.value
            )
        }
        if types == ["number"], let format = value["format"], let name = format.node.string,
            ["int32", "int64"].contains(name)
        {
            report(
                "schema.format",
                "the format \(name) is for integers, but the type number also allows other numbers",
                at: format,
                help: "write `type: integer`"
            )
        }
    }

    /// The names in `type`; `nil` if it is absent.
    static func types(of value: DocumentNode) -> Set<String>? {
        guard let type = value["type"] else { return nil }
        return Set(type.node.string.map { [$0] } ?? type.node.elements.compactMap(\.string))
    }

    /// Whether values of a kind can have one of the types.
    static func allows(_ kind: String, _ types: Set<String>) -> Bool {
        types.contains(kind) || kind == "number" && types.contains("integer")
    }

    private static let appliesTo: [String: String] = Dictionary(
        uniqueKeysWithValues: [
            ("string", ["minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType", "contentSchema"]),
            ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
            (
                "array",
                [
                    "items", "minItems", "maxItems", "uniqueItems", "prefixItems", "contains", "minContains",
                    "maxContains", "unevaluatedItems",
                ]
            ),
            (
                "object",
                [
                    "properties", "required", "additionalProperties", "minProperties", "maxProperties",
                    "patternProperties", "propertyNames", "dependentRequired", "dependentSchemas",
                    "unevaluatedProperties", "discriminator",
                ]
            ),
        ].flatMap { kind, names in names.map { ($0, kind) } }
    )

    /// A required name that is not declared is usually a typo or a leftover.
    private mutating func lintRequired(of value: DocumentNode, _ view: SchemaView, isBranch: Bool) {
        // A branch may require members that its siblings declare. If nothing is declared at all, nothing was forgotten.
        guard !isBranch, let required = value["required"], required.node.kind == .array else { return }
        let declared = view.propertyNames
        guard !declared.isEmpty, view.keyword("patternProperties") == nil else { return }
        for element in required.elements {
            guard let name = element.node.string, view.property(name) == nil else { continue }
            // A property counts as declared even if its reference cannot be resolved.
            guard !declared.contains(where: { $0.isSame(as: name) }) else { continue }
            let near = nearestName(to: name, among: declared)
            report(
                "schema.required",
                "'\(Reference.excerpt(name))' is required, but no property with that name is declared",
                at: element,
                help: near.map { "did you mean `\($0)`?" }
            )
        }
    }

    /// Allowed values and defaults must be valid against the schema that contains them.
    private mutating func lintValues(of value: DocumentNode, _ compiled: CompiledSchema?) {
        if let allowed = value["enum"], allowed.node.kind == .array, let types = Self.types(of: value) {
            let isNullable = documents.version(of: value) == .v30 && value.flag("nullable") == true
            let misfits = allowed.elements.filter { element in
                let kind = element.node.kind
                let isWhole = element.node.number?.isInteger ?? false
                let fits = types.contains(kind.name) || isWhole && types.contains("integer")
                return !fits && !(kind == .null && isNullable)
            }
            reportMisfits(misfits, types)
        }
        if let preset = value["default"], let compiled {
            let report = compiled.validate(preset.node, ValidationOptions(direction: .none))
            if let issue = report.issues.first(where: { $0.kind == .violation }) {
                self.report(
                    "schema.default",
                    "the default\(Self.within(issue.pointer)) \(issue.message)",
                    at: preset,
                    related: [Diagnostic.Related("the violated keyword", at: issue.location)]
                )
            }
        }
    }

    /// Values of one list with another type than the schema are one mistake and reported once.
    private mutating func reportMisfits(_ misfits: [DocumentNode], _ types: Set<String>) {
        guard let first = misfits.first else { return }
        let type = types.sorted().joined(separator: " or ")
        let shown = misfits.prefix(3).map { Reference.excerpt($0.node.spelling) }.joined(separator: ", ")
        let more = misfits.count > 3 ? " and \(misfits.count - 3) more" : ""
        report(
            "schema.enum",
            misfits.count == 1
                ? "the allowed value \(shown) is not of the type \(type), so it never matches"
                : "\(misfits.count) allowed values are not of the type \(type), so they never match: \(shown)\(more)",
            at: first,
            related: misfits.dropFirst().map { Diagnostic.Related("also here", at: documents.location(of: $0)) }
        )
    }

    /// The place of an issue inside a value: ` at /a/0`; empty for the value itself.
    static func within(_ pointer: JSONPointer) -> String {
        pointer.tokens.isEmpty ? "" : " at \(Reference.excerpt(pointer.description))"
    }
}
