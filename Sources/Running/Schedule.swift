/// Which scenario may start next: in the order of the plan, at most `jobs` at a time, never two with one lock.
struct Schedule {
    private let locks: [String?]
    private let jobs: Int
    private var waiting: [Int]
    private var running: Set<Int> = []

    /// A schedule of scenarios with these locks, in the order of the plan.
    init(locks: [String?], jobs: Int) {
        self.locks = locks
        self.jobs = max(1, jobs)
        // Taken from the end, where removing is cheap.
        waiting = locks.indices.reversed()
    }

    /// The place of a scenario that may start now; it counts as running from here on.
    mutating func next() -> Int? {
        guard running.count < jobs, let place = waiting.lastIndex(where: { isFree(locks[$0]) }) else { return nil }
        let scenario = waiting.remove(at: place)
        running.insert(scenario)
        return scenario
    }

    /// A scenario has ended.
    mutating func finished(_ scenario: Int) {
        running.remove(scenario)
    }

    private func isFree(_ lock: String?) -> Bool {
        guard let lock else { return true }
        return !running.contains { locks[$0].map { $0.utf8.elementsEqual(lock.utf8) } ?? false }
    }
}
