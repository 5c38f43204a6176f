/// Spreads scenarios evenly over the executors that a transport offers.
struct Lanes {
    private let executors: [any TaskExecutor]
    private var counts: [Int]

    init(_ executors: [any TaskExecutor]) {
        self.executors = executors
        counts = executors.map { _ in 0 }
    }

    /// The executor with the fewest scenarios, which one more enters; `nil` when there is none at all.
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
