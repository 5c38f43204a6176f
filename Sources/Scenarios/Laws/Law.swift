public import Diagnostics
import OpenAPI
import Primitives

/// A law: checks that apply to every exchange that meets its conditions.
public struct Law: Sendable {
    /// Its name, unique among all laws.
    public var name: String
    /// The row that defines it.
    public var location: SourceLocation
    /// The conditions, all of which must be met; an absent path does not meet them. Without conditions, the law always
    /// applies.
    public var when: [Item]
    /// The checks.
    public var checks: [Item]
    /// Free text, shown in reports.
    public var note: String

    /// Creates a law from its parts.
    public init(name: String, location: SourceLocation, when: [Item], checks: [Item], note: String = "") {
        self.name = name
        self.location = location
        self.when = when
        self.checks = checks
        self.note = note
    }
}

/// Reads laws tables. The names of laws are unique in a plan, so one reader reads all tables.
struct LawReader {
    private let contracts: Contracts
    private var givenValues: GivenValueCheck
    /// The location where each law was first defined.
    private var places: [String: SourceLocation] = [:]

    init(_ contracts: Contracts, _ settings: PlanSettings) {
        self.contracts = contracts
        givenValues = GivenValueCheck(settings)
    }

    /// The secrets in the laws so far.
    var secrets: SecretUses { givenValues.secrets }

    /// The laws of a table without mistakes, and the mistakes of the others.
    mutating func laws(of table: Table) -> ([Law], [Diagnostic]) {
        var laws: [Law] = []
        var diagnostics: [Diagnostic] = []
        for row in table.rows {
            var problems: [Diagnostic] = []
            if let law = law(row, &problems), !problems.hasErrors { laws.append(law) }
            diagnostics += problems
        }
        return (laws, diagnostics)
    }

    private mutating func law(_ row: TableRow, _ diagnostics: inout [Diagnostic]) -> Law? {
        let when = row.items(.when, context: .law, &diagnostics)
        let checks = row.items(.check, context: .law, &diagnostics)
        let isReadable = diagnostics.isEmpty
        guard let cell = row[.law] else {
            diagnostics.append(
                row.diagnostic("table.law", "the law has no name", column: .law, help: "name it: reports show the name")
            )
            return nil
        }
        let name = trimmed(cell.text)
        if let first = places[name] {
            diagnostics.append(
                cell.diagnostic(
                    "table.duplicate-law", "duplicate law '\(visibleText(name))'",
                    related: [.init("the first one is here", at: first)]))
        } else {
            places[name] = cell.location(cell.leadingBlanks)
        }
        if checks.isEmpty, isReadable {
            diagnostics.append(
                row.diagnostic(
                    "table.law", "the law '\(visibleText(name))' has no checks", column: .check,
                    help: "write what must be true whenever `when` is true"))
        }
        for item in when + checks { diagnostics += problems(of: item) }
        return Law(
            name: name, location: row.location, when: when.map { $0.item() }, checks: checks.map { $0.item() },
            note: row[.note].map { trimmed($0.text) } ?? "")
    }

    private mutating func problems(of item: PlacedItem) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        if item.path.isStatus, item.asksEquality, let problem = item.statusProblem { problems.append(problem) }
        if case .operation = item.path.root, let problem = operationProblem(item) { problems.append(problem) }
        let places = item.templatePlaces
        for (index, expression) in (item.parsed.value?.templates.flatMap(\.expressions) ?? []).enumerated() {
            let place = index < places.count ? places[index] : item.parsed.valueRange
            problems += givenValues.problems(of: expression) {
                item.cell.diagnostic($0, $1, offset: place.lowerBound, length: place.count, help: $2)
            }
            guard let message = Self.referenceMistake(expression) else { continue }
            problems.append(
                item.cell.diagnostic(
                    "table.reference", message, offset: place.lowerBound, length: place.count,
                    help: "compare the response with its own request: {{req.header.x}}"))
        }
        return problems
    }

    /// Why a law cannot use an expression; `nil` if it can.
    private static func referenceMistake(_ expression: TemplateExpression) -> String? {
        switch expression.reference {
        case .step(let name, _): "a law cannot refer to steps, so '\(visibleText(name))' has no value here"
        case .session: "a law cannot refer to session scenarios"
        case .row: "a law cannot refer to data rows"
        case .uuid, .random:
            "a law cannot generate values: '\(visibleText(expression.text))' would equal nothing"
        default: nil
        }
    }

    private func operationProblem(_ item: PlacedItem) -> Diagnostic? {
        guard case .text(let template)? = item.parsed.value, let text = template.constantText,
            item.asksEquality
        else { return nil }
        let names = contracts.all.flatMap { $0.operations.map(\.name) }
        guard !names.contains(where: { $0.isSame(as: text) }) else { return nil }
        return item.diagnostic(
            "table.unknown-operation", "no contract has an operation '\(visibleText(text))'", part: .value,
            help: nearestName(to: text, among: names).map { "did you mean `\($0)`?" }
                ?? "the operations are \(shortList(names))")
    }
}
