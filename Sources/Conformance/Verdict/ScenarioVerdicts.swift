import Scenarios

/// The verdicts on the scenarios of a run, in the order of the plan.
///
/// Most scenarios of a long run are *quiet*: nothing was found, and every step was sent or skipped on purpose. Of them
/// only the figures are kept that the plan does not have, and a verdict is made from them when it is read. So loops about
/// findings read ``others`` only.
package struct ScenarioVerdicts: Sendable {
    /// For each scenario its address in `quiet`, or the complement of its index in `kept`.
    private var entries: [Int]
    private var quiet: QuietScenarios
    private var kept: [ScenarioVerdict] = []

    /// The entry of a scenario that was not judged yet.
    private static let missing = Int.min

    /// The verdicts on a plan, of which no scenario was judged yet.
    init(of plan: Plan) {
        entries = Array(repeating: Self.missing, count: plan.scenarios.count)
        quiet = QuietScenarios(plan)
    }

    /// These verdicts.
    package init(_ verdicts: some Sequence<ScenarioVerdict>) {
        kept = Array(verdicts)
        entries = kept.indices.map { ~$0 }
        quiet = QuietScenarios(.empty)
    }

    /// Whether the scenario at `place` of the plan was judged.
    func contains(_ place: Int) -> Bool { entries[place] != Self.missing }

    /// Adds the verdict on the scenario at `place` of the plan, which was not judged before.
    ///
    /// - Returns: Whether it is quiet.
    mutating func insert(_ verdict: ScenarioVerdict, at place: Int) -> Bool {
        if let address = quiet.insert(verdict, at: place) {
            entries[place] = address
            return true
        }
        entries[place] = ~kept.count
        kept.append(verdict)
        return false
    }

    /// The verdicts without scenarios that were not judged.
    var judged: ScenarioVerdicts {
        var judged = self
        if entries.contains(Self.missing) { judged.entries.removeAll { $0 == Self.missing } }
        return judged
    }

    /// The counts of the quiet scenarios.
    package var quietTotals: QuietTotals { quiet.totals }

    /// Whether the scenario at `index` is quiet.
    package func isQuiet(_ index: Int) -> Bool { entries[index] >= 0 }

    /// The scenarios that are not quiet, with their indices, in order.
    package var others: some Sequence<(index: Int, verdict: ScenarioVerdict)> {
        entries.indices.lazy.filter(isOther).map { (index: $0, verdict: kept[~entries[$0]]) }
    }

    private func isOther(_ index: Int) -> Bool { entries[index] < 0 && entries[index] != Self.missing }

    /// Changes the findings of each step that has some, in order.
    package mutating func changeFindings(_ change: ([Finding]) -> [Finding]) {
        for index in entries.indices where isOther(index) {
            let entry = entries[index]
            for step in kept[~entry].steps.indices where !kept[~entry].steps[step].findings.isEmpty {
                kept[~entry].steps[step].findings = change(kept[~entry].steps[step].findings)
            }
        }
    }

    /// Adds a verdict at the end.
    package mutating func append(_ verdict: ScenarioVerdict) {
        entries.append(~kept.count)
        kept.append(verdict)
    }

    /// Adds verdicts at the end.
    package static func += (left: inout ScenarioVerdicts, right: some Sequence<ScenarioVerdict>) {
        for verdict in right { left.append(verdict) }
    }
}

extension ScenarioVerdicts: RandomAccessCollection, MutableCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { entries.count }

    /// The verdict at `index`. After it is set, the scenario counts as one with findings.
    package subscript(index: Int) -> ScenarioVerdict {
        get {
            let entry = entries[index]
            return entry < 0 ? kept[~entry] : quiet.verdict(at: entry)
        }
        set {
            if entries[index] >= 0 {
                quiet.remove(at: entries[index])
                entries[index] = ~kept.count
                kept.append(newValue)
            } else {
                kept[~entries[index]] = newValue
            }
        }
    }
}

/// The counts of quiet scenarios.
package struct QuietTotals: Sendable, Equatable {
    /// Scenarios of which at least one step was sent.
    package var passed = 0
    /// Scenarios of which every step was skipped.
    package var skipped = 0
    /// Steps, skipped ones included.
    package var steps = 0
    /// Steps that were skipped on purpose.
    package var skippedSteps = 0
    /// Requests that were sent.
    package var exchanges = 0

    /// No scenario.
    init() {}

    /// The counts of one scenario.
    init(_ verdict: ScenarioVerdict) {
        steps = verdict.steps.count
        skippedSteps = verdict.steps.count { $0.reason != nil }
        exchanges = verdict.steps.reduce(0) { $0 + $1.exchanges.count }
        if steps > 0, skippedSteps == steps { skipped = 1 } else { passed = 1 }
    }

    static func += (left: inout QuietTotals, right: QuietTotals) {
        left.passed += right.passed
        left.skipped += right.skipped
        left.steps += right.steps
        left.skippedSteps += right.skippedSteps
        left.exchanges += right.exchanges
    }

    static func -= (left: inout QuietTotals, right: QuietTotals) {
        left.passed -= right.passed
        left.skipped -= right.skipped
        left.steps -= right.steps
        left.skippedSteps -= right.skippedSteps
        left.exchanges -= right.exchanges
    }
}
