import JSONDocument
import Primitives

/// Decodes a piece of text: percent-encoding, JSON escapes and HTML character references, including several layers of
/// them.
enum EscapedText {
    /// One byte or character, and the position of the text after it.
    struct Unit {
        enum Value {
            case byte(UInt8)
            case scalar(UInt32)
        }

        var value: Value
        var end: Int

        /// The ASCII character, if it is one.
        var ascii: UInt8? {
            switch value {
            case .byte(let byte): byte < 0x80 ? byte : nil
            case .scalar(let scalar): scalar < 0x80 ? UInt8(scalar) : nil
            }
        }
    }

    /// The number of escape layers that are decoded: `%252541` is an `A` behind three.
    static let depth = 3

    /// Whether an escape can begin with the byte.
    static func begins(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "%") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "&")
    }

    /// Whether an escape can begin with the two bytes.
    static func begins(_ first: UInt8, _ second: UInt8) -> Bool {
        switch first {
        case UInt8(ascii: "%"): second.hexadecimalValue != nil
        case UInt8(ascii: "\\"): second == UInt8(ascii: "u") || shortEscape(second) != nil || begins(second)
        case UInt8(ascii: "&"): second == UInt8(ascii: "#") || "alqgspe".utf8.contains(second)
        default: false
        }
    }

    /// Every meaning of the text at `place`, the byte itself first.
    static func units(in text: UnsafeBufferPointer<UInt8>, at place: Int, depth: Int = depth) -> [Unit] {
        guard place < text.count else { return [] }
        let plain = Unit(value: .byte(text[place]), end: place + 1)
        guard depth > 0, begins(text[place]) else { return [plain] }
        var units = self.units(in: text, at: place, depth: depth - 1)
        for unit in units {
            switch unit.ascii {
            case UInt8(ascii: "%"): units += percent(in: text, at: unit.end)
            case UInt8(ascii: "\\"): units += backslash(in: text, at: unit.end, depth: depth)
            case UInt8(ascii: "&"): units += reference(in: text, at: unit.end)
            default: break
            }
        }
        return units
    }

    /// RFC 3986, section 2.1.
    private static func percent(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> [Unit] {
        guard place + 1 < text.count, let high = text[place].hexadecimalValue,
            let low = (text[place + 1]).hexadecimalValue
        else {
            return []
        }
        return [Unit(value: .byte(high << 4 | low), end: place + 2)]
    }

    /// RFC 8259, section 7.
    private static func backslash(in text: UnsafeBufferPointer<UInt8>, at place: Int, depth: Int) -> [Unit] {
        units(in: text, at: place, depth: depth - 1).flatMap { next -> [Unit] in
            guard let letter = next.ascii else { return [] }
            if let byte = shortEscape(letter) { return [Unit(value: .byte(byte), end: next.end)] }
            guard letter == UInt8(ascii: "u"), let unit = codeUnit(in: text, at: next.end) else { return [] }
            let end = next.end + 4
            guard (0xD800..<0xDC00).contains(unit) else { return [Unit(value: .scalar(UInt32(unit)), end: end)] }
            return lowSurrogates(in: text, at: end, depth: depth).map { low, end in
                Unit(value: .scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)), end: end)
            }
        }
    }

    /// The second half of a surrogate pair, which is escaped like the first half.
    private static func lowSurrogates(
        in text: UnsafeBufferPointer<UInt8>, at place: Int, depth: Int
    ) -> [(UInt16, Int)] {
        units(in: text, at: place, depth: depth - 1).flatMap { first -> [(UInt16, Int)] in
            guard first.ascii == UInt8(ascii: "\\") else { return [] }
            return units(in: text, at: first.end, depth: depth - 1).compactMap { second in
                guard second.ascii == UInt8(ascii: "u"), let low = codeUnit(in: text, at: second.end),
                    (0xDC00..<0xE000).contains(low)
                else { return nil }
                return (low, second.end + 4)
            }
        }
    }

    private static func codeUnit(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> UInt16? {
        guard place + 4 <= text.count else { return nil }
        var unit: UInt16 = 0
        for byte in text[place..<(place + 4)] {
            guard let digit = byte.hexadecimalValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// Character references: numbers, and the names of characters that encoders replace (HTML, section 13.5).
    private static func reference(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> [Unit] {
        var end = place
        while end < text.count, end - place < 10, text[end] != UInt8(ascii: ";") { end += 1 }
        guard end < text.count, text[end] == UInt8(ascii: ";"), end > place else { return [] }
        let name = Array(text[place..<end])
        if name[0] != UInt8(ascii: "#") {
            let named = names.first { $0.name.utf8.elementsEqual(name) }
            return named.map { [Unit(value: .byte($0.byte), end: end + 1)] } ?? []
        }
        let isHexadecimal = name.count > 1 && name[1] | 0x20 == UInt8(ascii: "x")
        let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
        return UInt32(digits, radix: isHexadecimal ? 16 : 10).map { [Unit(value: .scalar($0), end: end + 1)] } ?? []
    }

    private static let names: [(name: String, byte: UInt8)] = [
        ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
        ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")), ("sol", UInt8(ascii: "/")),
        ("plus", UInt8(ascii: "+")), ("equals", UInt8(ascii: "=")), ("percnt", UInt8(ascii: "%")),
    ]

    /// The byte for an escape of two or three bytes, if there is only one layer of escapes, which is the usual case.
    static func simple(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8? {
        let byte: UInt8?
        switch first {
        case UInt8(ascii: "\\"): byte = shortEscape(second)
        case UInt8(ascii: "%"):
            guard let high = second.hexadecimalValue, let low = third.hexadecimalValue else { return nil }
            byte = high << 4 | low
        default: return nil
        }
        return byte.flatMap { begins($0) ? nil : $0 }
    }

    private static func shortEscape(_ letter: UInt8) -> UInt8? {
        let byte = JSONText.simpleEscape(letter)
        return byte == 0 ? nil : byte
    }
}
