import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios
import SourceText
import TestKit
import Testing

@testable import Drafting

/// What a draft writes is read back as what it means.
struct DraftRoundTripTests {
    /// The member `m` of the body that a row with an item sends.
    private static func sent(_ item: String, _ contract: Contract) throws -> JSONValue? {
        var writer = CSVWriter()
        writer.row(["step", "call", "set"])
        writer.row(["a", "send", item])
        let settings = PlanSettings { (_: String) throws(SourceError) in throw SourceError([]) }
        let (plan, diagnostics) = Planner.plan(
            tables: [TableSource(path: "scenarios/a.csv", bytes: writer.bytes)],
            contracts: Contracts([contract], default: contract.name), settings: settings)
        #expect(diagnostics.filter { $0.severity == .error }.map(\.testLine) == [], "\(item)")
        let step = try #require(plan.scenarios.first?.steps.first, "\(item)")
        let scope = ValueScope(seed: "s", table: "t", scenario: "t", now: .init(microsecondsSinceEpoch: 0))
        return try RequestBuilder.build(step, scope: scope, credentials: Credentials(), baseURL: "http://x").body?["m"]
    }

    private static func contract(_ schema: String) throws -> Contract {
        let body = "{content: {application/json: {schema: {type: object, properties: {m: \(schema)}}}}}"
        return try Drafts.contract(
            Drafts.document("post: {operationId: send, requestBody: \(body), responses: {'200': {description: ok}}}"))
    }

    private static let schemas = [
        "{}", "{type: string}", "{type: integer}", "{type: number}", "{type: boolean}", "{type: array}",
        "{type: object}",
        "{type: [string, 'null']}", "{type: [string, integer]}", "{type: [integer, boolean]}",
        "{type: [array, object]}",
    ]

    /// Characters with a meaning in cells, items, templates, JSON or spreadsheets.
    private static let characters = [
        "a", "Z", "7", " ", ";", "'", "\"", ",", "=", ":", "{", "}", "[", "]", "\\", "!", "-", "+", "@", "#", "|", "~",
        "é",
        "日", "😀", ".", "*", "/", "null", "true", "{{", "}}", "{{uuid}}", "\u{A0}", "\u{2028}", "e\u{301}",
    ]

    private static func value(_ random: inout SplitMix, depth: Int = 2) -> JSONValue {
        switch random.number(below: depth > 0 ? 10 : 7) {
        case 0: return .null
        case 1: return .boolean(random.once(in: 2))
        case 2: return random.pick([0, -1, 7, 12.5]) as JSONValue
        case 3:
            return JSONNumber(random.pick(["1.50", "1e3", "-0.0", "12345678901234567890"])).map { .number($0) } ?? 0
        case 7: return .array((0..<random.number(below: 3)).map { _ in value(&random, depth: depth - 1) })
        case 8, 9:
            return .object(
                JSONObject((0..<random.number(below: 3)).map { ("n\($0)'", value(&random, depth: depth - 1)) }))
        default: return .string((0..<random.number(below: 5)).map { _ in random.pick(characters) }.joined())
        }
    }

    @Test("an item is sent as the value that it was written for", arguments: schemas)
    func items(schema: String) throws {
        var random = SplitMix(seed: schema.utf8.count)
        let contract = try Self.contract(schema)
        let operation = try #require(contract.operations.first)
        let view = operation.requestBody?.content.first?.schema?.view?.property("m")
        var kinds: Set<JSONKind> = []
        var missing = 0
        for _ in 0..<70 {
            let value = Self.value(&random)
            // A row cannot break the contract without `invalid`, so only valid values are sent.
            guard view.map({ $0.allows(value.kind) }) ?? true,
                !(view?.integerOnly == true && value.number?.isInteger == false)
            else { continue }
            guard let item = ItemWriter.item("m", value, for: view) else {
                missing += 1
                continue
            }
            kinds.insert(value.kind)
            let sent = try Self.sent(item, contract)
            #expect(sent == value, "\(item) sends \(sent?.text ?? "nothing") for \(value.text)")
        }
        #expect(!kinds.isEmpty && missing < 40)
    }

    @Test("a value without an item contains a control character, or braces that would be a template")
    func unwritable() {
        var random = SplitMix(seed: 9)
        var count = 0
        for _ in 0..<3_000 {
            let value = Self.value(&random)
            guard ItemWriter.item("m", value, for: nil) == nil else { continue }
            count += 1
            #expect(value.text.contains("{{"), "\(value.text)")
        }
        #expect(count > 3)
    }

