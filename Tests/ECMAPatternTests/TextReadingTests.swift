import TestKit
import Testing

@testable import ECMAPattern

@Suite("reading UTF-8")
struct TextReadingTests {
    private func withText<Result>(_ text: String, _ body: (UTF8Text) throws -> Result) throws -> Result {
        try withBytes(Array(text.utf8), body)
    }

    private func withBytes<Result>(_ bytes: [UInt8], _ body: (UTF8Text) throws -> Result) throws -> Result {
        try bytes.withUnsafeBufferPointer { buffer in
            try body(UTF8Text(bytes: #require(buffer.baseAddress), count: buffer.count))
        }
    }

    @Test(
        "code points are read forwards and backwards",
        arguments: ["é", "日", "😀", "aé", "é日😀", "\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}", "e\u{301}x"])
    func scalars(text: String) throws {
        try withText(text) { read in
            var position = 0
            for scalar in text.unicodeScalars {
                let width = UTF8.width(scalar)
                if width > 1 {
                    let found = read.scalar(at: position)
                    #expect(found.value == scalar.value && found.width == width)
                }
                position += width
                let before = read.scalar(before: position)
                #expect(before.value == scalar.value && before.width == width)
                #expect(read.start(before: position) == position - width)
            }
            #expect(position == read.count)
        }
    }

    @Test(
        "a code point that the text cuts off is replaced, within the text",
        arguments: [([0xF0], 1), ([0xE6, 0x97], 2), ([0xC3], 1), ([0xF0, 0x9F, 0x98], 3)] as [([UInt8], Int)])
    func cut(bytes: [UInt8], width: Int) throws {
        try withBytes(bytes) { read in
            let found = read.scalar(at: 0)
            #expect(found.value == 0xFFFD && found.width == width)
        }
    }

    @Test("bytes that only continue a code point never lead before the text")
    func continuations() throws {
        try withBytes([0x80, 0x80, 0x80, 0x80, 0x80, 0x80]) { read in
            for position in 1...read.count {
                #expect(read.start(before: position) >= 0)
                #expect(read.scalar(before: position).width <= position)
            }
        }
    }

    /// ECMA-262, section 22.2.2.4: only ASCII letters, digits and `_` are word characters.
    @Test(
        "word boundaries are next to one word character",
        arguments: [
            ("ab", [0, 2]), ("a b", [0, 1, 2, 3]), ("_1", [0, 2]), ("é", []), ("aé", [0, 1]), ("-a-", [1, 2]),
            ("  ", []),
        ])
    func boundaries(text: String, expected: [Int]) throws {
        try withText(text) { read in
            #expect((0...read.count).filter { read.isWordBoundary($0) } == expected)
        }
    }

    @Test("a literal is found only where it is whole, also for places outside the text")
    func literals() throws {
        try withText("abcab") { read in
            #expect((-2...6).filter { read.holds(Array("ab".utf8), at: $0) } == [0, 3])
            #expect((-1...6).filter { read.holds([], at: $0) } == [0, 1, 2, 3, 4, 5])
            #expect(!read.holds(Array("abcabc".utf8), at: 0))
        }
    }

    @Test("lines of a table are gaps and lengths in base 36")
    func tables() {
        let table: StaticString = """
            Latin,Latn 0 1 2 3
            Other z a
            Empty

            """
        #expect(RangeTable.ranges(named: "Latin", in: table) == [0...1, 4...7])
        #expect(RangeTable.ranges(named: "Latn", in: table) == [0...1, 4...7])
        #expect(RangeTable.ranges(named: "Other", in: table) == [35...45])
        #expect(RangeTable.ranges(named: "latin", in: table) == nil, "names are case-sensitive")
        #expect(RangeTable.ranges(named: "Latin,Latn", in: table) == nil)
        #expect(RangeTable.ranges(named: "", in: table) == nil)
        #expect(RangeTable.allRanges(in: table) == [0...1, 4...7, 35...45])
    }

    @Test(
        "the ranges of every table are sorted, apart and inside of Unicode",
        arguments: [ScriptTable.text, ScriptExtensionTable.text, SupplementaryPropertyTable.text].indices)
    func sorted(index: Int) throws {
        let table = [ScriptTable.text, ScriptExtensionTable.text, SupplementaryPropertyTable.text][index]
        let lines = table.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let name = try #require(line.split(separator: " ").first?.split(separator: ",").first)
            let ranges = try #require(RangeTable.ranges(named: String(name), in: table))
            #expect(!ranges.isEmpty, "\(name)")
            #expect(ranges.allSatisfy { $0.upperBound <= ScalarSet.highest }, "\(name)")
            for (left, right) in zip(ranges, ranges.dropFirst()) {
                #expect(left.upperBound < right.lowerBound, "\(name)")
            }
        }
    }

    @Test("every code point has one script at most")
    func scripts() {
        var last: UInt32 = 0
        var isFirst = true
        for range in RangeTable.allRanges(in: ScriptTable.text).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            #expect(isFirst || range.lowerBound > last, "U+\(String(range.lowerBound, radix: 16))")
            last = range.upperBound
            isFirst = false
        }
        #expect(!isFirst)
    }
}
