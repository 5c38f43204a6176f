/// Resolves YAML scalars to values (YAML 1.2.2, section 10.3).
enum YAMLCoreSchema {
    enum Value: Equatable {
        case null
        case boolean(Bool)
        /// A number, spelt as JSON spells it (RFC 8259, section 6).
        case number(String)
        case string
        case impossible(String)
    }

    /// Returns the value of a scalar: its tag decides, then its style, then its spelling.
    static func value(of text: String, isPlain: Bool, tag: String?) -> Value {
        guard let tag else { return isPlain ? plain(text) : .string }
        let core = "tag:yaml.org,2002:"
        guard tag.utf8.starts(with: core.utf8) else { return .string }
        let kind = String(tag.utf8.dropFirst(core.utf8.count)) ?? ""
        let value = plain(text)
        switch (kind, value) {
        case ("null", .null), ("bool", .boolean), ("int", .number), ("float", .number): return value
        case ("null", _), ("bool", _), ("int", _), ("float", _):
            return .impossible("the tag !!\(kind) does not match the text '\(text)'")
        default: return .string
        }
    }

    private static func plain(_ text: String) -> Value {
        guard let first = text.utf8.first else { return .null }
        // Most texts begin with a letter that begins only strings.
        guard first < UInt8(ascii: "A") || "NTFntf~".utf8.contains(first) else { return .string }
        let bytes = Array(text.utf8)
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"):
            if matches(bytes, ["~", "null", "Null", "NULL"]) { return .null }
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            if matches(bytes, ["true", "True", "TRUE"]) { return .boolean(true) }
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            if matches(bytes, ["false", "False", "FALSE"]) { return .boolean(false) }
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(bytes) ?? .string
        default:
            break
        }
        return .string
    }

    private static func matches(_ bytes: [UInt8], _ words: [StaticString]) -> Bool {
        words.contains { word in
            word.withUTF8Buffer { $0.elementsEqual(bytes) }
        }
    }

    private static func number(_ bytes: [UInt8]) -> Value? {
        let hasSign = bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-")
        let unsigned = bytes.dropFirst(hasSign ? 1 : 0)
        if matches(Array(unsigned), [".inf", ".Inf", ".INF"]) || matches(bytes, [".nan", ".NaN", ".NAN"]) {
            return .impossible("the number '\(String(decoding: bytes, as: UTF8.self))' cannot be represented in JSON")
        }
        if !hasSign, bytes.count > 2, bytes[0] == UInt8(ascii: "0") {
            if bytes[1] == UInt8(ascii: "x") { return decimal(bytes.dropFirst(2), radix: 16) }
            if bytes[1] == UInt8(ascii: "o") { return decimal(bytes.dropFirst(2), radix: 8) }
        }
        return decimalNumber(unsigned, isNegative: bytes[0] == UInt8(ascii: "-")).map { .number($0) }
    }

    /// Reads `[0-9]+` or `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` and returns it in JSON
    /// spelling.
    private static func decimalNumber(_ text: ArraySlice<UInt8>, isNegative: Bool) -> String? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let whole = text.prefix { digits.contains($0) }
        var rest = text.dropFirst(whole.count)
        var fraction: ArraySlice<UInt8> = []
        var hasPoint = false
        if rest.first == UInt8(ascii: ".") {
            hasPoint = true
            fraction = rest.dropFirst().prefix { digits.contains($0) }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var exponent: ArraySlice<UInt8> = []
        if let mark = rest.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") {
            let body = rest.dropFirst()
            let signed = body.first == UInt8(ascii: "-") || body.first == UInt8(ascii: "+")
            let power = body.dropFirst(signed ? 1 : 0)
            guard !power.isEmpty, power.allSatisfy({ digits.contains($0) }) else { return nil }
            exponent = rest
            rest = []
        }
        guard rest.isEmpty else { return nil }
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        var lexeme = isNegative ? "-" : ""
        lexeme += significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
        if hasPoint { lexeme += "." + (fraction.isEmpty ? "0" : String(decoding: fraction, as: UTF8.self)) }
        return lexeme + String(decoding: exponent, as: UTF8.self)
    }

    /// Converts an octal or hexadecimal number of up to 64 bits to decimal digits.
    private static func decimal(_ text: ArraySlice<UInt8>, radix: Int) -> Value? {
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
