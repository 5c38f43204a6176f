import Primitives

/// The states of one kind of resource that a run observed, and the transitions between them.
package struct LifeCycle: Sendable, Equatable {
    /// The name of the resource in `promises.resources`.
    package var resource: String
    /// The member with the state.
    package var member: String
    /// The states that the configuration declares as final.
    package var final: [String]
    /// The transitions, those from no state first, then by their names.
    package var transitions: [Transition]

    /// A change of the state, as often as it was observed.
    package struct Transition: Sendable, Equatable {
        /// The state before; `nil` for a resource that was returned for the first time.
        package var from: String?
        /// The state after.
        package var to: String
        /// The operation that changed the state, or that returned it where none is known to have changed it.
        package var operation: String
        /// How many resources changed in this way.
        package var count: Int

        /// A transition by its parts.
        package init(from: String?, to: String, operation: String, count: Int) {
            self.from = from
            self.to = to
            self.operation = operation
            self.count = count
        }
    }

    /// A life cycle by its parts.
    package init(resource: String, member: String, final: [String], transitions: [Transition]) {
        self.resource = resource
        self.member = member
        self.final = final
        self.transitions = transitions
    }
}

/// A change of the state of one resource.
struct StateChange: Hashable {
    var resource: String
    var member: String
    var from: String?
    var to: String
    var operation: String

    /// The order of reports, which does not depend on the order of a run's scenarios.
    fileprivate static func precedes(_ left: StateChange, _ right: StateChange) -> Bool {
        if (left.from == nil) != (right.from == nil) { return left.from == nil }
        let names = { (change: StateChange) in [change.from ?? "", change.to, change.operation] }
        for (one, other) in zip(names(left), names(right)) where !one.isSame(as: other) {
            return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
        return false
    }
}

/// Counts changes of states, of a scenario or of a run.
struct StateChangeCount: Sendable {
    /// The most different changes; a member with arbitrary values is not a state.
    private static let most = 200

    private var counts: [StateChange: Int] = [:]

    mutating func add(_ change: StateChange) {
        guard counts[change] != nil || counts.count < Self.most else { return }
        counts[change, default: 0] += 1
    }

    mutating func add(_ other: StateChangeCount) {
        for (change, count) in other.counts where counts[change] != nil || counts.count < Self.most {
            counts[change, default: 0] += count
        }
    }

    /// The changes of one member, in the order of reports.
    func transitions(_ resource: String, _ member: String) -> [LifeCycle.Transition] {
        counts.filter {
            $0.key.resource.isSame(as: resource) && $0.key.member.isSame(as: member)
        }
        .sorted { StateChange.precedes($0.key, $1.key) }
        .map { LifeCycle.Transition(from: $0.key.from, to: $0.key.to, operation: $0.key.operation, count: $0.value) }
    }
}
