/// Exact divisibility of decimals of any size.
enum DecimalDivisibility {
    /// The maximum number of long-division steps; about a tenth of a second.
    private static let maximumWork = 20_000_000

    /// Whether `number` is an integer times `divisor`; nil if both have too many digits to decide within bounds.
    ///
    /// With number = n × 10^a and divisor = d × 10^b, where neither n nor d ends in zero, the quotient is an integer if
    /// a ≥ b and d divides n × 10^(a − b). Since d contains the factors 2 and 5 at most log2(d) times, a greater power
    /// of ten changes nothing. Exponents of any size are therefore decided without expanding them.
    static func isMultiple(_ number: DecimalView, of divisor: DecimalView) -> Bool? {
        if number.isZero { return true }
        if divisor.isZero { return false }
        let bound = divisor.digitCount * 4
        guard let zeros = number.exponent.excess(over: divisor.exponent, bound: bound) else { return false }
        if let numerator = number.significand, let denominator = divisor.significand {
            return isMultiple(UInt64(numerator), zeros: zeros, of: UInt64(denominator))
        }
        let limbs = (divisor.digitCount + 8) / 9
        let steps = (number.digitCount + zeros + 8) / 9
        let (work, isHuge) = limbs.multipliedReportingOverflow(by: steps)
        guard !isHuge, work <= maximumWork else { return nil }
        return remainderIsZero(number, zeros: zeros, divisor: divisor, limbs: limbs)
    }

    /// Whether `divisor` divides `number` × 10^`zeros`; both below 10^18, `divisor` not 0.
    static func isMultiple(_ number: UInt64, zeros: Int, of divisor: UInt64) -> Bool {
        var remainder = number % divisor
        for _ in 0..<min(zeros, 60) where remainder != 0 { remainder = remainder &* 10 % divisor }
        return remainder == 0
    }

    private static let base: UInt64 = 1_000_000_000

    /// Long division in base 10^9 that keeps the remainder only (Knuth, TAOCP 2, 4.3.1, algorithm D).
    private static func remainderIsZero(
        _ number: DecimalView,
        zeros: Int,
        divisor: DecimalView,
        limbs: Int
    ) -> Bool {
        // The least significant limb comes first.
        var divisorLimbs = [UInt64](repeating: 0, count: limbs)
        for index in 0..<divisor.digitCount {
            let limb = (divisor.digitCount - 1 - index) / 9
            divisorLimbs[limb] = divisorLimbs[limb] * 10 + UInt64(divisor.digit(index))
        }
        // Scaling both sides makes the top limb large enough to estimate each quotient digit well.
        let scale = base / (divisorLimbs[limbs - 1] + 1)
        var carry: UInt64 = 0
        for index in 0..<limbs {
            let product = divisorLimbs[index] * scale + carry
            divisorLimbs[index] = product % base
            carry = product / base
        }
        var remainder = [UInt64](repeating: 0, count: limbs + 1)
        let total = number.digitCount + zeros
        var index = 0
        while index < total {
            let width = (total - index - 1) % 9 + 1
            var chunk: UInt64 = 0
            for place in index..<index + width {
                chunk = chunk * 10 + UInt64(place < number.digitCount ? number.digit(place) : 0)
            }
            index += width
            shift(&remainder, adding: chunk * scale)
            reduce(&remainder, by: divisorLimbs)
        }
        return remainder.allSatisfy { $0 == 0 }
    }

    /// remainder × base + addend
    private static func shift(_ remainder: inout [UInt64], adding addend: UInt64) {
        for index in stride(from: remainder.count - 1, to: 0, by: -1) { remainder[index] = remainder[index - 1] }
        remainder[0] = 0
        var carry = addend
        for index in remainder.indices where carry != 0 {
            let sum = remainder[index] + carry
            remainder[index] = sum % base
            carry = sum / base
        }
    }

    private static func reduce(_ remainder: inout [UInt64], by divisor: [UInt64]) {
        let top = divisor.count
        let head = remainder[top] * base + remainder[top - 1]
        var guess = min(head / divisor[top - 1], base - 1)
        if top >= 2 {
            var rest = head - guess * divisor[top - 1]
            while rest < base, guess * divisor[top - 2] > rest * base + remainder[top - 2] {
                guess -= 1
                rest += divisor[top - 1]
            }
        }
        var borrow: Int64 = 0
        var carry: UInt64 = 0
        for index in 0...top {
            let product = (index < top ? divisor[index] * guess : 0) + carry
            carry = product / base
            let difference = Int64(remainder[index]) - Int64(product % base) - borrow
            borrow = difference < 0 ? 1 : 0
            remainder[index] = UInt64(difference < 0 ? difference + Int64(base) : difference)
        }
        guard borrow != 0 else { return }
        // The estimate was one too high.
        carry = 0
        for index in 0..<top {
            let sum = remainder[index] + divisor[index] + carry
            remainder[index] = sum % base
            carry = sum / base
        }
        remainder[top] = (remainder[top] + carry) % base
    }
}
