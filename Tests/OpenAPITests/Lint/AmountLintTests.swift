import Diagnostics
import OpenAPI
import Testing

@Suite("Lint of amounts")
struct AmountLintTests {
    private static func lint(_ amount: String, _ members: [[String]]) throws -> [String] {
        let document = """
            openapi: 3.0.3
            info: {title: t, version: '1'}
            paths:
              /a:
                post:
                  operationId: a
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
                  responses:
                    '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
            components:
              schemas:
                A:
                  type: object
                  properties:
                    amount: \(amount)
                    rate: {type: number, format: double}
                    fee: {type: object, properties: {value: \(amount)}}
                    list: {type: array, items: {$ref: '#/components/schemas/A'}}
            """
        return try contract(document).lintAmounts(members).map { "\($0.rule) \($0.message)" }
    }

    @Test(
        "a type that loses digits is reported once, with a remedy",
        arguments: [
            (
                "{type: number, format: double}",
                "is a number of the format double, so clients compute with rounded values"
            ),
            ("{type: number, format: float, minimum: 0}", "is a number of the format float"),
            ("{type: integer, maximum: 9007199254740993}", "allows integers beyond 2^53"),
            ("{type: string}", "is a text without a pattern"), ("{type: number}", nil), ("{type: integer}", nil),
            ("{type: number, format: double, multipleOf: 0.01}", nil), ("{type: string, pattern: '^[0-9.]+$'}", nil),
            ("{type: string, format: decimal}", nil), ("{type: integer, maximum: 9007199254740991}", nil),
            ("{type: string, enum: ['1.00', '2.00']}", nil), ("{}", nil),
        ])
    func types(amount: String, expected: String?) throws {
        let found = try Self.lint(amount, [["amount"]])
        #expect(found.count == (expected == nil ? 0 : 1))
        if let expected {
            #expect(found.first?.hasPrefix("schema.imprecise-amount the amount 'amount' \(expected)") == true)
        }
    }

    @Test("only the configured members are amounts")
    func members() throws {
        let double = "{type: number, format: double}"
        #expect(try Self.lint(double, []).isEmpty)
        #expect(try Self.lint(double, [["value"]]).count == 1)
        #expect(try Self.lint(double, [["fee", "value"], ["amount"]]).count == 2)
        #expect(try Self.lint(double, [["rate", "value"], ["list", "fee"]]).isEmpty)
        #expect(
            try contract("openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n").lintAmounts([["a"]]).isEmpty)
    }
}
