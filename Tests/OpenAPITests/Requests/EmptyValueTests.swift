import OpenAPI
import Testing

@Suite("Query parameters without a value")
struct EmptyValueTests {
    /// The keywords that a query breaks for a parameter `p`.
    private static func issues(_ query: String?, _ parameter: String) throws -> [String] {
        let contract = try contract(
            """
            openapi: 3.1.1
            info: {title: t, version: '1'}
            paths:
              /q: {get: {parameters: [{name: p, in: query, \(parameter)}], responses: {'200': {description: ok}}}}
            """
        )
        return contract.issues(in: WireRequest(method: "GET", path: "/q", query: query)).map(\.keyword)
    }

    @Test(
        "allowEmptyValue only allows a parameter with any schema to be empty",
        arguments: [
            "schema: {type: integer}", "schema: {type: boolean}", "schema: {type: string, enum: [a]}",
            "schema: {type: string, minLength: 1}", "schema: {type: array, minItems: 1, items: {type: integer}}",
            "schema: {type: array, minItems: 1, items: {type: integer}}, explode: false",
            "content: {application/json: {schema: {type: object}}}",
        ]
    )
    func allowed(parameter: String) throws {
        let allowing = parameter + ", required: true, allowEmptyValue: true"
        for query in ["p=", "p", "a=1&p="] { #expect(try Self.issues(query, allowing) == [], "\(query)") }
        #expect(try Self.issues(nil, allowing) == ["required"])
        #expect(try Self.issues("p=%00x", allowing).count == (parameter.contains("minLength") ? 0 : 1))
        #expect(try Self.issues("p=", parameter + ", required: true").count == 1)
    }
}
