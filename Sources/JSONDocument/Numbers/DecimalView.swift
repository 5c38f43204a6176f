/// A JSON number in its bytes, viewed as sign × significant digits × power of ten. Nothing is copied or expanded.
struct DecimalView {
    private let bytes: UnsafeBufferPointer<UInt8>
    let isNegative: Bool
    /// The position of the first significant digit; the significant digits have no zeros at either end.
    private let first: Int
    /// The position of the decimal point among the significant digits, or beyond them.
    private let point: Int
    /// The number of significant digits; 0 for the number zero.
    let digitCount: Int
    /// The power of ten of the last significant digit.
    let exponent: DecimalExponent

    /// Creates a view of `lexeme`, which must follow the grammar of RFC 8259.
    init(_ lexeme: UnsafeBufferPointer<UInt8>) {
        bytes = lexeme
        var start = 0
        if lexeme.first == UInt8(ascii: "-") { start = 1 }
        var end = lexeme.count
        var point = -1
        for place in start..<lexeme.count {
            let byte = lexeme[place]
            if byte == UInt8(ascii: ".") {
                point = place
            } else if byte | 0x20 == UInt8(ascii: "e") {
                end = place
                break
            }
        }
        var first = start
        while first < end, lexeme[first] == UInt8(ascii: "0") || first == point { first += 1 }
        var last = end - 1
        while last >= first, lexeme[last] == UInt8(ascii: "0") || last == point { last -= 1 }
        self.first = first
        guard last >= first else {
            isNegative = false
            self.point = 0
            digitCount = 0
            exponent = .small(0)
            return
        }
        isNegative = start == 1
        let whole = point < 0 ? end : point
        let shift = last < whole ? whole - 1 - last : whole - last
        let isInside = point > first && point < last
        self.point = isInside ? point : lexeme.count
        digitCount = last - first + (isInside ? 0 : 1)
        let written = UnsafeBufferPointer(rebasing: lexeme[min(end + 1, lexeme.count)...])
        exponent = DecimalExponent(written, adding: shift)
    }

    var isZero: Bool { digitCount == 0 }

    /// Whether the number has no fraction, however it is spelt.
    var isInteger: Bool { isZero || exponent >= .small(0) }

    /// A significant digit, 0...9, counted from the most significant one.
    func digit(_ index: Int) -> UInt8 {
        let place = first + index
        return bytes[place < point ? place : place + 1] &- 0x30
    }

    /// The significant digits as an integer; nil if there are more than 18.
    var significand: Int? {
        guard digitCount <= 18 else { return nil }
        var value = 0
        for index in 0..<digitCount { value = value &* 10 &+ Int(digit(index)) }
        return value
    }

    /// The number as an integer, if it is one and fits.
    var int: Int? {
        if isZero { return 0 }
        guard case .small(let zeros) = exponent, zeros >= 0, digitCount + zeros <= 19 else { return nil }
        var value: UInt = 0
        for index in 0..<digitCount + zeros {
            value = value &* 10 &+ UInt(index < digitCount ? digit(index) : 0)
        }
        if isNegative { return value <= UInt(Int.max) + 1 ? Int(truncatingIfNeeded: 0 &- value) : nil }
        return Int(exactly: value)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(isNegative)
        hasher.combine(exponent)
        if let significand {
            hasher.combine(significand)
        } else {
            for index in 0..<digitCount { hasher.combine(digit(index)) }
        }
    }
}

extension DecimalView: Comparable {
    static func == (left: DecimalView, right: DecimalView) -> Bool {
        left.digitCount == right.digitCount && left.isNegative == right.isNegative && left.exponent == right.exponent
            && compareDigits(left, right) == 0
    }

    static func < (left: DecimalView, right: DecimalView) -> Bool {
        if left.isZero { return !right.isZero && !right.isNegative }
        if right.isZero || left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? compareMagnitudes(right, left) < 0 : compareMagnitudes(left, right) < 0
    }

    private static func compareMagnitudes(_ left: DecimalView, _ right: DecimalView) -> Int {
        let leftScale = left.exponent.adding(left.digitCount)
        let rightScale = right.exponent.adding(right.digitCount)
        if leftScale != rightScale { return leftScale < rightScale ? -1 : 1 }
        return compareDigits(left, right)
    }

    /// Compares as fractions 0.d1d2d3…
    private static func compareDigits(_ left: DecimalView, _ right: DecimalView) -> Int {
        for index in 0..<min(left.digitCount, right.digitCount) {
            let one = left.digit(index)
            let other = right.digit(index)
            if one != other { return one < other ? -1 : 1 }
        }
        return left.digitCount - right.digitCount
    }
}
