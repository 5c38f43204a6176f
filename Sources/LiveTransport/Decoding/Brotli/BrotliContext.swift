/// The context of a literal: how the two bytes before it select its prefix code (RFC 7932, section 7.1).
enum BrotliContext: Int {
    case leastBits, mostBits, text, signed

    /// The context after `last` and the byte before it.
    func id(_ last: UInt8, _ earlier: UInt8) -> Int {
        switch self {
        case .leastBits: Int(last & 0x3F)
        case .mostBits: Int(last >> 2)
        case .text: Int(Self.textClasses[Int(last)] | Self.earlierClasses[Int(earlier)])
        case .signed: Int(Self.sizes[Int(last)] << 3 | Self.sizes[Int(earlier)])
        }
    }

    /// The class of the last byte in text.
    private static let textClasses: [UInt8] = (0...255).map { byte in
        switch byte {
        case 0x09, 0x0A, 0x0D: 4
        case 0x20: 8
        case 0x22, 0x27: 16
        case 0x25: 20
        case 0x28, 0x3C, 0x5B, 0x7B: 24
        case 0x29, 0x3E, 0x5D, 0x7D: 28
        case 0x2C, 0x3A, 0x3B: 32
        case 0x2E: 36
        case 0x3D: 40
        case 0x30...0x39: 44
        case 0x41, 0x45, 0x49, 0x4F, 0x55: 48
        case 0x42...0x5A: 52
        case 0x61, 0x65, 0x69, 0x6F, 0x75: 56
        case 0x62...0x7A: 60
        case 0x21...0x7E: 12
        case 0x80...0xBF: UInt8(byte & 1)
        case 0xC0...0xFF: UInt8(2 + byte & 1)
        default: 0
        }
    }

    /// The class of the byte before the last one in text.
    private static let earlierClasses: [UInt8] = (0...255).map { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0xE0...0xFF: 2
        case 0x61...0x7A: 3
        case 0x21...0x7E: 1
        default: 0
        }
    }

    /// The size of a byte as a signed number.
    private static let sizes: [UInt8] = (0...255).map { byte in
        switch byte {
        case 0: 0
        case ..<16: 1
        case ..<64: 2
        case ..<128: 3
        case ..<192: 4
        case ..<240: 5
        case ..<255: 6
        default: 7
        }
    }
}
