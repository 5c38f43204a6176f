import Testing

@testable import Reporting

@Suite("Text in columns") struct TextTableTests {
    private func lines(_ table: TextTable) -> [String] { table.lines(TextStyle(isColoured: false)) }

    @Test("a column is as wide as its widest cell, and lines have no trailing spaces")
    func widths() {
        let rows = [
            [Cell("a"), Cell("long"), Cell("x")], [Cell("bbb"), Cell(""), Cell("y")], [Cell("c"), Cell("d")],
        ]
        #expect(lines(TextTable(rows: rows)) == ["  a    long  x", "  bbb        y", "  c    d"])
    }

    @Test("columns without text are left out")
    func emptyColumn() {
        #expect(lines(TextTable(rows: [[Cell("a"), Cell(""), Cell("b")]])) == ["  a  b"])
        #expect(lines(TextTable(rows: [])) == [])
    }

    @Test("numbers are aligned at their ends, and a column has a minimum width")
    func trailing() {
        let number = TextTable.Column(minimum: 3, isTrailing: true)
        let table = TextTable(
            indent: "", columns: [TextTable.Column(minimum: 4), number, number],
            rows: [[Cell("ab"), Cell("1"), Cell("22")], [Cell("c"), Cell("1000"), Cell("")]])
        #expect(lines(table) == ["ab       1   22", "c     1000"])
    }

    @Test("cells are cut, and characters that move the cursor are escaped")
    func cells() {
        #expect(Cell(String(repeating: "x", count: 80)).width == 60)
        #expect(Cell(String(repeating: "x", count: 80), limit: .max).width == 80)
        #expect(Cell("a\u{1B}[2J").text == #"a\u{1b}[2J"#)
        let coloured = TextTable(rows: [[Cell("a", .bad), Cell("b")]]).lines(TextStyle(isColoured: true))
        #expect(coloured == ["  \u{1B}[31ma\u{1B}[0m  b"])
    }
}
