import Testing

@testable import Drafting

/// Amounts that `init` recognises.
@Suite struct MoneyDraftTests {
    private static func draft(_ properties: String, required: String = "amount") throws -> Draft {
        try Drafts.draft(
            """
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            paths:
              /orders:
                post:
                  operationId: addOrder
                  requestBody:
                    required: true
                    content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
                  responses:
                    '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
            components:
              schemas:
                Order: {type: object, required: [\(required)], properties: \(properties)}
            """)
    }

    private static func told(_ properties: String) throws -> [String] {
        try draft(properties).money.map { group in
            "\(group.name): \(group.amounts.joined(separator: " ")) \(group.currency ?? "-")"
                + (group.isMinor ? " minor" : "") + (group.isCertain ? "" : "?")
        }
    }

    @Test(
        "the shapes of amounts are recognised",
        arguments: [
            ("{amount: {type: number}, currency: {type: string, example: INR}}", ["amount: amount currency"]),
            ("{amount: {type: number}, currency: {type: string}}", ["amount: amount currency?"]),
            ("{amount: {type: number}, currency: {type: string, example: JPY}}", ["amount: amount currency?"]),
            (
                "{amount: {type: integer}, amount_due: {type: integer}, currency: {enum: [usd, eur]}}",
                ["amount: amount amount_due currency minor"]
            ),
            (
                """
                {orderAmount: {type: number}, order_amount_paid: {type: number}, order_note: {type: string},
                order_currency: {type: string, default: INR}, fee_amount: {type: number}, fee_currency: {enum: [EUR]}}
                """,
                ["order: orderAmount order_amount_paid order_currency", "fee: fee_amount fee_currency"]
            ),
            (
                """
                {total: {type: object, properties: {value: {type: string}, currency_code: {type: string, example: USD}}},
                lines: {type: array, items: {type: object, properties: {price: {type: object, properties:
                {value: {type: string}, currency_code: {type: string, example: USD}}}}}}}
                """,
                ["amount: total.value price.value currency_code"]
            ),
            (
                "{amount: {type: integer}, fee_amount: {type: number}, currency: {type: string, example: INR}}",
                ["amount: amount fee_amount currency"]
            ),
            ("{total_cents: {type: integer}, tax_cents: {type: number}}", ["amount: total_cents - minor"]),
            ("{amount: {type: number}, unit: {type: string}, value: {type: number}}", []),
        ])
    func shapes(properties: String, expected: [String]) throws {
        #expect(try Self.told(properties) == expected)
    }

    @Test("the configuration contains them, those of an uncertain currency as comments")
    func configuration() throws {
        func text(_ properties: String) throws -> String {
            let draft = try Self.draft(properties)
            return ConfigurationDraft.text(try Drafts.contract(Drafts.shop), spec: "a.yaml", money: draft.money)
        }
        let certain = try text("{amount: {type: number}, currency: {type: string, example: INR}}")
        #expect(certain.hasSuffix("\nmoney:\n  amount:\n    amounts: 'amount'\n    currency: 'currency'\n"))
        let uncertain = try text("{amount: {type: number}, currency: {type: string}}")
        #expect(uncertain.hasSuffix("\n# money:\n#   amount:\n#     amounts: 'amount'\n#     currency: 'currency'\n"))
    }

    @Test(
        "a request with a currency has amounts that doubles lose, with the decimals of the currency",
        arguments: [("INR", "19.99"), ("BHD", "1.001"), ("CLF", "1.0009"), ("JPY", "16777217")])
    func hardAmounts(currency: String, amount: String) throws {
        let draft = try Self.draft(
            "{amount: {type: number}, currency: {type: string, enum: [\(currency)]}}", required: "amount, currency")
        let texts = draft.files.map(\.text).joined()
        #expect(texts.contains(amount), "\(texts)")
    }
}
