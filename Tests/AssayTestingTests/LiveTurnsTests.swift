import Synchronization
import Testing

@testable import AssayTesting

@Suite("Turns of scenarios on a live target")
struct LiveTurnsTests {
    /// Counts what runs at the same time.
    private final class Gauge: Sendable {
        private let state = Mutex((running: 0, most: 0))

        var most: Int { state.withLock { $0.most } }

        func enter() {
            state.withLock { state in
                state.running += 1
                state.most = max(state.most, state.running)
            }
        }

        func leave() { state.withLock { $0.running -= 1 } }
    }

    /// How many bodies ran at once at most.
    private func overlap(count: Int, locks: [String?]) async -> Int {
        let (turns, gauge) = (LiveTurns(count: count), Gauge())
        await withTaskGroup(of: Void.self) { group in
            for lock in locks {
                group.addTask {
                    await turns.perform(lock: lock) {
                        gauge.enter()
                        try? await Task.sleep(for: .milliseconds(20))
                        gauge.leave()
                    }
                }
            }
        }
        return gauge.most
    }

    @Test("no more scenarios run at once than there are turns")
    func bounded() async {
        #expect(await overlap(count: 2, locks: Array(repeating: nil, count: 8)) == 2)
    }

    @Test("scenarios with the same lock run one after the other")
    func locked() async {
        #expect(await overlap(count: 4, locks: Array(repeating: "till", count: 6)) == 1)
    }

    @Test("a scenario that waits for a lock does not occupy a turn")
    func others() async {
        #expect(await overlap(count: 2, locks: ["till", "till", "till", nil, nil, nil]) == 2)
    }
}
