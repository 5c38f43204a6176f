import OpenAPI
import Testing

/// What the description of a media type says about a request body, type by type (OpenAPI 3.1.1, sections 4.8.13 and
/// 4.8.14).
@Suite("Request bodies by media type")
struct BodyDescriptionTests {
    private static func contract(
        _ content: String, version: String = "3.2.0", required: Bool = false
    ) throws -> Contract {
        try OpenAPITests.contract(
            """
            openapi: \(version)
            info: {title: t, version: '1'}
            paths:
              /b:
                post:
                  operationId: send
                  requestBody: {required: \(required), content: \(content)}
                  responses: {'200': {description: ok}}
            """)
    }

    private static func issues(_ contract: Contract, _ type: String?, _ body: [UInt8]?) -> [String] {
        let headers = type.map { [(name: "Content-Type", value: $0)] } ?? []
        return contract.issues(in: WireRequest(method: "POST", path: "/b", headers: headers, body: body)).map {
            "\($0.place) \($0.keyword)\($0.isUndecided ? " undecided" : "")"
        }
    }

    @Test(
        "octets are judged by their number, and by nothing else",
        arguments: [
            ("{type: string, format: binary}", 3, []), ("{type: string, format: binary, maxLength: 2}", 2, []),
            ("{type: string, format: binary, maxLength: 2}", 3, ["body maxLength"]),
            ("{type: string, minLength: 2}", 1, ["body minLength"]), ("{maxLength: 2}", 3, ["body maxLength"]),
            ("{}", 3, []), ("{contentMediaType: application/pdf}", 3, []),
            ("{allOf: [{type: string}, {maxLength: 2}]}", 3, ["body maxLength"]),
            ("{$ref: '#/components/schemas/Short'}", 3, ["body maxLength"]),
            ("{type: [string, 'null'], maxLength: 2}", 3, ["body maxLength"]),
            // Whatever else the schema says cannot be decided for octets, and is not passed silently.
            ("{type: string, pattern: a}", 3, ["body mediaType undecided"]),
            ("{type: string, format: byte}", 3, ["body mediaType undecided"]),
            ("{type: string, contentEncoding: base64}", 3, ["body mediaType undecided"]),
            ("{type: object}", 3, ["body mediaType undecided"]), ("{type: integer}", 3, ["body mediaType undecided"]),
            ("{enum: [abc]}", 3, ["body mediaType undecided"]),
            ("{oneOf: [{maxLength: 2}]}", 3, ["body mediaType undecided"]),
            ("{allOf: [{pattern: a}]}", 3, ["body mediaType undecided"]),
        ])
    func octets(schema: String, count: Int, expected: [String]) throws {
        let contract = try OpenAPITests.contract(
            """
            openapi: 3.2.0
            info: {title: t, version: '1'}
            paths:
              /b: {post: {requestBody: {content: {application/pdf: {schema: \(schema)}}}, responses: {'200': {}}}}
            components: {schemas: {Short: {type: string, maxLength: 2}}}
            """)
        // No octet is the start of a character.
        #expect(Self.issues(contract, "application/pdf", Array(repeating: 0xFF, count: count)) == expected)
    }

    @Test(
        "text is judged as one string by its characters; octets of another encoding by their number",
        arguments: [
            ("{type: string, maxLength: 1}", Array("é".utf8), []), ("{type: string, maxLength: 1}", [0xE9], []),
            ("{type: string, maxLength: 1}", [0xE9, 0xE9], ["body maxLength"]),
            ("{type: string, pattern: '^a'}", Array("b".utf8), ["body pattern"]),
            ("{type: string, pattern: '^a'}", [0x61, 0xE9], ["body mediaType undecided"]),
            ("{type: string, enum: [a, b]}", Array("c".utf8), ["body enum"]),
            ("{type: integer}", Array("7".utf8), ["body type"]), ("{}", [0xFF], []),
        ] as [(String, [UInt8], [String])])
    func text(schema: String, body: [UInt8], expected: [String]) throws {
        let contract = try Self.contract("{text/csv: {schema: \(schema)}}")
        #expect(Self.issues(contract, "text/csv; header=present", body) == expected)
    }

