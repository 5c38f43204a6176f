import Primitives

/// `uri-template` (RFC 6570).
enum URITemplateFormat {
    static func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "{") {
                guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")),
                    isExpression(text[(index + 1)..<end])
                else { return false }
                index = end + 1
            } else if byte >= 0x80 {
                guard let scalar = UTF8Scalar(text[...], at: index), scalar.isUCSCharacter || scalar.isPrivate else {
                    return false
                }
                index += scalar.length
            } else if byte == UInt8(ascii: "%") {
                guard isEncoded(text[...], at: index) else { return false }
                index += 3
            } else {
                guard isLiteral(byte) else { return false }
                index += 1
            }
        }
        return true
    }

    /// A literal character (RFC 6570, section 2.1, with erratum 6937, which allows the apostrophe): not a control
    /// character, a space or one of `"<>\^`{|}`.
    private static func isLiteral(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x7F && !"\"<>\\^`{|}".utf8.contains(byte)
    }

    private static func isExpression(_ text: Bytes) -> Bool {
        var variables = text
        if let first = text.first, "+#./;?&=,!@|".utf8.contains(first) { variables = text.dropFirst() }
        return variables.allParts(separatedBy: UInt8(ascii: ","), isVariable)
    }

    /// A name, with an optional `*` or a length of at most four digits.
    private static func isVariable(_ text: Bytes) -> Bool {
        var name = text
        if text.last == UInt8(ascii: "*") {
            name = text.dropLast()
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            let length = text[(colon + 1)...]
            guard (1...4).contains(length.count), length.first != UInt8(ascii: "0"),
                length.allSatisfy({ $0 &- 0x30 < 10 })
            else { return false }
            name = text[..<colon]
        }
        return name.allParts(separatedBy: UInt8(ascii: ".")) { part in
            var index = part.startIndex
            while index < part.endIndex {
                if isEncoded(part, at: index) {
                    index += 3
                    continue
                }
                let byte = part[index]
                let isWord = byte.isUnreserved && byte != 0x2D && byte != 0x2E && byte != 0x7E
                guard isWord else { return false }
                index += 1
            }
            return !part.isEmpty
        }
    }

    private static func isEncoded(_ text: Bytes, at index: Bytes.Index) -> Bool {
        index + 2 < text.endIndex && text[index] == UInt8(ascii: "%") && (text[index + 1]).hexadecimalValue != nil
            && (text[index + 2]).hexadecimalValue != nil
    }
}
