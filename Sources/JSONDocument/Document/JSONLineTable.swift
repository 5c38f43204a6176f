import Synchronization

/// Finds the line and column of byte offsets. It remembers waypoints, so many lookups in a long text stay cheap.
struct JSONLineTable: ~Copyable, Sendable {
    /// Bytes between two waypoints.
    private static let stride = 512

    private let waypoints = Mutex<[TextPosition]>([])

    /// The position of a byte offset in `text`, which must be the same text in every call.
    func position(of offset: Int, in text: [UInt8]) -> TextPosition {
        let offset = min(max(offset, 0), text.count)
        return text.withUnsafeBufferPointer { bytes in
            guard offset >= Self.stride else { return Self.advance(.start, to: offset, in: bytes) }
            let number = offset / Self.stride
            let waypoint = waypoints.withLock { known in
                if known.isEmpty { known = Self.survey(bytes) }
                return known[number]
            }
            return Self.advance(waypoint, to: offset, in: bytes)
        }
    }

    /// The position of a byte offset, found by scanning the text from its start.
    static func scan(to offset: Int, in bytes: UnsafeBufferPointer<UInt8>) -> TextPosition {
        advance(.start, to: min(max(offset, 0), bytes.count), in: bytes)
    }

    private static func survey(_ bytes: UnsafeBufferPointer<UInt8>) -> [TextPosition] {
        var result: [TextPosition] = []
        result.reserveCapacity(bytes.count / stride + 1)
        var position = TextPosition.start
        while true {
            result.append(position)
            if position.offset + stride > bytes.count { return result }
            position = advance(position, to: position.offset + stride, in: bytes)
        }
    }

    private static func advance(
        _ start: TextPosition,
        to offset: Int,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> TextPosition {
        var index = start.offset
        // A byte order mark does not count as a column.
        if index == 0, offset >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
        guard index < offset else { return TextPosition(line: start.line, column: start.column, offset: offset) }
        let passed = UnsafeBufferPointer(rebasing: bytes[index..<offset])
        let (feeds, returns) = lineEnds(in: passed)
        guard feeds + returns > 0 else {
            return TextPosition(line: start.line, column: start.column + scalars(passed), offset: offset)
        }
        // A CR followed by an LF does not end the line by itself.
        let ends = { (place: Int) in place == bytes.count || bytes[place] != 0x0A }
        let lone = returns == 0 ? 0 : passed.indices.count { passed[$0] == 0x0D && ends(index + $0 + 1) }
        let last = passed.indices.last { passed[$0] == 0x0A || passed[$0] == 0x0D && ends(index + $0 + 1) }
        guard let last else {
            return TextPosition(line: start.line, column: start.column + scalars(passed), offset: offset)
        }
        return TextPosition(
            line: start.line + feeds + lone,
            column: 1 + scalars(UnsafeBufferPointer(rebasing: passed[(last + 1)...])),
            offset: offset
        )
    }

    /// The Unicode scalars that begin in `bytes`.
    private static func scalars(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for byte in bytes { count &+= byte & 0xC0 != 0x80 ? 1 : 0 }
        return count
    }

    /// How often LF and CR occur, in one pass: the first location in a large document reads all of it.
    ///
    /// Eight bytes are compared at once. `assay-ratios` (`load_json_byte`) shows the cost: with a loop over single bytes,
    /// the scan alone takes two and a half times as many instructions, and with `SIMD16`, loading took three times as long.
    private static func lineEnds(in bytes: UnsafeBufferPointer<UInt8>) -> (feeds: Int, returns: Int) {
        let raw = UnsafeRawBufferPointer(bytes)
        let whole = raw.count & ~7
        var (feeds, returns) = (0, 0)
        for offset in Swift.stride(from: 0, to: whole, by: 8) {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            feeds &+= count(0x0A, in: word)
            returns &+= count(0x0D, in: word)
        }
        for byte in raw[whole...] {
            feeds &+= byte == 0x0A ? 1 : 0
            returns &+= byte == 0x0D ? 1 : 0
        }
        return (feeds, returns)
    }

    /// How many of the eight bytes of a word are `byte`, which is an ASCII character.
    @inline(__always)
    private static func count(_ byte: UInt64, in word: UInt64) -> Int {
        let sevenBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        // Equal bytes become zero. Only for these, neither the sum nor the byte itself has its high bit set.
        let different = word ^ (byte &* 0x0101_0101_0101_0101)
        let others = ((different & sevenBits) &+ sevenBits) | different | sevenBits
        return 8 &- (others & ~sevenBits).nonzeroBitCount
    }
}
