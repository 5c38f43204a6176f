/// One header line of a message: a name and a value, as they stand on the wire.
public struct HeaderField: Sendable, Hashable {
    /// The name with the spelling in which it was sent or received.
    public var name: String
    /// The value without surrounding blanks.
    public var value: String

    /// A header line.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Whether this line bears `name`; ASCII letters match in either case (RFC 9110, 5.1).
    public func isNamed(_ name: String) -> Bool {
        guard self.name.utf8.count == name.utf8.count else { return false }
        // Asked for every declared header of every line of every answer.
        var others = name.utf8.makeIterator()
        for byte in self.name.utf8 {
            guard let other = others.next(), byte == other || lowercased(byte) == lowercased(other) else {
                return false
            }
        }
        return true
    }

    /// Byte for byte, so that two spellings that merely look alike stay two.
    public static func == (left: HeaderField, right: HeaderField) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8) && left.value.utf8.elementsEqual(right.value.utf8)
    }

    /// Feeds the bytes of name and value.
    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
        hasher.combine(0 as UInt8)
        for byte in value.utf8 { hasher.combine(byte) }
    }
}

extension [HeaderField] {
    /// The values of every line of that name, in order; the name in any ASCII case.
    public func values(_ name: String) -> [String] {
        compactMap { $0.isNamed(name) ? $0.value : nil }
    }
}

private func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
}
