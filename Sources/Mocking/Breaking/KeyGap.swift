import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// A fault: an idempotency key is looked up some time before it is recorded. Requests with the same key that arrive in
/// between find neither the key nor the effect of the first request, and have an effect of their own.
///
/// The gap ends when the response to the first request is sent, which takes ``duration``, and longer on a busy machine:
/// requests that wait in the same event loop arrived before it.
package struct KeyGap {
    /// The time from the look-up to the recording.
    static let duration = Duration.milliseconds(5)

    /// A gap that is open.
    struct Opening: Sendable {
        /// The state that the first request found.
        var before: MockState
        let end: Instant
    }

    /// Which gap a response ends.
    package struct Closing: Sendable {
        let version: Int
        let key: String
        /// The branch of the mock; `nil` for the main one.
        var branch: String?
    }

    /// A gap that nothing ends is over after this time.
    private static let longest = Duration.seconds(10)

    private let version: Int
    private let key: String

    /// The gap that a request meets; `nil` if its operation has none, or if it has no key.
    init?(_ request: IncomingRequest) {
        guard !request.contract.gappedOperations.isEmpty, let operation = request.operation,
            request.contract.gappedOperations.contains(operation.name),
            let rule = request.contract.behaviour?.checks.idempotency,
            let check = IdempotencyCheck(rule, request, operation)
        else { return nil }
        version = request.choice.index
        key = check.key
    }

    /// The reply to a request. The first one opens the gap, and its response takes until the end of the gap.
    func reply(
        at now: Instant, _ state: inout MockState, _ process: (inout MockState) -> MockEngine.Reply
    ) -> MockEngine.Reply {
        state.gaps = state.gaps.filter { $0.value.end.advanced(by: Self.longest) > now }
        guard let opening = state.gaps[key] else {
            let isKnown = state.replays[key] != nil
            var before = state
            before.gaps = [:]
            var reply = process(&state)
            guard !isKnown, state.replays[key] != nil else { return reply }
            state.gaps[key] = Opening(before: before, end: now.advanced(by: Self.duration))
            reply.delay = max(reply.delay, Self.duration)
            reply.gap = Closing(version: version, key: key)
            return reply
        }
        var other = opening.before
        // Counts, serial numbers and messages do not depend on the race.
        other.counters = state.counters
        other.windows = state.windows
        other.serials = state.serials
        other.outbox = state.outbox
        var reply = process(&other)
        state.merge(other, since: opening.before)
        state.brokenAnswers += 1
        reply.delay = max(reply.delay, opening.end.since(now))
        return reply
    }
}

extension MockState {
    /// Adds the changes that led from `before` to `other`: of an entity that both changed, the later change wins, and the
    /// elements of its sub-collections are kept.
    fileprivate mutating func merge(_ other: MockState, since before: MockState) {
        counters = other.counters
        windows = other.windows
        serials = other.serials
        outbox = other.outbox
        for (name, store) in other.collections {
            for (key, entity) in store.entries where before.collections[name]?[key] != entity {
                guard let present = collections[name]?[key] else {
                    collections[name]?.insert(entity, for: key, cost: 1_024)
                    continue
                }
                var merged = entity
                for (child, elements) in present.children {
                    let added = elements.filter { merged.children[child]?.contains($0) != true }
                    merged.children[child, default: []] += added
                }
                collections[name]?.replace(merged, for: key)
            }
        }
    }
}
