import JSONDocument
import Testing

@testable import Mocking

@Suite("Rounded amounts") struct RoundedAmountTests {
    @Test(
        "an amount loses what a product of doubles loses",
        arguments: [
            ("4.35", "4.34"), ("19.99", "19.98"), ("1.005", "1.004"), ("0.29", "0.28"), ("-4.35", "-4.34"),
            ("100", nil), ("100.50", nil), ("0.30", nil), ("1e2", nil), (#""4.35""#, #""4.34""#), (#""a lot""#, nil),
            ("true", nil), ("null", nil), ("123456789.35", nil), ("0.0000000001", nil),
        ] as [(String, String?)])
    func rounding(amount: String, rounded: String?) throws {
        let body = #"{"items":[{"total":{"amount":\#(amount)}}],"amount":4.35}"#
        var amounts = RoundedAmounts([["total", "amount"]])
        let result = amounts.rounded(try JSONDocument(parsing: Array(body.utf8)).root.value)
        #expect(result.text == body.replacing("\(amount)}}", with: "\(rounded ?? amount)}}"))
        #expect(amounts.isChanged == (rounded != nil))
    }
}
