import Primitives
import Scenarios

/// The places of scenarios in a plan, by identity. Equal scenarios have the place of the first of them.
///
/// A long run has hundreds of thousands of scenarios. They take about twelve bytes each, because their identities are
/// read from the plan; a dictionary of them would take five times as much.
struct ScenarioPlaces: Sendable {
    private let scenarios: ScenarioList
    /// Each place is in the slot of its hash, or in the next free one. Free slots are -1, and at least half are free.
    private var slots: [Int32]

    /// The places of all scenarios of a list.
    init(_ scenarios: ScenarioList) {
        self.scenarios = scenarios
        var size = 2
        while size < scenarios.count * 2 { size *= 2 }
        slots = Array(repeating: -1, count: size)
        for (place, scenario) in scenarios.enumerated() {
            let slot = slot(of: scenario.id)
            if slots[slot] < 0 { slots[slot] = Int32(place) }
        }
    }

    /// The place of the scenario with this identity; `nil` if there is none.
    subscript(id: String) -> Int? {
        let place = slots[slot(of: id)]
        return place < 0 ? nil : Int(place)
    }

    /// The slot of an identity, or the free slot that it would get.
    private func slot(of id: String) -> Int {
        let mask = slots.count - 1
        var slot = id.hashValue & mask
        while slots[slot] >= 0, !scenarios[Int(slots[slot])].id.isSame(as: id) { slot = (slot + 1) & mask }
        return slot
    }
}
