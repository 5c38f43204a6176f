import ECMAPattern
import JSONDocument
import JSONSchema
import Primitives

/// The combined constraints of a list of schemas, all of which must accept the value.
struct Constraints {
    /// The schemas with all schemas from `$ref` and `allOf`, and one alternative of each choice.
    let views: [SchemaView]

    init(_ views: [SchemaView]) {
        self.views = views
    }

    /// The values of a keyword in every schema that has it.
    func all(_ keyword: String) -> [JSONNode] {
        views.compactMap { $0.ownKeyword(keyword) }
    }

    /// The largest of the schemas' values.
    func highest(_ keyword: String) -> Int? {
        all(keyword).compactMap { $0.number?.int }.max()
    }

    /// The smallest of the schemas' values.
    func lowest(_ keyword: String) -> Int? {
        all(keyword).compactMap { $0.number?.int }.min()
    }

    var speaksOfObjects: Bool {
        ["properties", "required", "additionalProperties", "minProperties", "patternProperties"].contains {
            !all($0).isEmpty
        }
    }

    var speaksOfArrays: Bool {
        ["items", "prefixItems", "minItems", "contains", "uniqueItems"].contains { !all($0).isEmpty }
    }

    /// The schemas in a keyword that contains one schema.
    func subschemas(_ keyword: String) -> [SchemaView] {
        views.compactMap { view in
            view.ownKeyword(keyword).flatMap { $0.kind == .object || $0.kind == .boolean ? view.subschema($0) : nil }
        }
    }

    // MARK: Members

    /// The names under `properties`, in order, each once.
    var names: [String] { NameList(all("properties").lazy.flatMap { $0.members.map(\.name) }).names }

    /// The names under `required`, in order, each once.
    var required: [String] { NameList(all("required").lazy.flatMap { $0.elements.compactMap(\.string) }).names }

    /// Every schema that applies to a member: declared, by pattern, or otherwise as an undeclared one.
    func schemas(of name: String) -> [SchemaView] {
        views.flatMap { view -> [SchemaView] in
            var found: [SchemaView] = []
            if let schema = view.ownKeyword("properties")?[name], let part = view.subschema(schema) {
                found.append(part)
            }
            for member in view.ownKeyword("patternProperties").map({ Array($0.members) }) ?? []
            where Self.matches(member.name, name) {
                if let part = view.subschema(member.value) { found.append(part) }
            }
            guard found.isEmpty, let schema = view.ownKeyword("additionalProperties") else { return found }
            return view.subschema(schema).map { [$0] } ?? []
        }
    }

    /// Whether a pattern of `patternProperties` matches a name.
    private static func matches(_ pattern: String, _ name: String) -> Bool {
        (try? ECMAPattern.inEitherGrammar(pattern))?.search(name) == .match
    }

    /// The members that are required if a member is present (JSON Schema 2020-12 Validation, section 6.5.4).
    func dependents(of name: String) -> [String] {
        all("dependentRequired").flatMap { $0[name]?.elements.compactMap(\.string) ?? [] }
    }
}

extension [String] {
    /// Whether the list contains the name, compared by code unit.
    func contains(same name: String) -> Bool {
        contains { $0.isSame(as: name) }
    }
}
