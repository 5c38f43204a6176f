import Exchanges
import Primitives

/// One course of events in a mock: the state of each contract, and the clock.
struct MockBranch: Sendable {
    /// The state of each contract.
    var states: [MockState]
    /// `nil` for the real time.
    var clock: MovableClock?

    /// A branch without entities, at the real time.
    init(_ contracts: [ServedContract]) {
        states = contracts.map { MockState($0.behaviour) }
    }

    /// The callbacks and webhooks that must be sent now.
    mutating func takeDeliveries() -> [Delivery] {
        var found: [Delivery] = []
        for index in states.indices {
            for var delivery in states[index].outbox.takeUnsent() {
                delivery.version = index
                found.append(delivery)
            }
        }
        return found
    }

    /// The time of the branch.
    func time(at real: Instant) -> Instant { clock?.time(at: real) ?? real }

    /// Moves or stops the clock. Timers that become due are triggered at their own times, the earliest first.
    mutating func change(_ change: MovableClock.Change, at real: Instant, _ contracts: [ServedContract]) {
        var clock = clock ?? MovableClock()
        clock.apply(change, at: real)
        self.clock = clock
        let now = clock.time(at: real)
        for (index, contract) in contracts.enumerated() {
            EntityKeeper(contract: contract, now: now).triggerDueTimers(&states[index])
        }
    }
}

/// The branches of a mock.
///
/// Clients that share a mock also share its time: if one of them moved it, resources of the others would expire, and
/// their requests would be counted in another rate window. So a client that needs its own time makes a branch, which
/// begins as a copy of the main branch. Requests with the header `assay-mock-branch` belong to that branch.
struct MockBranches: Sendable {
    /// The maximum number of branches besides the main one. Beyond it, the oldest branch is removed.
    static let maximumCount = 256

    var main: MockBranch
    private var named: [String: MockBranch] = [:]
    /// The names, oldest first.
    private var names: [String] = []
    /// Whether a branch was ever made. Until then, requests are not searched for the header.
    private(set) var isBranched = false
    /// The number of responses with a rule broken on purpose, in branches that were removed.
    private var removedBrokenAnswers = 0

    init(_ contracts: [ServedContract]) {
        main = MockBranch(contracts)
    }

    /// The number of responses with a rule broken on purpose, in all branches.
    var brokenAnswers: Int {
        (named.values.flatMap(\.states) + main.states).reduce(removedBrokenAnswers) { $0 + $1.brokenAnswers }
    }

    /// The name in the header of a request; `nil` for the main branch.
    func name(in request: RequestMessage) -> String? {
        isBranched ? request.header(MockAddress.branchHeader).first : nil
    }

    /// Whether a branch exists.
    func contains(_ name: String) -> Bool { named[name] != nil }

    /// Changes a branch in place; `nil` when no branch has the name.
    mutating func change<Result>(_ name: String?, _ body: (inout MockBranch) -> Result) -> Result? {
        guard let name else { return body(&main) }
        guard contains(name) else { return nil }
        return body(&named[name, default: main])
    }

    /// Makes a branch as a copy of the main one. An earlier branch with the same name is replaced.
    mutating func make(_ name: String) {
        isBranched = true
        remove(name)
        if names.count >= Self.maximumCount { remove(names[0]) }
        var branch = main
        // Responses and deliveries of the main branch are counted there.
        for index in branch.states.indices {
            branch.states[index].brokenAnswers = 0
            _ = branch.states[index].outbox.takeUnsent()
        }
        named[name] = branch
        names.append(name)
    }

    /// The callbacks and webhooks of all branches that must be sent now.
    mutating func takeDeliveries() -> [Delivery] {
        var found = main.takeDeliveries()
        for name in names {
            found += (named[name]?.takeDeliveries() ?? []).map { delivery in
                var delivery = delivery
                delivery.branch = name
                return delivery
            }
        }
        return found
    }

    /// Logs the result of an attempt to deliver, unless the branch was removed.
    mutating func note(_ attempt: DeliveryAttempt, of delivery: Delivery) {
        _ = change(delivery.branch) { $0.states[delivery.version].outbox.note(attempt, of: delivery.number) }
    }

    private mutating func remove(_ name: String) {
        guard let branch = named.removeValue(forKey: name) else { return }
        names.removeAll { $0 == name }
        removedBrokenAnswers += branch.states.reduce(0) { $0 + $1.brokenAnswers }
    }

    /// Removes every entity and all branches, and resets the clock.
    mutating func reset(_ contracts: [ServedContract]) {
        let wasBranched = isBranched
        self = MockBranches(contracts)
        isBranched = wasBranched
    }
}
