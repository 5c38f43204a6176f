import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

@Suite("References that the specification does not allow")
struct MisplacedReferenceTests {
    /// A document in which one part is a reference to a file.
    private static func project(_ root: String, _ part: String) throws -> TemporaryFolder {
        try TemporaryFolder([
            "api.yaml": "openapi: 3.0.4\ninfo: {title: t, version: '1'}\n" + root,
            "parts/part.yaml": part,
            "parts/id.yaml": "{name: id, in: path, required: true, schema: {type: string}}",
        ])
    }

    private static let operation = """
        operationId: read
        parameters: [{$ref: id.yaml}]
        responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}}}}
        """

    @Test(
        "each is followed as bundlers do, and reported once per kind",
        arguments: [
            ("paths: {'/a/{id}': {get: {$ref: parts/part.yaml}}}", operation, "an operation"),
            ("paths: {$ref: parts/part.yaml}", "/a/{id}: {get: {\(inline)}}", "a paths object"),
            (
                """
                paths: {'/a/{id}': {get: {operationId: read, parameters: [{$ref: parts/id.yaml}], responses: {$ref: \
                parts/part.yaml}}}}
                """,
                "'200': {description: ok, content: {application/json: {schema: {type: object}}}}", "a responses object"
            ),
            (
                """
                paths: {'/a/{id}': {get: {operationId: read, parameters: [{$ref: parts/id.yaml}], responses: {'200': \
                {description: ok, content: {$ref: parts/part.yaml}}}}}}
                """,
                "application/json: {schema: {type: object}}", "the field `content`"
            ),
            (
                """
                paths: {'/a/{id}': {get: {operationId: read, parameters: [{$ref: parts/id.yaml}], responses: {'200': \
                {description: ok, content: {application/json: {$ref: parts/part.yaml}}}}}}}
                """,
                "schema: {type: object}", "a media type object"
            ),
            (
                """
                paths: {'/a/{id}': {get: {operationId: read, parameters: {$ref: parts/part.yaml}, responses: {'200': \
                {description: ok, content: {application/json: {schema: {type: object}}}}}}}}
                """,
                "[{$ref: id.yaml}]", "the field `parameters`"
            ),
            (
                """
                paths: {'/a/{id}': {get: {operationId: read, parameters: [{$ref: '#/components/parameters/id'}], \
                responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}}}}}}}
                components: {$ref: parts/part.yaml}
                """,
                "parameters: {id: {$ref: id.yaml}}", "a components object"
            ),
            (
                """
                paths: {'/a/{id}': {get: {operationId: read, parameters: [{$ref: '#/components/parameters/id'}], \
                responses: {'200': {description: ok, content: {application/json: {schema: {type: object}}}}}}}}
                components: {parameters: {$ref: parts/part.yaml}}
                """,
                "id: {$ref: id.yaml}", "the field `parameters`"
            ),
            (
                referring + "components: {schemas: {$ref: parts/part.yaml}}",
                "T: {type: object, properties: {u: {$ref: '#/U'}}}\nU: {type: string}", "the field `schemas`"
            ),
            (
                referring + "components: {$ref: parts/part.yaml}",
                "schemas: {T: {type: object, properties: {u: {$ref: '../api.yaml#/components/schemas/U'}}}, U: {}}",
                "a components object"
            ),
        ]
    )
    func followed(root: String, part: String, place: String) throws {
        let contract = try Self.project(root, part).contract()
        #expect(
            contract.lint().filter { $0.severity != .note }.map(\.message) == [
                "\(place) cannot be a $ref according to the specification; the reference is followed"
            ])
        let operation = try #require(contract.operation("read"))
        #expect(operation.parameters.map(\.name) == ["id"])
        let media = try #require(operation.response(status: 200)?.content.first)
        #expect(media.range.description == "application/json")
        #expect(media.schema?.view?.kinds == [.object])
    }

    /// An operation whose response has the schema `T` of the components.
    private static let referring = """
        paths: {'/a/{id}': {get: {operationId: read, parameters: [{$ref: parts/id.yaml}], responses: {'200': \
        {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}}}}

        """

    @Test("schemas behind a reference in place of their map are judged; a circular one is an error")
    func schemas() throws {
        let found = try Self.project(
            Self.referring + "components: {schemas: {$ref: parts/part.yaml}}",
            "T: {type: object, properties: {u: {$ref: '#/U'}}}\nU: {type: string}"
        ).contract()
        let schema = try #require(try found.operation("read")?.response(status: 200)?.content.first?.schema?.compiled())
        #expect(schema.isValid(try JSONDocument(parsing: #"{"u": "a"}"#).root) == .valid)
        #expect(schema.isValid(try JSONDocument(parsing: #"{"u": 1}"#).root) == .invalid)
        let circle = try Self.project(
            Self.referring + "components: {schemas: {$ref: parts/part.yaml}}", "$ref: '../api.yaml#/components/schemas'"
        ).contract()
        #expect(circle.lint().contains { $0.severity == .error && $0.rule == "schema.reference" })
    }

    @Test(
        "properties behind a reference belong to the schema, and a property named $ref is a property",
        arguments: [
            ("{$ref: parts/part.yaml}", "u: {$ref: 'other.yaml#/U'}\nv: {type: array, items: {type: integer}}"),
            (
                "{$ref: 'parts/part.yaml#/all/properties'}",
                "all: {properties: {u: {type: string}, v: {type: array, items: {type: integer}}}}"
            ),
            ("{$ref: parts/part.yaml}", "$ref: 'other.yaml#/P'"),
        ])
    func properties(map: String, part: String) throws {
        let project = try Self.project(
            Self.referring + "components: {schemas: {T: {type: object, required: [u], properties: \(map)}}}", part)
        try project.write(
            "U: {type: string}\nP: {u: {$ref: '#/U'}, v: {type: array, items: {type: integer}}}",
            to: "parts/other.yaml")
        let contract = try project.contract()
        #expect(
            contract.lint().filter { $0.severity != .note }.map(\.message) == [
                "the field `properties` cannot be a $ref according to the specification; the reference is followed"
            ])
        let schema = try #require(contract.operation("read")?.response(status: 200)?.content.first?.schema)
        #expect(schema.view?.propertyNames == ["u", "v"])
        #expect(schema.view?.property("u")?.kinds == [.string])
        let compiled = try schema.compiled()
        #expect(compiled.isValid(try JSONDocument(parsing: #"{"u": "a", "v": [1]}"#).root) == .valid)
        #expect(compiled.isValid(try JSONDocument(parsing: #"{"u": 1}"#).root) == .invalid)
        #expect(compiled.isValid(try JSONDocument(parsing: #"{"u": "a", "v": ["x"]}"#).root) == .invalid)
        // No mapping of text: a member that is named so.
        let plain = try OpenAPITests.contract(
            """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            components: {schemas: {T: {type: object, properties: {$ref: {type: integer}}}}}
            """)
        #expect(plain.lint().filter { $0.severity != .note }.isEmpty)
        #expect(plain.schema("T")?.view?.propertyNames == ["$ref"])
    }

    private static let inline = """
        operationId: read, parameters: [{$ref: id.yaml}], responses: {'200': {description: ok, content: \
        {application/json: {schema: {type: object}}}}}
        """

    @Test("many of one kind are one warning with the places")
    func counted() throws {
        let paths = (0..<5).map { "/a\($0): {get: {$ref: 'parts/part.yaml#/o\($0)'}}" }.joined(separator: ", ")
        let part = (0..<5).map { "o\($0): {operationId: o\($0), responses: {'200': {description: ok}}}" }
            .joined(separator: "\n")
        let contract = try Self.project("paths: {\(paths)}", part).contract()
        #expect(contract.operations.compactMap(\.id) == ["o0", "o1", "o2", "o3", "o4"])
        let found = contract.lint()
        #expect(
            found.map(\.message) == [
                "an operation cannot be a $ref according to the specification; the reference is followed (5 times)"
            ])
        #expect(found.first?.related.count == 4)
    }

    @Test(
        "an unresolved or circular reference is an error, without errors for missing content",
        arguments: [
            ("paths: {/a: {get: {$ref: parts/none.yaml}}}", "reference.unresolved"),
            ("paths: {/a: {get: {$ref: '#/paths/~1a/get'}}}", "reference.cycle"),
            ("components: {schemas: {T: {type: object, properties: {$ref: none.yaml}}}}", "reference.unresolved"),
            ("components: {schemas: {T: {type: object, properties: {$ref: '#/info/title'}}}}", "reference.unresolved"),
            (
                "components: {schemas: {T: {type: object, properties: {$ref: '#/components/schemas/T/properties'}}}}",
                "reference.cycle"
            ),
            (
                "paths: {/a: {get: {responses: {'200': {description: x, headers: {$ref: '#/paths/~1a/get/responses/200/headers'}}}}}}",
                "reference.cycle"
            ),
        ]
    )
    func broken(root: String, rule: String) throws {
        let contract = try Self.project(root, "{}").contract()
        let found = contract.lint().filter { !["reference.misplaced", "paths.missing"].contains($0.rule) }
        #expect(found.map(\.rule) == [rule])
    }
}
