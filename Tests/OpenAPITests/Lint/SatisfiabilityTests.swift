import Diagnostics
import OpenAPI
import Testing

/// Schemas that no value satisfies, and those that look alike and have values.
@Suite("Lint of satisfiability")
struct SatisfiabilityTests {
    /// The rules of all findings about satisfiability in a document whose component `X` is `schema`.
    private static func rules(_ schema: String, _ others: String = "", version: String = "3.1.0") throws -> [String] {
        let text = """
            openapi: \(version)
            info: {title: t, version: '1'}
            paths: {}
            components:
              schemas:
                X: \(schema)
                \(others)
            """
        return try contract(text).lint().map(\.rule).filter {
            [
                "schema.unsatisfiable", "schema.overlap", "schema.never-matches", "schema.always-together",
                "schema.items",
            ]
            .contains($0)
        }
    }

    @Test(
        "no value satisfies the schema",
        arguments: [
            "{type: object, required: [a], properties: {b: {type: string}}, additionalProperties: false}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}}, allOf: [{type: object, required: [b], properties: {b: {type: string}}}]}",
            "{type: object, allOf: [{type: object, required: [a], properties: {a: {type: string}}, additionalProperties: false}, {type: object, required: [b], properties: {b: {type: string}}, additionalProperties: false}]}",
            "{type: object, required: [x], properties: {x: {$ref: '#/components/schemas/X'}}}",
            "{type: object, required: [x], properties: {x: {allOf: [{$ref: '#/components/schemas/X'}]}}}",
            "{type: object, required: [x], properties: {x: {oneOf: [{$ref: '#/components/schemas/X'}, {type: object, required: [y], properties: {y: {$ref: '#/components/schemas/X'}}}]}}}",
            "{type: array, minItems: 1, items: {$ref: '#/components/schemas/X'}}",
            "{type: integer, allOf: [{type: integer, minimum: 5}, {type: integer, maximum: 4}]}",
            "{type: number, minimum: 5, exclusiveMaximum: 5}",
            "{type: string, allOf: [{type: string, minLength: 5}, {type: string, maxLength: 4}]}",
            "{type: array, items: {type: string}, allOf: [{type: array, minItems: 5}, {type: array, maxItems: 4}]}",
            "{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}, maxProperties: 1}",
            "{type: object, required: [a], properties: {a: false}}",
            "{type: string, enum: [abc, abcd], maxLength: 2}",
            "{type: string, not: {}}",
            "{allOf: [{type: string}, {type: integer}]}",
            "{type: integer, exclusiveMinimum: 4, exclusiveMaximum: 5}",
            "{type: integer, minimum: -19, maximum: -11, multipleOf: 10}",
            "{type: number, exclusiveMinimum: 10, exclusiveMaximum: 20, multipleOf: 10}",
            "{type: array, items: {type: boolean}, uniqueItems: true, minItems: 3}",
            "{type: array, items: {type: [boolean, 'null']}, uniqueItems: true, minItems: 4}",
            "{type: array, items: {enum: [1, 1.0, 2]}, uniqueItems: true, minItems: 3}",
            "{type: array, items: {allOf: [{type: string}, {const: a}]}, uniqueItems: true, minItems: 2}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}}, oneOf: [{type: object, required: [b]}, {type: object, required: [c]}]}",
        ])
    func unsatisfiable(schema: String) throws {
        #expect(try Self.rules(schema).contains("schema.unsatisfiable"))
    }

