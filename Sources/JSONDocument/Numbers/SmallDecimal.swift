/// An exact decimal of at most 18 significant digits, for comparisons without allocation.
///
/// The value is significand × 10^exponent; the significand never ends in zero, so equal values have equal parts.
public struct SmallDecimal: Hashable, Sendable {
    /// The digits with their sign; between −(10^18 − 1) and 10^18 − 1.
    public let significand: Int
    /// The power of ten of the last digit; at most ``maximumExponent`` in magnitude, 0 for zero.
    public let exponent: Int

    /// The greatest magnitude of an exponent.
    public static let maximumExponent = 4_096

    private static let digitLimit = 1_000_000_000_000_000_000

    /// Creates a decimal from its parts; nil if they are out of bounds.
    public init?(significand: Int, exponent: Int) {
        guard significand.magnitude < UInt(Self.digitLimit) else { return nil }
        var digits = significand
        var power = exponent
        if digits == 0 {
            power = 0
        } else {
            while digits % 10 == 0 {
                digits /= 10
                power += 1
            }
        }
        guard power.magnitude <= UInt(Self.maximumExponent) else { return nil }
        self.significand = digits
        self.exponent = power
    }

    /// Creates a decimal from an integer; nil if it has more than 18 digits.
    public init?(_ integer: Int) { self.init(significand: integer, exponent: 0) }

    /// Creates a decimal from a number; nil if it has more digits or a greater exponent.
    public init?(_ number: JSONNumber) {
        guard let value = number.withDecimal({ SmallDecimal($0) }) else { return nil }
        self = value
    }

    init?(_ view: DecimalView) {
        guard let digits = view.significand, case .small(let power) = view.exponent else { return nil }
        self.init(significand: view.isNegative ? -digits : digits, exponent: power)
    }

    /// Whether the value has no fraction.
    public var isInteger: Bool { exponent >= 0 }

    /// The value as an `Int`, if it is an integer and fits.
    public var int: Int? {
        guard exponent >= 0 else { return nil }
        var value = significand
        for _ in 0..<min(exponent, 19) {
            let (product, isHuge) = value.multipliedReportingOverflow(by: 10)
            guard !isHuge else { return nil }
            value = product
        }
        return value
    }

    /// Whether this is an exact integer multiple of `divisor`; the only multiple of zero is zero.
    public func isMultiple(of divisor: SmallDecimal) -> Bool {
        if significand == 0 { return true }
        guard divisor.significand != 0, exponent >= divisor.exponent else { return false }
        return DecimalDivisibility.isMultiple(
            UInt64(significand.magnitude),
            zeros: exponent - divisor.exponent,
            of: UInt64(divisor.significand.magnitude)
        )
    }

    /// The value as a number, with an exponent unless that is 0.
    public var number: JSONNumber {
        JSONNumber(checked: exponent == 0 ? String(significand) : "\(significand)e\(exponent)")
    }
}

extension SmallDecimal: Comparable {
    /// Orders by value.
    public static func < (left: SmallDecimal, right: SmallDecimal) -> Bool {
        if left.exponent == right.exponent { return left.significand < right.significand }
        let leftSign = left.significand.signum()
        let rightSign = right.significand.signum()
        if leftSign != rightSign { return leftSign < rightSign }
        let leftScale = left.exponent + digitCount(left.significand)
        let rightScale = right.exponent + digitCount(right.significand)
        if leftScale != rightScale { return (leftScale < rightScale) == (leftSign > 0) }
        // The values have a common scale: written to the same last digit, both have at most 18 digits.
        let last = min(left.exponent, right.exponent)
        return shifted(left, to: last) < shifted(right, to: last)
    }

    private static func shifted(_ value: SmallDecimal, to last: Int) -> Int {
        var digits = value.significand
        for _ in 0..<value.exponent - last { digits *= 10 }
        return digits
    }

    private static func digitCount(_ value: Int) -> Int {
        var count = 0
        var rest = value.magnitude
        while rest > 0 {
            rest /= 10
            count += 1
        }
        return count
    }
}
