import Primitives
import Testing

@Suite("Currencies") struct CurrencyTests {
    @Test(
        "each code has the decimals of ISO 4217",
        arguments: [
            ("JPY", .upTo(0)), ("KRW", .upTo(0)), ("ISK", .upTo(0)), ("UGX", .upTo(0)), ("XOF", .upTo(0)),
            ("INR", .upTo(2)), ("USD", .upTo(2)), ("MRU", .upTo(2)), ("XCG", .upTo(2)), ("ZWG", .upTo(2)),
            ("BHD", .upTo(3)), ("TND", .upTo(3)), ("CLF", .upTo(4)), ("UYW", .upTo(4)), ("XAU", .any),
            ("inr", .upTo(2)),
        ] as [(String, Currency.Decimals)])
    func known(code: String, decimals: Currency.Decimals) {
        #expect(Currency.decimals(of: code) == decimals)
    }

    @Test("other texts are not codes", arguments: ["", "IN", "RUPEE", "QQQ", "₹", "IN1", "ÎNR", "iNR "])
    func unknown(text: String) {
        #expect(Currency.decimals(of: text) == nil)
    }
}
