import Diagnostics
import SourceText
import TestKit
import Testing

/// The check of encodings compares eight bytes at once. Every kind of byte is put at every offset of such a word, and the
/// result is compared with Unicode's own decoder.
@Suite("Text encodings at every offset")
struct EncodingOffsetTests {
    /// The first rejected place of a text, by a check of one scalar at a time; `nil` for a text that is accepted.
    private static func naive(_ bytes: [UInt8]) -> (line: Int, column: Int)? {
        var (line, column, index) = (1, 1, 0)
        while index < bytes.count {
            let rest = bytes[index...]
            let length = (1...4).first { count in
                count <= rest.count && String(validating: rest.prefix(count), as: UTF8.self)?.unicodeScalars.count == 1
            }
            guard let length else { return (line, column) }
            let byte = bytes[index]
            switch byte {
            case 0x0A, 0x0D:
                let isPair = byte == 0x0A && index > 0 && bytes[index - 1] == 0x0D
                if !isPair { line += 1 }
                column = 1
            case 0x09: column += 1
            case 0..<0x20: return (line, column)
            default: column += 1
            }
            index += length
        }
        return nil
    }

    /// Where the encoding of a text is rejected.
    private static func rejected(_ bytes: [UInt8]) -> (line: Int, column: Int)? {
        let found = problems(bytes).first { $0.contains("source.encoding") }
        let numbers = found?.prefix { $0 != " " }.split(separator: ":").compactMap { Int($0) }
        return numbers.flatMap { $0.count == 2 ? ($0[0], $0[1]) : nil }
    }

    private static func check(_ bytes: [UInt8], _ what: String) {
        let (expected, found) = (naive(bytes), rejected(bytes))
        #expect(
            expected?.line == found?.line && expected?.column == found?.column,
            "\(what): \(String(describing: expected)), found \(String(describing: found))")
    }

    /// A comment, so that the text is YAML whatever its visible characters are.
    private static func text(_ length: Int) -> [UInt8] {
        Array("# ".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: length)
    }

    @Test("a byte is accepted or rejected alike at every offset of a word", arguments: UInt8.min...UInt8.max)
    func bytes(byte: UInt8) {
        for offset in 0..<17 {
            var bytes = Self.text(20)
            bytes[offset + 2] = byte
            Self.check(bytes, "0x\(String(byte, radix: 16)) at \(offset)")
        }
    }

    // Unicode 16, table 3-7: the first and last sequence of each row, and the nearest ones that are not well-formed.
    @Test(
        "a sequence is accepted or rejected alike at every offset of a word",
        arguments: [
            [0xC2, 0x80], [0xDF, 0xBF], [0xC1, 0xBF], [0xC2, 0x7F], [0xC2, 0xC0], [0xE0, 0xA0, 0x80],
            [0xE0, 0x9F, 0xBF], [0xE1, 0x80, 0x80], [0xEC, 0xBF, 0xBF], [0xED, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBD], [0xE1, 0x80, 0x7F], [0xE1, 0x80, 0xC0], [0xF0, 0x90, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF1, 0x80, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBD], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xF1, 0x80, 0x80, 0x41], [0xF1, 0x80, 0x41, 0x41], [0xFE], [0xFF],
            [0x0D, 0x0A], [0x0A, 0x0D], [0x0D, 0x0D], [0x0A, 0x0A], [0x09, 0x0A], [0x0D, 0x0A, 0x01],
            [0x0D, 0x01], [0x0A, 0x23, 0x01], [0xC3, 0xA9, 0x01], [0xF0, 0x9F, 0x98, 0x80, 0x1F],
        ] as [[UInt8]])
    func sequences(sequence: [UInt8]) {
        for offset in 0..<10 {
            // A line break ends the comment, so the rest begins a new one.
            var bytes = Self.text(offset)
            bytes += sequence
            if sequence.contains(0x0A) || sequence.contains(0x0D) { bytes.append(UInt8(ascii: "#")) }
            Self.check(bytes, "cut at \(offset)")
            Self.check(bytes + [UInt8](repeating: UInt8(ascii: "y"), count: 9), "followed at \(offset)")
        }
    }

    @Test("random mixtures are accepted or rejected alike, at the same place")
    func mixtures() {
        var random = SplitMix(seed: 41)
        let good: [[UInt8]] = [
            Array("abcdefgh".utf8), [0x20], [0x09], Array("é".utf8), Array("日".utf8), Array("😀".utf8),
            Array("\n#".utf8), Array("\r\n#".utf8), Array("\r#".utf8), [0x7E],
        ]
        let bad: [[UInt8]] = [[0x00], [0x1F], [0x08], [0x0B], [0xC0], [0xE2, 0x82], [0xFF], [0x80]]
        for round in 0..<400 {
            var bytes: [UInt8] = [0x23, 0x20]
            for _ in 0..<random.number(below: 12) { bytes += random.pick(good) }
            if !random.once(in: 3) { bytes += random.pick(bad) }
            for _ in 0..<random.number(below: 12) { bytes += random.pick(good) }
            Self.check(bytes, "round \(round)")
        }
    }

    @Test(
        "a wide encoding is named by its mark or by its zeros, and a short text without zeros is UTF-8",
        arguments: [
            ([0xFE, 0xFF], "UTF-16"), ([0xFF, 0xFE], "UTF-16"), ([0xFE, 0xFF, 0, 0x61], "UTF-16"),
            ([0xFF, 0xFE, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF], "UTF-32"), ([0x61, 0, 0, 0], "UTF-32"),
            ([0, 0, 0, 0x61], "UTF-32"), ([0x61, 0, 0x3A, 0], "UTF-16"), ([0, 0x61, 0, 0x3A], "UTF-16"),
            ([0xFF, 0xFE, 0x61, 0, 0x3A, 0], "UTF-16"), ([0x61, 0x3A, 0x20, 0x31], nil), ([0x61], nil),
        ] as [([UInt8], String?)])
    func wide(bytes: [UInt8], name: String?) {
        let expected = name.map { ["1:1 source.encoding: the file is \($0), not UTF-8"] } ?? []
        #expect(problems(bytes) == expected)
    }

    @Test(
        "a control character is named with four digits, at its line and column",
        arguments: [
            ("a\u{0}: 1", "1:2", "U+0000"), ("a: \u{1B}[31m", "1:4", "U+001B"), ("a: 1\n\u{8}", "2:1", "U+0008"),
            ("a: 1\rb: é\u{C}", "2:5", "U+000C"), ("a: 😀\r\n\r\n\u{1F}", "3:1", "U+001F"),
            ("\u{FEFF}a\u{2}", "1:2", "U+0002"),
        ])
    func controls(text: String, place: String, name: String) {
        #expect(
            problems(text) == [
                "\(place) source.encoding: the file has the control character \(name), so it is not text"
            ])
    }

    @Test("a second byte order mark is a character, and half of one is not UTF-8")
    func marks() {
        #expect(problems([0xEF, 0xBB]) == ["1:1 source.encoding: the byte 0xEF is not valid UTF-8"])
        #expect(problems([0xEF, 0xBB, 0xBF, 0xEF, 0xBB]) == ["1:1 source.encoding: the byte 0xEF is not valid UTF-8"])
        #expect(!problems([0xEF, 0xBB, 0xBF, 0xFF]).isEmpty)
    }
}
