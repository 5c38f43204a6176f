internal import Primitives

/// Resolves YAML scalars to values (YAML 1.2.2, section 10.3).
enum YAMLCoreSchema {
    enum Value: Equatable {
        case null
        case boolean(Bool)
        /// A number, spelt as JSON spells it (RFC 8259, section 6); nil if the scalar already is.
        case number(String?)
        case string
        case impossible(String)
    }

    /// Returns the value of a scalar with a tag: its tag decides, then its style, then its spelling.
    static func value(of text: UnsafeBufferPointer<UInt8>, isPlain: Bool, tag: String?) -> Value {
        guard let tag else { return isPlain ? value(of: text) : .string }
        let core = "tag:yaml.org,2002:"
        guard tag.utf8.starts(with: core.utf8) else { return .string }
        let kind = String(tag.utf8.dropFirst(core.utf8.count)) ?? ""
        let value = value(of: text)
        switch (kind, value) {
        case ("null", .null), ("bool", .boolean), ("int", .number), ("float", .number): return value
        case ("null", _), ("bool", _), ("int", _), ("float", _):
            let shown = String(decoding: text, as: UTF8.self)
            return .impossible("the tag !!\(kind) does not match the text '\(shown)'")
        default: return .string
        }
    }

    /// Returns the value of a plain scalar without a tag, in UTF-8.
    static func value(of text: UnsafeBufferPointer<UInt8>) -> Value {
        guard let first = text.first else { return .null }
        switch first {
        case UInt8(ascii: "~"): return text.count == 1 ? .null : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"): return spells("null", text) ? .null : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"): return spells("true", text) ? .boolean(true) : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"): return spells("false", text) ? .boolean(false) : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(text) ?? .string
        default: return .string
        }
    }

    /// Whether a text is a word in lower case, with a capital, or in capitals.
    private static func spells(_ word: StaticString, _ text: some Collection<UInt8>) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            zip(text, word).allSatisfy { $0 == $1 } || zip(text, word).allSatisfy { $0 == capital($1) }
                || text.first == capital(word[0]) && zip(text, word).dropFirst().allSatisfy { $0 == $1 }
        }
    }

    private static func capital(_ letter: UInt8) -> UInt8 { letter.isASCIILetter ? letter & 0xDF : letter }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Value? {
        let hasSign = text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-")
        let unsigned = text.dropFirst(hasSign ? 1 : 0)
        if unsigned.first == UInt8(ascii: ".") {
            let word = unsigned.dropFirst()
            let isNaN = ["nan", "NaN", "NAN"].contains { word.elementsEqual($0.utf8) }
            if spells("inf", word) || !hasSign && isNaN {
                let shown = String(decoding: text, as: UTF8.self)
                return .impossible("the number '\(shown)' cannot be represented in JSON")
            }
        }
        if !hasSign, text.count > 2, text[0] == UInt8(ascii: "0") {
            if text[1] == UInt8(ascii: "x") { return decimal(text.dropFirst(2), radix: 16) }
            if text[1] == UInt8(ascii: "o") { return decimal(text.dropFirst(2), radix: 8) }
        }
        return decimalNumber(unsigned, sign: hasSign ? text[0] : nil)
    }

    /// Reads `[0-9]+` or `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` behind a sign.
    private static func decimalNumber(_ text: Slice<UnsafeBufferPointer<UInt8>>, sign: UInt8?) -> Value? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let whole = text.prefix { digits.contains($0) }
        var rest = text.dropFirst(whole.count)
        var fraction = rest.prefix(0)
        let hasPoint = rest.first == UInt8(ascii: ".")
        if hasPoint {
            fraction = rest.dropFirst().prefix { digits.contains($0) }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        if let mark = rest.first {
            guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return nil }
            let body = rest.dropFirst()
            let power = body.dropFirst(body.first == UInt8(ascii: "-") || body.first == UInt8(ascii: "+") ? 1 : 0)
            guard !power.isEmpty, power.allSatisfy({ digits.contains($0) }) else { return nil }
        }
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        let hasLeadingZero = whole.count > max(significant.count, 1)
        if sign != UInt8(ascii: "+"), !whole.isEmpty, !hasLeadingZero, !hasPoint || !fraction.isEmpty {
            return .number(nil)
        }
        var lexeme = sign == UInt8(ascii: "-") ? "-" : ""
        lexeme += significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
        if hasPoint { lexeme += "." + (fraction.isEmpty ? "0" : String(decoding: fraction, as: UTF8.self)) }
        return .number(lexeme + String(decoding: rest, as: UTF8.self))
    }

    /// Converts an octal or hexadecimal number of up to 64 bits to decimal digits.
    private static func decimal(_ text: Slice<UnsafeBufferPointer<UInt8>>, radix: Int) -> Value? {
        let isDigit: (UInt8) -> Bool = { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "7"): true
            case UInt8(ascii: "8"), UInt8(ascii: "9"): radix == 16
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
            default: false
            }
        }
        guard !text.isEmpty, text.allSatisfy(isDigit) else { return nil }
        guard let value = UInt64(String(decoding: text, as: UTF8.self), radix: radix) else {
            return .impossible("the number has more than 64 bits; write it in decimal digits")
        }
        return .number(String(value))
    }
}
