import Foundation
import JSONDocument
import SourceText
import TestKit
import Testing

/// The shipped documents say what their publisher says: everything beyond that is an overlay's.
@Suite(
    .inTurn,
    .enabled(if: FactsData.isPresent, "ASSAY_CONFORMANCE_DATA has no facts about the shipped documents beside it"))
struct FactsTests {
    @Test(
        "types, formats, enums, bounds and requiredness are those of the published document",
        arguments: FactsData.versions)
    func components(version: String) throws {
        let reading = try FactsReading(version)
        let rows = try FactsData.rows("facts-\(version).csv")
        #expect(rows.count > 300)
        expectNoDifference(rows.flatMap { reading.differences(to: $0) }, [])
        // The other way round: nothing stands there that the publisher does not have.
        let known = Set(rows.map { "\($0["schema"] ?? "") \($0["property"] ?? "")" })
        expectNoDifference(reading.properties.filter { !known.contains($0) }, [])
    }

    @Test(
        "parameters, statuses, headers and credentials of each operation are those of the published document",
        arguments: FactsData.versions)
    func operations(version: String) throws {
        let reading = try FactsReading(version)
        let rows = try FactsData.rows("operations.csv").filter { $0["version"] == version }
        #expect(rows.count == 11)
        expectNoDifference(rows.flatMap { reading.differences(ofOperation: $0) }, [])
        expectNoDifference(reading.operationNames.sorted(), rows.map { $0["operationId"] ?? "" }.sorted())
    }
}

/// A document read a second time, without the product's own understanding of OpenAPI.
struct FactsReading {
    private let root: JSONNode

    init(_ version: String) throws {
        root = try SourceReader(root: repository.path).read("specs/cashfree/\(version).yaml").document.root
    }

    private func component(_ kind: String, _ name: String) -> JSONNode? { root["components"]?[kind]?[name] }

    private func resolved(_ node: JSONNode?) -> JSONNode? {
        guard let parts = node?["$ref"]?.string?.split(separator: "/").map(String.init), parts.count == 4 else {
            return node
        }
        return resolved(component(parts[2], parts[3]))
    }

    /// `Schema property` of every schema.
    var properties: [String] {
        (root["components"]?["schemas"]?.members).map(Array.init)?.flatMap { schema in
            ["\(schema.name) (self)"]
                + ((schema.value["properties"]?.members).map(Array.init) ?? []).map { "\(schema.name) \($0.name)" }
        } ?? []
    }

    var operationNames: [String] {
        ((root["paths"]?.members).map(Array.init) ?? []).flatMap { path in
            path.value.members.compactMap { $0.value["operationId"]?.string }
        }
    }

    // MARK: Components

    func differences(to row: [String: String]) -> [String] {
        let name = row["schema"] ?? ""
        let property = row["property"] ?? ""
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2 { return differences(parts[0], parts[1], row) }
        var told = Comparison("\(name) \(property)")
        let schema = component("schemas", name)
        if property == "(self)" {
            told.same("required", texts(schema?["required"]).sorted(), list(in: row, after: "required: ").sorted())
            compare(schema, row, &told)
        } else if row["type"] == "" {
            // Required though nothing of that name is declared.
            told.same("required", texts(schema?["required"]).contains(property), true)
            told.same("declared", schema?["properties"]?[property] == nil, true)
        } else {
            let (value, isRequired) = value(at: property, of: schema)
            told.same("required", isRequired ? "yes" : "no", row["required"])
            compare(value, row, &told)
        }
        return told.differences
    }

    private func value(at path: String, of schema: JSONNode?) -> (JSONNode?, isRequired: Bool) {
        var value = schema
        var isRequired = false
        for name in path.split(separator: ".").map(String.init) {
            let parent = resolved(value)
            value = parent?["properties"]?[name]
            isRequired = texts(parent?["required"]).contains(name)
        }
        return (value, isRequired)
    }

    private func differences(_ kind: String, _ name: String, _ row: [String: String]) -> [String] {
        var told = Comparison("\(kind) \(name)")
        let place = list(in: row, after: "in=").first
        switch kind {
        case "parameter", "header":
            let found = component(kind + "s", name)
            if kind == "parameter" {
                told.same("name", found?["name"]?.string, row["property"])
                told.same("in", found?["in"]?.string, place)
            }
            told.same("required", found?["required"]?.boolean == true ? "yes" : "no", row["required"])
            compare(found?["schema"], row, &told)
        case "requestBody", "response":
            let found = component(kind == "response" ? "responses" : "requestBodies", name)
            let content = (found?["content"]?.members).map(Array.init) ?? []
            told.same("content types", content.map(\.name), list(in: row, after: "content types: "))
            if kind == "response" {
                let headers = (found?["headers"]?.members).map(Array.init) ?? []
                told.same("headers", headers.map(\.name).sorted(), list(in: row, after: "headers: ").sorted())
            }
            compare(content.first?.value["schema"], row, &told)
        default:
            let found = component("securitySchemes", name)
            told.same("type", found?["type"]?.string, row["type"])
            told.same("name", found?["name"]?.string, row["property"])
            told.same("in", found?["in"]?.string, place)
        }
        return told.differences
    }

