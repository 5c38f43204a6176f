import Synchronization
import Testing

@testable import LiveTransport

@Suite("Deadlines", .urgent)
struct DeadlineWatchTests {
    /// Numbers in the order in which they came.
    private final class Ended: Sendable {
        private let numbers = Mutex<[Int]>([])

        var all: [Int] { numbers.withLock { $0 } }

        func note(_ number: Int) { numbers.withLock { $0.append(number) } }
    }

    @Test("passed deadlines end once, in order, and cancelled ones do not")
    func order() async throws {
        let watch = DeadlineWatch()
        let ended = Ended()
        let start = ContinuousClock.now
        _ = watch.watch(until: start + .milliseconds(600)) { ended.note(600) }
        _ = watch.watch(until: start + .milliseconds(100)) { ended.note(100) }
        let forgotten = watch.watch(until: start + .milliseconds(200)) { ended.note(200) }
        watch.forget(forgotten)
        while ended.all.count < 2 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(ContinuousClock.now - start >= .milliseconds(600))
        _ = watch.watch(until: .now) { ended.note(0) }
        while ended.all.count < 3 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(ended.all == [100, 600, 0])
    }

    @Test("after a stop no deadline ends")
    func stopped() async throws {
        let watch = DeadlineWatch()
        let ended = Ended()
        _ = watch.watch(until: .now + .milliseconds(100)) { ended.note(1) }
        watch.stop()
        try await Task.sleep(for: .milliseconds(300))
        #expect(ended.all == [])
    }
}
