import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Testing

@testable import Mocking

/// Values made from schemas.
struct SimplestValueTests {
    @Test(
        "a value is made that satisfies the schema",
        arguments: [
            "{type: integer, minimum: 7, multipleOf: 5}",
            "{type: number, exclusiveMinimum: true, minimum: 0}",
            "{type: string, minLength: 12, maxLength: 12}",
            "{type: string, format: date-time}",
            "{type: string, format: uuid}",
            "{type: string, format: email}",
            "{type: string, enum: [x, y]}",
            "{type: boolean}",
            "{type: array, minItems: 3, items: {type: integer}}",
            "{type: object, minProperties: 2, additionalProperties: {type: integer}}",
            "{type: object, required: [a], properties: {a: {type: object, required: [b], properties: {b: {type: string}}}}}",
            "{oneOf: [{type: object, required: [a], properties: {a: {type: integer}}}, {type: string, maxLength: 1}]}",
            "{type: object, required: [k], properties: {k: {type: string}}, oneOf: [{required: [v]}, {required: [w]}]}",
            "{allOf: [{type: object, required: [a]}, {properties: {a: {type: number}, b: {type: string}}}]}",
            "{type: object, required: [next], properties: {next: {type: object, nullable: true}}}",
            "{}",
        ])
    func satisfies(schema: String) throws {
        let contract = try contract(schema)
        let schema = try #require(contract.schema("Made"))
        let value = try #require(SimplestValue.value(for: schema.place, in: contract.schemas))
        let report = try schema.compiled().validate(JSONDocument(value).root, ValidationOptions())
        #expect(report.outcome == .valid, "\(value.text): \(report.issues)")
    }

    @Test("a schema that contains itself ends")
    func recursive() throws {
        let contract = try contract(
            "{type: object, required: [v], properties: {v: {type: integer}, next: {$ref: '#/components/schemas/Made'}}}"
        )
        let schema = try #require(contract.schema("Made"))
        #expect(SimplestValue.value(for: schema.place, in: contract.schemas)?["v"]?.number != nil)
    }

    @Test("what cannot be made is nothing, never something wrong")
    func impossible() throws {
        let contract = try contract("{type: string, pattern: '^[xyz]{5}-[0-9]{4}$'}")
        let schema = try #require(contract.schema("Made"))
        #expect(SimplestValue.value(for: schema.place, in: contract.schemas) == nil)
    }

    private func contract(_ schema: String) throws -> Contract {
        let text = """
            openapi: 3.0.3
            info: {title: T, version: '1'}
            paths: {}
            components:
              schemas:
                Made: \(schema)
            """
        return try Fixture.version(contract: text, behaviour: nil).contract
    }
}
