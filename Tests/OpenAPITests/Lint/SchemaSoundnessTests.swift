import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

/// What lint says about schemas is true of every value, tested with random schemas and values.
@Suite("Lint of schemas is sound")
struct SchemaSoundnessTests {
    private static func contract(_ schemas: [JSONValue]) throws -> Contract {
        let members = schemas.enumerated().map { ("S\($0.offset)", $0.element) }
        let document: JSONValue = [
            "openapi": "3.1.0", "info": ["title": "t", "version": "1"], "paths": [:],
            "components": ["schemas": .object(JSONObject(members))],
        ]
        return try Contract.load(text: document.text)
    }

    /// The numbers of the schemas that are reported as unsatisfiable.
    private static func numbers(of schemas: [JSONValue], in contract: Contract) -> Set<Int> {
        let found = Set(contract.lint().filter { $0.rule == "schema.unsatisfiable" }.compactMap(\.place))
        return Set(schemas.indices.filter { found.contains("#/components/schemas/S\($0)") })
    }

    private static func value(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch random.number(below: depth > 0 ? 9 : 5) {
        case 0, 1: return .integer(random.number(below: 11))
        case 2: return .string(random.pick(["a", "b", "c"]))
        case 3: return .string(random.pick(["", "ab", "abc", "2024-01-01", "a@b.example", "abcdefg"]))
        case 4: return random.pick([.boolean(true), .null, .boolean(false)])
        case 5: return .array((0..<random.number(below: 4)).map { _ in value(&random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for name in ["p", "q", "r", "s", "t"] where !random.once(in: 3) {
                object[name] = value(&random, depth: depth - 1)
            }
            return .object(object)
        }
    }

    private static let options = ValidationOptions(direction: .none, formats: .annotate)

    @Test("a schema that no value satisfies rejects every value")
    func unsatisfiable() throws {
        var random = SplitMix(seed: 11)
        var (reported, accepted) = (0, 0)
        for _ in 0..<30 {
            let schemas: [JSONValue] = (0..<20).map { _ in
                ["allOf": [SchemaMaker.schema(&random, depth: 1), SchemaMaker.schema(&random, depth: 1)]]
            }
            let contract = try Self.contract(schemas)
            let wrong = Self.numbers(of: schemas, in: contract)
            reported += wrong.count
            for index in schemas.indices {
                let compiled = try #require(contract.schema("S\(index)")).compiled()
                for _ in 0..<40 {
                    let value = Self.value(&random, depth: 2)
                    guard compiled.isValid(JSONDocument(value).root, Self.options) == .valid else { continue }
                    #expect(!wrong.contains(index), "\(schemas[index]) accepts \(value)")
                    accepted += 1
                }
            }
        }
        #expect(reported > 50, "only \(reported) schemas are reported")
        #expect(accepted > 50, "only \(accepted) values are accepted")
    }
}
