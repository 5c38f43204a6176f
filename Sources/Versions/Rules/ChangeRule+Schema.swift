import Diagnostics

/// The rules for schemas: every keyword and action, in every area with schemas.
extension ChangeRule {
    /// The areas with schemas, by direction.
    static let schemaAreas: [(direction: Direction, area: String)] = [
        (.request, "body"), (.request, "property"), (.request, "parameter"), (.request, "parameter-property"),
        (.response, "body"), (.response, "property"), (.response, "header"), (.response, "header-property"),
    ]

    /// One kind of change in a schema.
    struct SchemaEdit: Sendable {
        /// The keyword or part in kebab case, `max-length`.
        var subject: String
        var action: String
        var effect: Effect
        var kind: Kind
        /// The reverse edit: its `subject-action`.
        var mirror: String
        var summary: String

        /// The part of the id after direction and area.
        var name: String { subject.isEmpty ? action : "\(subject)-\(action)" }

        init(
            _ subject: String, _ action: String, _ effect: Effect, _ kind: Kind, mirror: String, _ summary: String
        ) {
            self.subject = subject
            self.action = action
            self.effect = effect
            self.kind = kind
            self.mirror =
                subject.isEmpty || mirror.contains("/") ? String(mirror.drop { $0 == "/" }) : "\(subject)-\(mirror)"
            self.summary = summary
        }
    }

    static let schemaRules: [ChangeRule] = schemaAreas.flatMap { direction, area in
        schemaEdits(inProperties: area.hasSuffix("property")).map { edit in
            ChangeRule(
                "\(direction.rawValue).\(area).\(edit.name)", direction, area, edit.kind, action: edit.action,
                effect: edit.effect, mirror: "\(direction.rawValue).\(area).\(edit.mirror)",
                severities: severities(of: edit, direction),
                summary: "\(noun(direction, area)): \(edit.summary)")
        }
    }

    private static func noun(_ direction: Direction, _ area: String) -> String {
        switch area {
        case "parameter-property": "property of a request parameter"
        case "header-property": "property of a response header"
        default: "\(direction.rawValue) \(area)"
        }
    }

    // MARK: The edits

    static func schemaEdits(inProperties: Bool) -> [SchemaEdit] {
        typeEdits + valueEdits + boundEdits + structureEdits + annotationEdits + (inProperties ? existenceEdits : [])
    }

    private static let typeEdits: [SchemaEdit] = [
        SchemaEdit("type", "widened", .widened, .type, mirror: "narrowed", "more types are accepted"),
        SchemaEdit("type", "narrowed", .narrowed, .type, mirror: "widened", "fewer types are accepted"),
        SchemaEdit("type", "changed", .incomparable, .type, mirror: "changed", "the type changed"),
        SchemaEdit("nullable", "added", .widened, .type, mirror: "removed", "null is now accepted"),
        SchemaEdit("nullable", "removed", .narrowed, .type, mirror: "added", "null is no longer accepted"),
        SchemaEdit(
            "schema", "undecided", .undecided, .structure, mirror: "undecided", "the schemas could not be compared"),
    ]

    private static let valueEdits: [SchemaEdit] =
        [
            SchemaEdit("enum", "added", .narrowed, .values, mirror: "removed", "the values are restricted to a list"),
            SchemaEdit("enum", "removed", .widened, .values, mirror: "added", "the list of values was removed"),
            SchemaEdit("enum-value", "added", .widened, .values, mirror: "removed", "a value was added to the list"),
            SchemaEdit(
                "enum-value", "removed", .narrowed, .values, mirror: "added", "a value was removed from the list"),
            SchemaEdit(
                "extensible-enum-value", "added", .none, .values, mirror: "removed",
                "a value was added to `x-extensible-enum`"),
            SchemaEdit(
                "extensible-enum-value", "removed", .narrowed, .values, mirror: "added",
                "a value was removed from `x-extensible-enum`"),
            SchemaEdit("pattern", "widened", .widened, .bounds, mirror: "narrowed", "the pattern matches more texts"),
            SchemaEdit("pattern", "narrowed", .narrowed, .bounds, mirror: "widened", "the pattern matches fewer texts"),
            SchemaEdit(
                "pattern", "changed", .incomparable, .bounds, mirror: "changed", "the pattern matches other texts"),
            SchemaEdit(
                "pattern", "undecided", .undecided, .bounds, mirror: "undecided",
                "the pattern changed; which texts that affects cannot be decided"),
            SchemaEdit("format", "widened", .widened, .type, mirror: "narrowed", "the format accepts more"),
            SchemaEdit("format", "narrowed", .narrowed, .type, mirror: "widened", "the format accepts less"),
            SchemaEdit("format", "changed", .incomparable, .type, mirror: "changed", "the format changed"),
            SchemaEdit(
                "format-hint", "changed", .none, .annotation, mirror: "changed",
                "a format that decides nothing was added, removed or changed"),
            SchemaEdit(
                "multiple-of", "widened", .widened, .bounds, mirror: "narrowed",
                "`multipleOf` is a divisor of the old one"),
            SchemaEdit(
                "multiple-of", "narrowed", .narrowed, .bounds, mirror: "widened",
                "`multipleOf` is a multiple of the old one"),
            SchemaEdit("multiple-of", "changed", .incomparable, .bounds, mirror: "changed", "`multipleOf` changed"),
        ]
        + ["pattern", "format", "multiple-of", "unique-items"].flatMap { restriction($0, .bounds) }

