import JSONDocument
import Primitives
import Scenarios

/// Observes the states of the resources of one scenario. It judges nothing.
struct LifeCycleWatch {
    /// The longest value that can be the name of a state, in bytes.
    private static let longestState = 60

    /// The changes so far.
    private(set) var changes = StateChangeCount()
    private var states: [String: State] = [:]

    private struct State {
        var value: String
        /// The last request since then that may have changed it.
        var writer: String?
    }

    /// Remembers a request that was accepted and may have changed any resource.
    mutating func wrote(_ operation: String) {
        for key in states.keys { states[key]?.writer = operation }
    }

    /// Observes a resource that a response contains.
    ///
    /// - Parameters:
    ///   - key: The identity of the resource.
    ///   - isWrite: Whether the operation may have changed it.
    mutating func saw(
        _ resource: ResourcePromise, key: String, _ document: JSONDocument, by operation: String, isWrite: Bool
    ) {
        for final in resource.final {
            guard let value = document.root[final.member]?.string, !value.isEmpty,
                value.utf8.count <= Self.longestState
            else { continue }
            let place = "\(key)\n\(final.member)"
            let before = states[place]
            states[place] = State(value: value)
            if let before, before.value.isSame(as: value) { continue }
            changes.add(
                StateChange(
                    resource: resource.name, member: final.member, from: before?.value, to: value,
                    operation: isWrite ? operation : before?.writer ?? operation))
        }
    }
}
