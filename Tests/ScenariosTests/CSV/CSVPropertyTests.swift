import Scenarios
import SwiftCSV
import TestKit
import Testing

private func randomRows(_ numbers: inout SplitMix, pieces: [String]) -> [[String]] {
    let width = Int.random(in: 2...4, using: &numbers)
    let header = (0..<width).map { "h\($0)" }
    let rows = (0..<Int.random(in: 1...5, using: &numbers)).map { _ in
        (0..<width).map { column in
            let text = (0..<Int.random(in: 0...4, using: &numbers)).map { _ in
                pieces.randomElement(using: &numbers) ?? ""
            }.joined()
            // The last cell is never empty, nor is the first one a comment.
            return column == width - 1 || column == 0 ? "x\(text)" : text
        }
    }
    return [header] + rows
}

private func written(_ rows: [[String]], lineEnd: String, quoteAll: Bool) -> String {
    rows.map { row in
        row.map { cell in
            let needsQuotes = quoteAll || cell.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
            guard needsQuotes else { return cell }
            return "\"" + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
        }.joined(separator: ",")
    }.joined(separator: lineEnd) + lineEnd
}

@Suite("CSV properties") struct CSVPropertyTests {
    @Test("written cells are read back, whatever they contain", arguments: ["\n", "\r\n", "\r"])
    func roundTrip(lineEnd: String) {
        var numbers = SplitMix(seed: 7)
        let pieces = ["a", ",", "\"", "\n", "\r\n", "\r", "é", "e\u{301}", "\u{200D}", "'", "#", ";", "\t", " ", "🙂"]
        for round in 0..<500 {
            let rows = randomRows(&numbers, pieces: pieces)
            let text = written(rows, lineEnd: lineEnd, quoteAll: round % 2 == 0)
            let file = CSVReader.read(Array(text.utf8), file: "t.csv", style: .rfc4180)
            let read = [file.header.map(\.text)] + file.records.map { $0.cells.map(\.text) }
            #expect(file.diagnostics.isEmpty, "\(text.debugDescription)")
            #expect(
                read.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } },
                "\(text.debugDescription)")
        }
    }

    @Test("SwiftCSV reads the same where it is known to be correct")
    func oracle() throws {
        var numbers = SplitMix(seed: 11)
        // Its known faults lie outside: blanks at a cell's start, grapheme clusters across a delimiter, a last
        // empty cell without a line end.
        let pieces = ["a", "b", ",", "\"", "\n", "é", "1", "-", ";"]
        for _ in 0..<500 {
            let rows = randomRows(&numbers, pieces: pieces)
            let text = written(rows, lineEnd: "\n", quoteAll: false)
            let file = CSVReader.read(Array(text.utf8), file: "t.csv", style: .rfc4180)
            let other = try CSV<Enumerated>(string: text, delimiter: .comma, loadColumns: false)
            #expect(file.header.map(\.text) == other.header, "\(text.debugDescription)")
            #expect(file.records.map { $0.cells.map(\.text) } == other.rows, "\(text.debugDescription)")
        }
    }

    @Test(
        "files that SwiftCSV reads incorrectly without an error are read correctly or rejected",
        arguments: [
            ("a,b\n\"1,2\n3,4\n", nil),
            ("a,b\n1,2,3\n", nil),
            ("a,b\n1\n", nil),
            ("a,a\n1,2\n", nil),
            ("a,b\n1,", ["1", ""]),
            ("a,b\n 1,\u{A0}2\n", [" 1", "\u{A0}2"]),
            ("a,b\n\n1,2\n", ["1", "2"]),
            ("a,b\n1,\u{301}2\n", ["1", "\u{301}2"]),
            ("a,b\n\"1\"\u{301},2\n", nil),
        ] as [(String, [String]?)])
    func knownDifferences(text: String, row: [String]?) {
        let file = CSVReader.read(Array(text.utf8), file: "t.csv", style: .rfc4180)
        if let row {
            #expect(file.diagnostics.isEmpty)
            #expect(file.records.map { $0.cells.map(\.text) } == [row])
        } else {
            #expect(!file.diagnostics.isEmpty)
        }
    }

    @Test("no cut and no changed byte prevents a result")
    func damagedInputs() {
        let text = "sep=;\n\u{FEFF}a;b;#c\n1;\"x\"\"y\n\";\n#z;\"\n2;3;'\r\n"
        let bytes = Array(text.utf8)
        for index in bytes.indices {
            _ = CSVReader.read(Array(bytes[..<index]), file: "t.csv")
            for byte: UInt8 in [0x00, 0x22, 0x0A, 0x0D, 0x3B, 0xC3, 0xFF] {
                var damaged = bytes
                damaged[index] = byte
                let file = CSVReader.read(damaged, file: "t.csv")
                #expect(file.records.allSatisfy { $0.cells.count == file.header.count })
            }
        }
    }
}
