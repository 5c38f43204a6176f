import Diagnostics
import Primitives

/// A row as read, with the defaults of the `*` rows above it.
struct RowDraft: Sendable {
    var row: TableRow
    var name: String
    var nameCell: CellPlace
    /// The row's cells; empty ones are replaced by those of the defaults.
    private var cells = [CellPlace?](repeating: nil, count: ColumnName.allCases.count)
    @Boxed var options: RowOptions
    /// The items of the defaults, then the row's own. The row's own items take precedence path by path, once paths are
    /// resolved.
    var defaultSet: [PlacedItem]
    var set: [PlacedItem]
    var defaultChecks: [PlacedItem]
    var checks: [PlacedItem]
    /// Whether it has been read without errors.
    var isSound = true

    /// The name of rows that set defaults for the rows below.
    static let defaultsName = "*"
    private static let inherited: [ColumnName] = [
        .call, .auth, .version, .versions, .body, .expect, .sameAs, .save, .ref, .level,
    ]

    /// Reads a row with its defaults.
    init(_ row: TableRow, name: String, nameCell: CellPlace, defaults: RowDraft?, _ diagnostics: inout [Diagnostic]) {
        self.row = row
        self.name = name
        self.nameCell = nameCell
        for column in RowDraft.inherited { cells[column.position] = row[column] ?? defaults?[column] }
        for column in [ColumnName.note, .tags] { cells[column.position] = row[column] }
        _options = RowDraft.options(row[.opts], defaults?._options, &diagnostics)
        set = row.items(.set, context: .set, &diagnostics)
        checks = row.items(.check, context: .step, &diagnostics)
        defaultSet = defaults.map { RowDraft.overlay($0.set, on: $0.defaultSet) } ?? []
        defaultChecks = defaults.map { RowDraft.overlay($0.checks, on: $0.defaultChecks) } ?? []
    }

    /// The options of a row without `opts` and without defaults, which most rows share.
    private static let noOptions = Boxed(wrappedValue: RowOptions())

    private static func options(
        _ cell: CellPlace?, _ defaults: Boxed<RowOptions>?, _ diagnostics: inout [Diagnostic]
    ) -> Boxed<RowOptions> {
        if cell == nil, defaults == nil { return noOptions }
        var options = defaults?.wrappedValue ?? RowOptions()
        options.dataFile = nil
        options.race = nil
        guard let cell else { return Boxed(wrappedValue: options) }
        var parser = OptionsParser(cell)
        let result = parser.parse(over: options)
        diagnostics.append(contentsOf: parser.diagnostics)
        return Boxed(wrappedValue: result)
    }

    /// Whether it sets defaults for the rows below, and is not a step.
    var isDefaults: Bool { name == Self.defaultsName }

    subscript(_ column: ColumnName) -> CellPlace? { cells[column.position] }

    /// The items of `upper`, and the items of `lower` with other paths.
    static func overlay(_ upper: [PlacedItem], on lower: [PlacedItem]) -> [PlacedItem] {
        guard !lower.isEmpty else { return upper }
        return lower.filter { item in !upper.contains { $0.path == item.path } } + upper
    }

    /// Diagnostics for the row's own cells about a request or a response, if the row has neither.
    ///
    /// - Parameter subject: The subject of the messages, such as `a pause`.
    func requestCellProblems(_ rule: String, _ subject: String, help: String) -> [Diagnostic] {
        let columns: [ColumnName] = [.auth, .version, .body, .set, .expect, .check, .sameAs, .save]
        let cells = columns.compactMap { column in
            row[column]?.diagnostic(rule, "\(subject) has no `\(column.rawValue)`", help: help)
        }
        let promoted = (set + checks).filter(\.isPromoted).map { item in
            item.diagnostic(rule, "\(subject) has no `\(item.cell.column)`", help: help)
        }
        return cells + promoted
    }

    /// An error about an option with a value in the row's own `opts`; `nil` if the row does not have it.
    func optionProblem(_ rule: String, _ message: String, option: String, help: String) -> Diagnostic? {
        guard let cell = row[.opts],
            let word = words(of: cell.text).first(where: { $0.text.lowercasedASCII.hasPrefix("\(option)=") })
        else { return nil }
        return cell.diagnostic(
            rule, message, offset: word.offset, length: word.text.unicodeScalars.count, help: help)
    }

    /// A diagnostic about a word in the row's own `opts`, or about the cell of the `*` row that contains it.
    func diagnostic(_ rule: String, _ message: String, option: String, help: String? = nil) -> Diagnostic {
        guard let cell = row[.opts], let word = words(of: cell.text).first(where: { $0.text.lowercasedASCII == option })
        else { return row.diagnostic(rule, message, column: .opts, help: help) }
        return cell.diagnostic(
            rule, message, offset: word.offset, length: word.text.unicodeScalars.count, help: help)
    }

    /// A diagnostic about a cell, or about the row if that cell is empty.
    func diagnostic(_ rule: String, _ message: String, column: ColumnName, help: String? = nil) -> Diagnostic {
        self[column]?.diagnostic(rule, message, help: help)
            ?? row.diagnostic(rule, message, column: column, help: help)
    }
}
