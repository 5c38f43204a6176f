/// Normalization Form C (Unicode Standard Annex 15), as far as labels of host names can violate it.
///
/// Code points that the form replaces individually are not allowed in labels anyway (RFC 5892, section 2.2). The
/// remaining violations are marks in the wrong order and pairs that have a composed code point.
enum ComposedForm {
    static func accepts(_ label: [Unicode.Scalar]) -> Bool {
        var starter: Unicode.Scalar?
        var lastClass = UInt8(0)
        for scalar in label {
            let combiningClass = scalar.properties.canonicalCombiningClass.rawValue
            if combiningClass != 0, combiningClass < lastClass { return false }
            let isBlocked = lastClass != 0 && combiningClass <= lastClass
            if let starter, !isBlocked, !scalar.isASCII, isPair(starter, scalar) { return false }
            if combiningClass == 0 { starter = scalar }
            lastClass = combiningClass
        }
        return true
    }

    private static func isPair(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        // Strings are equal if they are canonically equivalent.
        composed.contains(String(first) + String(second))
    }

    /// Every code point that is the composition of a pair.
    private static let composed: Set<String> = {
        var found: Set<String> = []
        for range in ranges {
            for value in range where !excluded.contains(where: { $0.contains(value) }) {
                if let scalar = Unicode.Scalar(value) { found.insert(String(scalar)) }
            }
        }
        return found
    }()

    /// The ranges that contain these code points.
    private static let ranges: [ClosedRange<UInt32>] = [
        0xC0...0x24F, 0x386...0x3D4, 0x400...0x4F9, 0x622...0x6D3, 0x929...0x934, 0x9CB...0x9CC, 0xB48...0xB4C,
        0xB94...0xBCC, 0xC48...0xC48, 0xCC0...0xCCB, 0xD4A...0xD4C, 0xDDA...0xDDE, 0x1026...0x1026, 0x1B06...0x1B43,
        0x1E00...0x1FFE, 0x304C...0x3094, 0x30AC...0x30FE, 0xAC00...0xD7A3, 0x1109A...0x110AB, 0x1112E...0x1112F,
        0x1134B...0x1134C, 0x114BB...0x114BE, 0x115BA...0x115BB, 0x11938...0x11938,
    ]

    /// The code points in these ranges that the form decomposes instead (Composition_Exclusion).
    private static let excluded: [ClosedRange<UInt32>] = [0x340...0x344, 0x374...0x374, 0x37E...0x37E, 0x387...0x387]
}
