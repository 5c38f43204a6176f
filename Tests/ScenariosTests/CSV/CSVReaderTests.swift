import Diagnostics
import Scenarios
import Testing

/// What a reading gives, as text: rows of cells, or the problems.
private func read(_ text: String, _ style: CSVStyle = .spreadsheet) -> CSVFile {
    CSVReader.read(Array(text.utf8), file: "t.csv", style: style)
}

private func cells(_ file: CSVFile) -> [[String]] {
    [file.header.map(\.text)] + file.records.map { $0.cells.map(\.text) }
}

private func problems(_ file: CSVFile) -> [String] {
    file.diagnostics.map { "\($0.location.map(\.description) ?? "-") \($0.message)" }
}

@Suite("CSV reader") struct CSVReaderTests {
    @Test(
        "well-formed text gives its cells",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
            ("a,b\n\n\r\n1,2\n\n", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n \"x , 1 \",2\n", nil),
            ("a,b\n 1 , 2\n", [["a", "b"], [" 1 ", " 2"]]),
            ("a,b\n\"1\n2\",\"x\"\"y\"\n", [["a", "b"], ["1\n2", "x\"y"]]),
            ("a,b\n\"1\r\n2\",3\n", [["a", "b"], ["1\r\n2", "3"]]),
            ("a,b\n\"\",\n1,2\n", [["a", "b"], ["", ""], ["1", "2"]]),
            ("a,b\n1,", [["a", "b"], ["1", ""]]),
            ("a,b\n1,\"\"", [["a", "b"], ["1", ""]]),
            ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
            ("a\tb\n1;2\t3\n", [["a", "b"], ["1;2", "3"]]),
            ("\"a;b\",c\n1,2\n", [["a;b", "c"], ["1", "2"]]),
            ("id;x,b,c\n1,2,3\n", [["id;x", "b", "c"], ["1", "2", "3"]]),
            ("sep=;\na;b\n1;2\n", [["a", "b"], ["1", "2"]]),
            ("sep=\t\r\na\tb\r\n1\t2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b,,\n1,2,,\n,,,\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,2,\n", [["a", "b"], ["1", "2"]]),
            ("a\n1\n", [["a"], ["1"]]),
            ("a,b\n#1,2\n# it's \"free\" text\n\"#x\",2\n3,4\n", [["a", "b"], ["3", "4"]]),
            ("a,b\n#1,\"two\nlines\"\n3,4\n", [["a", "b"], ["3", "4"]]),
            ("a,b\n1,e\u{301}\n\u{301},2\n", [["a", "b"], ["1", "e\u{301}"], ["\u{301}", "2"]]),
        ] as [(String, [[String]]?)])
    func wellFormed(text: String, expected: [[String]]?) {
        let file = read(text)
        if let expected {
            #expect(cells(file) == expected)
            #expect(file.diagnostics.isEmpty)
        } else {
            #expect(!file.diagnostics.isEmpty)
        }
    }

    @Test(
        "a mistake is reported with its line and column",
        arguments: [
            ("a,b\n1,\"x\n2,y\n", ["t.csv:2:3 the quote that opens here is never closed"]),
            ("a,b\n1,\"x\"y\n", ["t.csv:2:6 unexpected text after the closing quote of a cell"]),
            ("a,b\n1,x\"y\"\n", ["t.csv:2:4 a cell that does not start with a quote contains one"]),
            ("a,b\n1,2\"", ["t.csv:2:4 a cell that does not start with a quote contains one"]),
            ("a,b\n\"1\n2\",3,4\n", ["t.csv:3:6 the row has 3 cells, but the header names 2 columns"]),
            ("a,b\n1\n", ["t.csv:2:1 the row has 1 cell, but the header names 2 columns: the cell of 'b' is missing"]),
            ("a,A\n1,2\n", ["t.csv:1:3 duplicate column 'A'"]),
            ("a,,b\n1,2,3\n", ["t.csv:1:3 column 2 has no name"]),
            ("a,b\n1,\0\n", ["t.csv:2:3 the file contains a NUL character"]),
            ("", ["t.csv:1:1 the file is empty; its first line must name the columns"]),
            ("\n\n", ["t.csv:1:1 the file is empty; its first line must name the columns"]),
            ("a;b\tc\n", ["t.csv:1:1 the header line separates columns by both ';' and tabs"]),
            (
                "é,b\n\"é\"\"é\",x\"\n1,2,3\n",
                [
                    "t.csv:2:9 a cell that does not start with a quote contains one",
                    "t.csv:3:5 the row has 3 cells, but the header names 2 columns",
                ]
            ),
        ])
    func mistakes(text: String, expected: [String]) {
        #expect(problems(read(text)) == expected)
    }

    @Test("bytes that are not UTF-8 are reported with their place")
    func encoding() {
        let latin = CSVReader.read(Array("id,name\n1,caf".utf8) + [0xE9, 0x0A], file: "t.csv")
        #expect(problems(latin) == ["t.csv:2:6 the byte 0xE9 is not UTF-8"])
        #expect(latin.diagnostics[0].excerpt == Diagnostic.Excerpt("1,caf\u{FFFD}", offset: 5, length: 1))
        for bytes in [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80]] as [[UInt8]] {
            let file = CSVReader.read(Array("a\n".utf8) + bytes, file: "t.csv")
            #expect(file.diagnostics.map(\.rule) == ["table.encoding"], "\(bytes)")
        }
        let wide = CSVReader.read([0xFF, 0xFE, 0x61, 0x00], file: "t.csv")
        #expect(problems(wide) == ["t.csv:1:1 the file is UTF-16"])
    }

    @Test(
        "a workbook and other binary files are recognised, and their bytes are not shown",
        arguments: [
            ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "a workbook (.xlsx or .ods)"),
            ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0x00], "an old Excel workbook (.xls)"),
            ([0x1F, 0x8B, 0x08], "compressed by gzip"), ([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31], "a PDF document"),
        ] as [([UInt8], String)])
    func binary(bytes: [UInt8], kind: String) {
        let file = CSVReader.read(bytes, file: "t.csv")
        #expect(problems(file) == ["t.csv:1:1 the file is \(kind), not CSV"])
        #expect(file.diagnostics.first?.excerpt == nil)
        #expect(file.header.isEmpty)
    }

    @Test("the excerpt shows the line and underlines the quote")
    func excerpt() {
        let file = read("a,b\n1,x\"y\n")
        #expect(file.diagnostics[0].excerpt == Diagnostic.Excerpt("1,x\"y", offset: 3, length: 1))
        #expect(
            file.diagnostics[0].help == "enclose the cell in quotes and double the quotes inside: \"a \"\"b\"\" c\"")
    }

    @Test("the strict style rejects text that only spreadsheets write")
    func strict() {
        #expect(
            problems(read("a;b\n1;2\n", .rfc4180)) == [
                "t.csv:1:2 the header names one column, 'a;b': the file looks semicolon-separated"
            ])
        #expect(
            problems(read("a\tb\n1\t2\n", .rfc4180)) == [
                "t.csv:1:2 the header names one column, 'a\\tb': the file looks tab-separated"
            ])
        #expect(read("a,b\n1,2,\n", .rfc4180).diagnostics.map(\.rule) == ["table.ragged-row"])
        #expect(cells(read("a,b\n#1,2\n", .rfc4180)) == [["a", "b"], ["#1", "2"]])
    }

    @Test("limits end the reading with a diagnostic")
    func limits() {
        let bytes = Array("a,b\n1,2\n3,4\n".utf8)
        let small = CSVReader.read(bytes, file: "t.csv", limits: CSVLimits(maximumBytes: 5))
        #expect(problems(small) == ["t.csv:1:1 the file has 12 bytes, which is more than the limit of 5"])
        let few = CSVReader.read(bytes, file: "t.csv", limits: CSVLimits(maximumCells: 2))
        #expect(problems(few) == ["t.csv:3:1 the file has more than 2 cells"])
        let rows = "a,b\n" + String(repeating: "1\n", count: 50)
        let many = CSVReader.read(Array(rows.utf8), file: "t.csv", limits: CSVLimits(maximumProblems: 3))
        #expect(many.diagnostics.count == 3)
    }

    @Test("positions inside cells are those of the file, also after line breaks and doubled quotes")
    func positions() {
        let file = read("a,b\n\"x\ny\",\"1\"\"2\r\n34\"\n")
        let broken = file.records[0].cells[0]
        #expect((broken.line, broken.column) == (2, 1))
        #expect(broken.position(at: 0) == (2, 2))
        #expect(broken.position(at: 2) == (3, 1))
        let quoted = file.records[0].cells[1]
        #expect((quoted.line, quoted.column) == (3, 4))
        #expect(quoted.position(at: 1) == (3, 6))
        #expect(quoted.position(at: 2) == (3, 8))
        #expect(quoted.position(at: 5) == (4, 1))
        #expect(file.records[0].line == 2)
    }
}
