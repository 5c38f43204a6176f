internal import Diagnostics

/// Checks that a file is UTF-8 text before it is parsed.
enum TextEncoding {
    /// Returns the bytes without a byte order mark.
    ///
    /// Throws, with the line, for UTF-16 and UTF-32, for bytes that are not UTF-8, and for control characters, which
    /// are invalid in YAML (YAML 1.2.2, section 5.1) and in JSON (RFC 8259, section 7).
    static func utf8(_ input: [UInt8], path: String) throws(SourceError) -> [UInt8] {
        if let name = otherEncoding(of: input) {
            throw refusal("the file is \(name), not UTF-8", path: path, line: 1, column: 1)
        }
        let hasMark = input.starts(with: [0xEF, 0xBB, 0xBF])
        let bytes = hasMark ? Array(input.dropFirst(3)) : input
        guard let index = bytes.withUnsafeBytes(firstFault) else { return bytes }
        let place = Place(before: index, in: bytes)
        let digits = String(bytes[index], radix: 16, uppercase: true)
        let message =
            bytes[index] < 0x80
            ? "the file has the control character U+\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits),"
                + " so it is not text"
            : "the byte 0x\(digits) is not valid UTF-8"
        throw refusal(message, path: path, line: place.line, column: place.column)
    }

    /// The first byte that is a control character or not UTF-8.
    private static func firstFault(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let high: UInt64 = 0x8080_8080_8080_8080
        var index = 0
        while index < bytes.count {
            if index + 8 <= bytes.count {
                // Checks eight bytes at once. If all are below 0x80, no sum changes the next byte, and the highest
                // bit of each sum says whether the byte is at least 0x20, and whether it differs from a line feed.
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let isVisible = word &+ 0x6060_6060_6060_6060
                let isNoFeed = (word ^ 0x0A0A_0A0A_0A0A_0A0A) &+ 0x7F7F_7F7F_7F7F_7F7F
                if (word | ~isVisible & isNoFeed) & high == 0 {
                    index += 8
                    continue
                }
            }
            let byte = bytes[index]
            if byte < 0x80 {
                guard byte >= 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return index }
                index += 1
            } else {
                let length = sequenceLength(bytes, at: index)
                guard length > 0 else { return index }
                index += length
            }
        }
        return nil
    }

    /// The line and column of a byte, both counted from 1.
    struct Place {
        private(set) var line = 1
        private(set) var column = 1
        private var afterReturn = false

        init(before index: Int, in bytes: [UInt8]) {
            for byte in bytes[..<index] where byte & 0xC0 != 0x80 { pass(byte) }
        }

        private mutating func pass(_ byte: UInt8) {
            switch byte {
            case 0x0A where afterReturn:
                break
            case 0x0A, 0x0D:
                line += 1
                column = 1
            default:
                column += 1
            }
            afterReturn = byte == 0x0D
        }
    }

    private static func refusal(_ message: String, path: String, line: Int, column: Int) -> SourceError {
        SourceError(
            Diagnostic(
                "source.encoding",
                .error,
                message,
                at: SourceLocation(file: path, line: line, column: column),
                help: "save the file as UTF-8"
            )
        )
    }

    private static func otherEncoding(of bytes: [UInt8]) -> String? {
        let head = Array(bytes.prefix(4))
        if head.count == 4 {
            if head == [0xFF, 0xFE, 0, 0] || head == [0, 0, 0xFE, 0xFF] { return "UTF-32" }
            if head[0] == 0, head[1] == 0, head[2] == 0, head[3] != 0 { return "UTF-32" }
            if head[0] != 0, head[1] == 0, head[2] == 0, head[3] == 0 { return "UTF-32" }
            if head[0] != 0, head[1] == 0, head[2] != 0, head[3] == 0 { return "UTF-16" }
            if head[0] == 0, head[1] != 0, head[2] == 0, head[3] != 0 { return "UTF-16" }
        }
        return bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? "UTF-16" : nil
    }

    /// The length of the well-formed sequence at `index`; 0 if there is none (Unicode 16, table 3-7).
    private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in stride(from: 2, to: length, by: 1) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