    @Test(
        "some value satisfies the schema",
        arguments: [
            "{type: object, properties: {x: {$ref: '#/components/schemas/X'}}}",
            "{type: object, required: [x], properties: {x: {type: array, items: {$ref: '#/components/schemas/X'}}}}",
            "{type: object, required: [x], properties: {x: {type: object, additionalProperties: {$ref: '#/components/schemas/X'}}}}",
            "{type: object, required: [x], properties: {x: {oneOf: [{$ref: '#/components/schemas/X'}, {type: 'null'}]}}}",
            "{type: [object, 'null'], required: [x], properties: {x: {$ref: '#/components/schemas/X'}}}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}, b: {type: string}}, allOf: [{type: object, required: [b]}]}",
            "{type: object, additionalProperties: false, patternProperties: {'^b': {type: string}}, allOf: [{type: object, required: [b]}]}",
            "{type: integer, allOf: [{type: integer, minimum: 5}, {type: integer, maximum: 5}]}",
            "{type: [integer, string], allOf: [{minimum: 5}, {maximum: 4}]}",
            "{type: string, enum: [ab, abcd], maxLength: 2}",
            "{type: integer, exclusiveMinimum: 4, exclusiveMaximum: 6}",
            "{type: number, exclusiveMinimum: 4, exclusiveMaximum: 5}",
            "{type: integer, minimum: -20, maximum: -11, multipleOf: 10}",
            "{type: integer, exclusiveMinimum: 4, exclusiveMaximum: 9223372036854775807}",
            "{type: integer, minimum: -9223372036854775808, maximum: 9223372036854775807}",
            "{type: integer, minimum: -9223372036854775808, maximum: 0, multipleOf: 9223372036854775807}",
            "{type: integer, minimum: 0, maximum: 10, multipleOf: 9223372036854775807}",
            "{type: array, items: {type: boolean}, uniqueItems: true, minItems: 2}",
            "{type: array, items: {type: [boolean, string]}, uniqueItems: true, minItems: 9}",
            "{type: array, items: {enum: [1, '1', true]}, uniqueItems: true, minItems: 3}",
            "{type: array, items: {enum: [1, 2]}, minItems: 3}",
            "{type: array, prefixItems: [{type: string}], items: {const: a}, uniqueItems: true, minItems: 2}",
            "{type: object, additionalProperties: false, properties: {b: {type: string}}, oneOf: [{type: object, required: [b]}, {type: object, required: [c]}]}",
            "{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, required: [b], properties: {b: {type: string}}}]}",
        ])
    func satisfiable(schema: String) throws {
        #expect(try Self.rules(schema).isEmpty)
    }

    @Test("each schema of a cycle is reported, but not schemas that only refer to it")
    func circle() throws {
        let other = "Y: {type: object, required: [x], properties: {x: {$ref: '#/components/schemas/X'}}}"
        #expect(
            try Self.rules("{type: object, required: [y], properties: {y: {$ref: '#/components/schemas/Y'}}}", other)
                == ["schema.unsatisfiable", "schema.unsatisfiable"])
        #expect(
            try Self.rules("{type: object, required: [x], properties: {x: {$ref: '#/components/schemas/X'}}}", other)
                == ["schema.unsatisfiable"])
    }

    @Test(
        "alternatives without required members overlap",
        arguments: [
            (
                "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}",
                true
            ),
            (
                "{oneOf: [{type: object, additionalProperties: false, properties: {a: {type: string}}}, {type: object, additionalProperties: false, properties: {b: {type: string}}}]}",
                true
            ),
            (
                "{oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}",
                false
            ),
            (
                "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}",
                false
            ),
            (
                "{required: [a], oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}",
                false
            ),
            (
                "{oneOf: [{type: object, minProperties: 1, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}",
                false
            ),
        ])
    func overlap(schema: String, overlaps: Bool) throws {
        #expect(try Self.rules(schema).contains("schema.overlap") == overlaps)
    }

    @Test("an array needs items in OpenAPI 3.0, but not in later versions")
    func items() throws {
        #expect(try Self.rules("{type: array}", version: "3.0.3") == ["schema.items"])
        #expect(
            try Self.rules("{type: object, properties: {l: {type: array, description: d}}}", version: "3.0.3") == [
                "schema.items"
            ])
        #expect(try Self.rules("{type: array, items: {}}", version: "3.0.3").isEmpty)
        #expect(try Self.rules("{type: array}").isEmpty)
    }
}
