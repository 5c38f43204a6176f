import Primitives

/// One header line of a message: a name and a value, as sent or received.
public struct HeaderField: Sendable, Hashable {
    /// The name in its original spelling.
    public var name: String
    /// The value without surrounding whitespace.
    public var value: String

    /// A header line.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Whether this line has `name`, ignoring ASCII case (RFC 9110, section 5.1).
    public func isNamed(_ name: String) -> Bool {
        self.name.equalsIgnoringASCIICase(name)
    }

    /// Compares byte by byte, so two spellings that only look alike are different.
    public static func == (left: HeaderField, right: HeaderField) -> Bool {
        left.name.isSame(as: right.name) && left.value.isSame(as: right.value)
    }

    /// Feeds the bytes of name and value.
    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(byte) }
        hasher.combine(0 as UInt8)
        for byte in value.utf8 { hasher.combine(byte) }
    }
}

extension [HeaderField] {
    /// The values of every line with that name, in order, ignoring ASCII case.
    public func values(_ name: String) -> [String] {
        compactMap { $0.isNamed(name) ? $0.value : nil }
    }
}
