import Diagnostics
import JSONDocument
import JSONSchema
import TestKit
import Testing

/// A schema in another dialect, without references, or without annotations: the verdict is the same.
@Suite("Schemas in other words")
struct SchemaRewriterTests {
    private typealias Maker = JSONSchemaTests.SchemaMaker

    private static let options = ValidationOptions(direction: .none, formats: .annotate)

    private static func places(_ report: SchemaReport) -> [String] {
        report.issues.map { "\($0.pointer) \($0.keyword) \($0.property ?? "") \($0.message)" }
    }

    // MARK: References

    /// The schema with every reference to a definition replaced by the definition.
    private static func inlined(_ schema: JSONValue, _ definitions: JSONObject) -> JSONValue {
        switch schema {
        case .object(let object):
            var copy = JSONObject()
            var branches: [JSONValue] = []
            for member in object.members {
                if member.name == "$ref",
                    let name = member.value.string?.split(separator: "/").last.map(String.init)
                {
                    branches.append(definitions[name] ?? false)
                } else if member.name == "allOf" {
                    branches += (member.value.elements ?? []).map { inlined($0, definitions) }
                } else {
                    copy[member.name] = inlined(member.value, definitions)
                }
            }
            if !branches.isEmpty { copy["allOf"] = .array(branches) }
            return .object(copy)
        case .array(let elements): return .array(elements.map { inlined($0, definitions) })
        default: return schema
        }
    }

