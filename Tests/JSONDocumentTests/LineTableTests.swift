import JSONDocument
import TestKit
import Testing

/// Lines and columns in texts that are longer than the distance of the line table's waypoints (512 bytes), against a count
/// of one scalar at a time.
@Suite("Lines and columns of long texts")
struct LineTableTests {
    /// The line and column of each byte that begins a scalar.
    private static func places(_ text: [UInt8]) -> [TextPosition] {
        var (line, column) = (1, 1)
        var result: [TextPosition] = []
        for (index, byte) in text.enumerated() {
            // A byte order mark has no column of its own.
            let isMark = index < 3 && text.starts(with: [0xEF, 0xBB, 0xBF])
            result.append(TextPosition(line: line, column: column, offset: index))
            if isMark { continue }
            switch byte {
            case 0x0A: (line, column) = (line + 1, 1)
            case 0x0D where index + 1 == text.count || text[index + 1] != 0x0A: (line, column) = (line + 1, 1)
            case 0x80...0xBF: break
            default: column += 1
            }
        }
        result.append(TextPosition(line: line, column: column, offset: text.count))
        return result
    }

    /// A list of many values with `blank` before each of them, and the expected position of each value.
    private static func check(_ text: [UInt8], _ what: String) throws {
        let places = places(text)
        let document = try JSONDocument(parsing: text)
        for element in document.root.elements {
            let position = element.position
            let expected = places[position.offset]
            #expect(position == expected, "\(what) at \(position.offset): \(position), expected \(expected)")
        }
    }

    @Test(
        "every value is at its line and column, whatever ends the lines",
        arguments: ["\n", "\r\n", "\r", "\n\r", "\r\r\n", " ", "\t\n", "\n \r\n  \r"])
    func lineEnds(blank: String) throws {
        for mark in ["", "\u{FEFF}"] {
            for prefix in 0..<9 {
                // The prefix moves the line ends over every offset of a word of eight bytes, and over the waypoints.
                let start = mark + String(repeating: " ", count: prefix) + "["
                let text = start + Array(repeating: blank + "1", count: 260).joined(separator: ",") + "]"
                try Self.check(Array(text.utf8), "\(prefix) blanks")
            }
        }
    }

    // The last bytes of some of these letters differ from a line end in their highest bit only: 0x8A and 0x8D.
    @Test(
        "columns count scalars, whatever their length in bytes",
        arguments: ["a", "é", "Ê", "Í", "日", "上不", "😀", "e\u{301}", "aé日😀"])
    func scalars(letter: String) throws {
        for count in [1, 7, 8, 9, 170, 171, 512, 600] {
            let word = "\"" + String(repeating: letter, count: count) + "\""
            for end in ["", "\n", "\r\n"] {
                let text = "[" + Array(repeating: word + end, count: 5).joined(separator: "," + end) + "]"
                try Self.check(Array(text.utf8), "\(count) times \(letter)")
            }
        }
    }

    @Test("a line end of two bytes can be divided by a waypoint", arguments: 505...520)
    func waypoints(length: Int) throws {
        for end in ["\r\n", "\n", "\r"] {
            let text = "[" + String(repeating: " ", count: length - 1) + end + "1" + end + ",2]"
            let document = try JSONDocument(parsing: text)
            let positions = document.root.elements.map(\.position)
            #expect(positions.map(\.line) == [2, 3] && positions.map(\.column) == [1, 2], "\(length)")
            #expect(positions[0].offset == length + end.utf8.count)
        }
    }

    @Test("the mistake in a broken text is at the same place as the value there")
    func mistakes() throws {
        for length in [1, 8, 500, 511, 512, 513, 1_024, 3_000] {
            for end in ["\n", "\r\n", "\r", "é\n"] {
                let blank = end == "é\n" ? "\"" + String(repeating: "é", count: length) + "\",\n" : ""
                let text = "[" + blank + String(repeating: " ", count: length) + (blank.isEmpty ? end : "") + "x]"
                let bytes = Array(text.utf8)
                let error = try #require(syntaxError(bytes))
                let offset = bytes.count - 2
                #expect(error.position == Self.places(bytes)[offset], "\(length) \(error.position)")
            }
        }
    }

    @Test(
        "every line end of a long text is counted", arguments: ["\n", "\r", "\r\n"],
        [254, 255, 256, 511, 5_000])
    func manyLines(end: String, count: Int) throws {
        let text = String(repeating: String(repeating: " ", count: 16 - end.utf8.count) + end, count: count) + " x"
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: text) }
        #expect(error?.position.line == count + 1)
        #expect(error?.position.column == 2)
    }

    @Test("positions do not depend on the order in which they are requested")
    func order() throws {
        var random = SplitMix(seed: 51)
        let ends = ["\n", "\r\n", "\r", " ", ""]
        let text = "[" + (0..<600).map { "\(random.pick(ends))\"é\($0)\"" }.joined(separator: ",") + "]"
        let first = try JSONDocument(parsing: text)
        let second = try JSONDocument(parsing: text)
        let forward = first.root.elements.map(\.position)
        let backward = Array(second.root.elements.map { $0 }.reversed().map(\.position).reversed())
        #expect(forward == backward && forward == forward.sorted())
        // A position that is known already is the same when it is requested again.
        #expect(first.root.elements.map(\.position) == forward)
    }

    @Test("random texts of several waypoints")
    func random() throws {
        var random = SplitMix(seed: 52)
        let blanks = ["", " ", "\n", "\r\n", "\r", "\t", "       ", "\n\n", "\r\r"]
        let values = ["1", "\"é\"", "\"日本\"", "\"😀\"", "null", "[]", "{}", "\"\\n\"", "-1.5e3"]
        for round in 0..<40 {
            let items = (0..<random.number(below: 300)).map { _ in
                random.pick(blanks) + random.pick(values) + random.pick(blanks)
            }
            try Self.check(Array(("[" + items.joined(separator: ",") + "]").utf8), "round \(round)")
        }
    }

    @Test("positions are ordered by line, then column, then offset")
    func comparison() {
        let ordered = [
            TextPosition(line: 1, column: 1), TextPosition(line: 1, column: 1, offset: 0),
            TextPosition(line: 1, column: 2), TextPosition(line: 1, column: 10), TextPosition(line: 2, column: 1),
            TextPosition(line: 10, column: 1),
        ]
        #expect(ordered.reversed().sorted() == ordered)
        #expect(ordered.map(\.description) == ["1:1", "1:1", "1:2", "1:10", "2:1", "10:1"])
        #expect(TextPosition.start == ordered[1])
    }
}
