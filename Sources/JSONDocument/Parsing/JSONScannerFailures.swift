/// The error messages; each names the expected and the received text.
extension JSONScanner {
    @inline(never)
    func unexpected(_ place: Int, expected: String) -> Failure {
        if let other = otherEncoding() { return other }
        if base[place] >= 0x80, !isUTF8(place) { return invalidUTF8(place) }
        return Failure(reason: .syntax, offset: place, message: "expected \(expected), found \(describe(place))")
    }

    @inline(never)
    func unexpectedEnd(_ place: Int, expected: String) -> Failure {
        if let other = otherEncoding() { return other }
        if end == startOfText {
            return Failure(reason: .unexpectedEnd, offset: place, message: "expected a value, but the text is empty")
        }
        return Failure(
            reason: .unexpectedEnd,
            offset: place,
            message: "expected \(expected), but the text ends here"
        )
    }

    @inline(never)
    func trailing(_ place: Int) -> Failure {
        if let other = otherEncoding() { return other }
        if base[place] >= 0x80, !isUTF8(place) { return invalidUTF8(place) }
        return Failure(
            reason: .trailingText,
            offset: place,
            message: "expected the end of the text after the value, found \(describe(place))"
        )
    }

    @inline(never)
    func unterminated(_ start: Int) -> Failure {
        otherEncoding()
            ?? Failure(
                reason: .unexpectedEnd,
                offset: end,
                message: "the text ends inside a string that starts at byte \(start - 1)"
            )
    }

    @inline(never)
    func controlCharacter(_ place: Int) -> Failure {
        otherEncoding()
            ?? Failure(
                reason: .syntax,
                offset: place,
                message: "control character \(describe(place)) in a string; write it as an escape"
            )
    }

    @inline(never)
    func invalidUTF8(_ place: Int) -> Failure {
        otherEncoding()
            ?? Failure(
                reason: .invalidUTF8,
                offset: place,
                message: "byte 0x\(Self.hexadecimal(base[place], digits: 2)) at offset \(place) is not valid UTF-8"
            )
    }

    @inline(never)
    func loneSurrogate(_ place: Int) -> Failure {
        Failure(
            reason: .loneSurrogate,
            offset: place,
            message: "an escape of half a surrogate pair is not a valid Unicode character"
        )
    }

    @inline(never)
    func missingDigit(_ place: Int, after: String) -> Failure {
        place < end
            ? unexpected(place, expected: "a digit after \(after)")
            : unexpectedEnd(place, expected: "a digit after \(after)")
    }

    /// The character at a position, as shown in an error.
    func describe(_ place: Int) -> String {
        let byte = base[place]
        if byte == UInt8(ascii: "\"") { return "a quote" }
        if byte > 0x20, byte < 0x7F { return "\"\(Character(Unicode.Scalar(byte)))\"" }
        var decoder = UTF8()
        var rest = UnsafeBufferPointer(start: base + place, count: min(4, end - place)).makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&rest) {
            return "U+\(Self.hexadecimal(scalar.value, digits: 4))"
        }
        return "byte 0x\(Self.hexadecimal(byte, digits: 2))"
    }

    private func isUTF8(_ place: Int) -> Bool {
        var decoder = UTF8()
        var rest = UnsafeBufferPointer(start: base + place, count: min(4, end - place)).makeIterator()
        if case .scalarValue = decoder.decode(&rest) { return true }
        return false
    }

    /// Returns an error if the text starts with a byte order mark of UTF-16 or UTF-32, or with ASCII characters in one
    /// of them.
    private func otherEncoding() -> Failure? {
        guard end >= 2, end % 2 == 0 else { return nil }
        func isNull(_ place: Int) -> Bool { place >= end || base[place] == 0 }
        let hasMark = base[0] == 0xFF && base[1] == 0xFE || base[0] == 0xFE && base[1] == 0xFF
        let isLittle = base[0] != 0 && isNull(1) && isNull(3)
        let isBig = base[0] == 0 && isNull(2) && !(end >= 4 && isNull(1) && isNull(3))
        guard hasMark || isLittle || isBig else { return nil }
        // Of the first four bytes, UTF-32 has three zeros, or two next to its byte order mark. UTF-16 has at most two
        // zeros, never adjacent.
        let isWide = end >= 4 && end % 4 == 0 && ((base[0] == 0 && base[1] == 0) || (base[2] == 0 && base[3] == 0))
        return Failure(
            reason: .otherEncoding,
            offset: 0,
            message: "it is \(isWide ? "UTF-32" : "UTF-16"), but JSON text is UTF-8"
        )
    }

    private static func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
