/// The canonical order of columns: as in the documentation of the format, with promoted columns after their base column
/// and private columns last.
extension EditableTable {
    /// Sorts the columns, unless that would turn a row into a comment.
    mutating func orderColumns() {
        guard isOrderable else { return }
        let order = columns.indices.sorted { left, right in
            (rank(columns[left].kind), left) < (rank(columns[right].kind), right)
        }
        guard order != Array(columns.indices), let first = order.first else { return }
        for case .row(let cells, _) in lines where cells[first].utf8.first == 0x23 { return }
        columns = order.map { columns[$0] }
        lines = lines.map { line in
            switch line {
            case .row(let cells, let number): return .row(order.map { cells[$0] }, line: number)
            case .commentedRow(var cells):
                cells[0] = String(cells[0].unicodeScalars.dropFirst())
                var ordered = order.map { cells[$0] }
                ordered[0] = "#" + ordered[0]
                return .commentedRow(ordered)
            case .comment, .empty: return line
            }
        }
    }

    /// Items are applied in the order of their columns, so columns of one group keep their order.
    private func rank(_ kind: TableColumn) -> Int {
        let names = self.kind == .laws ? ColumnName.ofLaws : ColumnName.ofScenarios
        let name: ColumnName
        switch kind {
        case .named(let own): name = own
        case .promotedSet: name = .set
        case .promotedCheck: name = .check
        case .ignored: return names.count
        }
        return names.firstIndex(of: name) ?? names.count
    }
}
