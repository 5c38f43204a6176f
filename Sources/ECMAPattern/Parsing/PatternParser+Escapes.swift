extension PatternParser {
    /// Parses an escape outside a class (AtomEscape, `\b` and `\B`).
    mutating func parseAtomEscape() throws(ECMAPatternSyntaxError) -> PatternNode {
        let start = index
        if take("\\b") { return .wordBoundary(isNegated: false) }
        if take("\\B") { return .wordBoundary(isNegated: true) }
        if !isLegacy || groups.hasNames, take("\\k") {
            guard take("<") else { throw error("'\\k' must be followed by a group name as in '\\k<year>'", at: start) }
            return reference(.name(try parseGroupName()), at: start)
        }
        if let number = takeDecimalEscape() {
            if !isLegacy || number <= groups.count { return reference(.number(number), at: start) }
            index = start
        }
        if let set = try parseSetEscape() { return .set(set) }
        return .scalar(try parseCharacterEscape(inClass: false))
    }

    private mutating func reference(_ target: Reference.Target, at offset: Int) -> PatternNode {
        references.append(Reference(target: target, offset: offset))
        return .backreference(references.count - 1)
    }

    private mutating func takeDecimalEscape() -> Int? {
        guard index + 1 < scalars.count, (0x31...0x39).contains(scalars[index + 1]) else { return nil }
        index += 1
        var number = 0
        while let digit = peek, ("0"..."9").contains(digit) {
            number = min(number * 10 + Int(digit.value - 0x30), Int(Int32.max))
            index += 1
        }
        return number
    }

    /// Parses `\d`, `\w`, `\s`, `\p{…}` and their complements; nil for another escape.
    mutating func parseSetEscape() throws(ECMAPatternSyntaxError) -> ScalarSet? {
        if take("\\d") { return .digits }
        if take("\\D") { return ScalarSet.digits.inverted() }
        if take("\\w") { return .wordCharacters }
        if take("\\W") { return ScalarSet.wordCharacters.inverted() }
        if take("\\s") { return .whiteSpace }
        if take("\\S") { return ScalarSet.whiteSpace.inverted() }
        let start = index
        do {
            if take("\\p") { return try parseProperty(from: start) }
            if take("\\P") { return try parseProperty(from: start).inverted() }
        } catch {
            // Without the `u` flag, the escape means the letter itself.
            guard isLegacy else { throw error }
            index = start
        }
        return nil
    }

    private mutating func parseProperty(from start: Int) throws(ECMAPatternSyntaxError) -> ScalarSet {
        guard take("{") else {
            throw error("'\\p' must be followed by a property as in '\\p{Letter}' or '\\p{Script=Greek}'", at: start)
        }
        let name = takePropertyWord()
        var value: String?
        if take("=") { value = takePropertyWord() }
        guard take("}") else { throw error("this property is not closed by '}'", at: start) }
        guard let set = PropertyName.set(name: name, value: value) else {
            let written = value.map { "\(name)=\($0)" } ?? name
            throw error("the Unicode property '\(written)' is not supported; names are case-sensitive", at: start)
        }
        return set
    }

    // Names are ASCII by the grammar, so comparing them as strings later is exact.
    private mutating func takePropertyWord() -> String {
        var word = ""
        while let next = peek, next.isASCII, next == "_" || next.properties.isAlphabetic || ("0"..."9").contains(next) {
            word.unicodeScalars.append(next)
            index += 1
        }
        return word
    }

    /// Parses an escape for one code point.
    mutating func parseCharacterEscape(inClass: Bool) throws(ECMAPatternSyntaxError) -> UInt32 {
        if isLegacy, let value = takeLegacyEscape(inClass: inClass) { return value }
        let start = index
        index += 1
        guard let letter = peek else { throw error("a pattern cannot end with '\\'", at: start) }
        index += 1
        switch letter {
        case "t": return 0x09
        case "n": return 0x0A
        case "v": return 0x0B
        case "f": return 0x0C
        case "r": return 0x0D
        case "0":
            if let next = peek, ("0"..."9").contains(next) {
                throw error("'\\0' cannot be followed by a digit; octal escapes are not part of the grammar", at: start)
            }
            return 0
        case "c":
            guard let control = peek, control.isASCII, control.properties.isAlphabetic else {
                throw error("'\\c' must be followed by a letter from A to Z", at: start)
            }
            index += 1
            return control.value & 0x1F
        case "x":
            guard let value = takeHex(digits: 2) else {
                throw error("'\\x' must be followed by two hexadecimal digits", at: start)
            }
            return value
        case "u": return try parseUnicodeEscape(from: start)
        case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/": return letter.value
        case "-" where inClass: return letter.value
        default:
            throw error("'\\\(Self.text([letter.value]))' is not a valid escape in ECMA-262 patterns", at: start)
        }
    }

    /// Parses the text after `\u`: four digits, two such escapes that form a surrogate pair, or `{…}`.
    mutating func parseUnicodeEscape(from start: Int) throws(ECMAPatternSyntaxError) -> UInt32 {
        if take("{") {
            var value: UInt32 = 0
            let first = index
            while let digit = takeHex(digits: 1) {
                value = value << 4 | digit
                guard value <= ScalarSet.highest else { throw error("'\\u{…}' cannot be above 10FFFF", at: start) }
            }
            guard index > first, take("}") else {
                throw error("'\\u{' must be followed by hexadecimal digits and '}'", at: start)
            }
            return value
        }
        guard let value = takeHex(digits: 4) else {
            throw error("'\\u' must be followed by four hexadecimal digits or '{…}'", at: start)
        }
        let afterFirst = index
        if (0xD800...0xDBFF).contains(value), take("\\u"), let low = takeHex(digits: 4), (0xDC00...0xDFFF).contains(low)
        {
            return 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00)
        }
        index = afterFirst
        return value
    }

    mutating func takeHex(digits: Int) -> UInt32? {
        guard index + digits <= scalars.count else { return nil }
        var value: UInt32 = 0
        for scalar in scalars[index..<(index + digits)] {
            switch scalar {
            case 0x30...0x39: value = value << 4 | (scalar - 0x30)
            case 0x41...0x46: value = value << 4 | (scalar - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | (scalar - 0x61 + 10)
            default: return nil
            }
        }
        index += digits
        return value
    }

    /// Parses a group name and its '>' (RegExpIdentifierName).
    mutating func parseGroupName() throws(ECMAPatternSyntaxError) -> [UInt32] {
        let start = index
        var name: [UInt32] = []
        while let next = peek, next != ">" {
            let place = index
            index += 1
            var value = next.value
            if next == "\\" {
                guard take("u") else { throw error("a group name can only contain the escape '\\u'", at: place) }
                value = try parseUnicodeEscape(from: place)
            }
            guard Self.isNamePart(value, isFirst: name.isEmpty) else {
                throw error("unexpected '\(Self.text([value]))' in a group name", at: place)
            }
            name.append(value)
        }
        guard !name.isEmpty else { throw error("a group name is missing", at: start) }
        guard take(">") else { throw error("this group name is not closed by '>'", at: start) }
        return name
    }

    private static func isNamePart(_ value: UInt32, isFirst: Bool) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        if scalar == "$" || scalar == "_" { return true }
        if isFirst { return scalar.properties.isIDStart }
        return scalar.properties.isIDContinue || scalar == "\u{200C}" || scalar == "\u{200D}"
    }
}
