import Exchanges
import Running
import Scenarios
import Synchronization
import Testing

@Suite("Parallel scenarios", .timeLimit(.minutes(20)))
struct ParallelRunTests {
    @Test("as many scenarios run at a time as there are jobs, and no more", arguments: [1, 4])
    func jobs(count: Int) async throws {
        let gate = Gate(opensAt: count)
        let transport = ScriptedTransport { _, _ in
            await gate.pass()
            return ScriptedTransport.answer(200)
        }
        let scenarios = try (0..<12).map { scenario("s\($0)", [try step("a\($0)")]) }
        _ = try await execute(scenarios, settings: settings(jobs: count), transport: transport)
        #expect(transport.mostUnderWay == count)
        #expect(transport.paths.count == 12)
    }

    @Test("scenarios with one lock never overlap, others do")
    func locks() async throws {
        let held = Mutex<[String: Int]>([:])
        let most = Mutex<Int>(0)
        let transport = ScriptedTransport { request, _ in
            let lock = String(request.path.dropFirst().prefix(1))
            let count = held.withLock { held in
                held[lock, default: 0] += 1
                return held[lock] ?? 0
            }
            most.withLock { $0 = max($0, count) }
            for _ in 0..<20 { await Task.yield() }
            held.withLock { $0[lock, default: 0] -= 1 }
            return ScriptedTransport.answer(200)
        }
        let scenarios = try (0..<30).map { index in
            let lock = index.isMultiple(of: 2) ? "x" : "y"
            return scenario("s\(index)", [try step("\(lock)\(index)"), try step("\(lock)\(index)b")], lock: lock)
        }
        _ = try await execute(scenarios, settings: settings(jobs: 8), transport: transport)
        #expect(most.withLock { $0 } == 1)
        #expect(transport.mostUnderWay <= 2)
        #expect(transport.paths.count == 60)
    }

    @Test("the journal has the order of the plan, in whatever order scenarios ran")
    func order() async throws {
        let scenarios = try (0..<40).map { index in
            scenario(
                "s\(index)",
                [try step("a\(index)"), try step("b\(index)"), try step("c\(index)", set: ["x={{a\(index).no}}"])])
        }
        var journals: [Journal] = []
        for jobs in [1, 8, 8] {
            let transport = ScriptedTransport { request, _ in
                for _ in 0..<Int.random(in: 0...30) { await Task.yield() }
                return ScriptedTransport.answer(200, request.path)
            }
            var journal = try await execute(scenarios, settings: settings(jobs: jobs), transport: transport)
            #expect(Set(journal.exchanges.map(\.sequence)) == Set(1...80))
            for index in journal.exchanges.indices { journal.exchanges[index].sequence = 0 }
            journals.append(journal)
        }
        #expect(journals[0].exchanges.map(\.step).prefix(4) == ["a0", "b0", "a1", "b1"])
        #expect(journals[0] == journals[1])
        #expect(journals[1] == journals[2])
    }

    @Test("without kept exchanges, the judge sees every scenario once and completely, and the journal is empty")
    func exchangesNotKept() async throws {
        let skipped = try step("skipped") { $0.options.isSkipped = true }
        let scenarios = try (0..<20).map { index in
            scenario("s\(index)", [try step("a\(index)"), skipped, try step("b\(index)")])
        }
        let judge = StatusJudge()
        let journal = try await Run.execute(
            plan: Plan(scenarios: scenarios, laws: [], fingerprint: "f1"), settings: settings(jobs: 4),
            transport: ScriptedTransport { _, _ in ScriptedTransport.answer(200) }, judge: judge,
            keepsExchanges: false)
        #expect(journal == Journal(header: journal.header))
        for index in 0..<20 {
            let calls = judge.calls.all.filter { $0.scenario == "s\(index)" }.map(\.call)
            #expect(calls == ["take a\(index)1", "take b\(index)1", "finish skipped"])
        }
    }

    @Test("a plan without scenarios is a journal without exchanges")
    func empty() async throws {
        let journal = try await execute([], transport: ScriptedTransport())
        #expect(journal.exchanges == [])
        #expect(journal.header.plan == "f1")
        #expect(journal.header.target == "fake")
    }
}

/// Stops tasks until `count` of them have arrived, then opens for good.
actor Gate {
    private let count: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(opensAt count: Int) { self.count = count }

    private var isOpen = false

    func pass() async {
        guard !isOpen else { return }
        if waiting.count + 1 >= count {
            isOpen = true
            waiting.forEach { $0.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
