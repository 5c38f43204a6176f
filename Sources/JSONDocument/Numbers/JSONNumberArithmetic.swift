/// Exact sums, as required for money.
extension JSONNumber {
    /// Sums with more digits than this are not computed.
    private static let maximumDigits = 10_000

    /// Returns the sum; nil if it would need more than 10,000 digits. The result keeps the larger number of fraction
    /// digits.
    public func adding(_ other: JSONNumber) -> JSONNumber? { sum(other, negated: false) }

    /// Returns the difference; nil if it would need more than 10,000 digits. The result keeps the larger number of
    /// fraction digits.
    public func subtracting(_ other: JSONNumber) -> JSONNumber? { sum(other, negated: true) }

    private func sum(_ other: JSONNumber, negated: Bool) -> JSONNumber? {
        guard let ownPlaces = writtenFractionDigits, let otherPlaces = other.writtenFractionDigits else { return nil }
        let places = max(ownPlaces, otherPlaces)
        guard let own = scaled(to: places), let others = other.scaled(to: places) else { return nil }
        let isNegative = self.isNegative
        let isOtherNegative = other.isNegative != negated && !other.isZero
        let digits: [UInt8]
        var isResultNegative = isNegative
        if isNegative == isOtherNegative || other.isZero {
            digits = Self.added(own, others)
        } else if Self.isLess(own, others) {
            digits = Self.subtracted(others, own)
            isResultNegative = isOtherNegative
        } else {
            digits = Self.subtracted(own, others)
        }
        return Self.spelled(digits, places: places, isNegative: isResultNegative)
    }

    /// The number of fraction digits of the spelling without an exponent: 2 for `1.50` and `150e-2`; nil beyond bounds.
    private var writtenFractionDigits: Int? {
        var text = lexeme
        return text.withUTF8 { bytes in
            let mantissaEnd = bytes.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? bytes.count
            let point = bytes[..<mantissaEnd].firstIndex(of: UInt8(ascii: "."))
            let written = point.map { mantissaEnd - $0 - 1 } ?? 0
            let exponent = UnsafeBufferPointer(rebasing: bytes[min(mantissaEnd + 1, bytes.count)...])
            let last = DecimalExponent(exponent, adding: -written)
            if last >= .small(0) { return 0 }
            guard case .small(let value) = last, -value <= Self.maximumDigits else { return isZero ? 0 : nil }
            return -value
        }
    }

    /// The digits of the magnitude × 10^`places`, least significant first; nil beyond bounds.
    private func scaled(to places: Int) -> [UInt8]? {
        withDecimal { view in
            if view.isZero { return [] }
            guard case .small(let exponent) = view.exponent else { return nil }
            let zeros = exponent + places
            guard zeros >= 0, zeros + view.digitCount <= Self.maximumDigits else { return nil }
            var digits = [UInt8](repeating: 0, count: zeros)
            for index in (0..<view.digitCount).reversed() { digits.append(view.digit(index)) }
            return digits
        }
    }

    private static func added(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var carry: UInt8 = 0
        for index in 0..<max(left.count, right.count) {
            let sum = (index < left.count ? left[index] : 0) + (index < right.count ? right[index] : 0) + carry
            result.append(sum % 10)
            carry = sum / 10
        }
        if carry > 0 { result.append(carry) }
        return result
    }

    /// Returns `left` − `right`; `left` must not be smaller.
    private static func subtracted(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var borrow: Int8 = 0
        for index in left.indices {
            let difference = Int8(left[index]) - Int8(index < right.count ? right[index] : 0) - borrow
            borrow = difference < 0 ? 1 : 0
            result.append(UInt8(difference + borrow * 10))
        }
        while result.last == 0 { result.removeLast() }
        return result
    }

    /// Compares magnitudes without leading zeros.
    private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count
            ? left.reversed().lexicographicallyPrecedes(right.reversed())
            : left.count < right.count
    }

    private static func spelled(_ digits: [UInt8], places: Int, isNegative: Bool) -> JSONNumber? {
        guard digits.count <= maximumDigits else { return nil }
        var digits = digits
        while digits.count <= places { digits.append(0) }
        var text: [UInt8] = isNegative && digits.contains { $0 != 0 } ? [UInt8(ascii: "-")] : []
        for index in digits.indices.reversed() {
            text.append(0x30 + digits[index])
            if index == places, places > 0 { text.append(UInt8(ascii: ".")) }
        }
        return JSONNumber(checked: String(decoding: text, as: UTF8.self))
    }
}
