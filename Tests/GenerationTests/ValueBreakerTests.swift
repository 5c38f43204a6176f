import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// Values that break one keyword and nothing else.
struct ValueBreakerTests {
    private static let schema = """
        {"type": "object", "required": ["id", "kind"], "additionalProperties": false, "properties": {
          "id": {"type": "string", "pattern": "^[a-z]{3}$"},
          "kind": {"enum": ["A", "B"]},
          "amount": {"type": "number", "minimum": 1, "exclusiveMaximum": 100, "multipleOf": 0.5},
          "count": {"type": "integer", "format": "int32"},
          "at": {"type": "string", "format": "date-time"},
          "note": {"type": "string", "minLength": 2, "maxLength": 5},
          "tags": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": true, "items": {"type": "string"}},
          "to": {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}},
          "who": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}}
        """

    @Test("every keyword of a schema is found at its place")
    func breaks() throws {
        let schema = try OneSchema(Self.schema)
        let breaker = try #require(ValueBreaker(place: schema.place, schemas: schema.store))
        let found = breaker.breaks(of: try #require(schema.value()))
            .map { "\($0.keyword) \(JSONPointer($0.place))" }
        for expected in [
            "required /id", "required /kind", "additionalProperties /undeclared member", "type /id", "pattern /id",
            "enum /kind", "type /amount", "minimum /amount", "exclusiveMaximum /amount", "multipleOf /amount",
            "type /count", "format /count", "format /at", "minLength /note", "maxLength /note", "minItems /tags",
            "maxItems /tags", "uniqueItems /tags", "type /tags", "type /tags/*", "type /to", "required /to/city",
            "type /to/city", "oneOf /who", "type ",
        ] {
            #expect(found.contains(expected), "\(expected) is not among \(found)")
        }
    }

    @Test("a value violates exactly the requested keyword, whatever it contains")
    func exactly() throws {
        let schema = try OneSchema(Self.schema)
        let breaker = try #require(ValueBreaker(place: schema.place, schemas: schema.store))
        let small = try JSONDocument(parsing: #"{"id": "abc", "kind": "B", "tags": ["x"]}"#).root.value
        for wanted in breaker.breaks(of: try #require(schema.value())) {
            let broken = try #require(breaker.broken(small, by: wanted), "\(wanted)")
            let issues = try schema.issues(broken)
            #expect(!issues.isEmpty)
            #expect(issues.allSatisfy { $0.keyword == wanted.keyword }, "\(wanted): \(broken.text)")
        }
    }

    @Test("an invalid value is not changed")
    func invalid() throws {
        let schema = try OneSchema(Self.schema)
        let breaker = try #require(ValueBreaker(place: schema.place, schemas: schema.store))
        #expect(breaker.breaks(of: .integer(1)).isEmpty)
    }

    @Test("random values violate exactly one keyword", arguments: ValueGeneratorTests.schemas)
    func random(text: String) throws {
        let schema = try OneSchema(text)
        guard let breaker = ValueBreaker(place: schema.place, schemas: schema.store) else { return }
        for seed in 0..<1 {
            let value = try #require(schema.value(seed: "seed \(seed)", style: .varied))
            for wanted in breaker.breaks(of: value) {
                let broken = try #require(breaker.broken(value, by: wanted), "\(wanted) of \(value.text)")
                #expect(try schema.issues(broken).allSatisfy { $0.keyword == wanted.keyword })
            }
        }
    }
}
