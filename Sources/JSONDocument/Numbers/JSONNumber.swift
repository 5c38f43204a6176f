import Primitives

/// A JSON number with its spelling: an exact decimal of any size.
///
/// Numbers are equal if their values are equal: `1.0`, `1` and `1e0` are the same number, and `-0` equals `0`. Nothing
/// is ever rounded, and no power of ten is ever expanded.
public struct JSONNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The spelling.
    public let lexeme: String

    /// Parses a number by the grammar of RFC 8259, section 6: no `+`, no leading zeros, digits on both sides of the
    /// point.
    public init?(_ lexeme: String) {
        guard !lexeme.utf8.isEmpty, Self.isNumber(lexeme) else { return nil }
        self.lexeme = lexeme
    }

    /// Creates a number from an integer.
    public init(_ value: Int) { lexeme = String(value) }

    /// Creates a number from a spelling that has been checked.
    init(checked lexeme: String) { self.lexeme = lexeme }

    /// Whether the value has no fraction; true for `1.0` and `1e2`.
    public var isInteger: Bool { withDecimal { $0.isInteger } }

    /// The value as an `Int`, if it is an integer and fits.
    public var int: Int? { withDecimal { $0.int } }

    /// The nearest `Double`; infinite if the value is out of range.
    public var double: Double { Double(lexeme) ?? .nan }

    /// Whether the value is below zero.
    public var isNegative: Bool { withDecimal { $0.isNegative } }

    /// Whether the value is zero.
    public var isZero: Bool { withDecimal { $0.isZero } }

    /// Whether this is an exact integer multiple of `divisor`; the only multiple of zero is zero.
    ///
    /// Nil if both have so many digits (hundreds of thousands) that it cannot be decided in bounded time.
    public func isMultiple(of divisor: JSONNumber) -> Bool? {
        withDecimal { number in divisor.withDecimal { DecimalDivisibility.isMultiple(number, of: $0) } }
    }

    /// The spelling.
    public var description: String { lexeme }

    /// Whether the values are equal.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        if left.lexeme.isSame(as: right.lexeme) { return true }
        return left.withDecimal { one in right.withDecimal { one == $0 } }
    }

    /// Whether the left value is smaller.
    public static func < (left: JSONNumber, right: JSONNumber) -> Bool {
        left.withDecimal { one in right.withDecimal { one < $0 } }
    }

    /// Feeds the value, not the spelling.
    public func hash(into hasher: inout Hasher) { withDecimal { $0.hash(into: &hasher) } }

    func withDecimal<Result>(_ body: (DecimalView) -> Result) -> Result {
        var text = lexeme
        return text.withUTF8 { body(DecimalView($0)) }
    }

    private static func isNumber(_ lexeme: String) -> Bool {
        var text = lexeme
        return text.withUTF8 { bytes in
            var isInteger = true
            let stop = try? JSONScanner(bytes).number(0, &isInteger)
            return stop == bytes.count
        }
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
    /// Creates a number from an integer literal.
    public init(integerLiteral value: Int) { self.init(value) }
}

extension JSONNumber {
    /// The unique spelling of the value in ``JSONStyle/canonical``.
    public var canonical: String { withDecimal { $0.canonical } }
}

extension DecimalView {
    /// ECMAScript's `Number::toString` (ECMA-262, section 6.1.6.1.20), with all digits.
    var canonical: String {
        if isZero { return "0" }
        var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        let digits = (0..<digitCount).map { digit($0) + 0x30 }
        // The value is 0.d1d2d3… × 10^scale.
        let scale = exponent.adding(digitCount)
        switch scale {
        case .small(let places) where places > 0 && places <= 21:
            text.append(contentsOf: digits.prefix(places))
            text.append(contentsOf: repeatElement(0x30, count: max(0, places - digitCount)))
            if digitCount > places {
                text.append(UInt8(ascii: "."))
                text.append(contentsOf: digits.dropFirst(places))
            }
        case .small(let places) where places <= 0 && places > -6:
            text.append(contentsOf: "0.".utf8)
            text.append(contentsOf: repeatElement(0x30, count: -places))
            text.append(contentsOf: digits)
        default:
            text.append(digits[0])
            if digitCount > 1 {
                text.append(UInt8(ascii: "."))
                text.append(contentsOf: digits.dropFirst())
            }
            let power = scale.adding(-1)
            text.append(contentsOf: (power > .small(0) ? "e+" : "e").utf8)
            text.append(contentsOf: power.description.utf8)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
