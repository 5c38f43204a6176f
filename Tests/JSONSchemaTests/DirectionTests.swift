import JSONDocument
import JSONSchema
import Testing

/// `readOnly` and `writeOnly`, by the way a value travels.
@Suite("Directions")
struct DirectionTests {
    static let schema = """
        {"openapi": "3.0.3", "components": {"schemas": {
          "User": {
            "type": "object", "required": ["id", "password", "name"],
            "properties": {
              "id": {"$ref": "#/components/schemas/Id"},
              "password": {"allOf": [{"type": "string"}], "writeOnly": true},
              "name": {"type": "string"}
            }
          },
          "Id": {"type": "string", "readOnly": true},
          "Split": {"allOf": [
            {"properties": {"id": {"readOnly": true}}}, {"required": ["id"]}
          ]}
        }}}
        """

    @Test(
        "required and forbidden members depend on the direction",
        arguments: [
            (ValidationOptions.Direction.request, #"{"password": "p", "name": "n"}"#, [String]()),
            (.request, #"{"id": "1", "password": "p", "name": "n"}"#, []),
            (.request, #"{"id": "1", "name": "n"}"#, [#" required: lacks the required member "password""#]),
            (.response, #"{"id": "1", "name": "n"}"#, []),
            (.response, #"{"name": "n"}"#, [#" required: lacks the required member "id""#]),
            (
                .response, #"{"id": "1", "password": "p", "name": "n"}"#,
                ["/password writeOnly: is writeOnly, so a response must not contain it"]
            ),
            (.none, #"{"id": "1", "password": "p", "name": "n"}"#, []),
            (
                .none, #"{"name": "n"}"#,
                [#" required: lacks the required member "id""#, #" required: lacks the required member "password""#]
            ),
        ])
    func directions(direction: ValidationOptions.Direction, value: String, issues: [String]) throws {
        for dialect in [SchemaDialect.openAPI30, .draft202012] {
            let schema = try compile(document: Self.schema, at: "/components/schemas/User", dialect)
            var options = ValidationOptions()
            options.direction = direction
            #expect(try schema.issues(value, options) == issues)
            #expect(try schema.outcome(value, options) == (issues.isEmpty ? .valid : .invalid))
        }
    }

    @Test("the schema that requires a member may differ from the one that marks it readOnly")
    func split() throws {
        let schema = try compile(document: Self.schema, at: "/components/schemas/Split")
        var options = ValidationOptions()
        options.direction = .request
        #expect(try schema.outcome("{}", options) == .valid)
        options.direction = .response
        #expect(try schema.outcome("{}", options) == .invalid)
    }

    @Test("a readOnly member in a request is an issue only on request")
    func refused() throws {
        let schema = try compile(document: Self.schema, at: "/components/schemas/User")
        var options = ValidationOptions(direction: .request, refusesReadOnly: true)
        let value = #"{"id": "1", "password": "p", "name": "n"}"#
        #expect(
            try schema.issues(value, options) == [
                "/id readOnly: is readOnly, so a request should not contain it"
            ])
        options.refusesReadOnly = false
        #expect(try schema.issues(value, options).isEmpty)
    }
}
