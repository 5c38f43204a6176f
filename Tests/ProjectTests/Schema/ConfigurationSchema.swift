import Diagnostics
import Foundation
import JSONDocument
import JSONSchema
import Project
import SourceText
import TestKit

/// `docs/assay.schema.json`: the keys that it lists, and the configurations that it accepts.
struct ConfigurationSchema {
    /// The path of the schema in the repository.
    static let file = "docs/assay.schema.json"

    /// One place of a configuration that the schema describes.
    struct Place {
        /// The keys from the root; `NAME` is a name that users choose.
        var path: [String]
        /// The schema of the value.
        var schema: JSONNode
        var shape: KeyShape
        /// Whether the mapping around it requires the key.
        var isRequired = false

        /// The path as text, such as `targets.NAME.base-url`.
        var name: String { path.isEmpty ? "the configuration" : path.joined(separator: ".") }
    }

    private let root: JSONNode
    private let compiled: CompiledSchema

    init() throws {
        let bytes = try SourceReader(root: Repository.root.path).bytes(Self.file)
        let document = try JSONDocument(parsing: bytes)
        root = document.root
        var documents = SchemaDocuments()
        documents.add(document, uri: "test:///assay.json", file: "assay.schema.json", dialect: .draft202012)
        compiled = try SchemaStore(documents).compiled(SchemaPlace(uri: "test:///assay.json", pointer: .root))
    }

    /// The violations of the schema in a configuration, each as `pointer keyword`.
    func issues(_ yaml: some StringProtocol) throws -> [String] {
        let source = try SourceReader.parse(Array(yaml.utf8), path: "assay.yaml", limits: SourceLimits())
        return compiled.validate(source.document.root, ValidationOptions()).issues.map { "\($0.pointer) \($0.keyword)" }
    }

    /// Rules about the form of one value; the other rules compare several places, or parse templates and paths.
    private static let structural: Set<String> = [
        "wrong-type", "unknown-key", "missing-key", "empty", "unknown-kind", "unknown-choice", "wrong-duration",
        "wrong-rate", "wrong-version", "wrong-status", "reserved-name", "stored-secret", "conflict", "wrong-base-url",
    ]

    /// Whether the schema rejects a configuration that the reader rejects because of its structure.
    func agrees(about yaml: String) throws -> Bool {
        let source = try SourceReader.parse(Array(yaml.utf8), path: "assay.yaml")
        let rules = Project.reading(source).problems.map { String($0.rule.dropFirst("configuration.".count)) }
        return try Self.structural.isDisjoint(with: rules) || !issues(yaml).isEmpty
    }

    /// Every place of a configuration in the order of the schema, a mapping before its keys.
    func places() -> [Place] {
        var places: [Place] = []
        append(root, at: [], isRequired: false, to: &places)
        return places
    }

    private func append(_ schema: JSONNode, at path: [String], isRequired: Bool, to places: inout [Place]) {
        let mapping = mapping(in: schema)
        var place = Place(path: path, schema: schema, shape: .value, isRequired: isRequired)
        defer { if mapping == nil { places.append(place) } }
        let forms = ["type", "anyOf", "$ref", "const", "enum"]
        if !forms.contains(where: { schema[$0] != nil }) { place.shape = .any }
        guard let mapping else { return }
        if let properties = mapping["properties"] {
            let named = mapping["additionalProperties"].flatMap { $0.kind == .object ? $0 : nil }
            place.shape = named == nil ? .keys(Set(properties.members.map(\.name))) : .names
            places.append(place)
            if let named { append(named, at: path + ["NAME"], isRequired: false, to: &places) }
            let required = mapping["required"].map { $0.elements.compactMap(\.string) } ?? []
            for member in properties.members {
                append(
                    member.value, at: path + [member.name], isRequired: required.contains(member.name), to: &places)
            }
        } else if let named = mapping["additionalProperties"] {
            place.shape = .names
            places.append(place)
            append(named, at: path + ["NAME"], isRequired: false, to: &places)
        }
    }

    /// The alternative of a schema that describes a mapping.
    private func mapping(in schema: JSONNode) -> JSONNode? {
        alternatives(of: schema).first { $0["type"]?.string == "object" }
    }

    /// The schema without references; with `anyOf`, its alternatives.
    func alternatives(of schema: JSONNode) -> [JSONNode] {
        let resolved = resolved(schema)
        guard let alternatives = resolved["anyOf"] else { return [resolved] }
        return alternatives.elements.map { self.resolved($0) }
    }

    private func resolved(_ schema: JSONNode) -> JSONNode {
        guard let name = Self.definition(schema) else { return schema }
        return root["$defs"]?[name] ?? schema
    }

    /// The name of the definition that a schema refers to.
    static func definition(_ schema: JSONNode) -> String? {
        schema["$ref"]?.string.map { String($0.dropFirst("#/$defs/".count)) }
    }
}

/// The content of a value in a configuration.
enum KeyShape: Equatable {
    /// A mapping with these keys.
    case keys(Set<String>)
    /// A mapping with names that users choose.
    case names
    /// A text, number, truth value or list.
    case value
    /// Any JSON, such as the body of a request.
    case any
}
