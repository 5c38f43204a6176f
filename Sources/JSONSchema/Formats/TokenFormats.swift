import ECMAPattern
import Primitives

/// Formats of short machine-generated texts.
enum TokenFormats {
    /// 8-4-4-4-12 hexadecimal digits (RFC 4122, section 3); version and variant are not checked.
    static func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        for (index, byte) in text.enumerated() {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return false }
            } else {
                guard byte.hexadecimalValue != nil else { return false }
            }
        }
        return true
    }

    /// A JSON Pointer (RFC 6901, section 3).
    static func isJSONPointer(_ text: Bytes) -> Bool {
        guard let first = text.first else { return true }
        guard first == UInt8(ascii: "/") else { return false }
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "~") {
                let next = index + 1
                guard next < text.endIndex, text[next] == UInt8(ascii: "0") || text[next] == UInt8(ascii: "1") else {
                    return false
                }
            }
            index += 1
        }
        return true
    }

    /// A number of steps up, an optional move of the index there, then `#` or a JSON Pointer
    /// (draft-bhutton-relative-json-pointer-00, section 3).
    static func isRelativeJSONPointer(_ text: Bytes) -> Bool {
        guard var rest = afterNumber(text) else { return false }
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
            guard let moved = afterNumber(rest.dropFirst()) else { return false }
            rest = moved
        }
        if rest.count == 1, rest.first == UInt8(ascii: "#") { return true }
        return isJSONPointer(rest)
    }

    /// The text after a number without leading zeros; `nil` if it does not begin with one.
    private static func afterNumber(_ text: Bytes) -> Bytes? {
        let digits = text.prefix { $0 &- 0x30 < 10 }
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        return text.dropFirst(digits.count)
    }

    /// Whether a text is an ECMA-262 pattern with the `u` flag. A pattern with unsupported features is rejected as
    /// well.
    static func isPattern(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        (try? ECMAPattern(String(decoding: text, as: UTF8.self))) != nil
    }

    /// Base64 with the URL alphabet; padding is optional (RFC 4648, section 5).
    static func isBase64URL(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var letters = text[...]
        while letters.last == UInt8(ascii: "=") { letters = letters.dropLast() }
        let padding = text.count - letters.count
        guard padding == 0 || (padding <= 2 && text.count.isMultiple(of: 4)), letters.count % 4 != 1 else {
            return false
        }
        return letters.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }

    /// Base64 with the standard alphabet and padding (RFC 4648, section 4).
    static func isBase64(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count.isMultiple(of: 4) else { return false }
        var padding = 0
        for byte in text {
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0 else { return false }
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                break
            default: return false
            }
        }
        return padding <= 2
    }
}
