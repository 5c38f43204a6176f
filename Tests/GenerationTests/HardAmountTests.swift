import Foundation
import Generation
import JSONDocument
import Testing

@Suite("Hard amounts") struct HardAmountTests {
    @Test("an amount loses a unit in a product of doubles, or in single precision", arguments: 2...4)
    func lost(decimals: Int) throws {
        for amount in HardAmounts.amounts(decimals: decimals) {
            let scale = pow(10.0, Double(decimals))
            let exact = try #require(JSONNumber("\(amount.lexeme)e\(decimals)")).int
            #expect(amount.isMultiple(of: try #require(HardAmounts.unit(decimals: decimals))) == true, "\(amount)")
            #expect(exact != nil && Int(amount.double * scale) != exact, "\(amount)")
        }
    }

    @Test("an amount that is too precise has more decimals than the currency", arguments: 0...4)
    func tooPrecise(decimals: Int) throws {
        let unit = try #require(HardAmounts.unit(decimals: decimals))
        for amount in HardAmounts.tooPrecise(decimals: decimals) { #expect(amount.isMultiple(of: unit) == false) }
        for amount in HardAmounts.amounts(decimals: decimals) { #expect(amount.isMultiple(of: unit) == true) }
    }
}
