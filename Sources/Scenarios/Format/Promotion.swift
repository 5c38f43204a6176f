import Diagnostics
import Primitives

/// Moves items between `set` or `check` and their own columns.
extension EditableTable {
    /// Moves the items of a path to their own column.
    mutating func promote(_ field: String, _ diagnostics: inout [Diagnostic]) {
        for target in targets(field, &diagnostics) {
            guard let base = index(of: target.base) else { continue }
            var moved: [(line: Int, cell: String, rest: String)] = []
            for (index, line) in lines.enumerated() {
                guard case .row(let cells, let number) = line, !cells[base].utf8.allSatisfy(isBlank) else { continue }
                guard let items = ItemText.read(cells[base], context) else {
                    report("the cell '\(target.base.rawValue)' cannot be read", number, &diagnostics)
                    continue
                }
                guard let place = items.firstIndex(where: { $0.path == target.path }) else { continue }
                let scalars = Array(cells[base].unicodeScalars)
                let others = items.indices.filter { $0 != place }
                guard let cell = ItemText.promoted(items[place], scalars),
                    !others.contains(where: { overlap(items[$0].path, target.path) }),
                    own(target).map({ cells[$0].utf8.allSatisfy(isBlank) }) ?? true
                else {
                    report(
                        "'\(target.path)' cannot be moved out of the cell: another item sets the same value, "
                            + "and their order matters", number, &diagnostics)
                    continue
                }
                let rest = others.map { ItemText.item(items[$0], scalars) }.joined(separator: "; ")
                moved.append((index, cell, rest))
            }
            guard !moved.isEmpty else { continue }
            let column = own(target) ?? insert(target, behind: base)
            for (index, cell, rest) in moved {
                guard case .row(var cells, let number) = lines[index] else { continue }
                cells[column] = cell
                cells[base] = rest
                lines[index] = .row(cells, line: number)
            }
        }
    }

    /// Moves the items of a promoted column back.
    mutating func demote(_ field: String, _ diagnostics: inout [Diagnostic]) {
        for target in targets(field, &diagnostics) {
            guard let column = own(target) else { continue }
            if index(of: target.base) == nil { insertBase(target.base, before: column) }
            guard let base = index(of: target.base), let column = own(target) else { continue }
            for (index, line) in lines.enumerated() {
                guard case .row(var cells, let number) = line, !cells[column].utf8.allSatisfy(isBlank) else { continue }
                guard let item = ItemText.demoted(cells[column], target.path, context: context),
                    let items = ItemText.read(cells[base], context),
                    !items.contains(where: { overlap($0.path, target.path) })
                else {
                    report("the item of '\(columns[column].name)' cannot be moved into the cell", number, &diagnostics)
                    continue
                }
                let scalars = Array(cells[base].unicodeScalars)
                let texts = items.map { ItemText.item($0, scalars) }
                cells[base] = (column < base ? [item] + texts : texts + [item]).joined(separator: "; ")
                lines[index] = .row(cells, line: number)
            }
            remove(column)
        }
    }

    /// A promoted column: its base column and its path.
    private struct Target {
        var base: ColumnName
        var path: ItemPath
    }

    private var context: PathContext { kind == .laws ? .law : .step }

    private func targets(_ field: String, _ diagnostics: inout [Diagnostic]) -> [Target] {
        var bases: [ColumnName] = kind == .laws ? [.check] : [.set, .check]
        var text = field
        for base in bases where field.utf8.starts(with: "\(base.rawValue).".utf8) {
            text = String(field.unicodeScalars.dropFirst(base.rawValue.unicodeScalars.count + 1))
            bases = [base]
        }
        do throws(ItemSyntaxError) {
            let path = try ItemPath.parse(text, in: context)
            return bases.map { Target(base: $0, path: path) }
        } catch {
            diagnostics.append(
                Diagnostic(
                    "fmt.field", .error, "'\(visibleText(field))' is not a valid item: \(error.message)",
                    help: "write set.PATH, check.PATH, or PATH alone"))
            return []
        }
    }

    private func own(_ target: Target) -> Int? {
        columns.firstIndex { column in
            switch column.kind {
            case .promotedSet(let path): target.base == .set && path == target.path
            case .promotedCheck(let path): target.base == .check && path == target.path
            default: false
            }
        }
    }

    /// Adds an empty column after the base column and its promoted columns.
    private mutating func insert(_ target: Target, behind base: Int) -> Int {
        let last = columns.lastIndex { column in
            switch column.kind {
            case .promotedSet: target.base == .set
            case .promotedCheck: target.base == .check
            default: false
            }
        }
        let place = max(base, last ?? base) + 1
        let kind: TableColumn = target.base == .set ? .promotedSet(target.path) : .promotedCheck(target.path)
        insert(Column(kind: kind, name: "\(target.base.rawValue).\(target.path)"), at: place)
        return place
    }

    private mutating func insertBase(_ base: ColumnName, before column: Int) {
        insert(Column(kind: .named(base), name: base.rawValue), at: column)
    }

    private mutating func insert(_ column: Column, at place: Int) {
        columns.insert(column, at: place)
        mapCells { $0.insert("", at: place) }
    }

    private mutating func remove(_ column: Int) {
        columns.remove(at: column)
        mapCells { $0.remove(at: column) }
    }

    private mutating func mapCells(_ change: (inout [String]) -> Void) {
        for index in lines.indices {
            switch lines[index] {
            case .row(var cells, let line):
                change(&cells)
                lines[index] = .row(cells, line: line)
            case .commentedRow(var cells):
                change(&cells)
                lines[index] = .commentedRow(cells)
            case .comment, .empty: continue
            }
        }
    }

    /// Whether one place contains the other, so that the order of setting matters.
    private func overlap(_ left: ItemPath, _ right: ItemPath) -> Bool {
        guard ItemPath(left.root) == ItemPath(right.root) else { return false }
        return zip(left.segments, right.segments).allSatisfy { ItemPath(.body, [$0]) == ItemPath(.body, [$1]) }
    }

    private func report(_ message: String, _ line: Int, _ diagnostics: inout [Diagnostic]) {
        diagnostics.append(
            Diagnostic("fmt.move", .error, message, at: SourceLocation(file: path, line: line, column: 1)))
    }
}
