/// The grammar without the `u` flag, where it differs (ECMA-262, Annex B.1.2).
extension PatternParser {
    /// The number of capturing groups of a whole pattern, counted before parsing.
    struct GroupCount {
        var count = 0
        var hasNames = false

        init() {}

        init(_ scalars: [UInt32]) {
            var index = 0
            var isInClass = false
            while index < scalars.count {
                switch Unicode.Scalar(scalars[index]) {
                case "\\": index += 1
                case "[": isInClass = true
                case "]": isInClass = false
                case "(" where !isInClass:
                    func follows(_ text: String) -> Bool {
                        scalars[(index + 1)...].starts(with: text.unicodeScalars.map(\.value))
                    }
                    let isNamed = follows("?<") && !follows("?<=") && !follows("?<!")
                    if isNamed { hasNames = true }
                    if isNamed || !follows("?") { count += 1 }
                default: break
                }
                index += 1
            }
        }
    }

    /// Parses an escape that the `u` flag forbids; `nil` for an escape that both grammars have.
    mutating func takeLegacyEscape(inClass: Bool) -> UInt32? {
        guard index + 1 < scalars.count, let letter = Unicode.Scalar(scalars[index + 1]) else { return nil }
        switch letter {
        case "t", "n", "v", "f", "r": return nil
        case "0"..."7": return takeOctal()
        case "c": return takeControl(inClass: inClass)
        case "x", "u":
            var copy = self
            copy.index += 2
            let isEscape =
                letter == "x" ? copy.takeHex(digits: 2) != nil : (try? copy.parseUnicodeEscape(from: index)) != nil
            if isEscape { return nil }
        default: break
        }
        index += 2
        return letter.value
    }

    /// Up to three octal digits that do not exceed 377; `\\0` alone is the character 0.
    private mutating func takeOctal() -> UInt32 {
        index += 1
        var value: UInt32 = 0
        var digits = 0
        while digits < 3, let digit = peek, ("0"..."7").contains(digit), value * 8 + digit.value - 0x30 <= 0xFF {
            value = value * 8 + digit.value - 0x30
            digits += 1
            index += 1
        }
        return value
    }

    /// Parses `\\cA`. Before any other character, the backslash and the `c` are literal characters.
    private mutating func takeControl(inClass: Bool) -> UInt32? {
        let next = index + 2 < scalars.count ? Unicode.Scalar(scalars[index + 2]) : nil
        if let next, next.isASCII, next.properties.isAlphabetic { return nil }
        if inClass, let next, next == "_" || ("0"..."9").contains(next) {
            index += 3
            return next.value & 0x1F
        }
        index += 1
        return 0x5C
    }
}
