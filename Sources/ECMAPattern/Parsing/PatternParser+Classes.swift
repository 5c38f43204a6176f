extension PatternParser {
    private enum ClassAtom {
        case scalar(UInt32)
        case set(ScalarSet)
    }

    /// Parses a class from its '[' to its ']' (CharacterClass).
    mutating func parseClass() throws(ECMAPatternSyntaxError) -> ScalarSet {
        let start = index
        index += 1
        let isInverted = take("^")
        var members = ScalarSet()
        while !take("]") {
            let place = index
            let atom = try parseClassAtom(of: start)
            guard peek == "-", index + 1 < scalars.count, scalars[index + 1] != 0x5D else {
                switch atom {
                case .scalar(let value): members.insert(value...value)
                case .set(let set): members = Self.union(members, set)
                }
                continue
            }
            index += 1
            let end = try parseClassAtom(of: start)
            guard case .scalar(let lower) = atom, case .scalar(let upper) = end else {
                guard isLegacy else {
                    throw error(
                        "a set such as '\\d' cannot be the end of a range; write '\\-' for the character", at: place)
                }
                // ECMA-262, Annex B.1.2: here the hyphen is a literal character.
                members.insert(0x2D...0x2D)
                for part in [atom, end] {
                    switch part {
                    case .scalar(let value): members.insert(value...value)
                    case .set(let set): members = Self.union(members, set)
                    }
                }
                continue
            }
            guard lower <= upper else { throw error("this range is out of order", at: place) }
            members.insert(lower...upper)
        }
        members.normalise()
        return isInverted ? members.inverted() : members
    }

    private mutating func parseClassAtom(of start: Int) throws(ECMAPatternSyntaxError) -> ClassAtom {
        guard let next = peek else { throw error("this '[' is never closed", at: start) }
        guard next == "\\" else {
            index += 1
            return .scalar(next.value)
        }
        if take("\\b") { return .scalar(0x08) }
        if let set = try parseSetEscape() { return .set(set) }
        return .scalar(try parseCharacterEscape(inClass: true))
    }

    private static func union(_ left: ScalarSet, _ right: ScalarSet) -> ScalarSet {
        var result = left
        result.formUnion(right)
        return result
    }
}
