internal import Primitives
internal import Scenarios

/// Decides which scenario starts next: in the order of the plan, at most `jobs` at a time, never two with one lock, and
/// none before the session scenarios that it uses have ended.
struct Schedule {
    private let locks: [String?]
    /// The places of the scenarios that must have ended before each one starts.
    private let needs: [[Int]]
    private let jobs: Int
    private var waiting: [Int]
    private var running: Set<Int> = []
    private var ended: Set<Int> = []

    /// A schedule of these scenarios, in the order of the plan. A session scenario that is not among them counts as
    /// ended.
    init(_ scenarios: ScenarioList, jobs: Int) {
        let locks = scenarios.map(\.options.lock)
        guard scenarios.asWritten.contains(where: { !$0.sessions.isEmpty }) else {
            self.init(locks: locks, jobs: jobs)
            return
        }
        let places = Dictionary(
            scenarios.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        self.init(
            locks: locks, needs: scenarios.map { $0.sessions.compactMap { places[$0.id] } },
            jobs: jobs)
    }

    /// A schedule of scenarios with these locks and needs, in the order of the plan.
    init(locks: [String?], needs: [[Int]]? = nil, jobs: Int) {
        self.locks = locks
        self.needs = needs ?? locks.map { _ in [] }
        self.jobs = max(1, jobs)
        // Taken from the end, where removing is cheap.
        waiting = locks.indices.reversed()
    }

    /// The place of a scenario that may start now; it counts as running afterwards.
    mutating func next() -> Int? {
        guard running.count < jobs, let place = waiting.lastIndex(where: { canStart($0) }) else { return nil }
        let scenario = waiting.remove(at: place)
        running.insert(scenario)
        return scenario
    }

    /// A scenario has ended.
    mutating func finished(_ scenario: Int) {
        running.remove(scenario)
        ended.insert(scenario)
    }

    private func canStart(_ scenario: Int) -> Bool {
        isFree(locks[scenario]) && needs[scenario].allSatisfy(ended.contains)
    }

    private func isFree(_ lock: String?) -> Bool {
        guard let lock else { return true }
        return !running.contains { locks[$0].map { $0.isSame(as: lock) } ?? false }
    }
}

/// Spreads scenarios evenly over the executors that a transport offers.
struct Lanes {
    private let executors: [any TaskExecutor]
    private var counts: [Int]

    init(_ executors: [any TaskExecutor]) {
        self.executors = executors
        counts = executors.map { _ in 0 }
    }

    /// Adds a scenario to the executor with the fewest scenarios; `nil` when there is no executor.
    mutating func enter() -> (lane: Int, executor: (any TaskExecutor)?) {
        guard let lane = counts.indices.min(by: { counts[$0] < counts[$1] }) else { return (0, nil) }
        counts[lane] += 1
        return (lane, executors[lane])
    }

    /// A scenario has ended.
    mutating func leave(_ lane: Int) {
        if counts.indices.contains(lane) { counts[lane] -= 1 }
    }
}
