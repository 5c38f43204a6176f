import Diagnostics
import Foundation
import JSONDocument
import SourceText
import TestKit
import Testing

/// Positions of values of YAML and JSON files, the number of lines, and files that are stacked.
@Suite("Positions of values in files")
struct SourcePositionTests {
    private static func file(_ text: String, path: String = "a.yaml") throws -> SourceFile {
        try SourceReader.parse(Array(text.utf8), path: path)
    }

    private static func nodes(_ root: JSONNode) -> [JSONNode] {
        [root] + root.elements.flatMap(nodes) + root.members.flatMap { nodes($0.value) }
    }

    @Test("a list that is valid as JSON and as YAML has the same positions in both")
    func bothReaders() throws {
        var random = SplitMix(seed: 81)
        let blanks = ["", " ", "\n ", "\r\n ", "  "]
        let values = ["1", "\"é日😀\"", "true", "null", "[]", "[1, \"a\"]", "{\"k\": 2}", "\"x y\""]
        for _ in 0..<200 {
            let items = (0..<random.number(below: 8)).map { _ in random.pick(blanks) + random.pick(values)
            }
            let list = "[" + items.joined(separator: ",") + "\n ]"
            let json = Self.nodes(try Self.file(list).document.root)
            // A text that begins with a document mark is read as YAML.
            let yaml = Self.nodes(try Self.file("---\n" + list).document.root)
            #expect(json.map(\.kind) == yaml.map(\.kind))
            for (one, other) in zip(json, yaml) {
                #expect(one.position.line + 1 == other.position.line, "\(list)")
                #expect(one.position.column == other.position.column, "\(list)")
            }
        }
    }

    @Test(
        "a line ends with LF, CR LF or a lone CR",
        arguments: [
            ("a: 1", 1), ("a: 1\n", 2), ("a: 1\r\n", 2), ("a: 1\r", 2), ("a: 1\n\nb: 2", 3),
            ("a: 1\r\rb: 2", 3),
            ("a: 1\r\n\r\nb: 2\r\n", 4), ("a: 1\n\r\nb: 2", 3), ("a: 1\r\n\rb: 2\n", 4), ("\n", 2),
            ("", 1),
        ])
    func lines(text: String, count: Int) throws {
        let document = try JSONDocument(parsing: "null")
        let file = SourceFile(path: "a.yaml", document: document, bytes: Array(text.utf8))
        #expect(file.lineCount == count)
    }

