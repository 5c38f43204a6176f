/// Pointers inside URIs (RFC 6901, section 6).
extension JSONPointer {
    /// The text form as a URI fragment without the `#`: characters that RFC 3986, section 3.5, does not allow are
    /// percent-encoded.
    public var uriFragment: String {
        var bytes: [UInt8] = []
        for byte in description.utf8 {
            if Self.isFragmentByte(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(Self.digit(byte >> 4))
                bytes.append(Self.digit(byte & 15))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Parses a URI fragment, with or without the `#`.
    ///
    /// Nil if an escape is incomplete, if the decoded bytes are not UTF-8, or if they are not a pointer.
    public init?(uriFragment: String) {
        var bytes: [UInt8] = []
        var rest = uriFragment.utf8[...]
        if rest.first == UInt8(ascii: "#") { rest.removeFirst() }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(JSONText.hexadecimalDigit),
                let low = rest.popFirst().flatMap(JSONText.hexadecimalDigit)
            else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: high << 4 | low))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(text)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x41 + value - 10 }

    private static func isFragmentByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~!$&'()*+,;=:@/?".utf8.contains(byte)
        }
    }
}