    /// Texts that YAML would read as something else, or as more than one value.
    private static let hostile = [
        "1", "1.0", "1e3", "true", "no", "null", "~", "2024-01-01", "a: b", "a #b", "- a", "'", "''", "\"", "\\", "*a",
        "&a",
        "!a", "%a", "@a", "`a", "[a]", "{a}", "a'b: 'c", "a\nversions: {}", "é日😀", "x\ty", "{{secret.X}}", "?", ":",
        ",",
        "0x10", "0o7", ".inf", "a\u{2028}b", "=cmd()",
    ]

    @Test("a configuration is read back with the names of its document, whatever they are", arguments: hostile)
    func configuration(text: String) throws {
        let quoted = YAMLText.quoted(text)
        let contract = try Drafts.contract(
            """
            openapi: 3.1.0
            info: {title: \(quoted), version: \(quoted)}
            servers: [{url: 'https://api.example', description: \(quoted)}]
            paths: {}
            components: {securitySchemes: {Key: {type: apiKey, in: header, name: x-key, description: \(quoted)}}}
            """)
        let written = ConfigurationDraft.text(
            contract, spec: "\(text).yaml", variables: [("owner", text), ("repo", "r")],
            resources: [DraftResource(name: "order", id: text, create: text, fetch: [text, "b"], except: [text])])
        let read = try SourceReader.parse(Array(written.utf8), path: "assay.yaml").document.root.value
        #expect(read["default-version"] == .string(text))
        let version: JSONValue = ["spec": .string("\(text).yaml")]
        #expect(read["versions"] == .object(JSONObject([(text, version)])))
        #expect(read["vars"] == ["owner": .string(text), "repo": "r"])
        #expect(read["auth"] == ["main": ["Key": "{{secret.KEY}}"]])
        let order = read["promises"]?["resources"]?["order"]
        #expect(order?["id"] == .string(text) && order?["create"] == .string(text))
        #expect(order?["fetch"] == [.string(text), "b"])
        #expect(order?["except"] == .string(text))
        #expect(
            read.object?.names == [
                "default-version", "versions", "scenarios", "default-target", "targets", "default-auth", "auth", "vars",
                "promises",
            ])
    }

    @Test("a table is read back with the texts of its document, whatever they are", arguments: hostile)
    func tables(text: String) throws {
        let quoted = YAMLText.quoted(text)
        // A cell cannot contain a control character, so an operation that needs one is left out.
        let plain = text.unicodeScalars.contains { $0.value < 0x20 } ? "x" : quoted
        let contract = try Drafts.contract(
            """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            tags: [{name: \(quoted)}]
            paths:
              /a/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: string, example: \(plain)}}]
                post:
                  operationId: send
                  summary: \(quoted)
                  tags: [\(quoted)]
                  requestBody: {required: true, content: {application/json: {schema: {type: object, required: [m], properties: {m: {type: string, example: \(quoted)}}}}}}
                  responses: {'200': {description: \(quoted)}, '400': {description: no}}
            """)
        let draft = Drafter.draft(contract, profiles: ["main"]) { _ in nil }
        let files = Dictionary(uniqueKeysWithValues: draft.files.map { ($0.path, Array($0.text.utf8)) })
        let variables = Dictionary(uniqueKeysWithValues: draft.variables.map { ($0.name, $0.value) })
        let settings = PlanSettings(profiles: ["main"], variables: variables) { (path: String) throws(SourceError) in
            guard let bytes = files[path] else { throw SourceError([]) }
            return bytes
        }
        let tables = draft.files.filter { $0.path.hasSuffix(".csv") }
        #expect(tables.allSatisfy { $0.path.utf8.allSatisfy { (0x2D...0x7A).contains($0) } }, "\(tables.map(\.path))")
        let (plan, diagnostics) = Planner.plan(
            tables: tables.map { TableSource(path: $0.path, bytes: Array($0.text.utf8)) },
            contracts: Contracts([contract], default: contract.name), settings: settings)
        #expect(diagnostics.filter { $0.severity != .note }.map(\.testLine) == [])
        // The body file contains the example, and no part of it is a template.
        let step = try #require(plan.scenarios.flatMap(\.steps).first { !$0.options.isInvalid })
        let scope = ValueScope(
            seed: "s", table: "t", scenario: "t", now: .init(microsecondsSinceEpoch: 0),
            sources: ValueSources(variables: variables))
        let built = try RequestBuilder.build(step, scope: scope, credentials: Credentials(), baseURL: "http://x")
        #expect(built.body?["m"] == .string(text))
    }
}
