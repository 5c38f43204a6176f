/// The rule for names with right-to-left labels (RFC 5893, section 2).
enum BidirectionalRule {
    /// The classes of code points (Unicode Standard Annex 9) that the rule distinguishes.
    private enum Direction {
        /// L, and other classes that are not allowed in right-to-left labels.
        case leftToRight
        /// R and AL.
        case rightToLeft
        case europeanNumber
        case arabicNumber
        case nonspacingMark
        /// ES, CS, ET, ON and BN.
        case neutral
    }

    /// Whether the labels of a name, in Unicode, follow the rule. It applies to all labels if one has right-to-left
    /// text.
    static func accepts(_ labels: [[Unicode.Scalar]]) -> Bool {
        guard labels.contains(where: { $0.contains { !$0.isASCII } }) else { return true }
        let directions = labels.map { $0.map(direction) }
        let isBidirectional = directions.contains { $0.contains(.rightToLeft) || $0.contains(.arabicNumber) }
        return !isBidirectional || directions.allSatisfy(accepts)
    }

    private static func accepts(_ label: [Direction]) -> Bool {
        guard let first = label.first, let last = label.last(where: { $0 != .nonspacingMark }) else { return false }
        switch first {
        case .rightToLeft:
            return !label.contains(.leftToRight)
                && (last == .rightToLeft || last == .europeanNumber || last == .arabicNumber)
                && !(label.contains(.europeanNumber) && label.contains(.arabicNumber))
        case .leftToRight:
            return !label.contains(.rightToLeft) && !label.contains(.arabicNumber)
                && (last == .leftToRight || last == .europeanNumber)
        default: return false
        }
    }

    private static func direction(_ scalar: Unicode.Scalar) -> Direction {
        if scalar.isASCII {
            return ("0"..."9").contains(scalar) ? .europeanNumber : scalar == "-" ? .neutral : .leftToRight
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .nonspacingMark
        default: break
        }
        switch scalar.value {
        case 0x6F0...0x6F9: return .europeanNumber
        case 0x600...0x605, 0x660...0x669, 0x66B...0x66C, 0x6DD, 0x890...0x891, 0x8E2, 0x10D30...0x10D39,
            0x10D40...0x10D49, 0x10E60...0x10E7E:
            return .arabicNumber
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return .rightToLeft
        case 0xB7, 0x375, 0x30FB, 0x200C, 0x200D: return .neutral
        default: return .leftToRight
        }
    }
}
