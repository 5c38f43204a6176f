import Primitives

/// A media type or a range of them (RFC 9110, sections 8.3.1 and 12.5.1): `application/json; charset=utf-8`, `text/*`.
public struct MediaTypeName: Sendable, Hashable, CustomStringConvertible {
    /// The type in lower case; `*` in a range.
    public let type: String
    /// The subtype in lower case; `*` in a range.
    public let subtype: String
    /// The parameters in order, names in lower case, quotes removed from values.
    public let parameters: [Parameter]

    /// A parameter of a media type.
    public struct Parameter: Sendable, Hashable {
        /// The name in lower case.
        public let name: String
        /// The value.
        public let value: String
    }

    /// A media type without parameters; both texts are in lower case.
    init(type: String, subtype: String) {
        self.type = type
        self.subtype = subtype
        parameters = []
    }

    /// The media types of an API are few, and each response names one of them.
    private static let known = Memo<TextKey, MediaTypeName?>(limit: 64)
    private static let longestKnown = 128

    /// Parses a media type; `nil` if the text is not one.
    public init?(_ text: String) {
        let isShort = text.utf8.count <= Self.longestKnown
        let name = isShort ? Self.known.value(TextKey(text)) { Self(parsing: text) } : Self(parsing: text)
        guard let name else { return nil }
        self = name
    }

    private init?(parsing text: String) {
        var scanner = FieldScanner(text)
        scanner.skipBlanks()
        guard let type = scanner.token(), scanner.take(UInt8(ascii: "/")), let subtype = scanner.token() else {
            return nil
        }
        guard type != "*" || subtype == "*" else { return nil }
        var parameters: [Parameter] = []
        scanner.skipBlanks()
        while scanner.take(UInt8(ascii: ";")) {
            scanner.skipBlanks()
            // A list of parameters may contain empty items (RFC 9110, section 5.6.6).
            guard let name = scanner.token() else { continue }
            guard scanner.take(UInt8(ascii: "=")), let value = scanner.quotedString() ?? scanner.token() else {
                return nil
            }
            parameters.append(Parameter(name: Self.lowercased(name), value: value))
            scanner.skipBlanks()
        }
        guard scanner.isAtEnd else { return nil }
        self.type = Self.lowercased(type)
        self.subtype = Self.lowercased(subtype)
        self.parameters = parameters
    }

    /// Whether it represents several types: `*/*`, `text/*`, or `application/*+json`, which is not standardised but
    /// common in documents.
    public var isRange: Bool { subtype == "*" || subtype.utf8.starts(with: "*+".utf8) }

    /// Whether bodies of this type are JSON: `application/json`, `text/json` or a type with the suffix `+json`
    /// (RFC 6839, section 3.1).
    public var isJSON: Bool {
        subtype == "json" || subtype.utf8.suffix(5).elementsEqual("+json".utf8)
    }

    /// Whether bodies are URL-encoded forms (`a=1&b=2`).
    public var isForm: Bool { type == "application" && subtype == "x-www-form-urlencoded" }

    /// The value of a parameter.
    public func parameter(_ name: String) -> String? {
        parameters.first { $0.name.equalsIgnoringASCIICase(name) }?.value
    }

    /// `type/subtype; name=value`.
    public var description: String {
        parameters.reduce("\(type)/\(subtype)") { text, parameter in
            let isToken = parameter.value.utf8.allSatisfy(\.isTokenCharacter) && !parameter.value.isEmpty
            let escaped = parameter.value.unicodeScalars.reduce(into: "") { text, scalar in
                if scalar == "\"" || scalar == "\\" { text.unicodeScalars.append("\\") }
                text.unicodeScalars.append(scalar)
            }
            return "\(text); \(parameter.name)=" + (isToken ? parameter.value : "\"\(escaped)\"")
        }
    }

    /// Whether `name`, which is not a range, is covered by this type or range.
    public func matches(_ name: MediaTypeName) -> Bool {
        rank(for: name) != nil
    }

    /// How specifically this type or range describes `name`; `nil` if it does not match.
    ///
    /// `name` must have every parameter of this type with the same value; only `charset=utf-8`, the default of the
    /// formats in use, may be absent.
    func rank(for name: MediaTypeName) -> Int? {
        let level: Int
        switch (type, subtype) {
        case ("*", "*"): level = 0
        case (name.type, "*"): level = 1
        case (name.type, name.subtype): level = 3
        case (name.type, _) where subtype.utf8.starts(with: "*+".utf8):
            guard name.subtype.utf8.reversed().starts(with: subtype.utf8.dropFirst().reversed()) else { return nil }
            level = 2
        default: return nil
        }
        for parameter in parameters {
            let isCharset = parameter.name == "charset"
            guard let value = name.parameter(parameter.name) else {
                if isCharset, parameter.value.equalsIgnoringASCIICase("utf-8") { continue }
                return nil
            }
            let isEqual =
                isCharset
                ? value.equalsIgnoringASCIICase(parameter.value)
                : value.isSame(as: parameter.value)
            guard isEqual else { return nil }
        }
        return level * 1_000 + min(parameters.count, 999)
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    private static func lowercased(_ text: String) -> String {
        guard text.utf8.contains(where: isCapital) else { return text }
        return String(
            decoding: text.utf8.map { isCapital($0) ? $0 | 0x20 : $0 },
            as: UTF8.self
        )
    }
}

/// Scans the text of a header field (RFC 9110, section 5.6).
struct FieldScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    var isAtEnd: Bool { index == bytes.count }

    mutating func skipBlanks() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func token() -> String? {
        let start = index
        while index < bytes.count, bytes[index].isTokenCharacter { index += 1 }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    mutating func quotedString() -> String? {
        let start = index
        guard take(UInt8(ascii: "\"")) else { return nil }
        var value: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
            value.append(bytes[index])
            index += 1
        }
        guard take(UInt8(ascii: "\"")) else {
            index = start
            return nil
        }
        return String(decoding: value, as: UTF8.self)
    }
}