    @Test(
        "`itemSchema` of a type that is not a sequence is not applied, which is reported",
        arguments: [
            ("application/json", "[1]", "", []),
            ("application/json", "[1, 2]", "schema: {maxItems: 1}", ["body maxItems"]),
            ("application/vnd.a+json", "1", "schema: {type: string}", ["body type"]),
            ("application/json", "[", "", ["body json"]), ("text/plain", "x", "", []),
            ("text/plain", "xy", "schema: {maxLength: 1}", ["body maxLength"]),
            ("application/x-www-form-urlencoded", "a=1", "", []),
            (
                "application/x-www-form-urlencoded", "a=x", "schema: {properties: {a: {type: integer}}}",
                ["body/a type"]
            ),
            ("application/pdf", "x", "", []), ("application/pdf", "xy", "schema: {maxLength: 1}", ["body maxLength"]),
        ])
    func items(type: String, body: String, schema: String, expected: [String]) throws {
        let more = schema.isEmpty ? "" : ", " + schema
        let contract = try Self.contract("{\(type): {itemSchema: {type: boolean}\(more)}}")
        #expect(Self.issues(contract, type, Array(body.utf8)) == expected + ["body mediaType undecided"])
        let message = contract.issues(
            in: WireRequest(method: "POST", path: "/b", headers: [("content-type", type)], body: Array(body.utf8))
        ).last?.message
        #expect(message == "is not judged by `itemSchema`: \(type) is not a sequence of items")
        // Without a body, or with one of a documented sequence, nothing was left out.
        #expect(Self.issues(contract, nil, nil) == [])
        let lines = try Self.contract("{application/jsonl: {itemSchema: {type: boolean}}}")
        #expect(Self.issues(lines, "application/jsonl", Array("true\n".utf8)) == [])
    }

    static let several = """
        {application/json: {schema: {type: object}}, application/*: {schema: {type: string, maxLength: 1}},
        'application/json; v=2': {schema: {type: array}}, '*/*': {schema: {type: string, maxLength: 3}},
        application/*+json: {schema: {type: boolean}}}
        """

    @Test(
        "the most specific description judges a body, wherever it is written",
        arguments: [
            ("application/json", "{}", []), ("application/json", "[]", ["body type"]),
            ("application/json; charset=utf-8", "{}", []), ("application/json; v=2", "[]", []),
            ("application/json; v=2", "{}", ["body type"]), ("application/json; v=3", "{}", []),
            ("application/problem+json", "true", []), ("application/problem+json", "{}", ["body type"]),
            ("application/pdf", "x", []), ("application/pdf", "xy", ["body maxLength"]),
            ("image/png", "xyz", []), ("image/png", "wxyz", ["body maxLength"]),
        ])
    func specific(type: String, body: String, expected: [String]) throws {
        #expect(try Self.issues(Self.contract(Self.several), type, Array(body.utf8)) == expected)
    }

    @Test(
        "a missing body, an empty body and a body without a media type",
        arguments: [
            (true, "application/json", nil, ["body required"]), (true, "application/json", "", ["body required"]),
            (true, nil, nil, ["body required"]), (false, "application/json", nil, []),
            (false, "application/json", "", []),
            (false, nil, nil, []), (false, nil, "{}", ["header.content-type mediaType"]),
            (true, nil, "{}", ["header.content-type mediaType"]), (false, "", "{}", ["header.content-type mediaType"]),
            (false, "application/json", " ", ["body json"]), (false, "*/*", "{}", ["header.content-type mediaType"]),
        ] as [(Bool, String?, String?, [String])])
    func presence(required: Bool, type: String?, body: String?, expected: [String]) throws {
        for version in ["3.0.4", "3.1.1", "3.2.0"] {
            let contract = try Self.contract("{application/json: {}}", version: version, required: required)
            #expect(Self.issues(contract, type, body.map { Array($0.utf8) }) == expected, "\(version)")
        }
    }

    @Test(
        "readOnly members may be absent from requests although they are required, and writeOnly members may not",
        arguments: [
            (#"{"w":"a","n":1}"#, []), (#"{"r":"a","w":"a","n":1}"#, []), (#"{"n":1}"#, ["body required"]),
            (#"{"w":"a"}"#, ["body required"]), (#"{"r":1,"w":"a","n":1}"#, ["body/r type"]),
        ])
    func direction(body: String, expected: [String]) throws {
        for version in ["3.0.4", "3.1.1", "3.2.0"] {
            let contract = try Self.contract(
                """
                {application/json: {schema: {type: object, required: [r, w, n], properties: {r: {type: string, \
                readOnly: true}, w: {type: string, writeOnly: true}, n: {type: integer}}}}}
                """, version: version)
            #expect(Self.issues(contract, "application/json", Array(body.utf8)) == expected, "\(version)")
        }
    }
}
