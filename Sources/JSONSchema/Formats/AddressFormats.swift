import Primitives

/// `ipv4` (RFC 2673, section 3.2) and `ipv6` (RFC 4291, section 2.2).
enum AddressFormats {
    static func isIPv4(_ text: Bytes) -> Bool {
        var count = 0
        let areOctets = text.allParts(separatedBy: UInt8(ascii: ".")) { part in
            count += 1
            return isOctet(part)
        }
        return areOctets && count == 4
    }

    /// 0 to 255 without leading zeros, which some readers interpret as octal.
    private static func isOctet(_ text: Bytes) -> Bool {
        guard (1...3).contains(text.count), text.count == 1 || text.first != UInt8(ascii: "0") else { return false }
        var value = 0
        for byte in text {
            guard byte &- 0x30 < 10 else { return false }
            value = value * 10 + Int(byte - 0x30)
        }
        return value <= 255
    }

    static func isIPv6(_ text: Bytes) -> Bool {
        let colon = UInt8(ascii: ":")
        guard text.count >= 2, text.count <= 45 else { return false }
        if text.elementsEqual("::".utf8) { return true }
        var groups = text.split(separator: colon, omittingEmptySubsequences: false)
        guard groups.count >= 3 else { return false }
        // A leading or trailing `::` leaves two empty groups instead of one; a single colon leaves one.
        if groups[0].isEmpty {
            guard groups[1].isEmpty else { return false }
            groups.removeFirst()
        }
        if let last = groups.last, last.isEmpty {
            guard groups[groups.count - 2].isEmpty else { return false }
            groups.removeLast()
        }
        let gaps = groups.count { $0.isEmpty }
        guard gaps <= 1 else { return false }
        var sixteenBits = 0
        for (index, group) in groups.enumerated() where !group.isEmpty {
            if index == groups.count - 1, group.contains(UInt8(ascii: ".")) {
                guard isIPv4(group) else { return false }
                sixteenBits += 2
            } else {
                guard group.count <= 4, group.allSatisfy({ $0.hexadecimalValue != nil }) else { return false }
                sixteenBits += 1
            }
        }
        return gaps == 1 ? sixteenBits <= 7 : sixteenBits == 8
    }
}