    @Test("a reference means the schema that it leads to", arguments: 0..<8)
    func references(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 2_000))
        var references = 0
        for _ in 0..<60 {
            guard let object = maker.schema(depth: 3).object else { continue }
            let definitions = JSONObject(
                Maker.definitions.map { ($0, maker.schema(depth: 1, leaf: true)) })
            var whole = object
            whole["$defs"] = .object(definitions)
            let text = JSONValue.object(whole).text
            references += text.split(separator: "$ref").count - 1
            let (compiled, plain) = (
                try compile(text), try compile(Self.inlined(.object(object), definitions).text)
            )
            for _ in 0..<10 {
                let value = maker.value(depth: 3).text
                let (one, other) = (
                    try compiled.report(value, Self.options), try plain.report(value, Self.options)
                )
                #expect(one.outcome == other.outcome, "\(value) by \(text)")
                #expect(Set(Self.places(one)) == Set(Self.places(other)), "\(value) by \(text)")
            }
        }
        #expect(references > 5)
    }

    @Test(
        "ways to write one reference",
        arguments: [
            "#/$defs/t", "#/%24defs/t", "#t", "s.json#/$defs/t", "s.json#t", "./s.json#t",
            "../x/s.json#t", "//h/x/s.json#t",
            "/x/s.json#t", "http://h/x/s.json#t", "http://h/x/./y/../s.json#/$defs/t", "u.json",
            "./u.json#",
            "http://h/x/u.json", "other.json#/a/0", "other.json#/a~1b", "other.json#/c%20d",
            "other.json#/%C3%A9",
            "other.json#n", "other.json#/e/",
        ])
    func spellings(reference: String) throws {
        var documents = SchemaDocuments()
        let main =
            ##"{"$ref": "\##(reference)", "$defs": {"t": {"$anchor": "t", "type": "string"}, "u": {"$id": "u.json", "type": "string"}}}"##
        let other =
            ##"{"a": [{"type": "string"}], "a/b": {"type": "string"}, "c d": {"type": "string"}, "é": {"type": "string"}, "e": {"": {"type": "string"}}, "$defs": {"n": {"$anchor": "n", "type": "string"}}}"##
        documents.add(
            try JSONDocument(parsing: main), uri: "http://h/x/s.json", file: "s.json",
            dialect: .draft202012)
        documents.add(
            try JSONDocument(parsing: other), uri: "http://h/x/other.json", file: "o.json",
            dialect: .draft202012)
        let schema = try SchemaStore(documents).compiled(
            SchemaPlace(uri: "http://h/x/s.json", pointer: .root))
        #expect(schema.unusable.isEmpty, "\(schema.unusable.map(\.message))")
        #expect(try schema.outcome(#""a""#) == .valid)
        #expect(try schema.outcome("1") == .invalid)
        let issue = try #require(try schema.report("1").issues.first)
        #expect(issue.location.file == (reference.hasPrefix("other") ? "o.json" : "s.json"))
        #expect(issue.schema.pointer.tokens.last == "type")
    }

    @Test(
        "a reference that cannot be resolved is an error at its place and rejects no value",
        arguments: [
            "#/$defs/u", "#/$defs/t/type/x", "#nothing", "#/$defs/l/7", "#/$defs/l/-", "#/$defs/l/01",
            "#/~2", "#/%zz",
            "none.json", "none.json#t", "http://h/none", "urn:x:y", "#/$defs/T", "#/$DEFS/t", "s.json#/t",
            "#/title",
        ])
    func nowhere(reference: String) throws {
        let text =
            ##"{"title": "x", "maxLength": 1,\##n "$ref": "\##(reference)", "$defs": {"t": {"type": "string"}, "l": [true]}}"##
        let schema = try compile(text)
        let problem = try #require(schema.unusable.first)
        #expect(
            schema.unusable.count == 1 && ["schema.reference", "schema.remote"].contains(problem.rule))
        #expect(problem.location?.line == 2 && problem.location?.column == 2)
        #expect(problem.message.contains(reference))
        #expect(try schema.outcome("1") == .valid)
        #expect(try schema.outcome(#""ab""#) == .invalid, "the other keywords still count")
    }

    // MARK: OpenAPI 3.0

    /// A random schema with only keywords that OpenAPI 3.0 has, in its spelling.
    private static func old(_ random: inout SplitMix, depth: Int) -> JSONValue {
        var schema: JSONValue
        switch random.number(below: depth > 0 ? 8 : 4) {
        case 0:
            schema = ["type": .string(random.pick(["integer", "number"]))]
            if random.once(in: 2) { schema["minimum"] = .integer(random.number(below: 4)) }
            if random.once(in: 2) { schema["maximum"] = .integer(3 + random.number(below: 4)) }
            for keyword in ["exclusiveMinimum", "exclusiveMaximum"] where random.once(in: 2) {
                schema[keyword] = .boolean(random.once(in: 2))
            }
        case 1: schema = ["type": "string", "maxLength": .integer(random.number(below: 3))]
        case 2:
            let values: [JSONValue] = [["a", 1], [0, "b", false]]
            schema = ["enum": random.pick(values)]
        case 3: schema = ["type": "boolean"]
        case 4: schema = ["type": "array", "items": old(&random, depth: depth - 1), "minItems": 1]
        case 5:
            schema = [
                random.pick(["allOf", "anyOf", "oneOf"]): [
                    old(&random, depth: depth - 1), old(&random, depth: 0),
                ]
            ]
        case 6: schema = ["not": old(&random, depth: depth - 1)]
        default:
            let required: [JSONValue] = [["a"], ["b"], ["a", "b"]]
            let additional: [JSONValue] = [true, false, old(&random, depth: 0)]
            schema = [
                "type": "object",
                "properties": ["a": old(&random, depth: depth - 1), "b": old(&random, depth: 0)],
                "required": random.pick(required), "additionalProperties": random.pick(additional),
            ]
        }
        if random.once(in: 3) { schema["nullable"] = .boolean(!random.once(in: 3)) }
        return schema
    }

    /// The same schema as OpenAPI 3.1 spells it (OpenAPI 3.1.1, section 4.8.24; JSON Schema 2020-12 Validation, 6.2).
    private static func new(_ schema: JSONValue) -> JSONValue {
        guard case .object(let object) = schema else { return schema }
        var copy = JSONObject()
        for member in object.members {
            switch member.name {
            case "nullable": continue
            case "type":
                let isNullable = object["nullable"]?.boolean == true
                copy["type"] = isNullable ? [member.value, "null"] : member.value
            case "minimum", "maximum":
                let exclusive = "exclusive" + member.name.prefix(1).uppercased() + member.name.dropFirst()
                copy[object[exclusive]?.boolean == true ? exclusive : member.name] = member.value
            case "exclusiveMinimum", "exclusiveMaximum": continue
            case "properties":
                copy["properties"] = .object(
                    JSONObject((member.value.object?.members ?? []).map { ($0.name, new($0.value)) }))
            case "items", "not", "additionalProperties": copy[member.name] = new(member.value)
            case "allOf", "anyOf", "oneOf":
                copy[member.name] = .array((member.value.elements ?? []).map(new))
            default: copy[member.name] = member.value
            }
        }
        return .object(copy)
    }

    private static func value(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch random.number(below: depth > 0 ? 7 : 4) {
        case 0: return random.pick([.null, true, false] as [JSONValue])
        case 1: return .integer(random.number(below: 8))
        case 2: return random.pick(["", "a", "b", "abc"] as [JSONValue])
        case 3: return random.pick([1.5, 3, 3.5, [], [:]] as [JSONValue])
        case 4:
            return .array((0..<random.number(below: 3)).map { _ in value(&random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for name in ["a", "b", "c"] where !random.once(in: 3) {
                object[name] = value(&random, depth: depth - 1)
            }
            return .object(object)
        }
    }

    @Test(
        "a schema of OpenAPI 3.0 and its spelling in OpenAPI 3.1 accept the same values",
        arguments: 0..<10)
    func openAPI30(seed: Int) throws {
        var random = SplitMix(seed: seed + 3_000)
        var outcomes: [SchemaOutcome: Int] = [:]
        for _ in 0..<60 {
            let schema = Self.old(&random, depth: 3)
            let (old, new) = (try compile(schema.text, .openAPI30), try compile(Self.new(schema).text))
            #expect(old.unusable.isEmpty && new.unusable.isEmpty, "\(schema.text)")
            for _ in 0..<10 {
                let value = Self.value(&random, depth: 3).text
                let (one, other) = (try old.report(value), try new.report(value))
                outcomes[one.outcome, default: 0] += 1
                #expect(one.outcome == other.outcome, "\(value) by \(schema.text)")
                #expect(
                    one.issues.map(\.pointer) == other.issues.map(\.pointer), "\(value) by \(schema.text)")
                #expect(one.undeclared == other.undeclared, "\(value) by \(schema.text)")
            }
        }
        #expect(outcomes[.valid, default: 0] > 50 && outcomes[.invalid, default: 0] > 50)
    }

    // MARK: Annotations

    /// The schema without a keyword, at any depth.
    private static func without(_ keywords: Set<String>, _ schema: JSONValue) -> JSONValue {
        switch schema {
        case .object(let object):
            return .object(
                JSONObject(
                    object.members.filter { !keywords.contains($0.name) }.map {
                        ($0.name, without(keywords, $0.value))
                    }))
        case .array(let elements): return .array(elements.map { without(keywords, $0) })
        default: return schema
        }
    }

    @Test("a discriminator changes no verdict (OpenAPI 3.1.1, section 4.8.25)", arguments: 0..<8)
    func discriminators(seed: Int) throws {
        var random = SplitMix(seed: seed + 4_000)
        var count = 0
        for _ in 0..<80 {
            let schema = TestKit.SchemaMaker.schema(&random, depth: 3)
            guard schema.text.contains("discriminator") else { continue }
            count += 1
            let (named, plain) = (
                try compile(schema.text), try compile(Self.without(["discriminator"], schema).text)
            )
            for _ in 0..<12 {
                var value = Self.value(&random, depth: 2)
                if value.kind == .object {
                    value["t"] = random.pick(["a", "b", "c", "x", 1, .null] as [JSONValue])
                }
                for direction in [ValidationOptions.Direction.request, .response, .none] {
                    let options = ValidationOptions(direction: direction, refusesReadOnly: true)
                    let (one, other) = (
                        try named.report(value.text, options), try plain.report(value.text, options)
                    )
                    #expect(one.outcome == other.outcome, "\(value.text) by \(schema.text)")
                    #expect(one.undeclared == other.undeclared, "\(value.text) by \(schema.text)")
                    #expect(try named.outcome(value.text, options) == one.outcome)
                    #expect(other.remarks.isEmpty)
                }
            }
        }
        #expect(count > 3)
    }

    @Test("without a direction, readOnly and writeOnly change nothing", arguments: 0..<8)
    func marks(seed: Int) throws {
        var random = SplitMix(seed: seed + 5_000)
        var count = 0
        for _ in 0..<60 {
            let schema = TestKit.SchemaMaker.schema(&random, depth: 3)
            guard schema.text.contains("Only") else { continue }
            count += 1
            let plain = try compile(Self.without(["readOnly", "writeOnly"], schema).text)
            let marked = try compile(schema.text)
            for _ in 0..<10 {
                let value = Self.value(&random, depth: 3).text
                let (one, other) = (
                    try marked.report(value, Self.options), try plain.report(value, Self.options)
                )
                #expect(
                    one.outcome == other.outcome && Self.places(one) == Self.places(other),
                    "\(value) by \(schema.text)")
            }
        }
        #expect(count > 3)
    }
}
