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
    public mutating func appendJSONString(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        var run = 0
        for place in 0..<text.count {
            let byte = text[place]
            guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
            append(contentsOf: UnsafeBufferPointer(rebasing: text[run..<place]))
            run = place + 1
            append(UInt8(ascii: "\\"))
            switch byte {
            case 0x22, 0x5C: append(byte)
            case 0x08: append(UInt8(ascii: "b"))
            case 0x09: append(UInt8(ascii: "t"))
            case 0x0A: append(UInt8(ascii: "n"))
            case 0x0C: append(UInt8(ascii: "f"))
            case 0x0D: append(UInt8(ascii: "r"))
            default:
                append(contentsOf: byte < 0x10 ? "u000".utf8 : "u001".utf8)
                append("0123456789abcdef".utf8.dropFirst(Int(byte & 15)).first ?? 0x30)
            }
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: text[run...]))
        append(UInt8(ascii: "\""))
    }
}
