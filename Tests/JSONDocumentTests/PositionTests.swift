import JSONDocument
import Testing

@Suite("Positions")
struct PositionTests {
    @Test("values and names have line, column and offset")
    func places() throws {
        let root = try JSONDocument(parsing: "{\n  \"é\": [1,\r\n \"x\"],\r\"😀b\": {}}").root
        let list = try #require(root["é"])
        #expect(root.position == TextPosition(line: 1, column: 1, offset: 0))
        #expect(root.namePosition == nil)
        #expect(list.namePosition == TextPosition(line: 2, column: 3, offset: 4))
        #expect(list.position == TextPosition(line: 2, column: 8, offset: 10))
        #expect(list[0]?.position == TextPosition(line: 2, column: 9, offset: 11))
        #expect(list[0]?.namePosition == nil)
        #expect(list[1]?.position == TextPosition(line: 3, column: 2, offset: 16))
        #expect(root["😀b"]?.namePosition == TextPosition(line: 4, column: 1, offset: 22))
        #expect(root["😀b"]?.position == TextPosition(line: 4, column: 7, offset: 31))
        #expect(root.members.map(\.namePosition.line) == [2, 4])
    }

    @Test("columns count Unicode scalars, not bytes and not graphemes")
    func scalars() throws {
        let root = try JSONDocument(parsing: "[\"e\u{301}👩‍👩‍👧\",1]").root
        #expect(root[1]?.position.column == 2 + 2 + 2 + 5 + 1)
    }

    @Test("positions in a long text equal those of a simple count", arguments: ["", "\n", "\r\n", "\r", "é\n"])
    func longText(_ ending: String) throws {
        // The ending stands in front of a number; "é" would be no blank there and goes into a string instead.
        let separator = ending == "é\n" ? ",\"é\",\n" : "," + ending
        let text = "[" + (0..<4_000).map(String.init).joined(separator: separator) + "]"
        let root = try JSONDocument(parsing: text).root
        var line = 1
        var column = 1
        var expected: [Int: (Int, Int)] = [:]
        var offset = 0
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            expected[offset] = (line, column)
            let endsLine = scalar == "\n" || (scalar == "\r" && ending != "\r\n")
            line += endsLine ? 1 : 0
            column = endsLine ? 1 : column + 1
            offset += UTF8.width(scalar)
            previous = scalar
        }
        #expect(previous == "]")
        for element in root.elements {
            let position = element.position
            let (line, column) = try #require(expected[position.offset])
            #expect(position.line == line && position.column == column)
        }
    }

    @Test("positions are ordered in reading order")
    func order() {
        let first = TextPosition(line: 1, column: 9)
        let second = TextPosition(line: 2, column: 1)
        #expect(first < second)
        #expect(TextPosition(line: 2, column: 1) < TextPosition(line: 2, column: 2))
        #expect(first.description == "1:9")
        #expect(first.offset == -1)
    }
}
