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

extension PlanBuilder {
    /// Reads the rows of a laws table.
    mutating func readLaws(_ table: Table) {
        currentContract = contracts.defaultContract
        for row in table.rows {
            let errors = errorCount
            guard let law = law(row), errorCount == errors else { continue }
            laws.append(law)
        }
    }

    private mutating func law(_ row: TableRow) -> Law? {
        var problems: [Diagnostic] = []
        let when = row.items(.when, context: .law, &problems)
        let checks = row.items(.check, context: .law, &problems)
        report(problems)
        guard let cell = row[.law] else {
            report(
                row.diagnostic("table.law", "the law has no name", column: .law, help: "name it: reports show the name")
            )
            return nil
        }
        let name = trimmed(cell.text)
        if let first = lawPlaces[name] {
            report(
                cell.diagnostic(
                    "table.duplicate-law", "duplicate law '\(visibleText(name))'",
                    related: [.init("the first one is here", at: first)]))
        } else {
            lawPlaces[name] = cell.location(cell.leadingBlanks)
        }
        if checks.isEmpty, problems.isEmpty {
            report(
                row.diagnostic(
                    "table.law", "the law '\(visibleText(name))' has no checks", column: .check,
                    help: "write what must be true whenever `when` is true"))
        }
        for item in when + checks { checkLawItem(item) }
        return Law(
            name: name, location: row.location, when: when.map { $0.item() }, checks: checks.map { $0.item() },
            note: row[.note].map { trimmed($0.text) } ?? "")
    }

    private mutating func checkLawItem(_ item: PlacedItem) {
        if item.path.isStatus, item.asksEquality, case .text(let template)? = item.parsed.value,
            let text = template.constantText,
            PlanBuilder.status(text) == nil
        {
            report(
                item.diagnostic(
                    "table.value", "'\(visibleText(text))' is not a valid status", part: .value,
                    help: "write status=200 or status=2xx"))
        }
        if case .operation = item.path.root { checkOperationName(item) }
        let places = item.templatePlaces
        for (index, expression) in (item.parsed.value?.templates.flatMap(\.expressions) ?? []).enumerated() {
            let place = index < places.count ? places[index] : item.parsed.valueRange
            checkGiven(expression) {
                item.cell.diagnostic($0, $1, offset: place.lowerBound, length: place.count, help: $2)
            }
            switch expression.reference {
            case .step(let name, _):
                lawReference(item, place, "a law cannot refer to steps, so '\(visibleText(name))' has no value here")
            case .row: lawReference(item, place, "a law cannot refer to data rows")
            case .uuid, .random:
                lawReference(
                    item, place, "a law cannot generate values: '\(visibleText(expression.text))' would equal nothing")
            default: continue
            }
        }
    }

    private mutating func lawReference(_ item: PlacedItem, _ place: Range<Int>, _ message: String) {
        report(
            item.cell.diagnostic(
                "table.reference", message, offset: place.lowerBound, length: place.count,
                help: "compare the response with its own request: {{req.header.x}}"))
    }

    private mutating func checkOperationName(_ item: PlacedItem) {
        guard case .text(let template)? = item.parsed.value, let text = template.constantText,
            item.asksEquality
        else { return }
        let names = contracts.all.flatMap { $0.operations.map(\.name) }
        guard !names.contains(where: { $0.utf8.elementsEqual(text.utf8) }) else { return }
        report(
            item.diagnostic(
                "table.unknown-operation", "no contract has an operation '\(visibleText(text))'", part: .value,
                help: nearestName(to: text, among: names).map { "did you mean `\($0)`?" }
                    ?? "the operations are \(shortList(names))"))
    }
}
