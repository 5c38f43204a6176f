/// A power of ten of any size: the exponent of a JSON number may be longer than any machine word.
///
/// A value below 10^17 in magnitude is always `.small` and any other value `.large`, so synthesised equality is
/// correct.
enum DecimalExponent: Hashable, Sendable {
    case small(Int)
    /// Sign and decimal digits (as values 0...9, the most significant first).
    case large(isNegative: Bool, digits: [UInt8])

    private static let smallDigits = 17
    private static let smallBound = 100_000_000_000_000_000

    /// Reads the digits after `e`, with their sign, and adds `shift`, whose magnitude is below 2^33.
    init(_ written: UnsafeBufferPointer<UInt8>, adding shift: Int) {
        var start = 0
        var isNegative = false
        if let sign = written.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            start = 1
        }
        while start < written.count, written[start] == UInt8(ascii: "0") { start += 1 }
        if written.count - start <= Self.smallDigits {
            var value = 0
            for byte in written[start...] { value = value &* 10 &+ Int(byte &- 0x30) }
            self = Self.normal((isNegative ? -value : value) + shift)
        } else {
            let digits = written[start...].map { $0 &- 0x30 }
            self = DecimalExponent.large(isNegative: isNegative, digits: digits).adding(shift)
        }
    }

    /// The sum with a number whose magnitude is below 2^33.
    func adding(_ shift: Int) -> DecimalExponent {
        switch self {
        case .small(let value):
            return Self.normal(value + shift)
        case .large(let isNegative, let digits):
            // The magnitude is at least 10^17 and far larger than `shift`: the sign stays, and only the digits change.
            let sum = Self.change(digits, by: isNegative ? -shift : shift)
            guard sum.count > Self.smallDigits else {
                let value = sum.reduce(0) { $0 * 10 + Int($1) }
                return .small(isNegative ? -value : value)
            }
            return .large(isNegative: isNegative, digits: sum)
        }
    }

    private static func normal(_ value: Int) -> DecimalExponent {
        guard value.magnitude >= UInt(smallBound) else { return .small(value) }
        return .large(isNegative: value < 0, digits: String(value.magnitude).utf8.map { $0 &- 0x30 })
    }

    private static func change(_ digits: [UInt8], by shift: Int) -> [UInt8] {
        var result = digits
        var carry = shift
        for place in result.indices.reversed() where carry != 0 {
            let sum = Int(result[place]) + carry
            let digit = (sum % 10 + 10) % 10
            result[place] = UInt8(digit)
            carry = (sum - digit) / 10
        }
        while carry > 0 {
            result.insert(UInt8(carry % 10), at: 0)
            carry /= 10
        }
        return Array(result.drop { $0 == 0 })
    }
}

extension DecimalExponent: Comparable {
    static func < (left: DecimalExponent, right: DecimalExponent) -> Bool {
        switch (left, right) {
        case (.small(let one), .small(let other)): one < other
        case (.small, .large(let isNegative, _)): !isNegative
        case (.large(let isNegative, _), .small): isNegative
        case (.large(let leftNegative, let leftDigits), .large(let rightNegative, let rightDigits)):
            if leftNegative != rightNegative {
                leftNegative
            } else if leftNegative {
                precedes(rightDigits, leftDigits)
            } else {
                precedes(leftDigits, rightDigits)
            }
        }
    }

    private static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
    }

    /// The amount by which this exceeds `other`, capped at `bound` (below 2^33); nil if it is less.
    func excess(over other: DecimalExponent, bound: Int) -> Int? {
        if self < other { return nil }
        if case .small(let one) = self, case .small(let two) = other { return min(one - two, bound) }
        var low = 0
        var high = bound
        while low < high {
            let middle = (low + high + 1) / 2
            if other.adding(middle) <= self { low = middle } else { high = middle - 1 }
        }
        return low
    }
}

extension DecimalExponent: CustomStringConvertible {
    var description: String {
        switch self {
        case .small(let value): String(value)
        case .large(let isNegative, let digits):
            (isNegative ? "-" : "") + String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
        }
    }
}
