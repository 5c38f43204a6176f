import JSONDocument
import JSONSchema
import TestKit
import Testing

@testable import Generation

/// Laws of generated and broken values, on random schemas.
struct GenerationLawTests {
    private static func schemas(_ seed: Int) -> [JSONValue] {
        var random = SplitMix(seed: seed)
        return (0..<8).map { _ in SchemaMaker.schema(&random, depth: 2) }
    }

    @Test("a value depends on seed and path only", arguments: 0..<12)
    func deterministic(seed: Int) throws {
        for schema in Self.schemas(seed) {
            let (one, other) = (try OneSchema(schema.text), try OneSchema(schema.text))
            for style in [ValueGenerator.Style.plain, .required, .varied] {
                #expect(one.value(seed: "a", style: style) == other.value(seed: "a", style: style), "\(schema.text)")
            }
        }
    }

    @Test("a value with only required members has no optional ones", arguments: 12..<24)
    func required(seed: Int) throws {
        for schema in Self.schemas(seed) where schema["type"] == "object" && schema["if"] == nil {
            let made = try OneSchema(schema.text)
            guard let value = made.value(style: .required), let names = value.object?.names else { continue }
            let dependents = (schema["dependentRequired"]?.object?.members ?? []).flatMap { $0.value.elements ?? [] }
            let needed = Set(((schema["required"]?.elements ?? []) + dependents).compactMap(\.string))
            #expect(names.allSatisfy { needed.contains($0) }, "\(value.text) by \(schema.text)")
        }
    }

    @Test("breaking a value changes it, and a value with a break is not broken again", arguments: 24..<40)
    func broken(seed: Int) throws {
        for schema in Self.schemas(seed) {
            let one = try OneSchema(schema.text)
            guard let value = one.value(), let breaker = ValueBreaker(place: one.place, schemas: one.store) else {
                continue
            }
            for wanted in breaker.breaks(of: value).prefix(6) {
                let broken = try #require(breaker.broken(value, by: wanted), "\(wanted) of \(value.text)")
                #expect(broken != value)
                #expect(try !one.issues(broken).isEmpty)
                #expect(breaker.breaks(of: broken).isEmpty, "\(broken.text) is already invalid")
                #expect(breaker.broken(broken, by: wanted) == nil)
            }
        }
    }

    @Test("the same value has the same breaks, each once", arguments: 40..<52)
    func breaks(seed: Int) throws {
        for schema in Self.schemas(seed) {
            let one = try OneSchema(schema.text)
            guard let value = one.value(), let breaker = ValueBreaker(place: one.place, schemas: one.store) else {
                continue
            }
            let found = breaker.breaks(of: value)
            #expect(breaker.breaks(of: value) == found)
            #expect(Set(found).count == found.count)
        }
    }

    @Test("the places of a value are the root and everything in it, with two elements of each array")
    func places() throws {
        let value = try JSONDocument(parsing: #"{"a": [1, {"b": 2}, 3], "": null}"#).root.value
        let found = ValueBreaker.places(in: value).map { JSONPointer($0).description }
        #expect(found == ["", "/a", "/a/0", "/a/1", "/a/1/b", "/"])
        let general = ValueBreaker.places(in: value).map {
            JSONPointer(ValueBreaker.general($0, in: value)).description
        }
        #expect(general == ["", "/a", "/a/*", "/a/*", "/a/*/b", "/"])
        #expect(ValueBreaker.general(["7"], in: ["7": 1]) == ["7"], "a member with digits is not an element")
    }

    @Test("a request has no readOnly members, not even broken ones")
    func direction() throws {
        let one = try OneSchema(
            """
            {"type": "object", "required": ["id", "name"], "properties": {"id": {"type": "integer", "readOnly": true},
            "name": {"type": "string", "minLength": 1}}}
            """)
        for (direction, hasID) in [(ValidationOptions.Direction.request, false), (.response, true)] {
            let breaker = try #require(ValueBreaker(place: one.place, schemas: one.store, direction: direction))
            let value = try #require(one.value(direction: direction))
            let found = breaker.breaks(of: value).map { "\($0.keyword) \(JSONPointer($0.place))" }
            #expect(found.contains("type /id") == hasID, "\(found)")
            #expect(found.contains("required /id") == hasID, "\(found)")
            #expect(found.contains("required /name") && found.contains("minLength /name"), "\(found)")
        }
    }
}
