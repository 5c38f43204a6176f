import Diagnostics
import Primitives

/// A scenario whose uses are replaced by the steps of the used scenarios.
struct ExpandedScenario {
    /// A row or what replaces it.
    enum Part {
        case row(RowDraft)
        /// The steps of a used scenario, with their names in this one.
        case used([ResolvedRow])
    }

    var draft: ScenarioDraft
    /// The parts in the order of the table.
    var parts: [Part] = []
    /// The name of the lock, set by a row or by a used scenario.
    var lock: String?
    var uses = UseNames()
    /// Whether no row has an error.
    var isSound: Bool
}

/// The names of the rows that use a scenario.
struct UseNames {
    var all: Set<String> = []
    /// Those whose scenario cannot be used, so nothing is known about its steps.
    var broken: Set<String> = []
}

/// The scenarios that others use, each resolved once. One planning shares it, so it is a class.
final class UsedScenarios {
    let tables: TableStore
    private var resolved: [UseTarget: ResolvedScenario] = [:]
    /// The scenarios that some row names.
    private(set) var targets: Set<UseTarget> = []

    init(_ tables: TableStore) {
        self.tables = tables
    }

    /// Remembers that a row names `target`.
    func insert(_ target: UseTarget) {
        targets.insert(target)
    }

    subscript(_ target: UseTarget) -> ResolvedScenario? {
        get { resolved[target] }
        set { resolved[target] = newValue }
    }
}

/// Replaces rows with `use` by the steps of the used scenarios, and determines the lock of the scenario.
struct UseExpander: PlanningStage {
    /// Resolves a used scenario with the given scenarios around it, the outermost first.
    typealias Resolution = (ScenarioRows, [UseTarget]) -> (ResolvedScenario, [Diagnostic])

    /// The maximum nesting of scenarios; deeper nesting is a mistake or an attack.
    static let maximumDepth = 10
    /// The maximum number of steps. Only scenarios that use another one twice, which uses another one twice …, have
    /// more.
    static let maximumSteps = 10_000

    let draft: ScenarioDraft
    /// The scenarios that are being resolved because of this one's users, the outermost first.
    let nesting: [UseTarget]
    let used: UsedScenarios
    let resolve: Resolution
    /// The number of steps of the used scenarios so far; `nil` after the mistake that there are too many.
    private var stepCount: Int? = 0
    var diagnostics: [Diagnostic] = []

    init(draft: ScenarioDraft, nesting: [UseTarget], used: UsedScenarios, resolve: @escaping Resolution) {
        self.draft = draft
        self.nesting = nesting
        self.used = used
        self.resolve = resolve
    }

    mutating func run() -> ExpandedScenario {
        var result = ExpandedScenario(draft: draft, isSound: draft.isSound)
        result.parts.reserveCapacity(draft.rows.count)
        for index in draft.rows.indices {
            let isPossible = setLock(draft.rows[index].options.lock, &result.lock)
            if draft.rows[index].isDefaults { continue }
            if let cell = UseCell(draft.rows[index]) {
                expand(draft.rows[index], cell, &result)
                continue
            }
            var row = draft.rows[index]
            if !isPossible { row.isSound = false }
            result.parts.append(.row(row))
        }
        if diagnostics.hasErrors { result.isSound = false }
        return result
    }

    /// Sets the lock of the scenario to that of a row, if the row has one.
    ///
    /// - Returns: Whether no other lock was set before; that mistake is reported.
    private mutating func setLock(_ option: OptionValue?, _ lock: inout String?) -> Bool {
        guard let option else { return true }
        let conflict = lockConflict(option, with: lock)
        diagnostics += conflict
        lock = option.text
        return conflict.isEmpty
    }

    private func lockConflict(_ option: OptionValue, with lock: String?) -> [Diagnostic] {
        guard let lock, lock != option.text else { return [] }
        return [
            option.cell.diagnostic(
                "table.option", "the scenario already has the lock '\(lock)'", offset: option.offset,
                length: option.text.unicodeScalars.count, help: "a scenario can hold only one lock")
        ]
    }

    private mutating func expand(_ row: RowDraft, _ cell: UseCell, _ result: inout ExpandedScenario) {
        result.uses.all.insert(row.name)
        guard let scenario = scenario(usedBy: cell), hasRoom(for: scenario, cell) else {
            result.uses.broken.insert(row.name)
            return
        }
        result.parts.append(.used(scenario.steps(usedBy: row)))
        guard let inner = scenario.lock else { return }
        if let lock = result.lock, lock != inner {
            report(
                cell.cell.diagnostic(
                    "table.option",
                    "the scenario that is used requires the lock '\(inner)', but this scenario sets '\(lock)'",
                    help: "a scenario can hold only one lock"))
        }
        result.lock = inner
    }

    /// The scenario that a cell names; `nil` after a diagnostic.
    private mutating func scenario(usedBy cell: UseCell) -> ResolvedScenario? {
        let start = diagnostics.count
        diagnostics += cell.otherCellProblems
        guard let target = cell.target(&diagnostics) else { return nil }
        used.insert(target)
        guard target != draft.target, !nesting.contains(target) else {
            let chain = nesting.drop { $0 != target } + [draft.target, target]
            report(
                cell.diagnostic(
                    "the scenario uses itself: \(chain.map(\.description).joined(separator: " → "))",
                    help: "move the shared steps into a scenario of their own"))
            return nil
        }
        guard nesting.count < Self.maximumDepth else {
            report(
                cell.diagnostic(
                    "scenarios are nested more than \(Self.maximumDepth) levels deep",
                    help: "use the innermost one directly"))
            return nil
        }
        guard let scenario = resolved(target, cell), !hasErrors(since: start) else { return nil }
        return scenario
    }

    /// Whether the steps of a used scenario do not make this one too long; the first one that does is reported.
    private mutating func hasRoom(for scenario: ResolvedScenario, _ cell: UseCell) -> Bool {
        guard let count = stepCount else { return false }
        guard count + scenario.rows.count <= Self.maximumSteps else {
            stepCount = nil
            report(
                cell.diagnostic(
                    "with this row, the scenario has more than \(Self.maximumSteps) steps",
                    help: "split the scenario, or use shorter ones"))
            return false
        }
        stepCount = count + scenario.rows.count
        return true
    }

    /// Resolves the scenario, only once even if many rows use it.
    private mutating func resolved(_ target: UseTarget, _ cell: UseCell) -> ResolvedScenario? {
        if let known = used[target] { return known }
        guard let table = used.tables.table(target.path, usedBy: cell, &diagnostics) else { return nil }
        let groups = ScenarioRows.groups(of: table)
        guard let group = groups.first(where: { $0.name == target.scenario }) else {
            let names = groups.map(\.name)
            report(
                cell.scenarioDiagnostic(
                    "'\(target.path)' has no scenario '\(visibleText(target.scenario))'",
                    help: nearestName(to: target.scenario, among: names).map { "did you mean `\($0)`?" }
                        ?? (names.isEmpty ? nil : "it has \(shortList(names))")))
            return nil
        }
        let (scenario, problems) = resolve(group, nesting + [draft.target])
        diagnostics += problems
        if let option = scenario.draft.dataFile {
            report(
                cell.diagnostic(
                    "'\(target.scenario)' runs once per data row, so a step cannot use it",
                    help: "use a scenario without `rows=`; the scenario that uses it may have data rows",
                    related: [.init("its data file is named here", at: option.cell.location(option.offset))]))
            return nil
        }
        guard scenario.isSound else { return nil }
        used[target] = scenario
        return scenario
    }
}
