import Diagnostics
import OpenAPI
import TestKit
import Testing

@Suite("Lint of schemas")
struct SchemaRuleTests {
    @Test(
        "keywords without effect are reported at the keyword",
        arguments: [
            (
                "{type: string, minimum: 1}",
                "5:18 warning schema.inapplicable: `minimum` applies to number values and has no effect on the type string"
            ),
            (
                "{type: integer, pattern: a}",
                "5:19 warning schema.inapplicable: `pattern` applies to string values and has no effect on the type integer"
            ),
            (
                "{type: [string, 'null'], required: [a]}",
                "5:28 warning schema.inapplicable: `required` applies to object values and has no effect on the type null or string"
            ),
            (
                "{type: string, format: YYYY-MM-DD}",
                "5:18 warning schema.format: the format \"YYYY-MM-DD\" is unknown, so it is not validated"
            ),
            (
                "{type: string, format: int32}",
                "5:18 warning schema.format: the format int32 applies to numbers, which the schema does not allow"
            ),
            (
                "{type: number, format: int64}",
                "5:18 warning schema.format: the format int64 is for integers, but the type number also allows other numbers"
            ),
            (
                "{type: integer, enum: [1, two, 3.0]}",
                "5:29 warning schema.enum: the allowed value \"two\" is not of the type integer, so it never matches"
            ),
            (
                "{type: integer, default: abc}",
                "5:19 warning schema.default: the default is a string, but the schema allows only integer"
            ),
            (
                "{type: object, properties: {name: {type: string}}, required: [nmae]}",
                "5:65 warning schema.required: 'nmae' is required, but no property with that name is declared"
            ),
            (
                "{properties: {a: {type: string}}}",
                """
                4:24 warning schema.no-type: the schema has `properties` but no type, so a value that is not an \
                object is accepted
                """
            ),
            (
                "{type: object, properties: {a: {description: anything}}}",
                "5:31 warning schema.no-type: the member has no type, so any value is accepted"
            ),
            (
                "{allOf: [{type: string}, {type: integer}]}",
                "4:24 warning schema.unsatisfiable: no value satisfies the schema: its conditions leave no type"
            ),
            (
                "{type: object, additionalProperties: false, properties: {a: {type: string}}, required: [b]}",
                """
                4:24 warning schema.unsatisfiable: no value satisfies the schema: "b" is required, but \
                additionalProperties forbids it
                """
            ),
        ]
    )
    func keywords(schema: String, expected: String) throws {
        let found = try lint(of: schema)
        #expect(found.contains(expected), "\(found)")
    }

    @Test(
        "correct schemas are not reported",
        arguments: [
            "{type: [string, 'null'], minLength: 1}",
            "{type: number, minimum: 0, multipleOf: 0.01}",
            "{type: integer, minimum: 0, format: int64}",
            "{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a, b], properties: {b: {type: string}}}]}",
            "{}",
            "{type: object, properties: {a: {}, b: true}}",
            "{type: object, required: [anything]}",
            "{type: object, properties: {a: {type: string}}, patternProperties: {^x: {type: string}}, required: [x1]}",
            "{enum: [1, a, null]}",
            "{type: number, enum: [1, 2.5], default: 1}",
            "{anyOf: [{type: string}, {type: string, format: date}]}",
            "{oneOf: [{type: string}, {type: 'null'}]}",
            """
            {oneOf: [{type: object, properties: {a: {const: x}}, required: [a]}, \
            {type: object, properties: {a: {const: y}}, required: [a]}]}
            """,
            """
            {oneOf: [{type: object, properties: {a: {type: string}}, required: [a]}, \
            {type: object, properties: {b: {type: string}}, required: [b]}]}
            """,
        ]
    )
    func silence(schema: String) throws {
        #expect(try lint(of: schema) == [])
    }

    @Test(
        "one mistake is reported once",
        arguments: [
            ("{type: object, properties: {a: {type: string, required: true}}}", ["schema.keyword"]),
            (
                "{type: object, required: [b], properties: {a: {}}, additionalProperties: false}",
                ["schema.unsatisfiable"]
            ),
            ("{type: object, required: [b], properties: {a: {}}}", ["schema.required"]),
            ("{type: string, required: [a]}", ["schema.inapplicable"]),
        ])
    func once(schema: String, rules: [String]) throws {
        let found = try lint(of: schema).compactMap { $0.split(separator: " ").dropFirst(2).first?.dropLast() }
        #expect(found.map(String.init).filter { $0 != "schema.no-type" } == rules)
    }

    @Test(
        "indistinguishable alternatives, and alternatives that never match, are reported",
        arguments: [
            (
                "{oneOf: [{type: string}, {type: string, description: other}]}",
                [
                    """
                    5:28 warning schema.always-together: a value that matches alternative 1 as intended also \
                    matches alternative 0, so oneOf fails
                    """
                ]
            ),
            (
                "{oneOf: [{type: number}, {type: integer}]}",
                [
                    """
                    5:28 warning schema.never-matches: alternative 1 is never the only match: alternative 0 accepts \
                    every value that it accepts, and more
                    """
                ]
            ),
            (
                "{oneOf: [{type: string, enum: [a]}, {type: string, enum: [a, b]}]}",
                [
                    """
                    5:12 warning schema.never-matches: alternative 0 is never the only match: alternative 1 accepts \
                    every value that it accepts, and more
                    """
                ]
            ),
            (
                """
                {oneOf: [{type: object, properties: {a: {type: string}}}, \
                {type: object, properties: {b: {type: string}}}]}
                """,
                [
                    """
                    5:61 warning schema.always-together: a value that matches alternative 1 as intended also \
                    matches alternative 0, so oneOf fails
                    """
                ]
            ),
            (
                "{type: object, anyOf: [{type: string}, {required: [a]}]}",
                [
                    "5:26 warning schema.never-matches: the alternative can never match: the surrounding schema allows only object"
                ]
            ),
        ]
    )
    func alternatives(schema: String, expected: [String]) throws {
        #expect(try lint(of: schema) == expected)
    }

    @Test("comparing recursive alternatives ends")
    func recursion() throws {
        let found = try lint(
            of: """
                {type: object, properties: {next: {oneOf: [{$ref: '#/components/schemas/S'}, \
                {type: object, properties: {next: {$ref: '#/components/schemas/S'}}}]}}}
                """)
        #expect(found.allSatisfy { $0.contains("schema.always-together") || $0.contains("schema.never-matches") })
    }
}

/// What lint finds in a schema that stands alone in a document.
private func lint(of schema: String) throws -> [String] {
    try contract(
        """
        openapi: 3.1.0
        info: {title: t, version: "1"}
        paths: {}
        components: {schemas: {S:
          \(schema)}}
        """
    ).lint().map(\.testLine)
}
