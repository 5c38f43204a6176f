/// `hostname` (RFC 1123, section 2.1, with A-labels checked by RFC 5890) and `idn-hostname` (RFC 5890).
enum HostnameFormats {
    static func isHostname(_ text: Bytes) -> Bool {
        guard !text.isEmpty, text.count <= 253 else { return false }
        var decoded: [[Unicode.Scalar]] = []
        let areLabels = text.allParts(separatedBy: UInt8(ascii: ".")) { label in
            guard isASCIILabel(label) else { return false }
            guard isALabel(label) else {
                decoded.append(label.map { Unicode.Scalar($0) })
                return true
            }
            guard let name = decodedALabel(label) else { return false }
            decoded.append(name)
            return true
        }
        return areLabels && BidirectionalRule.accepts(decoded)
    }

    /// Letters, digits and inner hyphens, at most 63 characters.
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

    /// - Parameter isNormalised: Whether labels have to be in Normalization Form C (RFC 5891, section 4.1).
    static func isInternationalHostname(_ text: UnsafeBufferPointer<UInt8>, isNormalised: Bool = true) -> Bool {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        guard !scalars.isEmpty else { return false }
        // The dots of RFC 3490, section 3.1, which people may type.
        let labels = scalars.split(omittingEmptySubsequences: false) { scalar in
            scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
        }
        var length = labels.count - 1
        var decoded: [[Unicode.Scalar]] = []
        for label in labels {
            let label = Array(label)
            guard let octets = lengthOfLabel(label) else { return false }
            if isNormalised, !ComposedForm.accepts(label) { return false }
            length += octets
            decoded.append(inUnicode(label))
        }
        return length <= 253 && BidirectionalRule.accepts(decoded)
    }

    /// The U-label of an A-label; other labels unchanged.
    private static func inUnicode(_ label: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard label.allSatisfy(\.isASCII) else { return label }
        return label.map { UInt8(truncatingIfNeeded: $0.value) }.withUnsafeBufferPointer { bytes in
            isALabel(bytes[...]) ? decodedALabel(bytes[...]) ?? label : label
        }
    }

    /// The length of a label in its ASCII form; `nil` if it is not a valid label.
    private static func lengthOfLabel(_ label: [Unicode.Scalar]) -> Int? {
        guard !label.isEmpty else { return nil }
        if label.allSatisfy(\.isASCII) {
            let bytes = label.map { UInt8(truncatingIfNeeded: $0.value) }
            return bytes.withUnsafeBufferPointer { buffer in
                guard isASCIILabel(buffer[...]) else { return nil }
                if isALabel(buffer[...]) { return decodedALabel(buffer[...]).map { _ in buffer.count } }
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

    /// The U-label of an A-label; `nil` if the A-label is invalid.
    private static func decodedALabel(_ label: Bytes) -> [Unicode.Scalar]? {
        guard let decoded = Punycode.decode(label.dropFirst(4)), !decoded.allSatisfy(\.isASCII), isULabel(decoded),
            ComposedForm.accepts(decoded)
        else { return nil }
        return decoded
    }

    private static func hasReservedHyphens(_ label: [Unicode.Scalar]) -> Bool {
        label.count >= 4 && label[2] == "-" && label[3] == "-"
    }

    /// Whether a label is a U-label (RFC 5891, section 5.4).
    private static func isULabel(_ label: [Unicode.Scalar]) -> Bool {
        guard let first = label.first, first != "-", label.last != "-", !hasReservedHyphens(label) else { return false }
        switch first.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return false
        default: break
        }
        return label.indices.allSatisfy { InternationalLabel.allows(label, at: $0) }
    }
}
