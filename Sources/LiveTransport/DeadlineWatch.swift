internal import Primitives
internal import Synchronization

/// Enforces deadlines with one sleeping task for all exchanges of a transport, because a timer for each would cost more
/// than many an exchange.
///
/// The task competes with the other tasks of the process. On a busy machine where responses wait to be read, the task
/// is late by the same time, so received responses do not count as missing.
final class DeadlineWatch: Sendable {
    private let state = Mutex(State())

    private struct State {
        var ends: [Int: End] = [:]
        var lastNumber = 0
        var sleeper: Task<Void, Never>?
        /// The next time the task wakes up; `nil` if there is none.
        var wakes: ContinuousClock.Instant?
    }

    private struct End {
        var at: ContinuousClock.Instant
        var act: @Sendable () -> Void
    }

    /// Calls `act` at `instant`, unless ``forget(_:)`` is called with the returned number first.
    func watch(until instant: ContinuousClock.Instant, _ act: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.lastNumber += 1
            state.ends[state.lastNumber] = End(at: instant, act: act)
            if state.wakes.map({ instant < $0 }) ?? true { sleep(until: instant, &state) }
            return state.lastNumber
        }
    }

    /// Cancels a deadline.
    func forget(_ number: Int) {
        state.withLock { _ = $0.ends.removeValue(forKey: number) }
    }

    /// Cancels all deadlines.
    func stop() {
        state.withLock { state in
            state.sleeper?.cancel()
            state.ends = [:]
            state.wakes = nil
        }
    }

    private func sleep(until instant: ContinuousClock.Instant, _ state: inout State) {
        state.sleeper?.cancel()
        state.wakes = instant
        state.sleeper = Task { [self] in
            // A cancelled task has a successor, or there is nothing left to watch.
            guard (try? await Task.sleep(until: instant, clock: .continuous)) != nil else { return }
            look()
        }
    }

    /// Calls the actions of passed deadlines, and sleeps until the next one.
    private func look() {
        let over = state.withLock { state -> [End] in
            let now = ContinuousClock.now
            let over = state.ends.filter { $0.value.at <= now }
            for number in over.keys { state.ends[number] = nil }
            if let next = state.ends.values.map(\.at).min() {
                sleep(until: next, &state)
            } else {
                state.wakes = nil
            }
            return over.values.sorted { $0.at < $1.at }
        }
        for end in over { end.act() }
    }
}
