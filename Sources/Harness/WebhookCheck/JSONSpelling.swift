import JSONDocument

/// How a library writes JSON: spaces, order of members, numbers and escapes.
struct JSONSpelling: Sendable {
    /// The text between a name and its value, and after a comma.
    var separators = (colon: ":", comma: ",")
    /// Whether members are sorted by their names.
    var sortsMembers = false
    /// Whether numbers lose zeros at the end of their fraction, as in languages with one kind of number.
    var shortensNumbers = false
    /// Whether characters beyond ASCII are escaped.
    var isASCII = false
    /// Further ASCII characters that are escaped: as `\/`, others as `\u003c`.
    var escaped: Set<Unicode.Scalar> = []

    /// The usual spellings of libraries, each with a name for reports.
    static let usual: [(name: String, spelling: JSONSpelling)] = [
        ("compact", JSONSpelling(shortensNumbers: true)),
        ("compact, numbers as sent", JSONSpelling()),
        ("spaces after commas", JSONSpelling(separators: (": ", ", "), isASCII: true)),
        ("sorted", JSONSpelling(sortsMembers: true, shortensNumbers: true, escaped: ["<", ">", "&"])),
        ("escaped slashes", JSONSpelling(isASCII: true, escaped: ["/"])),
    ]

    /// The text of a value. Values come from the parser, which bounds their depth.
    func text(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .number(let number): shortensNumbers ? Self.shortened(number.lexeme) : number.lexeme
        case .string(let text): quoted(text)
        case .array(let elements): "[" + elements.map(text).joined(separator: separators.comma) + "]"
        case .object(let object):
            "{"
                + ordered(object.members).map { quoted($0.name) + separators.colon + text($0.value) }
                .joined(separator: separators.comma) + "}"
        }
    }

    private func ordered(_ members: [(name: String, value: JSONValue)]) -> [(name: String, value: JSONValue)] {
        guard sortsMembers else { return members }
        return members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "/" where escaped.contains("/"): result += "\\/"
            case _ where scalar.value < 0x20 || escaped.contains(scalar) || (isASCII && scalar.value > 0x7F):
                for unit in String(scalar).utf16 { result += "\\u" + Self.hexadecimal(unit) }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func hexadecimal(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// `1.50` as `1.5` and `2.0` as `2`; numbers with an exponent as they are.
    private static func shortened(_ number: String) -> String {
        guard number.utf8.contains(UInt8(ascii: ".")), !number.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") })
        else { return number }
        var bytes = Array(number.utf8)
        while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONValue {
    /// The same value with the members of every object in the opposite order.
    var reversed: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.reversed))
        case .object(let object):
            .object(JSONObject(object.members.reversed().map { ($0.name, $0.value.reversed) }))
        default: self
        }
    }

    /// The same value with a zero after each fraction: `2.5` as `2.50`. Whole numbers stay, because receivers may
    /// accept nothing else for them.
    var withLongerFractions: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.withLongerFractions))
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.name, $0.value.withLongerFractions) }))
        case .number(let number)
        where number.lexeme.utf8.contains(UInt8(ascii: "."))
            && !number.lexeme.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }):
            JSONNumber(number.lexeme + "0").map { .number($0) } ?? self
        default: self
        }
    }
}
