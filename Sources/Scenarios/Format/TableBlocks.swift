import Diagnostics
import Primitives

/// Tables as short blocks of text, one for each row, so that a change of one item changes one line.
public enum TableBlocks {
    /// The rows of a table, each as a block; a file that is not CSV is returned unchanged.
    public static func text(_ source: TableSource) -> String {
        var problems: [Diagnostic] = []
        guard let draft = EditableTable(source, &problems) else { return String(decoding: source.bytes, as: UTF8.self) }
        var blocks = BlockText(draft)
        for line in draft.lines {
            switch line {
            case .row(let cells, _): blocks.row(cells)
            case .comment(let text): blocks.line(text, indent: 0)
            case .commentedRow(let cells): blocks.line(cells.joined(separator: ","), indent: 0)
            case .empty: continue
            }
        }
        return blocks.text
    }
}

/// Writes the blocks of one table.
private struct BlockText {
    private let draft: EditableTable
    private let width: Int
    private var scenario: String?
    private(set) var text = ""

    init(_ draft: EditableTable) {
        self.draft = draft
        width = draft.columns.map { $0.name.unicodeScalars.count }.max() ?? 0
    }

    mutating func row(_ cells: [String]) {
        switch draft.kind {
        case .scenarios:
            if let name = cell(.scenario, cells), scenario.map({ !$0.isSame(as: name) }) ?? true {
                if !text.isEmpty { text += "\n" }
                line(name, indent: 0)
                scenario = name
            }
            line([cell(.step, cells), cell(.call, cells)].compactMap { $0 }.joined(separator: "  "), indent: 2)
            members(cells, without: [.scenario, .step, .call], indent: 4)
        case .laws:
            line(cell(.law, cells) ?? "", indent: 0)
            members(cells, without: [.law], indent: 2)
        case .other:
            line("-", indent: 0)
            members(cells, without: [], indent: 2)
        }
    }

    private mutating func members(_ cells: [String], without hidden: [ColumnName], indent: Int) {
        for (index, column) in draft.columns.enumerated() {
            if case .named(let name) = column.kind, hidden.contains(name) { continue }
            guard !cells[index].utf8.allSatisfy(isBlank) else { continue }
            var label = column.name
            for value in values(cells[index], column.kind) {
                let padding = String(repeating: " ", count: max(0, width - label.unicodeScalars.count))
                line("\(label)\(padding)  \(value)", indent: indent)
                label = ""
            }
        }
    }

    /// The lines of a cell: its items, or its text.
    private func values(_ cell: String, _ kind: TableColumn) -> [String] {
        switch kind {
        case .named(.set), .named(.check), .named(.when):
            let items = ItemText.read(cell, draft.kind == .laws ? .law : .step)
            let scalars = Array(cell.unicodeScalars)
            return items.map { $0.map { ItemText.item($0, scalars) } } ?? [cell]
        default: return [draft.kind == .other ? cell : CellText.canonical(cell, kind, of: draft.kind)]
        }
    }

    private func cell(_ name: ColumnName, _ cells: [String]) -> String? {
        guard let index = draft.index(of: name), !cells[index].utf8.allSatisfy(isBlank) else { return nil }
        return CellText.canonical(cells[index], draft.columns[index].kind, of: draft.kind)
    }

    mutating func line(_ content: String, indent: Int) {
        text += String(repeating: " ", count: indent) + visibleText(content) + "\n"
    }
}
