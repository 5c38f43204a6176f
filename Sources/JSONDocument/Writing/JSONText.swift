/// Decodes the bytes between the quotes of a JSON string whose escapes have been checked by the parser.
package enum JSONText {
    /// Appends the decoded text of `raw`.
    static func decode(_ raw: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if byte != UInt8(ascii: "\\") {
                output.append(byte)
                index += 1
                continue
            }
            guard index + 1 < raw.count else { return }
            let escape = raw[index + 1]
            if escape != UInt8(ascii: "u") {
                output.append(simpleEscape(escape))
                index += 2
                continue
            }
            var scalar = hexadecimal(raw, at: index + 2)
            index += 6
            if scalar >> 10 == 0x36 {
                scalar = 0x10000 + (scalar & 0x3FF) << 10 + hexadecimal(raw, at: index + 2) & 0x3FF
                index += 6
            }
            appendUTF8(scalar, to: &output)
        }
    }

    /// The number of Unicode scalars of the decoded text of `raw`.
    static func scalarCount(_ raw: UnsafeBufferPointer<UInt8>, escaped: Bool) -> Int {
        var count = 0
        if !escaped {
            for byte in raw where byte & 0xC0 != 0x80 { count &+= 1 }
            return count
        }
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if byte == UInt8(ascii: "\\"), index + 1 < raw.count {
                count += 1
                if raw[index + 1] == UInt8(ascii: "u") {
                    index += hexadecimal(raw, at: index + 2) >> 10 == 0x36 ? 12 : 6
                } else {
                    index += 2
                }
            } else {
                if byte & 0xC0 != 0x80 { count += 1 }
                index += 1
            }
        }
        return count
    }

    /// The character for a one-letter escape; 0 for a letter that is not an escape.
    package static func simpleEscape(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: 0
        }
    }

    /// Whether any byte must be escaped. Eight bytes are compared at once, since most texts are names without one.
    fileprivate static func needsEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = UnsafeRawBufferPointer(text)
        var place = 0
        while place &+ 8 <= raw.count {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            let found =
                ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- ones &* 0x20) & ~word)
            if found & (ones &* 0x80) != 0 { return true }
            place &+= 8
        }
        while place < raw.count {
            let byte = raw[place]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { return true }
            place &+= 1
        }
        return false
    }

    /// Writes `text` with quotes, backslashes and control characters escaped.
    ///
    /// - Parameter output: At least six bytes for each control character, two for each quote and backslash, and one for each
    ///   other byte.
    /// - Returns: The number of bytes written.
    fileprivate static func escape(
        _ text: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var place = 0
        for byte in text {
            if byte >= 0x20, byte != 0x22, byte != 0x5C {
                output[place] = byte
                place &+= 1
                continue
            }
            output[place] = UInt8(ascii: "\\")
            let letter = escapeLetter(byte)
            output[place &+ 1] = letter
            place &+= 2
            guard letter == UInt8(ascii: "u") else { continue }
            output[place] = UInt8(ascii: "0")
            output[place &+ 1] = UInt8(ascii: "0")
            output[place &+ 2] = UInt8(ascii: "0") &+ byte >> 4
            output[place &+ 3] = byte & 15 < 10 ? 0x30 &+ byte & 15 : 0x57 &+ byte & 15
            place &+= 4
        }
        return place
    }

    /// The letter of the escape for a byte that must be escaped; `u` for control characters without a letter of their own.
    private static func escapeLetter(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x22, 0x5C: byte
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: UInt8(ascii: "u")
        }
    }

    /// The value of a hexadecimal digit, or nil.
    static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x41 + 10)
        case 0x61...0x66: UInt32(byte - 0x61 + 10)
        default: nil
        }
    }

    private static func hexadecimal(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
        guard index + 4 <= raw.count else { return 0xFFFD }
        var value: UInt32 = 0
        for place in index..<index + 4 { value = value << 4 | (hexadecimalDigit(raw[place]) ?? 0) }
        return value
    }

    private static func appendUTF8(_ scalar: UInt32, to output: inout [UInt8]) {
        switch scalar {
        case 0..<0x80:
            output.append(UInt8(truncatingIfNeeded: scalar))
        case 0x80..<0x800:
            output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        case 0x800..<0x10000:
            output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        default:
            output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        }
    }
}

extension [UInt8] {
    /// Appends `text` as a JSON string: quoted, with only quotes, backslashes and control characters escaped (RFC 8259,
    /// section 7).
    public mutating func appendJSONString(_ text: String) {
        var text = text
        text.withUTF8 { appendJSONString($0) }
    }

    /// Appends `text`, which must be UTF-8, as a JSON string.
    ///
    /// Bodies of JSON contain a quote every few bytes, so one pass counts what escapes add at most, and one writes: appending
    /// the runs between quotes takes longer (`assay-bench run`, which writes every body to the journal).
    public mutating func appendJSONString(_ text: UnsafeBufferPointer<UInt8>) {
        append(0x22)
        guard JSONText.needsEscape(text) else {
            append(contentsOf: text)
            append(0x22)
            return
        }
        var (quotes, controls) = (0, 0)
        for byte in text {
            quotes &+= byte == 0x22 || byte == 0x5C ? 1 : 0
            controls &+= byte < 0x20 ? 1 : 0
        }
        let start = count
        append(contentsOf: repeatElement(0x22, count: text.count + quotes + 5 * controls))
        let written = withUnsafeMutableBufferPointer { bytes in
            JSONText.escape(text, into: UnsafeMutableBufferPointer(rebasing: bytes[start...]))
        }
        removeLast(count - start - written)
        append(0x22)
    }
}
