import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// What is wrong or odd with a schema itself.
@Suite("Diagnostics of schemas")
struct CompilationTests {
    @Test(
        "a keyword with a value of the wrong kind is an error at its place",
        arguments: [
            (##"{"minLength": -1}"##, ##"1:2 error minLength must be a whole number of at least 0, found -1"##),
            (##"{"minLength": 1.5}"##, ##"1:2 error minLength must be a whole number of at least 0, found 1.5"##),
            (##"{"required": true}"##, ##"1:2 error required must be an array, found true"##),
            (##"{"required": ["a", 1]}"##, ##"1:2 error an entry of required must be a member name, found 1"##),
            (##"{"properties": []}"##, ##"1:2 error properties must be an object, found []"##),
            (##"{"items": 1}"##, ##"1:2 error the schema under items must be an object or a boolean, found 1"##),
            (##"{"allOf": []}"##, ##"1:2 error allOf must have at least one schema"##),
            (##"{"multipleOf": 0}"##, ##"1:2 error multipleOf must be above 0, found 0"##),
            (##"{"maximum": "1"}"##, ##"1:2 error maximum must be a number, found "1""##),
            (##"{"enum": 1}"##, ##"1:2 error enum must be an array, found 1"##),
            (##"{"uniqueItems": 1}"##, ##"1:2 error uniqueItems must be true or false, found 1"##),
            (##"{"format": 1}"##, ##"1:2 error format must be a string, found 1"##),
            (
                ##"{"type": "strng"}"##,
                ##"1:2 error "strng" is not a valid type; the types are boolean, object, array, number, string, integer and null"##
            ),
            (##"{"type": 1}"##, ##"1:2 error type must be a type name or an array of type names, found 1"##),
            (##"{"$ref": 1}"##, ##"1:2 error $ref must be a string, found 1"##),
            (
                ##"{"$ref": "#/$defs/no"}"##,
                ##"1:2 error the reference '#/$defs/no' leads nowhere: the document has no member "$defs""##
            ),
            (
                ##"{"$ref": "#/type", "type": "object"}"##,
                ##"1:2 error the reference '#/type' leads to a string, which is not a schema"##
            ),
            (
                ##"{"$ref": "#/$defs", "$defs": {}}"##,
                ##"1:2 error the reference '#/$defs' does not lead to a schema"##
            ),
            (##"{"$ref": "#no"}"##, ##"1:2 error the reference '#no' leads nowhere: unknown anchor "no""##),
            (##"{"$dynamicRef": "#no"}"##, ##"1:2 error the reference '#no' leads nowhere: unknown anchor "no""##),
            (
                ##"{"$ref": "http://127.0.0.1/x"}"##,
                ##"1:2 error the reference 'http://127.0.0.1/x' leads to another host, and remote documents are not fetched"##
            ),
            ("3", "1:1 error a schema must be an object or a boolean, found 3"),
        ])
    func errors(schema: String, problem: String) throws {
        #expect(try problems(schema) == [problem])
    }

    @Test(
        "OpenAPI 3.0 has additional errors",
        arguments: [
            (##"{"type": ["string"]}"##, ##"1:2 error type must be a string, found ["string"]"##),
            (
                ##"{"type": "null"}"##,
                ##"1:2 error "null" is not a valid type; the types are boolean, object, array, number, string and integer"##
            ),
            (
                ##"{"minimum": 1, "exclusiveMinimum": 0}"##,
                ##"1:16 error exclusiveMinimum must be true or false, found 0"##
            ),
            (##"{"items": true}"##, ##"1:2 error the schema under items must be an object, found true"##),
            ("true", "1:1 error a schema must be an object, found true"),
        ])
    func errors30(schema: String, problem: String) throws {
        #expect(try problems(schema, .openAPI30) == [problem])
    }

    @Test(
        "questionable schemas are noted and still work",
        arguments: [
            (
                ##"{"minimum": 5, "maximum": 1}"##,
                ["1:2 warning minimum 5 is above maximum 1, so no value satisfies both"]
            ),
            (##"{"required": ["a", "a"]}"##, [##"1:2 note "a" is listed more than once under required"##]),
            (##"{"format": "moon"}"##, [##"1:2 warning the format "moon" is unknown, so it is not validated"##]),
            (
                ##"{"type": "string", "format": "int32"}"##,
                ["1:20 warning the format int32 applies to numbers, which the schema does not allow"]
            ),
            (##"{"minLenght": 5}"##, [##"1:2 note unknown keyword "minLenght" has no effect"##]),
            (
                ##"{"nullable": true}"##,
                ["1:2 warning nullable is not a keyword of OpenAPI 3.1 and later and has no effect"]
            ),
            (
                ##"{"maximum": 1e999999999999}"##,
                ["1:2 warning maximum is 1e999999999999, which is beyond what most programs can represent"]
            ),
            (##"{"enum": []}"##, ["1:2 warning the list of allowed values is empty, so no value satisfies the schema"]),
            (##"{"x-any": 1, "title": "t", "$comment": "c", "minLength": 1.0}"##, []),
        ])
    func notes(schema: String, found: [String]) throws {
        #expect(try JSONSchemaTests.notes(schema) == found)
    }

    @Test(
        "OpenAPI 3.0 notes keywords of later versions and siblings of a reference",
        arguments: [
            (##"{"const": 1}"##, ["1:2 warning const is not a keyword of OpenAPI 3.0 and has no effect"]),
            (##"{"nullable": true}"##, ["1:2 warning nullable has no effect without type in the same schema"]),
        ])
    func notes30(schema: String, found: [String]) throws {
        #expect(try JSONSchemaTests.notes(schema, .openAPI30) == found)
        #expect(try compile(schema, .openAPI30).outcome("2") == .valid)
    }

    @Test("siblings of a reference that OpenAPI 3.0 ignores are noted")
    func ignored() throws {
        let document =
            ##"{"openapi": "3.0.0", "components": {"schemas": {"A": {"$ref": "#/components/schemas/B", "maxLength": 1}, "B": {"type": "string"}}}}"##
        let schema = try compile(document: document, at: "/components/schemas/A")
        #expect(schema.notes.map(\.message) == ["maxLength is ignored beside $ref in OpenAPI 3.0"])
        #expect(try schema.outcome(#""long""#) == .valid)
    }

    @Test("all diagnostics of a schema and of the schemas it reaches are reported at once, by location")
    func allAtOnce() throws {
        let found = try problems(
            """
            {"minLength": -1,
             "properties": {"a": {"$ref": "#/$defs/b"}},
             "$defs": {"b": {"pattern": "("}}}
            """)
        #expect(found.count == 2)
        #expect(found.first == "1:2 error minLength must be a whole number of at least 0, found -1")
        #expect(found.last?.hasPrefix("3:18 error the pattern ( cannot be used: ") == true)
    }

    @Test("a reference in an OpenAPI document must refer to a schema")
    func otherObjects() throws {
        let document =
            ##"{"openapi": "3.0.0", "info": {"title": "t"}, "components": {"schemas": {"A": {"$ref": "#/info"}, "B": {"$ref": ""}}}}"##
        for name in ["A", "B"] {
            let schema = try compile(document: document, at: "/components/schemas/\(name)")
            #expect(schema.unusable.map(\.rule) == ["schema.reference"])
            #expect(schema.isUnusable)
        }
    }

    @Test("an identifier of two schemas is an error that names both places")
    func identifierTwice() throws {
        let text = ##"""
            {"$ref": "#/$defs/b", "$defs": {
              "a": {"$id": "https://x.invalid/s", "type": "string"},
              "b": {"$id": "https://x.invalid/s", "type": "number"}}}
            """##
        let problem = try #require(try compile(text).unusable.first)
        #expect(problem.message == "the identifier https://x.invalid/s already belongs to another schema")
        #expect(problem.location?.line == 3)
        #expect(problem.related.map(\.location.line) == [2])
    }
}
