internal import Primitives
internal import Scenarios

/// Decides which scenario starts next: in the order of the plan, at most `jobs` at a time, never two with one lock, and
/// none before the session scenarios that it uses have ended.
struct Schedule {
    /// The places of the scenarios that have a lock, with its name.
    private let locks: [Int: String]
    /// The places of the scenarios that must have ended before others start, by the places of those others.
    private let needs: [Int: [Int]]
    /// The needed scenarios that have not ended.
    private var needed: Set<Int>
    private let count: Int
    private let jobs: Int
    /// The place after the last scenario that was considered.
    private var upcoming = 0
    /// The scenarios before `upcoming` that could not start yet, in order.
    private var heldBack: [Int] = []
    private var running: Set<Int> = []

    /// A schedule of these scenarios, in the order of the plan. A session scenario that is not among them counts as
    /// ended.
    init(_ scenarios: ScenarioList, jobs: Int) {
        // Most plans have neither, and then nothing is kept for each scenario.
        let written = scenarios.asWritten
        let hasLocks = written.contains { $0.options.lock != nil }
        let usesSessions = written.contains { !$0.sessions.isEmpty }
        let places =
            usesSessions
            ? Dictionary(
                scenarios.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
            : [:]
        self.init(
            count: scenarios.count, locks: hasLocks ? scenarios.map(\.options.lock) : [],
            needs: usesSessions ? scenarios.map { $0.sessions.compactMap { places[$0.id] } } : [], jobs: jobs)
    }

    /// A schedule of `count` scenarios, in the order of the plan.
    ///
    /// - Parameters:
    ///   - locks: The lock of each scenario; empty if there are none.
    ///   - needs: The places of the scenarios that each one needs; empty if there are none.
    init(count: Int, locks: [String?] = [], needs: [[Int]] = [], jobs: Int) {
        self.count = count
        self.jobs = max(1, jobs)
        self.locks = Dictionary(
            uniqueKeysWithValues: locks.enumerated().compactMap { place, lock in lock.map { (place, $0) } })
        self.needs = Dictionary(uniqueKeysWithValues: needs.enumerated().filter { !$0.element.isEmpty })
        needed = Set(needs.joined())
    }

    /// The place of a scenario that may start now; it counts as running afterwards.
    mutating func next() -> Int? {
        guard running.count < jobs else { return nil }
        if let index = heldBack.firstIndex(where: canStart) {
            let place = heldBack.remove(at: index)
            running.insert(place)
            return place
        }
        while upcoming < count {
            let place = upcoming
            upcoming += 1
            if canStart(place) {
                running.insert(place)
                return place
            }
            heldBack.append(place)
        }
        return nil
    }

    /// A scenario has ended.
    mutating func finished(_ scenario: Int) {
        running.remove(scenario)
        needed.remove(scenario)
    }

    private func canStart(_ scenario: Int) -> Bool {
        isFree(locks[scenario]) && (needs[scenario]?.allSatisfy { !needed.contains($0) } ?? true)
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
