import Conformance
import Primitives

/// A run among the earlier ones against the same target: which steps fail for the first time, are fixed, change their
/// results, or became slower.
///
/// A step is compared with the last earlier run that judged it, so runs of a part of the tables and runs of shards can be
/// mixed with complete ones.
package struct RunTrend: Sendable, Equatable {
    /// The most runs that are considered, this one included.
    package static let window = 30
    /// The fewest earlier times of a step that are needed to call it slower.
    private static let fewestTimes = 5
    /// The least difference that counts, in tenths of a millisecond: 50 ms.
    private static let leastDelay = 500

    /// The runs, the oldest first; the last one is the run itself.
    package let runs: [HistoryEntry]
    /// Steps that failed, and did not fail when they were judged before.
    package let newlyFailing: [StepName]
    /// Steps that passed, and failed when they were judged before.
    package let newlyFixed: [StepName]
    /// Steps whose result changes without a lasting cause.
    package let flaky: [Flaky]
    /// Steps that took more than twice their usual time, and at least 50 ms more.
    package let slower: [Slower]

    /// A step by its names.
    package struct StepName: Sendable, Hashable {
        /// `Scenario.id`.
        package var scenario: String
        /// The name of the step.
        package var step: String
    }

    /// A step whose result changes.
    package struct Flaky: Sendable, Equatable {
        /// The step.
        package var name: StepName
        /// The number of runs in which it failed, or passed only on a later attempt.
        package var unsteady: Int
        /// The number of runs that judged it.
        package var runs: Int
    }

    /// A step that became slower.
    package struct Slower: Sendable, Equatable {
        /// The step.
        package var name: StepName
        /// Its time in tenths of a millisecond.
        package var tenths: Int
        /// The median of its earlier times.
        package var usual: Int
    }

    /// The trend of the last of `entries`.
    ///
    /// - Parameter entries: The history in any order, the run itself included; `nil` if it is empty.
    package init?(_ entries: [HistoryEntry]) {
        let ordered = Self.ordered(entries)
        guard let this = ordered.last else { return nil }
        self.init(this, in: ordered)
    }

    /// The trend of `this` among `entries`, which may contain it.
    package init(_ this: HistoryEntry, in entries: [HistoryEntry]) {
        let earlier = Self.ordered(entries).filter { entry in
            entry.target.isSame(as: this.target) && !entry.isSameRun(as: this)
                && entry.startedAt <= this.startedAt
        }
        runs = earlier.suffix(Self.window - 1) + [this]
        let past = PastResults(runs.dropLast())
        var trend = (failing: [StepName](), fixed: [StepName](), flaky: [Flaky](), slower: [Slower]())
        for scenario in this.scenarios {
            for step in scenario.steps where step.outcome == .passed || step.outcome == .failed {
                let name = StepName(scenario: scenario.name, step: step.name)
                let before = past[name]
                if let last = before.last {
                    if step.outcome == .failed, last.outcome == .passed { trend.failing.append(name) }
                    if step.outcome == .passed, last.outcome == .failed { trend.fixed.append(name) }
                }
                if let flaky = Self.flaky(name, before + [step]) { trend.flaky.append(flaky) }
                if let slower = Self.slower(name, step, before) { trend.slower.append(slower) }
            }
        }
        (newlyFailing, newlyFixed, flaky, slower) = trend
    }

    /// The entries by their start, each run once: the last line about a run counts.
    package static func ordered(_ entries: [HistoryEntry]) -> [HistoryEntry] {
        var places: [String: Int] = [:]
        var result: [HistoryEntry] = []
        for entry in entries {
            let key = "\(entry.startedAt.microsecondsSinceEpoch)\n\(entry.seed)"
            if let place = places[key] {
                result[place] = entry
            } else {
                places[key] = result.count
                result.append(entry)
            }
        }
        return result.sorted {
            ($0.startedAt, $0.seed) < ($1.startedAt, $1.seed)
        }
    }

    /// A step is flaky if it needed a later attempt, or if its result changed there and back.
    private static func flaky(_ name: StepName, _ results: [HistoryEntry.Step]) -> Flaky? {
        let changes = zip(results, results.dropFirst()).count { $0.outcome != $1.outcome }
        guard changes >= 2 || results.contains(where: \.isFlaky) else { return nil }
        let unsteady = results.count { $0.outcome == .failed || $0.isFlaky }
        return Flaky(name: name, unsteady: unsteady, runs: results.count)
    }

    private static func slower(
        _ name: StepName, _ step: HistoryEntry.Step, _ before: [HistoryEntry.Step]
    ) -> Slower? {
        let times = before.filter { $0.outcome == .passed }.compactMap(\.tenths).sorted()
        guard step.outcome == .passed, let time = step.tenths, times.count >= fewestTimes else { return nil }
        let usual = times[times.count / 2]
        guard time > 2 * usual, time - usual >= leastDelay else { return nil }
        return Slower(name: name, tenths: time, usual: usual)
    }
}

/// The results of every step in earlier runs, the oldest first, without those in which it was not judged.
private struct PastResults {
    private var results: [RunTrend.StepName: [HistoryEntry.Step]] = [:]

    init(_ runs: some Sequence<HistoryEntry>) {
        for run in runs {
            for scenario in run.scenarios {
                for step in scenario.steps where step.outcome == .passed || step.outcome == .failed {
                    results[RunTrend.StepName(scenario: scenario.name, step: step.name), default: []].append(step)
                }
            }
        }
    }

    subscript(_ name: RunTrend.StepName) -> [HistoryEntry.Step] { results[name] ?? [] }
}
