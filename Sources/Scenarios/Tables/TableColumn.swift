import Diagnostics
import Primitives

/// The columns of the format.
enum ColumnName: String, CaseIterable, Sendable {
    case scenario, step, call, auth, version, versions, body, set, expect, check, save, opts, tags, ref, level, note
    case law, when
    case sameAs = "same_as"

    /// The position among all columns. Each row looks up dozens of cells, and a table with positions is faster than a
    /// dictionary that hashes names (`assay-bench plan`: 5 % of a row).
    var position: Int {
        switch self {
        case .scenario: 0
        case .step: 1
        case .call: 2
        case .auth: 3
        case .version: 4
        case .body: 5
        case .set: 6
        case .expect: 7
        case .check: 8
        case .save: 9
        case .opts: 10
        case .tags: 11
        case .note: 12
        case .law: 13
        case .when: 14
        case .sameAs: 15
        case .versions: 16
        case .ref: 17
        case .level: 18
        }
    }

    static let ofScenarios: [ColumnName] = [
        .scenario, .step, .call, .auth, .version, .versions, .body, .set, .expect, .check, .sameAs, .save, .opts, .tags,
        .ref, .level, .note,
    ]
    static let ofLaws: [ColumnName] = [.law, .when, .check, .note]
}

/// The kind of a file, decided by its header.
enum TableKind: Sendable {
    /// The header contains `call`.
    case scenarios
    /// The header contains `law`.
    case laws
    /// Neither: data for `rows=`, or a mistake.
    case other
}

/// A column of a table.
enum TableColumn: Sendable {
    /// One of the columns of the format.
    case named(ColumnName)
    /// `set.path`: a promoted item.
    case promotedSet(ItemPath)
    /// `check.path`: a promoted item.
    case promotedCheck(ItemPath)
    /// Starts with `#`, or was reported as wrong.
    case ignored

    /// The canonical name; `nil` if the column is ignored.
    var name: String? {
        switch self {
        case .named(let name): name.rawValue
        case .promotedSet(let path): "set.\(path)"
        case .promotedCheck(let path): "check.\(path)"
        case .ignored: nil
        }
    }
}

/// Reads the header of a table.
struct HeaderReader {
    let file: CSVFile
    let kind: TableKind
    var diagnostics: [Diagnostic] = []

    init(_ file: CSVFile) {
        self.file = file
        let names = file.header.map { trimmed($0.text).lowercasedASCII }
        if names.contains("law") {
            kind = .laws
        } else if names.contains("call") {
            kind = .scenarios
        } else {
            kind = .other
        }
    }

    mutating func columns() -> [TableColumn] {
        guard kind != .other else { return file.header.map { _ in .ignored } }
        return file.header.map { column($0) }
    }

    private mutating func column(_ cell: CSVCell) -> TableColumn {
        let name = trimmed(cell.text)
        let folded = name.lowercasedASCII
        if folded.utf8.first == 0x23 { return .ignored }
        let known = kind == .laws ? ColumnName.ofLaws : ColumnName.ofScenarios
        if let found = known.first(where: { $0.rawValue == folded }) { return .named(found) }
        if folded.utf8.starts(with: "set.".utf8), kind == .scenarios {
            return promoted(cell, prefix: 4, in: .set, TableColumn.promotedSet)
        }
        if folded.utf8.starts(with: "check.".utf8) {
            return promoted(cell, prefix: 6, in: kind == .laws ? .law : .step, TableColumn.promotedCheck)
        }
        report(
            cell, "table.unknown-column", "unknown column '\(visibleText(name))' in a \(kindName) table",
            help: nearestName(to: name, among: known.map(\.rawValue)).map { "did you mean `\($0)`?" }
                ?? "the columns are \(known.map(\.rawValue).joined(separator: ", ")); "
                + "start the name of a private column with '#'")
        return .ignored
    }

    private mutating func promoted(
        _ cell: CSVCell, prefix: Int, in context: PathContext, _ make: (ItemPath) -> TableColumn
    ) -> TableColumn {
        let start = CellPlace(file: file.file, column: "", cell: cell).leadingBlanks + prefix
        let path = String(trimmed(cell.text).unicodeScalars.dropFirst(prefix))
        do throws(ItemSyntaxError) {
            return make(try ItemPath.parse(path, in: context))
        } catch {
            let place = CellPlace(file: file.file, column: trimmed(cell.text), cell: cell)
            diagnostics.append(place.diagnostic(ItemProblem("table.path", error, from: start)))
            return .ignored
        }
    }

    private mutating func report(_ cell: CSVCell, _ rule: String, _ message: String, help: String) {
        let place = CellPlace(file: file.file, column: trimmed(cell.text), cell: cell)
        diagnostics.append(place.diagnostic(rule, message, help: help))
    }

    private var kindName: String { kind == .laws ? "laws" : "scenario" }
}
