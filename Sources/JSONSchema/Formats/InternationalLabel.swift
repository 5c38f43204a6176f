/// The code points allowed in a U-label, and their positions (RFC 5892).
enum InternationalLabel {
    static func allows(_ label: [Unicode.Scalar], at index: Int) -> Bool {
        let scalar = label[index]
        if let answer = exception(label, at: index) { return answer }
        let properties = scalar.properties
        if scalar.isASCII {
            return scalar == "-" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                || ("0"..."9").contains(scalar)
        }
        if scalar == "\u{200C}" || scalar == "\u{200D}" { return allowsJoiner(label, at: index) }
        if properties.changesWhenNFKCCaseFolded || properties.isDefaultIgnorableCodePoint || properties.isWhitespace
            || properties.isNoncharacterCodePoint || isIn(disallowedBlocks, scalar)
        {
            return false
        }
        switch properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .otherLetter, .decimalNumber, .modifierLetter, .nonspacingMark,
            .spacingMark:
            return true
        default: return false
        }
    }

    /// The code points that RFC 5892, section 2.6, lists individually; `nil` for all others.
    private static func exception(_ label: [Unicode.Scalar], at index: Int) -> Bool? {
        switch label[index].value {
        case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: true
        case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: false
        case 0xB7: index > 0 && index + 1 < label.count && label[index - 1] == "l" && label[index + 1] == "l"
        case 0x375: index + 1 < label.count && isIn(greek, label[index + 1])
        case 0x5F3, 0x5F4: index > 0 && isIn(hebrew, label[index - 1])
        case 0x30FB: label.contains { isIn(japanese, $0) }
        case 0x660...0x669: !label.contains { (0x6F0...0x6F9).contains($0.value) }
        case 0x6F0...0x6F9: !label.contains { (0x660...0x669).contains($0.value) }
        default: nil
        }
    }

    /// Whether a joiner is allowed: after a virama or, for the non-joiner, between letters that would join (RFC 5892,
    /// appendices A.1 and A.2).
    private static func allowsJoiner(_ label: [Unicode.Scalar], at index: Int) -> Bool {
        guard index > 0 else { return false }
        if label[index - 1].properties.canonicalCombiningClass == .virama { return true }
        guard label[index] == "\u{200C}" else { return false }
        let before = label[..<index].last { !isTransparent($0) }
        let after = label[(index + 1)...].first { !isTransparent($0) }
        guard let before, let after else { return false }
        return isIn(JoiningTypes.joiningLeft, before) && isIn(JoiningTypes.joiningRight, after)
    }

    private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
        default: false
        }
    }

    private static func isIn(_ ranges: [ClosedRange<UInt32>], _ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) }
    }

    /// Old Hangul jamo and the blocks of RFC 5892, section 2.4.
    private static let disallowedBlocks: [ClosedRange<UInt32>] = [
        0x1100...0x11FF, 0x20D0...0x20FF, 0xA960...0xA97F, 0xD7B0...0xD7FF, 0x1D100...0x1D1FF, 0x1D200...0x1D24F,
    ]

    private static let greek: [ClosedRange<UInt32>] = [
        0x370...0x373, 0x375...0x377, 0x37A...0x37D, 0x37F...0x37F, 0x384...0x384, 0x386...0x386, 0x388...0x3E1,
        0x3F0...0x3FF, 0x1D26...0x1D2A, 0x1D5D...0x1D61, 0x1D66...0x1D6A, 0x1DBF...0x1DBF, 0x1F00...0x1FFE,
        0x2126...0x2126, 0xAB65...0xAB65, 0x10140...0x1018E, 0x101A0...0x101A0, 0x1D200...0x1D245,
    ]

    private static let hebrew: [ClosedRange<UInt32>] = [0x591...0x5C7, 0x5D0...0x5EA, 0x5EF...0x5F4, 0xFB1D...0xFB4F]

    /// Hiragana, Katakana and Han.
    private static let japanese: [ClosedRange<UInt32>] = [
        0x2E80...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3041...0x3096,
        0x309D...0x309F, 0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0x32D0...0x32FE, 0x3300...0x3357,
        0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAD9, 0xFF66...0xFF6F, 0xFF71...0xFF9D, 0x1AFF0...0x1B167,
        0x20000...0x323AF,
    ]
}
