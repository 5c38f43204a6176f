import Diagnostics
import JSONDocument

/// Notes on keywords without effect: unknown keywords, and formats that are unknown or apply to another type.
extension KeywordReader {
    /// Reports keywords next to `$ref`, where they are ignored.
    mutating func noteIgnoredSiblings() {
        for member in node.members
        where !Self.besideReference.contains(member.name) && !Self.describes(member.name) {
            note(
                member.name, .warning, Messages.ignoredBesideReference(member.name, family),
                rule: "schema.ignored-keyword")
        }
    }

    /// Reports keywords that are not part of the dialect.
    mutating func noteUnknownKeywords() {
        for member in node.members {
            let name = member.name
            if Self.describes(name) || Self.everywhere.contains(name) { continue }
            switch family {
            case .openAPI30:
                if Self.only30.contains(name) { continue }
                if Self.later.contains(name) {
                    note(name, .warning, Messages.laterKeyword(name, family), rule: "schema.unknown-keyword")
                    continue
                }
            case .draft04, .draft06, .draft07, .draft202012, .draft201909:
                if let name = Self.unknown(to: family, name) {
                    note(name, .warning, Messages.laterKeyword(name, family), rule: "schema.unknown-keyword")
                    continue
                }
                if family == .draft04, name == "id" { continue }
                if Self.later.contains(name) { continue }
                if name == "nullable" {
                    note(
                        name, .warning, Messages.nullableIsGone, rule: "schema.unknown-keyword",
                        help: Messages.nullableIsGoneHelp)
                    continue
                }
            }
            let near = nearestName(to: name, among: Self.everywhere + (family == .openAPI30 ? [] : Self.later))
            note(
                name, .note, Messages.unknownKeyword(name), rule: "schema.unknown-keyword",
                help: near.map { Messages.didYouMean($0) })
        }
    }

    /// Reports a format that is unknown or applies to a type that the schema does not allow.
    mutating func noteFormat(_ kinds: KindSet) {
        guard let name = string("format") else { return }
        guard let format = SchemaFormat(name: name) else {
            let near = nearestName(to: name, among: SchemaFormat.allCases.map(\.rawValue))
            note(
                "format", .warning, Messages.unknownFormat(name), rule: "schema.format",
                help: near.map { Messages.didYouMean($0) })
            return
        }
        guard kinds.isDisjoint(with: format.kinds) else { return }
        note("format", .warning, Messages.formatOutOfPlace(name, format.kinds), rule: "schema.format")
    }

    /// A keyword that has an effect in a later draft but not in this one.
    private static func unknown(to family: ResourceDialect.Family, _ name: String) -> String? {
        var unknown: [String] = []
        if !family.knowsUnevaluated { unknown += since2019 }
        if !family.knowsConditions { unknown += ["if", "then", "else"] }
        if !family.knowsConstants { unknown += ["const", "contains", "propertyNames"] }
        return unknown.contains(name) ? name : nil
    }

    private static let since2019 = [
        "unevaluatedItems", "unevaluatedProperties", "dependentRequired", "dependentSchemas", "minContains",
        "maxContains", "prefixItems", "$dynamicRef", "$recursiveRef",
    ]

    /// Keywords that may be next to `$ref` without a warning.
    private static let besideReference = ["$ref", "definitions", "$defs", "$comment", "$schema"]

    /// Whether a keyword only describes, in every dialect.
    private static func describes(_ name: String) -> Bool {
        name.utf8.starts(with: "x-".utf8) || descriptions.contains(name)
    }

    private static let descriptions = [
        "title", "description", "default", "example", "deprecated", "externalDocs", "xml",
    ]

    private static let everywhere = [
        "type", "format", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
        "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxProperties", "minProperties",
        "required", "items", "properties", "additionalProperties", "allOf", "anyOf", "oneOf", "not", "readOnly",
        "writeOnly", "discriminator", "$ref",
    ]

    private static let only30 = ["nullable"]

    private static let later = [
        "const", "contains", "minContains", "maxContains", "prefixItems", "patternProperties", "propertyNames",
        "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties", "if", "then", "else",
        "$dynamicRef", "$dynamicAnchor", "$anchor", "$id", "$defs", "$schema", "$vocabulary", "$comment", "examples",
        "contentEncoding", "contentMediaType", "contentSchema", "definitions", "dependencies", "additionalItems",
        "$recursiveRef", "$recursiveAnchor",
    ]
}

/// The kinds of values that a keyword can reject.
enum KeywordSubject {
    /// The kinds; all for keywords that apply to every value, none for keywords without an effect on validity.
    static func kinds(_ keyword: String) -> KindSet {
        table[keyword] ?? .all
    }

    private static let table: [String: KindSet] = {
        var table: [String: KindSet] = [:]
        let groups: [(KindSet, [String])] = [
            (.string, ["minLength", "maxLength", "pattern"]),
            (.number, ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
            ([.string, .number], ["format"]),
            (
                .array,
                [
                    "items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains",
                    "minContains", "maxContains", "unevaluatedItems",
                ]
            ),
            (
                .object,
                [
                    "properties", "patternProperties", "additionalProperties", "propertyNames", "required",
                    "minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies",
                    "unevaluatedProperties",
                ]
            ),
            ([], ["readOnly", "writeOnly", "discriminator"]),
        ]
        for (kinds, names) in groups {
            for name in names { table[name] = kinds }
        }
        return table
    }()
}
