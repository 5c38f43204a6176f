import Diagnostics
import JSONDocument
import OpenAPI
import Testing

@Suite("Security schemes and examples")
struct SecurityAndExampleTests {
    private static func document(schemes: String = "{}", media: String = "{}") -> String {
        """
        openapi: 3.1.0
        info: {title: t, version: "1"}
        paths:
          /a: {get: {responses: {"200": {description: x, content: {application/json: \(media)}}}}}
        components:
          securitySchemes: \(schemes)
        """
    }

    @Test("every kind of scheme is read")
    func kinds() throws {
        let contract = try contract(
            Self.document(
                schemes: """
                    {a: {type: apiKey, in: query, name: k}, b: {type: http, scheme: BASIC}, c: {type: oauth2},
                      d: {type: openIdConnect, openIdConnectUrl: 'https://a.example'}, e: {type: mutualTLS}}
                    """
            )
        )
        #expect(contract.diagnostics == [])
        #expect(
            contract.securitySchemes.map(\.kind)
                == [.apiKey(name: "k", place: .query), .http(scheme: "basic"), .oauth2, .openIdConnect, .mutualTLS]
        )
        #expect(contract.securityScheme("b")?.location.description == "api.yaml:6:60")
    }

    @Test(
        "an unusable scheme is reported",
        arguments: [
            (
                "{type: apiKey, in: path, name: k}",
                "the API key 's' requires `name`, and `in` with header, query or cookie"
            ),
            ("{type: http}", "the HTTP scheme 's' requires `scheme`"),
            (
                "{type: basic}",
                "the security scheme 's' must be of type apiKey, http, oauth2, openIdConnect or mutualTLS"
            ),
        ]
    )
    func broken(scheme: String, message: String) throws {
        let contract = try contract(Self.document(schemes: "{s: \(scheme)}"))
        #expect(contract.diagnostics.map(\.message) == [message])
        #expect(contract.securitySchemes.isEmpty)
    }

    @Test(
        "a requirement of OpenAPI 3.2 names a scheme by its name or its URI",
        arguments: [
            ("Key", ["Key"], 0), ("'#/components/securitySchemes/Key'", ["Key"], 0),
            ("'#/components/securitySchemes/Ke%79'", ["Key"], 0),
            ("'#/components/securitySchemes/Other'", ["Other"], 1),
            ("Other", ["Other"], 1),
        ])
    func names(name: String, schemes: [String], errors: Int) throws {
        let contract = try contract(
            """
            openapi: 3.2.0
            info: {title: t, version: '1'}
            security: [{\(name): []}]
            paths: {/a: {get: {operationId: a, responses: {'200': {description: ok}}}}}
            components: {securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}}
            """)
        #expect(contract.operation("a")?.security.map(\.schemes) == [schemes])
        #expect(contract.lint().count { $0.rule == "security.unknown" } == errors)
    }

    @Test("examples are read in order, except external ones")
    func examples() throws {
        let media = "{examples: {a: {value: 1}, b: {externalValue: 'https://a.example/b'}, c: {value: null}}}"
        let contract = try contract(Self.document(media: media))
        let examples = contract.operations[0].responses[0].content[0].examples
        #expect(examples.map(\.name) == ["a", "c"])
        #expect(examples.map(\.value.spelling) == ["1", "null"])
        #expect(contract.diagnostics.map(\.message) == ["the external example is not loaded"])
    }

    @Test("a reference inside an example is data")
    func data() throws {
        let contract = try contract(Self.document(media: "{example: {$ref: nope.yaml}}"))
        #expect(contract.check().isEmpty)
        #expect(contract.operations[0].responses[0].content[0].examples[0].value["$ref"]?.string == "nope.yaml")
    }
}
