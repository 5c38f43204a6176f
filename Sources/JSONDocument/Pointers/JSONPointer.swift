import Primitives

/// A path from a value to a value inside it (RFC 6901): `/items/0/price`; the empty text is the value itself.
///
/// Pointers are equal if their tokens have the same Unicode scalars. They are ordered token by token: array indexes by
/// number and before all other tokens, other tokens by Unicode scalars, and a prefix before longer pointers.
public struct JSONPointer: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The unescaped names and indexes.
    public var tokens: [String]

    /// The pointer to the value itself.
    public static let root = JSONPointer([])

    /// Creates a pointer from unescaped names and indexes.
    public init(_ tokens: [String]) { self.tokens = tokens }

    /// Parses the text form; nil unless it is empty or starts with `/`, and every `~` is followed by `0` or `1`.
    public init?(_ text: String) {
        var text = text
        guard let tokens = text.withUTF8({ Self.tokens(of: $0) }) else { return nil }
        self.tokens = tokens
    }

    private static func tokens(of text: UnsafeBufferPointer<UInt8>) -> [String]? {
        guard let first = text.first else { return [] }
        guard first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        var start = 1
        var isEscaped = false
        for index in 1...text.count {
            let byte = index < text.count ? text[index] : UInt8(ascii: "/")
            isEscaped = isEscaped || byte == UInt8(ascii: "~")
            guard byte == UInt8(ascii: "/") else { continue }
            let part = UnsafeBufferPointer(rebasing: text[start..<index])
            guard let token = isEscaped ? unescape(part) : String(decoding: part, as: UTF8.self) else { return nil }
            tokens.append(token)
            (start, isEscaped) = (index + 1, false)
        }
        return tokens
    }

    /// Returns the pointer to a member of the value at this pointer.
    public func appending(_ name: String) -> JSONPointer { JSONPointer(tokens + [name]) }

    /// Returns the pointer to an element of the value at this pointer.
    public func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

    /// The pointer to the container; nil for the root.
    public var parent: JSONPointer? { tokens.isEmpty ? nil : JSONPointer(tokens.dropLast()) }

    /// Whether this pointer equals `other` or is the pointer of a container around it.
    public func isPrefix(of other: JSONPointer) -> Bool {
        tokens.count <= other.tokens.count
            && zip(tokens, other.tokens).allSatisfy { $0.isSame(as: $1) }
    }

    /// The text form, with `~` as `~0` and `/` as `~1`.
    public var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
                case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether both have the same tokens, by Unicode scalars.
    public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
        left.tokens.count == right.tokens.count && left.isPrefix(of: right)
    }

    /// Feeds the tokens' UTF-8.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(tokens.count)
        for token in tokens { hasher.combineScalars(of: token) }
    }

    /// Orders token by token.
    public static func < (left: JSONPointer, right: JSONPointer) -> Bool {
        for (one, other) in zip(left.tokens, right.tokens) where !one.isSame(as: other) {
            return precedes(one, other)
        }
        return left.tokens.count < right.tokens.count
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        switch (isIndex(left), isIndex(right)) {
        case (true, true) where left.utf8.count != right.utf8.count: left.utf8.count < right.utf8.count
        case (true, false): true
        case (false, true): false
        default: left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }

    private static func isIndex(_ token: String) -> Bool {
        let digits = token.utf8
        guard let first = digits.first, digits.allSatisfy({ $0 &- 0x30 <= 9 }) else { return false }
        return first != 0x30 || digits.count == 1
    }

    /// The array index in a token: digits without leading zeros (RFC 6901, section 4).
    static func index(_ token: String) -> Int? { isIndex(token) ? Int(token) : nil }

    private static func unescape(_ part: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = part.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
