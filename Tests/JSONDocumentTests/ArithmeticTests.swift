import JSONDocument
import TestKit
import Testing

/// Decimals against machine arithmetic on scaled integers.
@Suite("Decimals against integers")
struct ArithmeticTests {
    /// value × 10^-places, spelt in one of several ways.
    private func spelled(_ value: Int, places: Int, using random: inout SplitMix) throws -> JSONNumber {
        let sign = value < 0 ? "-" : ""
        var digits = String(value.magnitude)
        switch random.next() % 3 {
        case 0: return try number("\(value)e-\(places)")
        case 1: return try number("\(value)\(value == 0 ? "" : "000")E-\(places + 3)")
        default:
            while digits.utf8.count <= places { digits = "0" + digits }
            let whole = digits.dropLast(places)
            return try number(sign + whole + (places > 0 ? "." + digits.suffix(places) : ""))
        }
    }

    @Test("order and equality agree")
    func order() throws {
        var random = SplitMix(seed: 41)
        for _ in 0..<3_000 {
            let left = Int.random(in: -200...200, using: &random)
            let right = Int.random(in: -200...200, using: &random)
            let places = Int.random(in: 0...4, using: &random)
            let one = try spelled(left, places: places, using: &random)
            let other = try spelled(right, places: places, using: &random)
            #expect((one < other) == (left < right), "\(one) \(other)")
            #expect((one == other) == (left == right), "\(one) \(other)")
            let short = try #require(SmallDecimal(one))
            let second = try #require(SmallDecimal(other))
            #expect((short < second) == (left < right), "\(one) \(other)")
            #expect((short == second) == (left == right), "\(one) \(other)")
            #expect(short.number == one)
        }
    }

    @Test("sums and differences agree")
    func sums() throws {
        var random = SplitMix(seed: 42)
        for _ in 0..<3_000 {
            let left = Int.random(in: -99_999...99_999, using: &random)
            let right = Int.random(in: -99_999...99_999, using: &random)
            let one = try spelled(left, places: 2, using: &random)
            let other = try spelled(right, places: 2, using: &random)
            #expect(one.adding(other) == SmallDecimal(significand: left + right, exponent: -2)?.number)
            #expect(one.subtracting(other) == SmallDecimal(significand: left - right, exponent: -2)?.number)
        }
    }

    @Test("a sum minus one summand is the other, for numbers of any length")
    func inverse() throws {
        var random = SplitMix(seed: 43)
        for _ in 0..<500 {
            let one = try number(
                (random.next() % 2 == 0 ? "-" : "") + random.digits(upTo: 80) + "." + random.digits(upTo: 20))
            let other = try number(
                (random.next() % 2 == 0 ? "-" : "") + random.digits(upTo: 80) + "e-\(random.next() % 40)")
            let sum = try #require(one.adding(other))
            #expect(sum.subtracting(other) == one, "\(one) \(other)")
            #expect(sum.subtracting(one) == other, "\(one) \(other)")
            #expect((sum > one) == !other.isNegative)
        }
    }

    @Test("canonical spellings are read as the same number")
    func canonical() throws {
        var random = SplitMix(seed: 44)
        for _ in 0..<2_000 {
            let exponent = Int.random(in: -40...40, using: &random)
            let one = try number(random.digits(upTo: 30) + "." + random.digits(upTo: 10) + "e\(exponent)")
            let again = try number(one.canonical)
            #expect(again == one)
            #expect(again.canonical == one.canonical)
        }
    }

    @Test("zero is never negative")
    func zero() throws {
        #expect(try number("-0.00").isZero)
        #expect(try !number("-0.00").isNegative)
        #expect(try number("-0.01").isNegative)
        #expect(try number("-0") == 0)
        #expect(try number("-0").description == "-0")
    }
}
