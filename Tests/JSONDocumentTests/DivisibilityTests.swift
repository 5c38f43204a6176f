import JSONDocument
import TestKit
import Testing

@Suite("Divisibility")
struct DivisibilityTests {
    @Test(
        "multiples are decided exactly",
        arguments: [
            ("19.99", "0.01", true), ("19.995", "0.01", false), ("0.3", "0.1", true), ("1e308", "0.5", true),
            ("1e308", "0.123456789", false), ("7", "2", false), ("7", "3.5", true), ("0", "5", true), ("-6", "3", true),
            ("6", "-3", true), ("0", "0", true), ("1", "0", false), ("1e400", "1e399", true), ("1e399", "1e400", false),
            ("9007199254740993", "2", false), ("1e99999999999999999999", "7", false),
            ("7e99999999999999999999", "7", true), ("1e99999999999999999999", "1024", true),
            ("1e99999999999999999999", "1e99999999999999999998", true),
            ("1e99999999999999999998", "1e99999999999999999999", false),
            ("15e99999999999999999999", "2e99999999999999999998", true),
            ("15e99999999999999999999", "4e99999999999999999999", false), ("1e-99999999999999999999", "1", false),
            ("1", "1e-99999999999999999999", true), ("12391239123", "1e-8", true), ("4.35", "0.01", true),
            ("1000000000000000000000000000000000000000000000000000000001", "1000000000000000000000000000001", false),
            ("1000000000000000000000000000002000000000000000000000000000001", "1000000000000000000000000000001", true),
        ]
    )
    func multiples(_ value: String, _ divisor: String, _ expected: Bool) throws {
        #expect(try number(value).isMultiple(of: number(divisor)) == expected)
    }

    @Test("long products are multiples of their factors, and not after a change by one")
    func longProducts() throws {
        var random = SplitMix(seed: 11)
        for _ in 0..<300 {
            let factor = random.digits(upTo: 60)
            let other = random.digits(upTo: 120)
            let product = multiply(factor, other)
            #expect(try number(product).isMultiple(of: number(factor)) == true, "\(factor) × \(other)")
            guard factor != "1" else { continue }
            let more = try #require(try number(product).adding(JSONNumber(1)))
            #expect(try more.isMultiple(of: number(factor)) == false, "\(factor) × \(other) + 1")
        }
    }

    @Test("small operands agree with machine arithmetic")
    func small() throws {
        var random = SplitMix(seed: 5)
        for _ in 0..<2_000 {
            let value = Int(random.next() % 100_000)
            let divisor = Int(random.next() % 300) + 1
            let expected = value.isMultiple(of: divisor)
            #expect(try number("\(value)e-3").isMultiple(of: number("\(divisor)e-3")) == expected)
            let one = try #require(SmallDecimal(significand: value, exponent: -3))
            let other = try #require(SmallDecimal(significand: divisor, exponent: -3))
            #expect(one.isMultiple(of: other) == expected, "\(value) \(divisor)")
        }
    }

    @Test("operands of extreme length are declined in bounded time")
    func absurd() {
        let long = JSONNumber("1" + String(repeating: "7", count: 200_000))
        let other = JSONNumber("3" + String(repeating: "1", count: 100_000))
        #expect(other.flatMap { long?.isMultiple(of: $0) } == nil)
        #expect(long != nil && other != nil)
    }

    private func multiply(_ left: String, _ right: String) -> String {
        var digits = [Int](repeating: 0, count: left.utf8.count + right.utf8.count)
        for (place, one) in left.utf8.reversed().enumerated() {
            for (other, two) in right.utf8.reversed().enumerated() {
                digits[place + other] += Int(one - 48) * Int(two - 48)
            }
        }
        for place in digits.indices.dropLast() {
            digits[place + 1] += digits[place] / 10
            digits[place] %= 10
        }
        let text = digits.reversed().drop { $0 == 0 }.map(String.init).joined()
        return text.isEmpty ? "0" : text
    }
}
