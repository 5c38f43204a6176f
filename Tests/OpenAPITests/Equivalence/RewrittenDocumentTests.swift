import Diagnostics
import JSONDocument
import OpenAPI
import SourceText
import TestKit
import Testing

/// Documents that say the same in other words find the same issues in every request, and the same mistakes.
@Suite("Documents that say the same")
struct RewrittenDocumentTests {
    private static func service(_ number: Int) -> JSONValue {
        var random = RandomService(number)
        return random.document(collections: 3)
    }

    /// Compares the issues of random requests, which are made from the first contract.
    private static func compare(_ one: Contract, _ other: Contract, _ number: Int) {
        var random = RandomRequest(number)
        var (right, wrong) = (0, 0)
        for operation in one.operations {
            for _ in 0..<12 {
                let request = random.request(for: operation)
                let issues = one.issueLines(request).sorted()
                #expect(other.issueLines(request).sorted() == issues, "\(request)")
                if issues.isEmpty { right += 1 } else { wrong += 1 }
            }
        }
        #expect(right > 0 && wrong > 0, "the requests of \(number) are all right or all wrong")
    }

    /// The document with every reference replaced by its target.
    private static func inlined(_ value: JSONValue, _ schemas: JSONObject) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { inlined($0, schemas) })
        case .object(let object):
            if let reference = object["$ref"]?.string, let name = reference.split(separator: "/").last {
                return schemas[String(name)] ?? value
            }
            return .object(JSONObject(object.members.map { ($0.name, inlined($0.value, schemas)) }))
        default: return value
        }
    }

    @Test("a reference and its target", arguments: 0..<6)
    func references(number: Int) throws {
        let document = Self.service(number)
        let schemas = try #require(document["components"]?["schemas"]?.object)
        let inlined = Self.inlined(document, schemas)
        #expect(!inlined.text.contains("$ref") && document.text.contains("$ref"))
        Self.compare(try Contract.load(text: document.text), try Contract.load(text: inlined.text), number)
    }

    /// The document with the members of every object in another order.
    private static func shuffled(_ value: JSONValue, _ random: inout SplitMix) -> JSONValue {
        switch value {
        case .array(let elements): return .array(elements.map { shuffled($0, &random) })
        case .object(let object):
            let members = object.members.map { ($0.name, shuffled($0.value, &random)) }
            return .object(JSONObject(members.shuffled(using: &random)))
        default: return value
        }
    }

    @Test("members in another order", arguments: 0..<6)
    func order(number: Int) throws {
        var random = SplitMix(seed: number)
        let document = Self.service(number)
        let other = Self.shuffled(document, &random)
        #expect(other == document && other.text != document.text)
        let (one, two) = (try Contract.load(text: document.text), try Contract.load(text: other.text))
        Self.compare(one, two, number)
        func rules(_ contract: Contract) -> [String] { contract.lint().map { "\($0.rule) \($0.place ?? "")" }.sorted() }
        #expect(rules(two) == rules(one))
    }

    @Test("YAML and JSON", arguments: 0..<6)
    func yaml(number: Int) throws {
        let document = Self.service(number)
        let text = YAMLText.write(document)
        #expect(!text.hasPrefix("{"))
        let (one, two) = (try Contract.load(text: document.text), try Contract.load(text: text))
        #expect(one.fingerprint != two.fingerprint)
        Self.compare(one, two, number)
    }

    @Test("one file and several, in JSON and YAML, with names and with pointers", arguments: 0..<6)
    func files(number: Int) throws {
        let document = Self.service(number)
        let schemas = try #require(document["components"]?["schemas"])
        let base = "#/components/schemas/"
        let places = number.isMultiple(of: 2) ? "parts/schemas.yaml#/all/" : "./parts/../parts/schemas.yaml#/all/"
        var root = document
        root["components"] = nil
        let folder = try TemporaryFolder([
            "api.yaml": root.text.replacing(base, with: places),
            "parts/schemas.yaml": number.isMultiple(of: 3)
                ? YAMLText.write(["all": schemas]) : JSONValue.object(["all": schemas]).text,
        ])
        let several = try folder.contract()
        #expect(several.files == ["api.yaml", "parts/schemas.yaml"])
        #expect(several.check().filter { $0.severity == .error } == [])
        Self.compare(try Contract.load(text: document.text), several, number)
    }

    @Test("a document with an overlay, and one that was written so", arguments: 0..<6)
    func overlays(number: Int) throws {
        let document = Self.service(number)
        let names = try #require(document["components"]?["schemas"]?.object?.names)
        var edited = document
        var actions: [JSONValue] = []
        for name in names {
            var schemas = edited["components"]?["schemas"] ?? [:]
            schemas[name]?["maxProperties"] = 4
            edited["components"]?["schemas"] = schemas
            actions.append([
                "target": .string("$.components.schemas['\(name)']"), "update": ["maxProperties": 4],
            ])
        }
        let overlay: JSONValue = [
            "overlay": "1.0.0", "info": ["title": "o", "version": "1"], "actions": .array(actions),
        ]
        let folder = try TemporaryFolder(["api.yaml": document.text, "overlay.yaml": overlay.text])
        let (one, two) = (try Contract.load(text: edited.text), try folder.contract(overlays: ["overlay.yaml"]))
        #expect(two.diagnostics == [])
        Self.compare(one, two, number)
        #expect(edited != document)
    }

    @Test("the editions of the specification, where a document uses only what they share", arguments: 0..<6)
    func editions(number: Int) throws {
        var document = Self.service(number)
        let contracts = try ["3.0.4", "3.1.1", "3.2.0"].map { version in
            document["openapi"] = .string(version)
            return try Contract.load(text: document.text)
        }
        Self.compare(contracts[0], contracts[1], number)
        Self.compare(contracts[1], contracts[2], number)
    }

    @Test("descriptions, titles and extensions say nothing about requests", arguments: 0..<6)
    func annotations(number: Int) throws {
        func annotated(_ value: JSONValue, isSchema: Bool) -> JSONValue {
            guard case .object(let object) = value else {
                return value.elements.map { .array($0.map { annotated($0, isSchema: isSchema) }) } ?? value
            }
            var members = object.members.map { member -> (String, JSONValue) in
                let isMap = ["properties", "schemas", "paths", "content", "responses"].contains(member.name)
                guard !isMap else {
                    let inner = (member.value.object?.members ?? []).map {
                        ($0.name, annotated($0.value, isSchema: false))
                    }
                    return (member.name, .object(JSONObject(inner)))
                }
                return (member.name, annotated(member.value, isSchema: true))
            }
            if object["type"] != nil {
                members += [("title", "a title"), ("description", "a description"), ("x-note", [1])]
            }
            return .object(JSONObject(members))
        }
        let document = Self.service(number)
        let other = annotated(document, isSchema: false)
        #expect(other.text.contains("x-note"))
        Self.compare(try Contract.load(text: document.text), try Contract.load(text: other.text), number)
    }
}
