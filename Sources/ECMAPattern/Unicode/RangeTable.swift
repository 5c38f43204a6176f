/// Reads the generated tables. Each line is a set: its names up to the first space, then pairs of gap and length in
/// base 36.
enum RangeTable {
    /// The ranges of the line with a name; nil if there is none.
    static func ranges(named name: String, in table: StaticString) -> [ClosedRange<UInt32>]? {
        table.withUTF8Buffer { bytes in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
                guard words.count == 2 else { continue }
                let names = words[0].split(separator: UInt8(ascii: ","))
                if names.contains(where: { $0.elementsEqual(name.utf8) }) { return decode(words[1]) }
            }
            return nil
        }
    }

    /// The ranges of all lines.
    static func allRanges(in table: StaticString) -> [ClosedRange<UInt32>] {
        table.withUTF8Buffer { bytes in
            bytes.split(separator: UInt8(ascii: "\n")).flatMap { line in
                let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
                return words.count == 2 ? decode(words[1]) : []
            }
        }
    }

    private static func decode(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> [ClosedRange<UInt32>] {
        var ranges: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        var gap: UInt32?
        for word in text.split(separator: UInt8(ascii: " ")) {
            let number = word.reduce(UInt32(0)) { $0 &* 36 &+ digit($1) }
            if let start = gap {
                ranges.append((next + start)...(next + start + number))
                next += start + number + 1
                gap = nil
            } else {
                gap = number
            }
        }
        return ranges
    }

    private static func digit(_ byte: UInt8) -> UInt32 {
        byte >= UInt8(ascii: "a") ? UInt32(byte &- UInt8(ascii: "a")) + 10 : UInt32(byte &- UInt8(ascii: "0"))
    }
}
