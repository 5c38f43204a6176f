import Testing

@testable import Running

@Suite("Lanes")
struct LanesTests {
    private final class Idle: TaskExecutor {
        func enqueue(_ job: consuming ExecutorJob) {}
    }

    @Test("scenarios are distributed evenly, also when they end in any order")
    func even() {
        var lanes = Lanes([Idle(), Idle(), Idle()])
        #expect((0..<7).map { _ in lanes.enter().lane } == [0, 1, 2, 0, 1, 2, 0])
        lanes.leave(1)
        lanes.leave(1)
        #expect((0..<3).map { _ in lanes.enter().lane } == [1, 1, 1])
    }

    @Test("each lane has the executor of its place")
    func executors() {
        let given: [any TaskExecutor] = [Idle(), Idle()]
        var lanes = Lanes(given)
        for _ in 0..<4 {
            let (lane, executor) = lanes.enter()
            #expect(executor === given[lane])
        }
    }

    @Test("without executors of the transport, tasks stay where they are")
    func none() {
        var lanes = Lanes([])
        #expect(lanes.enter().executor == nil)
        lanes.leave(0)
        #expect(lanes.enter().executor == nil)
    }
}
