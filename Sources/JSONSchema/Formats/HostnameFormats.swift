/// `hostname` (RFC 1123 §2.1, with A-labels checked by RFC 5890) and `idn-hostname` (RFC 5890).
enum HostnameFormats {
    static func isHostname(_ text: Bytes) -> Bool {
        guard !text.isEmpty, text.count <= 253 else { return false }
        return text.allParts(separatedBy: UInt8(ascii: ".")) { label in
            guard isASCIILabel(label) else { return false }
            return !isALabel(label) || isValidALabel(label)
        }
    }

    /// Letters, digits and inner hyphens, at most 63.
    static func isASCIILabel(_ label: Bytes) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard let first = label.first, let last = label.last, label.count <= 63, first != hyphen, last != hyphen else {
            return false
        }
        return label.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen:
                true
            default: false
            }
        }
    }

    static func isInternationalHostname(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        guard !scalars.isEmpty else { return false }
        // The dots of RFC 3490 §3.1, which people type.
        let labels = scalars.split(omittingEmptySubsequences: false) { scalar in
            scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
        }
        var length = labels.count - 1
        for label in labels {
            guard let octets = lengthOfLabel(Array(label)) else { return false }
            length += octets
        }
        return length <= 253
    }

    /// The length of a label in its ASCII form; `nil` when it is no label.
    private static func lengthOfLabel(_ label: [Unicode.Scalar]) -> Int? {
        guard !label.isEmpty else { return nil }
        if label.allSatisfy(\.isASCII) {
            let bytes = label.map { UInt8(truncatingIfNeeded: $0.value) }
            return bytes.withUnsafeBufferPointer { buffer in
                guard isASCIILabel(buffer[...]) else { return nil }
                if isALabel(buffer[...]) { return isValidALabel(buffer[...]) ? buffer.count : nil }
                return hasReservedHyphens(label) ? nil : buffer.count
            }
        }
        guard isULabel(label), let encoded = Punycode.encodedLength(label) else { return nil }
        return encoded + 4 <= 63 ? encoded + 4 : nil
    }

    private static func isALabel(_ label: Bytes) -> Bool {
        label.prefix(4).elementsEqual("xn--".utf8) { byte, wanted in
            byte | (byte >= 0x41 && byte <= 0x5A ? 0x20 : 0) == wanted
        }
    }

    /// An A-label stands for a U-label that is written no other way.
    private static func isValidALabel(_ label: Bytes) -> Bool {
        guard let decoded = Punycode.decode(label.dropFirst(4)), !decoded.allSatisfy(\.isASCII) else { return false }
        return isULabel(decoded)
    }

    private static func hasReservedHyphens(_ label: [Unicode.Scalar]) -> Bool {
        label.count >= 4 && label[2] == "-" && label[3] == "-"
    }

    /// RFC 5891 §5.4.
    private static func isULabel(_ label: [Unicode.Scalar]) -> Bool {
        guard let first = label.first, first != "-", label.last != "-", !hasReservedHyphens(label) else { return false }
        switch first.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return false
        default: break
        }
        return label.indices.allSatisfy { InternationalLabel.allows(label, at: $0) }
    }
}
