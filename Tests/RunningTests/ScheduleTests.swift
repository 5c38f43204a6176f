import Testing

@testable import Running

@Suite("Schedule")
struct ScheduleTests {
    @Test("scenarios start in the order of the plan, as far as jobs and locks allow")
    func order() {
        var schedule = Schedule(count: 5, locks: ["x", "x", nil, "y", "x"], jobs: 3)
        #expect(schedule.next() == 0)
        #expect(schedule.next() == 2)
        #expect(schedule.next() == 3)
        #expect(schedule.next() == nil)
        schedule.finished(2)
        // 1 and 4 wait for the lock of 0.
        #expect(schedule.next() == nil)
        schedule.finished(0)
        #expect(schedule.next() == 1)
        #expect(schedule.next() == nil)
        schedule.finished(1)
        #expect(schedule.next() == 4)
        schedule.finished(4)
        schedule.finished(3)
        #expect(schedule.next() == nil)
    }

    @Test("a scenario starts after those that it needs, and others need not wait for it")
    func needs() {
        var schedule = Schedule(count: 4, needs: [[2], [], [3], []], jobs: 4)
        #expect(schedule.next() == 1)
        #expect(schedule.next() == 3)
        #expect(schedule.next() == nil)
        schedule.finished(1)
        #expect(schedule.next() == nil)
        schedule.finished(3)
        #expect(schedule.next() == 2)
        #expect(schedule.next() == nil)
        schedule.finished(2)
        #expect(schedule.next() == 0)
    }

    @Test("at least one scenario runs at a time")
    func jobs() {
        var schedule = Schedule(count: 2, jobs: 0)
        #expect(schedule.next() == 0)
        #expect(schedule.next() == nil)
    }

    @Test("every scenario starts once, whatever the order of ending")
    func completeness() {
        let locks: [String?] = (0..<200).map { $0.isMultiple(of: 3) ? nil : "lock\($0 % 7)" }
        var schedule = Schedule(count: 200, locks: locks, jobs: 5)
        var running: [Int] = []
        var started: [Int] = []
        while true {
            while let next = schedule.next() {
                #expect(!running.contains { locks[$0] != nil && locks[$0] == locks[next] })
                running.append(next)
                started.append(next)
            }
            guard !running.isEmpty else { break }
            schedule.finished(running.remove(at: started.count % running.count))
        }
        #expect(started.sorted() == Array(0..<200))
    }
}
