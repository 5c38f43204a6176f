extension PatternParser {
    /// Parses the quantifier after an atom, if there is one.
    mutating func parseQuantifier(
        of atom: PatternNode,
        firstGroup: Int
    ) throws(ECMAPatternSyntaxError) -> PatternNode {
        let start = index
        guard let (minimum, maximum) = try parseCounts() else { return atom }
        if atom.isAssertion, !(isLegacy && atom.isLookahead) {
            throw error("an assertion cannot be repeated", at: start)
        }
        let isGreedy = !take("?")
        return .repetition(
            Repetition(
                body: atom,
                minimum: minimum,
                maximum: maximum,
                isGreedy: isGreedy,
                groups: firstGroup..<(groupCount + 1),
                offset: start
            )
        )
    }

    private mutating func parseCounts() throws(ECMAPatternSyntaxError) -> (minimum: Int, maximum: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = index
        if isLegacy, peek == "{", !beginsCount { return nil }
        guard take("{") else { return nil }
        guard let minimum = takeDigits() else {
            throw error(
                "'{' must be followed by a count as in '{2}' or '{2,5}'; write '\\{' for the character", at: start)
        }
        var maximum: ArraySlice<UInt32>? = minimum
        if take(",") { maximum = takeDigits() }
        guard take("}") else { throw error("this count is not closed by '}'", at: start) }
        if let maximum, Self.isGreater(minimum, maximum) {
            throw error("the counts of '{…}' are out of order: the first is greater than the second", at: start)
        }
        return (Self.saturated(minimum), maximum.map(Self.saturated))
    }

    /// Whether a count such as `{2}` or `{2,5}` comes next.
    var beginsCount: Bool {
        var copy = self
        guard copy.take("{"), copy.takeDigits() != nil else { return false }
        if copy.take(",") { _ = copy.takeDigits() }
        return copy.take("}")
    }

    private mutating func takeDigits() -> ArraySlice<UInt32>? {
        let start = index
        while let digit = peek, ("0"..."9").contains(digit) { index += 1 }
        return index > start ? scalars[start..<index].drop { $0 == 0x30 } : nil
    }

    // Counts may have any number of digits, so they are compared as digit strings without leading zeros.
    private static func isGreater(_ left: ArraySlice<UInt32>, _ right: ArraySlice<UInt32>) -> Bool {
        left.count == right.count ? right.lexicographicallyPrecedes(left) : left.count > right.count
    }

    // No text is longer than Int32.max, so all greater counts are equivalent.
    private static func saturated(_ digits: ArraySlice<UInt32>) -> Int {
        var value = 0
        for digit in digits {
            value = value * 10 + Int(digit - 0x30)
            if value >= Int(Int32.max) { return Int(Int32.max) }
        }
        return value
    }
}
