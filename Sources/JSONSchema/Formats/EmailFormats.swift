import Primitives

/// `email` (RFC 5321, section 4.1.2, Mailbox) and `idn-email` (RFC 6531).
enum EmailFormats {
    static func isEmail(_ text: Bytes, international: Bool) -> Bool {
        guard let local = localPart(text, international: international), !local.isEmpty, local.count <= 64 else {
            return false
        }
        let rest = text.dropFirst(local.count)
        guard rest.first == UInt8(ascii: "@") else { return false }
        return isDomain(rest.dropFirst(), international: international)
    }

    private static func localPart(_ text: Bytes, international: Bool) -> Bytes? {
        text.first == UInt8(ascii: "\"") ? quoted(text, international) : dotted(text, international)
    }

    /// Atoms separated by single dots.
    private static func dotted(_ text: Bytes, _ international: Bool) -> Bytes? {
        let local = text.prefix { $0 != UInt8(ascii: "@") }
        let areAtoms = local.allParts(separatedBy: UInt8(ascii: ".")) { atom in
            !atom.isEmpty && atom.allSatisfy { isAtomCharacter($0) || (international && $0 >= 0x80) }
        }
        return areAtoms ? local : nil
    }

    private static func quoted(_ text: Bytes, _ international: Bool) -> Bytes? {
        var index = text.startIndex + 1
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "\""): return text[...index]
            case UInt8(ascii: "\\"):
                index += 1
                guard index < text.endIndex, (0x20...0x7E).contains(text[index]) else { return nil }
            case 0x20...0x7E: break
            default:
                guard international, text[index] >= 0x80 else { return nil }
            }
            index += 1
        }
        return nil
    }

    private static func isAtomCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }

    private static func isDomain(_ text: Bytes, international: Bool) -> Bool {
        if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]"), text.count > 2 {
            return isAddressLiteral(text.dropFirst().dropLast())
        }
        if international, text.contains(where: { $0 >= 0x80 }) {
            return Array(text).withUnsafeBufferPointer {
                HostnameFormats.isInternationalHostname($0, isNormalised: false)
            }
        }
        guard !text.isEmpty, text.count <= 255 else { return false }
        return text.allParts(separatedBy: UInt8(ascii: "."), HostnameFormats.isASCIILabel)
    }

    /// An address literal (RFC 5321, section 4.1.3). No tag other than `IPv6` is registered.
    private static func isAddressLiteral(_ text: Bytes) -> Bool {
        let tag = "IPv6:".utf8
        let isTagged = text.prefix(tag.count).elementsEqual(tag) { byte, wanted in
            byte == wanted || (wanted.isASCIILetter && byte ^ wanted == 0x20)
        }
        return isTagged ? AddressFormats.isIPv6(text.dropFirst(tag.count)) : AddressFormats.isIPv4(text)
    }
}
