/// Parses the grammar of ECMA-262, section 22.2.1: with the `u` flag, or without it and with Annex B.1.2.
struct PatternParser {
    /// The maximum nesting of groups: the tree is walked by recursion.
    static let maximumDepth = 200
    /// The maximum number of Unicode scalars in a pattern.
    static let maximumLength = 65_536

    let scalars: [UInt32]
    /// Whether the pattern is read without the `u` flag.
    let isLegacy: Bool
    /// The groups of the whole pattern. They are known in advance only without the `u` flag, where escapes depend on
    /// them.
    let groups: GroupCount
    var index = 0
    var depth = 0
    var groupCount = 0
    var lookaroundCount = 0
    var groupNumbers: [[UInt32]: Int] = [:]
    var references: [Reference] = []

    /// A back-reference whose group may come later.
    struct Reference {
        enum Target {
            case number(Int)
            case name([UInt32])
        }
        let target: Target
        let offset: Int
    }

    init(_ source: String, grammar: ECMAPattern.Grammar) {
        scalars = source.unicodeScalars.map(\.value)
        isLegacy = grammar == .withoutUnicodeFlag
        groups = isLegacy ? GroupCount(scalars) : GroupCount()
    }

    /// Parses a whole pattern.
    static func parse(
        _ source: String, grammar: ECMAPattern.Grammar = .unicode
    ) throws(ECMAPatternSyntaxError) -> ParsedPattern {
        var parser = PatternParser(source, grammar: grammar)
        guard parser.scalars.count <= maximumLength else {
            throw parser.error("the pattern is longer than \(maximumLength) characters", at: maximumLength)
        }
        let root = try parser.parseAlternatives()
        if parser.index < parser.scalars.count {
            // The alternatives end before the text only at a bracket that closes no group.
            throw parser.error("')' without a '(' before it; write '\\)' for the character")
        }
        return ParsedPattern(
            root: root,
            groupCount: parser.groupCount,
            referencedGroups: try parser.resolvedReferences(),
            lookaroundCount: parser.lookaroundCount
        )
    }

    private func resolvedReferences() throws(ECMAPatternSyntaxError) -> [Int] {
        var numbers: [Int] = []
        for reference in references {
            switch reference.target {
            case .number(let number):
                guard number <= groupCount else {
                    throw error("the pattern has no group \(number)", at: reference.offset)
                }
                numbers.append(number)
            case .name(let name):
                guard let number = groupNumbers[name] else {
                    throw error("the pattern has no group named '\(Self.text(name))'", at: reference.offset)
                }
                numbers.append(number)
            }
        }
        return numbers
    }

    // Parses a Disjunction.
    private mutating func parseAlternatives() throws(ECMAPatternSyntaxError) -> PatternNode {
        var alternatives = [try parseSequence()]
        while take("|") { alternatives.append(try parseSequence()) }
        return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
    }

    // Parses an Alternative.
    private mutating func parseSequence() throws(ECMAPatternSyntaxError) -> PatternNode {
        var parts: [PatternNode] = []
        while let next = peek, next != "|", next != ")" {
            let firstGroup = groupCount + 1
            let atom = try parseAtom()
            parts.append(try parseQuantifier(of: atom, firstGroup: firstGroup))
        }
        switch parts.count {
        case 0: return .empty
        case 1: return parts[0]
        default: return .sequence(parts)
        }
    }

    private mutating func parseAtom() throws(ECMAPatternSyntaxError) -> PatternNode {
        let start = index
        guard let next = peek else { return .empty }
        switch next {
        case "^":
            index += 1
            return .textStart
        case "$":
            index += 1
            return .textEnd
        case ".":
            index += 1
            return .set(.notLineTerminators)
        case "(": return try parseGroup()
        case "[": return .set(try parseClass())
        case "\\": return try parseAtomEscape()
        case "*", "+", "?":
            let possessive = start > 0 && ["*", "+", "?", "}"].contains(Unicode.Scalar(scalars[start - 1]))
            let hint = possessive ? "possessive quantifiers are not part of ECMA-262; " : ""
            throw error("the quantifier '\(next)' has nothing to repeat; \(hint)write '\\\(next)' for the character")
        case "{", "}", "]":
            if isLegacy, next != "{" || !beginsCount {
                index += 1
                return .scalar(next.value)
            }
            throw error("unexpected '\(next)'; write '\\\(next)' for the character")
        default:
            index += 1
            return .scalar(next.value)
        }
    }

    private mutating func parseGroup() throws(ECMAPatternSyntaxError) -> PatternNode {
        let start = index
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else {
            throw error("groups are nested more than \(Self.maximumDepth) levels deep")
        }
        index += 1
        if take("?:") {
            let body = try parseGroupBody(from: start)
            // A bare assertion cannot have a quantifier, but an assertion in a group can.
            return body.isAssertion ? .sequence([body]) : body
        }
        if take("?=") { return try parseLookaround(from: start, isAhead: true, isNegated: false) }
        if take("?!") { return try parseLookaround(from: start, isAhead: true, isNegated: true) }
        if take("?<=") { return try parseLookaround(from: start, isAhead: false, isNegated: false) }
        if take("?<!") { return try parseLookaround(from: start, isAhead: false, isNegated: true) }
        groupCount += 1
        let number = groupCount
        if take("?<") {
            let nameStart = index
            let name = try parseGroupName()
            guard groupNumbers.updateValue(number, forKey: name) == nil else {
                throw error("duplicate group name '\(Self.text(name))'", at: nameStart)
            }
        } else if peek == "?" {
            throw error(
                "'(?' must be followed by ':', '=', '!', '<=', '<!' or a name as in '(?<year>'; "
                    + "flags, atomic groups and comments are not supported", at: start)
        }
        return .group(try parseGroupBody(from: start), number: number)
    }

    private mutating func parseLookaround(
        from start: Int,
        isAhead: Bool,
        isNegated: Bool
    ) throws(ECMAPatternSyntaxError) -> PatternNode {
        let number = lookaroundCount
        lookaroundCount += 1
        let body = try parseGroupBody(from: start)
        return .lookaround(Lookaround(body: body, isAhead: isAhead, isNegated: isNegated, number: number))
    }

    private mutating func parseGroupBody(from start: Int) throws(ECMAPatternSyntaxError) -> PatternNode {
        let body = try parseAlternatives()
        guard take(")") else { throw error("this '(' is never closed", at: start) }
        return body
    }
}

extension PatternParser {
    /// The next scalar; nil at the end.
    var peek: Unicode.Scalar? {
        index < scalars.count ? Unicode.Scalar(scalars[index]) : nil
    }

    /// Skips a text if it comes next.
    mutating func take(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { expected in
            guard index + expected.count <= scalars.count else { return false }
            for (place, byte) in expected.enumerated() where scalars[index + place] != UInt32(byte) { return false }
            index += expected.count
            return true
        }
    }

    func error(_ message: String, at offset: Int? = nil) -> ECMAPatternSyntaxError {
        ECMAPatternSyntaxError(message: message, offset: offset ?? index)
    }

    /// A name or excerpt for a message; invisible characters are shown as code points.
    static func text(_ values: some Sequence<UInt32>) -> String {
        var text = ""
        for value in values {
            if let scalar = Unicode.Scalar(value), value > 0x20, value != 0x7F,
                value < 0x80 || scalar.properties.isXIDContinue
            {
                text.unicodeScalars.append(scalar)
            } else {
                text += "U+" + String(value, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
