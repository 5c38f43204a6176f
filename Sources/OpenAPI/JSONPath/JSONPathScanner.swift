internal import JSONDocument
internal import Primitives

/// Scans the text of a query.
struct JSONPathScanner {
    private let scalars: [Unicode.Scalar]
    /// The index of the next scalar.
    var offset = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var isAtEnd: Bool { offset >= scalars.count }

    var peek: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    /// The unread text, cut to a few characters.
    var rest: String { text(scalars[offset...].prefix(20)) }

    /// Whether a name starts here.
    var isAtName: Bool { peek.map { Self.isNameStart($0) } ?? false }

    func problem(_ message: String) -> JSONPath.Problem {
        JSONPath.Problem(message: message, offset: offset)
    }

    mutating func skipBlanks() {
        while let scalar = peek, Self.isBlank(scalar) { offset += 1 }
    }

    mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars[offset...].starts(with: wanted) else { return false }
        offset += wanted.count
        return true
    }

    /// A name without quotes (RFC 9535, section 2.5.1.1).
    mutating func memberName() -> String? {
        guard let first = peek, Self.isNameStart(first) else { return nil }
        let start = offset
        while let scalar = peek, Self.isNameStart(scalar) || ("0"..."9").contains(scalar) { offset += 1 }
        return text(scalars[start..<offset])
    }

    /// An integer without leading zeros, in the exact range of a double (RFC 9535, section 2.1).
    mutating func integer() throws(JSONPath.Problem) -> Int? {
        let start = offset
        _ = take("-")
        let digits = offset
        while let scalar = peek, ("0"..."9").contains(scalar) { offset += 1 }
        guard offset > digits else {
            offset = start
            return nil
        }
        let lexeme = text(scalars[start..<offset])
        let hasLeadingZero = scalars[digits] == "0" && (offset > digits + 1 || digits > start)
        guard !hasLeadingZero, let value = Int(lexeme), abs(value) < 1 << 53 else {
            throw JSONPath.Problem(message: "'\(lexeme)' is not a valid index", offset: start)
        }
        return value
    }

    /// A number in JSON syntax.
    mutating func number() -> JSONNumber? {
        var end = offset
        while end < scalars.count, "+-.eE0123456789".unicodeScalars.contains(scalars[end]) { end += 1 }
        guard let first = peek, first == "-" || ("0"..."9").contains(first) else { return nil }
        guard let number = JSONNumber(text(scalars[offset..<end])) else { return nil }
        offset = end
        return number
    }

    /// The name of a function and its opening parenthesis.
    mutating func function() -> JSONPath.Function? {
        let start = offset
        if let name = memberName(), take("("), let function = JSONPath.Function(rawValue: name) { return function }
        offset = start
        return nil
    }

    mutating func comparison() -> JSONPath.Comparison? {
        let all: [JSONPath.Comparison] = [.equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater]
        for comparison in all where take(comparison.rawValue) { return comparison }
        return nil
    }

    /// A text in single or double quotes (RFC 9535, section 2.3.1.1).
    mutating func quotedText() throws(JSONPath.Problem) -> String {
        let start = offset
        guard let quote = peek else { throw problem("expected a quoted text") }
        offset += 1
        var result = String.UnicodeScalarView()
        while let scalar = peek {
            offset += 1
            switch scalar {
            case quote:
                return String(result)
            case "\\":
                result.append(try escape(quote))
            case _ where scalar.value < 0x20:
                throw JSONPath.Problem(message: "a quoted text contains a control character", offset: offset - 1)
            default:
                result.append(scalar)
            }
        }
        throw JSONPath.Problem(message: "the quote is not closed", offset: start)
    }

    private mutating func escape(_ quote: Unicode.Scalar) throws(JSONPath.Problem) -> Unicode.Scalar {
        let start = offset - 1
        guard let scalar = peek else { throw JSONPath.Problem(message: "the quote is not closed", offset: start) }
        offset += 1
        switch scalar {
        case "b": return "\u{8}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "/", "\\": return scalar
        case quote: return quote
        case "u":
            guard let unit = hexadecimal() else { break }
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard (0xD800..<0xDC00).contains(unit), take("\\u"), let low = hexadecimal() else { break }
            guard (0xDC00..<0xE000).contains(low) else { break }
            if let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) { return scalar }
        default: break
        }
        throw JSONPath.Problem(message: "unknown escape", offset: start)
    }

    private mutating func hexadecimal() -> UInt32? {
        guard offset + 4 <= scalars.count else { return nil }
        let digits = text(scalars[offset..<offset + 4])
        guard digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
        guard let value = UInt32(digits, radix: 16) else { return nil }
        offset += 4
        return value
    }

    private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar.value >= 0x80
    }
}
