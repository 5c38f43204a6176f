/// The text being tested: valid UTF-8 that outlives the test.
struct UTF8Text {
    let bytes: UnsafePointer<UInt8>
    let count: Int

    @inline(__always)
    subscript(_ position: Int) -> UInt8 { bytes[position] }

    /// The code point that begins at a non-ASCII byte, and its length in bytes.
    ///
    /// It never reads beyond the text, even if the text ends inside a code point.
    func scalar(at position: Int) -> (value: UInt32, width: Int) {
        let lead = bytes[position]
        let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard position + width <= count else { return (0xFFFD, count - position) }
        let mask: UInt32 = width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07
        var value = UInt32(lead) & mask
        for offset in 1..<width { value = value << 6 | UInt32(bytes[position + offset] & 0x3F) }
        return (value, width)
    }

    /// The code point that ends before a position greater than 0, and its length in bytes.
    func scalar(before position: Int) -> (value: UInt32, width: Int) {
        let last = bytes[position - 1]
        if last < 0x80 { return (UInt32(last), 1) }
        var start = position - 1
        while start > 0, position - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return (scalar(at: start).value, position - start)
    }

    /// The start of the code point that ends before a position greater than 0.
    @inline(__always)
    func start(before position: Int) -> Int {
        var start = position - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    /// Whether exactly one side of a position is a word character (ECMA-262, section 22.2.2.4, IsWordChar).
    func isWordBoundary(_ position: Int) -> Bool {
        let before = position > 0 && Self.isWordCharacter(bytes[position - 1])
        let after = position < count && Self.isWordCharacter(bytes[position])
        return before != after
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    /// Whether the text contains these bytes at a position, which may be outside the text.
    func holds(_ literal: [UInt8], at position: Int) -> Bool {
        guard position >= 0, position + literal.count <= count else { return false }
        for index in 0..<literal.count where literal[index] != bytes[position + index] { return false }
        return true
    }
}
