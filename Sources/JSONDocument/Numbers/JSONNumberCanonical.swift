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
