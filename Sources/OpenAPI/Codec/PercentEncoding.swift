/// Percent-encoding and decoding of text (RFC 3986, section 2.1).
enum PercentEncoding {
    /// The octet of the escape at `index`; `nil` if the escape is incomplete.
    static func octet(at index: Int, of bytes: ArraySlice<UInt8>) -> UInt8? {
        guard index + 2 < bytes.endIndex, bytes[index] == UInt8(ascii: "%") else { return nil }
        guard let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else { return nil }
        return high << 4 | low
    }

    /// The octets with every escape decoded; `nil` if a `%` starts no escape.
    static func decoded(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "%"):
                guard let octet = octet(at: index, of: bytes) else { return nil }
                result.append(octet)
                index += 3
            case UInt8(ascii: "+") where plusIsBlank:
                result.append(0x20)
                index += 1
            default:
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// The decoded text of percent-encoded octets; `nil` if an escape is invalid or the text is not UTF-8.
    static func text(_ bytes: ArraySlice<UInt8>, plusIsBlank: Bool = false) -> String? {
        decoded(bytes, plusIsBlank: plusIsBlank).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Percent-encodes every character that is neither unreserved (RFC 3986, section 2.3) nor in `kept`.
    static func encoded(_ text: String, keeping kept: String = "") -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.utf8.contains(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The same, but existing escapes are kept (RFC 6570, section 3.2.3).
    static func encodedKeepingEscapes(_ text: String, keeping kept: String) -> String {
        let bytes = Array(text.utf8)[...]
        var result = ""
        var start = bytes.startIndex
        var index = bytes.startIndex
        while index < bytes.endIndex {
            guard octet(at: index, of: bytes) != nil else {
                index += 1
                continue
            }
            result += encoded(String(decoding: bytes[start..<index], as: UTF8.self), keeping: kept)
            result += String(decoding: bytes[index..<index + 3], as: UTF8.self)
            index += 3
            start = index
        }
        return result + encoded(String(decoding: bytes[start...], as: UTF8.self), keeping: kept)
    }

    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
