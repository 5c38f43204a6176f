import Primitives

/// Rows of text with aligned cells.
///
/// Every column is as wide as its widest cell, and columns without text are left out. This is the only place that aligns
/// text in columns.
struct TextTable {
    /// How a column is laid out.
    struct Column {
        /// The minimum width.
        var minimum = 0
        /// Whether its cells are aligned at their ends, as numbers are.
        var isTrailing = false

        /// A column as wide as its widest cell.
        static let natural = Column()
    }

    /// Text at the beginning of each line.
    var indent = "  "
    /// Text between two columns.
    var gap = "  "
    /// The layout of the first columns; further columns are natural.
    var columns: [Column] = []
    /// The rows; they may differ in length.
    var rows: [[Cell]]

    /// The lines without line breaks and without trailing spaces.
    func lines(_ style: TextStyle) -> [String] {
        let widths = (0..<(rows.map(\.count).max() ?? 0)).map(width)
        return rows.map { row in
            var line = indent
            // Spaces are written only in front of a cell with text.
            var pending = ""
            for (column, cell) in row.enumerated() where widths[column] > 0 {
                let blanks = String(repeating: " ", count: widths[column] - cell.width)
                let isTrailing = layout(of: column).isTrailing
                if cell.width > 0 {
                    line += pending + (isTrailing ? blanks : "") + style.painted(cell)
                    pending = isTrailing ? gap : blanks + gap
                } else {
                    pending += blanks + gap
                }
            }
            return line
        }
    }

    /// The number of characters of the longest line, trailing spaces included.
    var width: Int {
        let widths = (0..<(rows.map(\.count).max() ?? 0)).map(width).filter { $0 > 0 }
        return indent.utf8.count + widths.reduce(0, +) + gap.utf8.count * max(0, widths.count - 1)
    }

    private func layout(of column: Int) -> Column {
        columns.indices.contains(column) ? columns[column] : .natural
    }

    private func width(of column: Int) -> Int {
        let widest = rows.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
        return widest == 0 ? 0 : max(widest, layout(of: column).minimum)
    }
}

/// A cell of a text table. Characters that could move the cursor or reorder the line are escaped.
struct Cell {
    /// The default maximum width of a cell; longer texts are cut.
    static let usualLimit = 60

    let text: String
    let role: TextStyle.Role?
    /// The number of scalars.
    let width: Int

    /// A cell with at most `limit` scalars of a text.
    init(_ text: String, _ role: TextStyle.Role? = nil, limit: Int = Cell.usualLimit) {
        self.text = truncated(visibleText(text), to: limit)
        self.role = role
        width = self.text.unicodeScalars.count
    }
}

extension TextStyle {
    fileprivate func painted(_ cell: Cell) -> String {
        cell.role.map { paint(cell.text, $0) } ?? cell.text
    }

    /// Rows with aligned cells, with two spaces in front of and between them.
    func columns(_ rows: [[Cell]]) -> [String] { TextTable(rows: rows).lines(self) }
}
