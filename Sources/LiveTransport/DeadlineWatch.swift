internal import Primitives
internal import Synchronization

/// Ends what takes too long: one sleeper for all exchanges of a transport, as a timer for each would cost more than
/// many an exchange.
///
/// The sleeper waits its turn among the other tasks of the process. On a machine that is so busy that answers lie
/// unread, it is late by as much, and what has come is not taken for missing.
final class DeadlineWatch: Sendable {
    private let state = Mutex(State())

    private struct State {
        var ends: [Int: End] = [:]
        var lastNumber = 0
        var sleeper: Task<Void, Never>?
        /// When the sleeper looks next; `nil` when there is none.
        var wakes: ContinuousClock.Instant?
    }

    private struct End {
        var at: ContinuousClock.Instant
        var act: @Sendable () -> Void
    }

    /// Calls `act` when it is `instant`, unless ``forget(_:)`` is given the number that is returned.
    func watch(until instant: ContinuousClock.Instant, _ act: @escaping @Sendable () -> Void) -> Int {
        state.withLock { state in
            state.lastNumber += 1
            state.ends[state.lastNumber] = End(at: instant, act: act)
            if state.wakes.map({ instant < $0 }) ?? true { sleep(until: instant, &state) }
            return state.lastNumber
        }
    }

    /// What was watched has come to its end.
    func forget(_ number: Int) {
        state.withLock { _ = $0.ends.removeValue(forKey: number) }
    }

    /// Watches nothing any more.
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
            // Who is cancelled has a successor, or nothing left to watch.
            guard (try? await Task.sleep(until: instant, clock: .continuous)) != nil else { return }
            look()
        }
    }

    /// Ends what is over, and sleeps until the next one will be.
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