    @Test("a position of stacked files is in the file that contains its line, in any number of files")
    func stacked() throws {
        let root = try Self.file("a: 1\nb: 2\n", path: "root.yaml")
        var map = root.map
        var firstLines = [("root.yaml", 0, root.lineCount)]
        for (number, count) in [1, 5, 0, 3, 100].enumerated() {
            let file = "overlay\(number).yaml"
            let offset = map.stack(file: file, lineCount: count, below: root)
            firstLines.append((file, offset, max(1, count)))
        }
        for (file, offset, count) in firstLines {
            for line in [1, count] {
                let location = map.location(of: TextPosition(line: offset + line, column: 7))
                #expect(location == SourceLocation(file: file, line: line, column: 7))
            }
        }
        // The files lie one below the other, without a gap.
        for (one, next) in zip(firstLines, firstLines.dropFirst()) { #expect(one.1 + one.2 == next.1) }
        // The map of the root itself is unchanged.
        #expect(root.location(of: TextPosition(line: 50, column: 1)).file == "root.yaml")
    }

    @Test(
        "a value of a JSON file that is nested too deeply is removed, and reported at its line and column",
        arguments: ["\n", "\r\n", "\r", " ", "\n\n", "\r\n\r", "\"é😀\",\n"])
    func deep(blank: String) throws {
        let limit = 8
        let inside = String(repeating: "[", count: limit) + "1" + String(repeating: "]", count: limit)
        let before = "[" + blank
        let text = before + inside + ", \"]\\\"[[[[[[[[[\", {\"after\": 1}]"
        let folder = try TemporaryFolder(["a.json": text])
        let reader = SourceReader(root: folder.url.path, limits: SourceLimits(maximumDepth: limit))
        #expect(throws: SourceError.self) { try reader.read("a.json") }
        let file = try reader.read("a.json", cutsDeepValues: true)
        let diagnostic = try #require(file.diagnostics.first)
        #expect(file.diagnostics.count == 1 && diagnostic.rule == "source.nested")
        // Half of the limit remains, so that what includes the value has room; the first bracket is one level.
        let whole = try JSONDocument(parsing: text)
        var node = try #require(whole.root.elements.map { $0 }.first { $0.kind == .array })
        for _ in 0..<(limit / 2 - 1) { node = try #require(node.elements.map { $0 }.first) }
        #expect(diagnostic.location?.line == node.position.line, "\(text)")
        #expect(diagnostic.location?.column == node.position.column, "\(text)")
        // What follows keeps its place and its value.
        let (last, original) = (
            file.document.root.elements.map { $0 }.last, whole.root.elements.map { $0 }.last
        )
        #expect(last?.value == original?.value && last?.position == original?.position)
    }

    @Test(
        "a duplicate key is reported at its second place with the line of the first, in YAML and in JSON",
        arguments: [
            "a: 1\nb: 2\na: 3\n", "{\"a\": 1,\n\"b\": 2,\n\"a\": 3}", "'a': 1\n\"b\": 2\n\"\\x61\": 3\n",
        ])
    func duplicates(text: String) {
        let found = problems(text)
        #expect(found.count == 1)
        #expect(
            found.first?.hasPrefix("3:1 source.duplicate-key: duplicate key 'a'") == true, "\(found)")
        #expect(found.first?.contains("1") == true)
    }
}

/// CSV text (RFC 4180): which cells need quotes, and what a reader must not take for something else.
@Suite("Writing CSV")
struct CSVWriterTests {
    private static func text(
        _ rows: [[String]], lineEnd: CSVWriter.LineEnd = .lf, mark: Bool = false
    )
        -> String
    {
        var writer = CSVWriter(lineEnd: lineEnd, byteOrderMark: mark)
        for row in rows { writer.row(row) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The cells of a text by the grammar of RFC 4180, section 2, with either line end.
    private static func cells(_ text: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var cell: [UInt8] = []
        var isQuoted = false
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            index += 1
            switch byte {
            case 0x22 where isQuoted && next == 0x22:
                cell.append(byte)
                index += 1
            case 0x22: isQuoted.toggle()
            case 0x2C where !isQuoted:
                rows[rows.count - 1].append(String(decoding: cell, as: UTF8.self))
                cell = []
            case 0x0D where !isQuoted && next == 0x0A: break
            case 0x0A where !isQuoted:
                rows[rows.count - 1].append(String(decoding: cell, as: UTF8.self))
                cell = []
                rows.append([])
            default: cell.append(byte)
            }
        }
        return rows.dropLast()
    }

    @Test(
        "a cell of a row is quoted if it contains a comma, a quote or a line break",
        arguments: [
            ("a", "a"), ("", ""), ("a b", "a b"), (" a ", " a "), ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
            ("a;b", "a;b"),
            ("a\tb", "a\tb"), ("é,日", "\"é,日\""), ("'", "'"), ("sep=;", "sep=;"),
            ("\u{FEFF}a", "\u{FEFF}a"),
        ])
    func rows(cell: String, written: String) {
        let text = Self.text([["head", "x"], [cell, "x"], ["x", cell]])
        #expect(text.utf8.elementsEqual("head,x\n\(written),x\nx,\(written)\n".utf8))
    }

    // A reader detects the delimiter of a file in its header.
    @Test(
        "a cell of the header is quoted for every delimiter as well, and the first one if it looks like a mark",
        arguments: [
            ("a;b", "\"a;b\"", "\"a;b\""), ("a\tb", "\"a\tb\"", "\"a\tb\""), ("a|b", "a|b", "a|b"),
            ("a", "a", "a"),
            ("sep=;", "\"sep=;\"", "\"sep=;\""), ("SEP=,x", "\"SEP=,x\"", "\"SEP=,x\""),
            ("Sep=x", "\"Sep=x\"", "Sep=x"),
            ("\u{FEFF}a", "\"\u{FEFF}a\"", "\u{FEFF}a"), ("xsep=", "xsep=", "xsep="),
        ])
    func header(cell: String, first: String, second: String) {
        #expect(Self.text([[cell, "x"]]).utf8.elementsEqual("\(first),x\n".utf8))
        #expect(Self.text([["x", cell]]).utf8.elementsEqual("x,\(second)\n".utf8))
    }

    @Test("random cells are read back from either line end, with or without a mark")
    func roundTrip() {
        var random = SplitMix(seed: 91)
        let pieces = ["a", ",", "\"", "\n", "\r", "\r\n", ";", "\t", "é", " ", "=", "sep=", "#"]
        for _ in 0..<300 {
            let width = 1 + random.number(below: 4)
            let rows = (0..<random.number(below: 5)).map { _ in
                (0..<width).map { _ in
                    (0..<random.number(below: 4)).map { _ in random.pick(pieces) }.joined()
                }
            }
            for lineEnd in [CSVWriter.LineEnd.lf, .crlf] {
                let plain = Self.text(rows, lineEnd: lineEnd)
                let read = Self.cells(plain)
                #expect(read.count == rows.count, "\(plain)")
                for (one, other) in zip(read, rows) {
                    #expect(one.map { Array($0.utf8) } == other.map { Array($0.utf8) }, "\(plain)")
                }
                #expect(
                    Self.text(rows, lineEnd: lineEnd, mark: true).utf8.elementsEqual("\u{FEFF}\(plain)".utf8))
            }
        }
    }

    @Test("a line of one text is as it is, or in quotes, and ends the header")
    func lines() {
        var writer = CSVWriter(lineEnd: .crlf)
        writer.line("# a, \"b\"")
        writer.line("c, \"d\"", isQuoted: true)
        writer.line()
        writer.row(["a;b", ""])
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "# a, \"b\"\r\n\"c, \"\"d\"\"\"\r\n\r\na;b,\r\n")
    }
}