    private func compare(_ schema: JSONNode?, _ row: [String: String], _ told: inout Comparison) {
        guard let schema else { return told.same("declared", false, true) }
        if let name = referenced(schema) {
            told.same("type", "ref", row["type"])
            return told.same("reference", name, row["ref_or_items"])
        }
        let choice = ["oneOf", "allOf"].first { schema[$0] != nil }
        let untyped = schema["properties"] == nil ? "(untyped)" : "(object; type keyword absent)"
        told.same("type", schema["type"]?.string ?? choice ?? untyped, row["type"])
        told.same("format", schema["format"]?.string ?? "", row["format"])
        told.same("nullable", schema["nullable"]?.boolean == true ? "yes" : "no", row["nullable"])
        told.same("enum", texts(schema["enum"]), split(row["enum"] ?? "", by: "|"))
        told.same("constraints", constraints(schema).sorted(), split(row["constraints"] ?? "", by: ";").sorted())
        var parts = ""
        if let choice {
            parts =
                "\(choice): " + (schema[choice]?.elements.map { referenced($0) ?? "?" } ?? []).joined(separator: "|")
        } else if let items = schema["items"] {
            parts = "items: " + (referenced(items) ?? items["type"]?.string ?? "")
        } else if let additional = schema["additionalProperties"], additional.kind == .object {
            parts = (["additionalProperties: \(additional["type"]?.string ?? "")"] + constraints(additional))
                .joined(separator: " ")
        }
        told.same("parts", parts, row["ref_or_items"])
    }

    private func constraints(_ schema: JSONNode) -> [String] {
        ["default", "minLength", "maxLength", "minimum", "maximum", "pattern", "maxProperties", "minItems", "maxItems"]
            .compactMap { name in schema[name].map { "\(name)=\(plain($0))" } }
    }

    // MARK: Operations

    func differences(ofOperation row: [String: String]) -> [String] {
        var told = Comparison(row["operationId"] ?? "")
        let path = root["paths"]?[row["path"] ?? ""]
        let operation = path?[(row["method"] ?? "").lowercased()]
        told.same("operationId", operation?["operationId"]?.string, row["operationId"])
        let parameters = [path, operation].compactMap { $0?["parameters"] }.flatMap { Array($0.elements) }
        told.same(
            "parameters", parameters.map { parameter(resolved($0)) }.sorted(),
            split(row["parameters"] ?? "", by: ";").sorted())
        var responses: [String] = []
        let headers = split((row["response_headers"] ?? "").split(separator: "(").first.map(String.init) ?? "", by: ";")
        for response in (operation?["responses"]?.members).map(Array.init) ?? [] {
            let found = resolved(response.value)
            let schema = found?["content"]?["application/json"]?["schema"]
            let items = schema?["items"].flatMap(referenced).map { "array of \($0)" }
            responses.append("\(response.name)=\(items ?? schema.flatMap(referenced) ?? "?")")
            let names = ((found?["headers"]?.members).map(Array.init) ?? []).map(\.name)
            told.same("headers of \(response.name)", names.sorted(), headers.sorted())
        }
        told.same("responses", responses.sorted(), split(row["response_schemas"] ?? "", by: ";").sorted())
        let body = resolved(operation?["requestBody"])
        let name = body?["content"]?["application/json"]?["schema"].flatMap(referenced)
        let isRequired = body?["required"]?.boolean == true
        told.same("request", name.map { $0 + (isRequired ? " (required)" : "") } ?? "", row["request_schema"])
        told.same("security", security(operation?["security"] ?? root["security"]), row["auth_alternatives"])
        return told.differences
    }

    private func parameter(_ node: JSONNode?) -> String {
        let schema = node?["schema"]
        var text = node?["name"]?.string ?? ""
        text += " (\(node?["in"]?.string ?? ""), \(node?["required"]?.boolean == true ? "required" : "optional"), "
        text += schema?["type"]?.string ?? ""
        if let format = schema?["format"]?.string { text += ":\(format)" }
        if let standard = schema?["default"] { text += ", default \(plain(standard))" }
        return text + ")"
    }

    private func security(_ alternatives: JSONNode?) -> String {
        guard let alternatives, alternatives.count > 0 else { return "none (security: [])" }
        return alternatives.elements.map { alternative in
            let names = alternative.members.map { component("securitySchemes", $0.name)?["name"]?.string ?? "?" }
            return "{\(names.joined(separator: ", "))}"
        }.joined(separator: " | ")
    }

    // MARK: Texts

    private func referenced(_ node: JSONNode) -> String? {
        node["$ref"]?.string?.split(separator: "/").last.map(String.init)
    }

    private func plain(_ node: JSONNode) -> String { node.string ?? node.value.text }

    private func texts(_ node: JSONNode?) -> [String] { node?.elements.map { plain($0) } ?? [] }

    private func split(_ text: String, by separator: Character) -> [String] {
        text.split(separator: separator).map { $0.trimmingPrefix { $0 == " " } }.map { text in
            String(text.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// The `a|b` that a note names after `label`.
    private func list(in row: [String: String], after label: String) -> [String] {
        let notes = split(row["notes"] ?? "", by: ";").filter { $0.hasPrefix(label) }
        return notes.first.map { split(String($0.dropFirst(label.count)), by: "|") } ?? []
    }
}

/// Differences between what is and what is known.
private struct Comparison {
    let subject: String
    private(set) var differences: [String] = []

    init(_ subject: String) {
        self.subject = subject
    }

    mutating func same<Value: Equatable>(_ what: String, _ is: Value?, _ known: Value?) {
        if `is` != known {
            differences.append("\(subject): \(what) is \(`is`.debugDescription), not \(known.debugDescription)")
        }
    }
}
