internal import JSONDocument

/// The style of headers: simple, without percent-encoding.
enum HeaderText {
    static func text(of value: JSONValue, explode: Bool) throws(ParameterError) -> String {
        var items: [String]
        switch value {
        case .array(let elements):
            items = try ScalarText.texts(of: elements)
        case .object(let object):
            let pairs = try ScalarText.pairs(of: object)
            if explode, let name = pairs.first(where: { $0.name.utf8.contains(UInt8(ascii: "=")) })?.name {
                throw ParameterError(
                    "the name '\(Reference.excerpt(name))' of a member in a header cannot contain '='")
            }
            items = explode ? pairs.map { "\($0.name)=\($0.text)" } : pairs.flatMap { [$0.name, $0.text] }
        default:
            return try checked(try ScalarText.text(of: value))
        }
        for item in items { try checkItem(item) }
        return try checked(items.joined(separator: ","))
    }

    /// Receivers split a list at commas, and drop empty items and the blanks around items (RFC 9110, section 5.6.1).
    private static func checkItem(_ item: String) throws(ParameterError) {
        if item.utf8.contains(UInt8(ascii: ",")) {
            throw ParameterError("an item of a list in a header cannot contain a comma")
        }
        guard let first = item.utf8.first, let last = item.utf8.last else {
            throw ParameterError("an item of a list in a header cannot be empty")
        }
        if isBlank(first) || isBlank(last) {
            throw ParameterError("an item of a list in a header cannot start or end with a space")
        }
    }

    /// Returns the text if it is valid in a field value (RFC 9110, section 5.5).
    static func checked(_ text: String) throws(ParameterError) -> String {
        if let bad = text.utf8.first(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) {
            let code = String(bad, radix: 16, uppercase: true)
            throw ParameterError("a header cannot contain the control character U+00\(bad < 16 ? "0" : "")\(code)")
        }
        if text.utf8.first.map(isBlank) ?? false || text.utf8.last.map(isBlank) ?? false {
            throw ParameterError("a header cannot start or end with a space")
        }
        return text
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }

    /// The lines joined to one value, without surrounding whitespace (RFC 9110, sections 5.3 and 5.5).
    static func joined(_ lines: [String]) -> String {
        lines.map { String(decoding: trimmed(Array($0.utf8)[...]), as: UTF8.self) }.joined(separator: ", ")
    }

    static func reading(_ lines: [String], explode: Bool, _ shape: ValueShape) -> ShapedText {
        guard shape != .scalar else { return .text(joined(lines)) }
        // Empty list items are ignored (RFC 9110, section 5.6.1.2).
        let items = lines.flatMap { line in
            Array(line.utf8).split(separator: UInt8(ascii: ",")).map { trimmed($0) }.filter { !$0.isEmpty }
        }
        let text: (ArraySlice<UInt8>) -> String = { String(decoding: $0, as: UTF8.self) }
        switch shape {
        case .object where explode: return .assignments(items, decode: text)
        case .object: return .alternating(items.map(text))
        default: return .list(items.map(text))
        }
    }

    /// Reads lines of Set-Cookie, which are never split or joined.
    static func cookieReading(_ lines: [String], _ shape: ValueShape) -> ShapedText {
        let values = lines.map { joined([$0]) }
        switch shape {
        case .list: return .list(values)
        case .scalar where values.count == 1: return .text(values[0])
        case .scalar: return .invalid("occurs \(values.count) times")
        case .object: return .undefined("a Set-Cookie header cannot represent objects")
        }
    }
}