    private static let boundEdits: [SchemaEdit] =
        ["maximum", "exclusive-maximum", "max-length", "max-items", "max-properties", "max-contains"].flatMap {
            restriction($0, .bounds) + [
                SchemaEdit($0, "increased", .widened, .bounds, mirror: "decreased", "`\(camel($0))` was increased"),
                SchemaEdit($0, "decreased", .narrowed, .bounds, mirror: "increased", "`\(camel($0))` was decreased"),
            ]
        }
        + ["minimum", "exclusive-minimum", "min-length", "min-items", "min-properties", "min-contains"].flatMap {
            restriction($0, .bounds) + [
                SchemaEdit($0, "increased", .narrowed, .bounds, mirror: "decreased", "`\(camel($0))` was increased"),
                SchemaEdit($0, "decreased", .widened, .bounds, mirror: "increased", "`\(camel($0))` was decreased"),
            ]
        }

    private static let structureEdits: [SchemaEdit] =
        [
            "items", "prefix-items", "contains", "property-names", "dependent-required", "dependent-schema", "if",
            "then",
            "else", "not", "pattern-property",
        ].flatMap { restriction($0, .structure) }
        + ["contains", "property-names", "dependent-schema", "if", "not", "content-schema"].map {
            SchemaEdit($0, "undecided", .undecided, .structure, mirror: "undecided", "`\(camel($0))` changed")
        }
        + ["additional-properties", "unevaluated-properties"].flatMap { subject in
            [
                SchemaEdit(
                    subject, "added", .widened, .structure, mirror: "removed", "undeclared properties are now accepted"),
                SchemaEdit(
                    subject, "removed", .narrowed, .structure, mirror: "added",
                    "undeclared properties are no longer accepted"),
                SchemaEdit(
                    subject, "widened", .widened, .structure, mirror: "narrowed",
                    "undeclared properties may now have any value"),
                SchemaEdit(
                    subject, "narrowed", .narrowed, .structure, mirror: "widened",
                    "undeclared properties must now fit a schema"),
            ]
        }
        + restriction("unevaluated-items", .structure)
        + [
            SchemaEdit(
                "pattern-property", "allowed", .widened, .structure, mirror: "forbidden",
                "properties of a pattern are now accepted"),
            SchemaEdit(
                "pattern-property", "forbidden", .narrowed, .structure, mirror: "allowed",
                "properties of a pattern are no longer accepted"),
        ]
        + ["one-of", "any-of"].flatMap { subject in
            [
                SchemaEdit(
                    subject, "added", .widened, .structure, mirror: "removed",
                    "an alternative of `\(camel(subject))` was added"),
                SchemaEdit(
                    subject, "removed", .narrowed, .structure, mirror: "added",
                    "an alternative of `\(camel(subject))` was removed"),
                SchemaEdit(
                    subject, "undecided", .undecided, .structure, mirror: "undecided",
                    "alternatives of `\(camel(subject))` may overlap"),
            ]
        }

    private static let annotationEdits: [SchemaEdit] =
        ["default", "content-schema"].flatMap { added($0, .annotation) }
        + ["default", "content-media-type", "content-encoding"].map {
            SchemaEdit($0, "changed", .none, .annotation, mirror: "changed", "`\(camel($0))` changed")
        }
        + added("discriminator", .structure) + added("discriminator-mapping", .structure)
        + [
            SchemaEdit(
                "discriminator-property", "changed", .none, .structure, mirror: "changed",
                "the property of the discriminator changed"),
            SchemaEdit(
                "discriminator-mapping", "changed", .none, .structure, mirror: "changed",
                "a name of the discriminator refers to another schema"),
        ]
        + added("read-only", .access) + added("write-only", .access) + lifecycleEdits

