package import Diagnostics
package import OpenAPI
import Primitives
package import Scenarios
package import Versions

/// Finds the rows of a plan and the entries of recordings that changes between two contracts break or touch.
///
/// A row breaks when it is rejected under the new contract before anything is sent, when its request no longer fits, or
/// when no response that follows the new contract passes its checks. A row is touched when it uses the place of a
/// change and neither can be decided. Rows and entries that use no changed place are not listed.
package struct ChangeJoin: Sendable {
    /// The maximum number of rows, and of entries, that are listed for one change.
    package static let maximumListed = 100
    /// The maximum number of pairs of a row and a change that are joined; further tables are left out.
    static let maximumPairs = 5_000_000

    let old: Contract
    let new: Contract
    let pairs: OperationPairs
    private let byOperation: [String: OperationChanges]

    /// Joins the changes from `old` to `new`.
    package init(_ changes: [Change], from old: Contract, to new: Contract) {
        self.old = old
        self.new = new
        pairs = OperationPairs(new)
        var byOperation: [String: OperationChanges] = [:]
        for change in changes {
            guard let subject = change.subject, subject.outgoing == nil else { continue }
            byOperation[OperationPairs.key(subject), default: OperationChanges()].add(change)
        }
        self.byOperation = byOperation
    }

    /// The changes of an operation of the old contract.
    func changes(of operation: Operation) -> OperationChanges? {
        byOperation[OperationPairs.shape(operation.method, operation.path)]
    }

    /// Finds the effects of the changes on the rows of a plan for the old contract.
    ///
    /// - Parameters:
    ///   - plan: The scenarios, planned for the old contract. Rows of other contracts are left out.
    ///   - settings: The settings that the plan was made with.
    package func rows(of plan: Plan, _ settings: PlanSettings) -> RowHits {
        var hits = RowHits()
        var forecaster = RequestForecaster(settings)
        var pairsLeft = Self.maximumPairs
        for scenario in plan.scenarios {
            guard pairsLeft > 0 else {
                hits.isCut = true
                break
            }
            let work = scenario.steps.reduce(0) { sum, step in
                sum + (operation(of: step).flatMap { changes(of: $0) }?.count ?? 0)
            }
            guard work > 0 else { continue }
            pairsLeft -= work
            let before = forecaster.requests(of: scenario) { step in
                operation(of: step).map { ($0, old) }
            }
            let after = forecaster.requests(of: scenario) { step in
                operation(of: step).flatMap { pairs.partner(of: $0) }.map { ($0, new) }
            }
            join(scenario, before, after, &hits)
        }
        return hits
    }

    /// The operation of the old contract that a step calls.
    func operation(of step: Step) -> Operation? {
        guard step.contract.isSame(as: old.name) else { return nil }
        return step.call.operation
    }

    private func join(
        _ scenario: Scenario, _ before: [String: ForecastRequest], _ after: [String: ForecastRequest],
        _ hits: inout RowHits
    ) {
        let references = StepReferences(scenario)
        for step in scenario.steps {
            guard let operation = operation(of: step), let changes = changes(of: operation) else { continue }
            var row = RowJoin(
                step: step, scenario: scenario, old: operation, new: pairs.partner(of: operation), changes: changes,
                oldContract: old, newContract: new, before: before[step.name], after: after[step.name])
            row.run()
            for hit in row.found { hits.add(hit) }
            for hit in row.uses(by: references) { hits.add(hit) }
        }
    }
}

/// The changes of one operation by the part of it that changed.
struct OperationChanges: Sendable {
    /// The operation itself, its security included.
    private(set) var own: [Change] = []
    private(set) var parameters: [Change] = []
    private(set) var body: [Change] = []
    /// Responses and their headers.
    private(set) var responses: [Change] = []

    var count: Int { own.count + parameters.count + body.count + responses.count }

    mutating func add(_ change: Change) {
        switch change.place {
        case .operation, .contract: own.append(change)
        case .parameter: parameters.append(change)
        case .requestBody: body.append(change)
        case .response, .header: responses.append(change)
        }
    }
}

/// A row that is affected by a change.
struct RowHit: Sendable {
    var change: Change
    var impact: RowImpact
    /// The edits of the table that follow the change.
    var edits: [TableEdit]
}

/// The rows that changes break or touch.
package struct RowHits: Sendable {
    private struct Rows: Sendable {
        var all: [RowHit] = []
        var places: [SourceLocation: Int] = [:]
    }

    private var byChange: [Change: Rows] = [:]
    /// Whether some pairs were left out because there were too many.
    package internal(set) var isCut = false

    /// Adds a hit. If a row and a change have several, the first that breaks gives the reason, and all give edits.
    mutating func add(_ hit: RowHit) {
        let rows = byChange[hit.change]
        guard let place = rows?.places[hit.impact.location] else {
            byChange[hit.change, default: Rows()].places[hit.impact.location] = rows?.all.count ?? 0
            byChange[hit.change]?.all.append(hit)
            return
        }
        guard var known = rows?.all[place], hit.impact.effect == .breaks else { return }
        if known.impact.effect == .touches { known = hit }
        known.edits += hit.edits.filter { !known.edits.contains($0) }
        known.impact.edit = known.edits.isEmpty ? nil : known.edits.map(\.description).joined(separator: "; ")
        byChange[hit.change]?.all[place] = known
    }

    /// The rows of a change, those that break first, in the order of the plan.
    package func rows(of change: Change) -> [RowImpact] {
        let own = byChange[change]?.all.map(\.impact) ?? []
        return own.filter { $0.effect == .breaks } + own.filter { $0.effect == .touches }
    }

    /// The rows that at least one change breaks.
    package var breaking: Set<SourceLocation> {
        Set(byChange.values.flatMap(\.all).filter { $0.impact.effect == .breaks }.map(\.impact.location))
    }

    /// The changes that any row uses.
    var changes: some Collection<Change> { byChange.keys }

    /// The edits of tables that follow the changes, each once, by table and row.
    package var edits: [TableEdit] {
        var seen: Set<TableEdit> = []
        let all = byChange.values.flatMap { $0.all.flatMap(\.edits) }.filter { seen.insert($0).inserted }
        return all.sorted { $0.sortKey < $1.sortKey }
    }
}

/// The pairs of the same operation in two contracts: the method and path are equal, whatever path parameters are
/// called. `assay diff` pairs operations in the same way.
struct OperationPairs {
    private let exact: [String: Operation]
    private let shaped: [String: Operation]

    init(_ new: Contract) {
        exact = Dictionary(new.operations.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        shaped = Dictionary(
            new.operations.map { (Self.shape($0.method, $0.path), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The operation of the new contract that corresponds to an old one; `nil` when it was removed.
    func partner(of operation: Operation) -> Operation? {
        exact[operation.key] ?? shaped[Self.shape(operation.method, operation.path)]
    }

    /// The method and path of a subject, by which its changes are found.
    static func key(_ subject: Change.Subject) -> String {
        shape(subject.method, subject.path)
    }

    /// Method and path with the names of expressions left out.
    static func shape(_ method: String, _ path: String) -> String {
        var text = "\(method) "
        var isInside = false
        for scalar in path.unicodeScalars {
            if scalar == "}" { isInside = false }
            if !isInside { text.unicodeScalars.append(scalar) }
            if scalar == "{" { isInside = true }
        }
        return text
    }
}
