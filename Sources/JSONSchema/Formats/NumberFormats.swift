import JSONDocument

/// Formats of numbers, and of numbers in strings (OpenAPI Format Registry).
enum NumberFormats {
    /// The value as a signed 64-bit integer; `nil` if it has a fraction or is out of range.
    static func integer(_ tape: JSONTape, _ entry: Int) -> Int64? {
        if let quick = tape.integer(at: entry) { return Int64(quick) }
        return tape.number(at: entry).int.map { Int64($0) }
    }

    static func fits(_ tape: JSONTape, _ entry: Int, _ type: (some FixedWidthInteger).Type) -> Bool {
        integer(tape, entry).map { type.init(exactly: $0) != nil } ?? false
    }

    /// Whether the value is an integer from 0 to 2⁶⁴ − 1.
    static func isUnsigned64(_ tape: JSONTape, _ entry: Int) -> Bool {
        if let quick = integer(tape, entry) { return quick >= 0 }
        let number = tape.number(at: entry)
        guard let largestUnsigned else { return false }
        return number.isInteger && !number.isNegative && number <= largestUnsigned
    }

    private static let largestUnsigned: JSONNumber? = JSONNumber("18446744073709551615")

    /// Whether a text is a 64-bit integer: digits with an optional sign.
    static func isInteger(_ text: Bytes, isSigned: Bool) -> Bool {
        let digits = String(decoding: text, as: UTF8.self)
        return isSigned ? Int64(digits) != nil : UInt64(digits) != nil
    }

    /// Whether a text is a decimal number: digits with an optional sign, fraction and exponent.
    static func isDecimal(_ text: Bytes) -> Bool {
        var rest = text
        func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
        func takeDigits() -> Int {
            let count = rest.prefix { $0 &- 0x30 < 10 }.count
            rest = rest.dropFirst(count)
            return count
        }
        if isSign(rest.first) { rest = rest.dropFirst() }
        guard takeDigits() > 0 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard takeDigits() > 0 else { return false }
        }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if isSign(rest.first) { rest = rest.dropFirst() }
            guard takeDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// The IEEE 754 values that are not JSON numbers.
    static func isSpecialNumber(_ text: Bytes) -> Bool {
        ["NaN", "Infinity", "-Infinity", "+Infinity", "INF", "-INF"].contains { text.elementsEqual($0.utf8) }
    }

    /// Whether the value is in the range of a binary floating-point type; digits may be lost to rounding.
    static func isFinite(_ tape: JSONTape, _ entry: Int, _ fits: (String) -> Bool) -> Bool {
        if tape.integer(at: entry) != nil { return true }
        return fits(tape.number(at: entry).lexeme)
    }
}
