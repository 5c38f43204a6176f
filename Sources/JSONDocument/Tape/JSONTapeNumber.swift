/// Numbers.
extension JSONTape {
    /// The value of a number with at most 18 digits and neither fraction nor exponent; otherwise nil.
    @inlinable
    public func integer(at index: Int) -> Int? {
        let entry = entries[index]
        guard entry.kind == .number, entry.flags.contains(.integer), let content else { return nil }
        let digits = content + Int(entry.offset)
        let isNegative = digits[0] == 0x2D
        let length = Int(entry.length)
        guard length <= (isNegative ? 19 : 18) else { return nil }
        var value = 0
        var place = isNegative ? 1 : 0
        while place < length {
            value = value &* 10 &+ Int(digits[place] &- 0x30)
            place &+= 1
        }
        return isNegative ? 0 &- value : value
    }

    /// The value of a number with at most 18 significant digits and a small exponent; otherwise nil.
    public func decimal(at index: Int) -> SmallDecimal? {
        if let integer = integer(at: index) { return SmallDecimal(integer) }
        guard kind(at: index) == .number else { return nil }
        return SmallDecimal(DecimalView(bytes(at: index)))
    }

    /// Whether a number has no fraction, in any spelling; false for other kinds.
    public func isInteger(at index: Int) -> Bool {
        let entry = entries[index]
        guard entry.kind == .number else { return false }
        return entry.flags.contains(.integer) || DecimalView(bytes(at: index)).isInteger
    }

    /// A number with its spelling; `0` for other kinds.
    public func number(at index: Int) -> JSONNumber {
        guard kind(at: index) == .number else { return JSONNumber(0) }
        return JSONNumber(checked: String(decoding: bytes(at: index), as: UTF8.self))
    }
}
