import Synchronization

/// Finds line and column of byte offsets, and remembers waypoints so that many lookups in a long text stay cheap.
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

    /// The position of a byte offset, found by reading the text from its start.
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
        var line = start.line
        var column = start.column
        var index = start.offset
        // A byte order mark takes no column.
        if index == 0, offset >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
        while index < offset {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes[index] == 0x0A)) {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return TextPosition(line: line, column: column, offset: offset)
    }
}