    /// Deprecation, sunset and stability, which also exist for operations and parameters.
    static let lifecycleEdits: [SchemaEdit] =
        added("deprecation", .lifecycle)
        + [
            SchemaEdit(
                "deprecation", "without-sunset", .none, .lifecycle, mirror: "/deprecation-removed",
                "deprecated without a sunset date"),
            SchemaEdit("sunset", "added", .none, .lifecycle, mirror: "removed", "a sunset date was added"),
            SchemaEdit(
                "sunset", "removed", .none, .lifecycle, mirror: "added",
                "the sunset date was removed, although the deprecation stays"),
            SchemaEdit("sunset", "earlier", .none, .lifecycle, mirror: "later", "the sunset date is earlier"),
            SchemaEdit("sunset", "later", .none, .lifecycle, mirror: "earlier", "the sunset date is later"),
            SchemaEdit(
                "sunset", "invalid", .none, .lifecycle, mirror: "invalid", "the sunset date is not a valid date"),
            SchemaEdit(
                "sunset", "too-soon", .none, .lifecycle, mirror: "too-soon",
                "the sunset date is closer than the notice that is required"),
            SchemaEdit(
                "stability", "decreased", .none, .lifecycle, mirror: "increased", "the stability level is lower"),
            SchemaEdit(
                "stability", "increased", .none, .lifecycle, mirror: "decreased", "the stability level is higher"),
            SchemaEdit(
                "stability", "invalid", .none, .lifecycle, mirror: "invalid", "the stability level is unknown"),
        ]

    /// Edits of the properties of objects.
    private static let existenceEdits: [SchemaEdit] = [
        SchemaEdit("required", "added", .narrowed, .existence, mirror: "removed", "a required property was added"),
        SchemaEdit("required", "removed", .widened, .existence, mirror: "added", "a required property was removed"),
        SchemaEdit("optional", "added", .none, .existence, mirror: "removed", "an optional property was added"),
        SchemaEdit("optional", "removed", .none, .existence, mirror: "added", "an optional property was removed"),
        SchemaEdit(
            "required", "added-with-default", .narrowed, .existence, mirror: "removed-with-default",
            "a required property with a default was added"),
        SchemaEdit(
            "required", "removed-with-default", .widened, .existence, mirror: "added-with-default",
            "a required property with a default was removed"),
        SchemaEdit(
            "required", "added-to-closed", .incomparable, .existence, mirror: "removed-from-closed",
            "a required property was added to an object that accepted no others"),
        SchemaEdit(
            "required", "removed-from-closed", .incomparable, .existence, mirror: "added-to-closed",
            "a required property was removed from an object that accepts no others"),
        SchemaEdit(
            "optional", "added-to-closed", .widened, .existence, mirror: "removed-from-closed",
            "an optional property was added to an object that accepted no others"),
        SchemaEdit(
            "optional", "removed-from-closed", .narrowed, .existence, mirror: "added-to-closed",
            "an optional property was removed from an object that accepts no others"),
        SchemaEdit(
            "", "became-required", .narrowed, .requiredness, mirror: "became-optional", "the property became required"),
        SchemaEdit(
            "", "became-optional", .widened, .requiredness, mirror: "became-required", "the property became optional"),
        SchemaEdit(
            "", "became-required-with-default", .narrowed, .requiredness, mirror: "became-optional-with-default",
            "the property, which has a default, became required"),
        SchemaEdit(
            "", "became-optional-with-default", .widened, .requiredness, mirror: "became-required-with-default",
            "the property, which has a default, became optional"),
    ]

    private static func restriction(_ subject: String, _ kind: Kind) -> [SchemaEdit] {
        [
            SchemaEdit(subject, "added", .narrowed, kind, mirror: "removed", "`\(camel(subject))` was added"),
            SchemaEdit(subject, "removed", .widened, kind, mirror: "added", "`\(camel(subject))` was removed"),
        ]
    }

    private static func added(_ subject: String, _ kind: Kind) -> [SchemaEdit] {
        [
            SchemaEdit(subject, "added", .none, kind, mirror: "removed", "`\(camel(subject))` was added"),
            SchemaEdit(subject, "removed", .none, kind, mirror: "added", "`\(camel(subject))` was removed"),
        ]
    }

    /// The keyword's own spelling: `max-length` becomes `maxLength`.
    static func camel(_ subject: String) -> String {
        let parts = subject.split(separator: "-")
        let rest = parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return ([parts.first.map { String($0) } ?? ""] + rest).joined()
    }
}
