import Exchanges
import JSONDocument
import Primitives

/// Finds and changes the entities of one contract, and triggers events.
struct EntityKeeper {
    let contract: ServedContract
    private(set) var now: Instant
    /// The number of events that led to the present one.
    private var depth = 0

    /// Ends a chain of events that leads back to itself.
    private static let maximumDepth = 8

    init(contract: ServedContract, now: Instant) {
        self.contract = contract
        self.now = now
    }

    // MARK: Finding

    /// The entity that `search` finds, in its present state; the oldest one of several.
    func find(
        _ id: String, _ search: Search, in collection: CollectionRule, _ scope: EvaluationScope,
        _ state: inout MockState
    ) -> FoundEntity? {
        guard let field = search.by else { return found(id, search, in: collection, scope, &state) }
        let keys = state.collections[collection.name]?.keys { entity in
            entity.value[field].map { plainText($0).isSame(as: id) } ?? false
        }
        for key in keys ?? [] {
            if let found = found(key, search, in: collection, scope, &state) { return found }
        }
        return nil
    }

    /// All entities of a collection that meet conditions, oldest first.
    func all(
        _ conditions: [Condition], in collection: CollectionRule, _ scope: EvaluationScope, _ state: inout MockState
    ) -> [JSONValue] {
        let keys = state.collections[collection.name]?.keys { _ in true } ?? []
        return keys.compactMap { key in
            found(key, Search(conditions: conditions), in: collection, scope, &state).map { .object($0.entity.value) }
        }
    }

    private func found(
        _ key: String, _ search: Search, in collection: CollectionRule, _ scope: EvaluationScope,
        _ state: inout MockState
    ) -> FoundEntity? {
        guard let entity = current(key, collection, &state) else { return nil }
        if !search.conditions.isEmpty {
            var scope = scope
            scope.entity = entity.value
            var evaluator = contract.evaluator(scope, state.counters)
            guard search.conditions.allSatisfy({ evaluator.holds($0) }) else { return nil }
        }
        return FoundEntity(collection: collection, key: key, entity: entity)
    }

    /// The entity in its present state, after every timer that is due.
    ///
    /// An event happens at the time of its timer, and not at the time of the request that finds it due. The earliest
    /// timer comes first, and each is triggered at most once.
    func current(_ key: String, _ collection: CollectionRule, _ state: inout MockState) -> Entity? {
        guard var entity = state.collections[collection.name]?[key] else { return nil }
        guard var due = firstDue(of: collection.timers.indices, key, entity, collection, state) else { return entity }
        var open = Array(collection.timers.indices)
        while true {
            open.removeAll { $0 == due.index }
            var keeper = self
            keeper.now = due.time
            if let changed = keeper.trigger(collection.timers[due.index], key, entity, collection, &state) {
                entity = changed
            }
            guard let next = firstDue(of: open, key, entity, collection, state) else { return entity }
            due = next
        }
    }

    /// The earliest of the timers that are due, by its index, and its time.
    private func firstDue(
        of timers: some Sequence<Int>, _ key: String, _ entity: Entity, _ collection: CollectionRule,
        _ state: MockState
    ) -> (index: Int, time: Instant)? {
        var first: (index: Int, time: Instant)?
        for index in timers {
            let timer = collection.timers[index]
            var evaluator = evaluator(of: key, entity, collection, state)
            guard case .string(let text)? = evaluator.value(timer.at), let begin = Instant(text) else { continue }
            let time = begin.advanced(by: .seconds(timer.delay))
            guard time <= now, first.map({ time < $0.time }) ?? true else { continue }
            first = (index, time)
        }
        return first
    }

    /// Triggers the event of a timer now. Returns the changed entity; `nil` when the event is not possible.
    private func trigger(
        _ timer: CollectionRule.Timer, _ key: String, _ entity: Entity, _ collection: CollectionRule,
        _ state: inout MockState
    ) -> Entity? {
        var evaluator = evaluator(of: key, entity, collection, state)
        guard let event = contract.behaviour?.events[timer.event],
            timer.conditions.allSatisfy({ evaluator.holds($0) }),
            case .changed(let changed, let then) = collection.apply(
                event.transitions, to: entity, &evaluator, maximumChildren: maximumChildren)
        else { return nil }
        replace(changed, for: key, in: collection, then, evaluator.counters, &state)
        return state.collections[collection.name]?[key] ?? changed
    }

    private func evaluator(
        of key: String, _ entity: Entity, _ collection: CollectionRule, _ state: MockState
    ) -> Evaluator {
        var scope = contract.scope(at: now)
        scope.entity = entity.value
        scope.topic.id = key
        return contract.evaluator(scope, state.counters, tokensOf: [collection.name, key, String(entity.revision)])
    }

    /// Triggers every timer that is due, in the order of their times across all entities.
    ///
    /// After a jump of the clock, an event of one entity must find the others as they were at its time: a late payment
    /// must not find an order that expires only after it.
    func triggerDueTimers(_ state: inout MockState) {
        var due: [(time: Instant, key: String, collection: CollectionRule)] = []
        for collection in contract.behaviour?.collections.values ?? [] where !collection.timers.isEmpty {
            for (key, entity) in state.collections[collection.name]?.entries ?? [] {
                var open = Array(collection.timers.indices)
                while let (index, time) = firstDue(of: open, key, entity, collection, state) {
                    open.removeAll { $0 == index }
                    due.append((time, key, collection))
                }
            }
        }
        for (_, moment) in due.enumerated().sorted(by: { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) })
        {
            var keeper = self
            keeper.now = moment.time
            _ = keeper.current(moment.key, moment.collection, &state)
        }
    }

    // MARK: Changing

    /// The most elements of a sub-collection.
    var maximumChildren: Int { contract.behaviour?.memory.children ?? 0 }

    /// Stores a changed entity, and applies the consequences of the change.
    func replace(
        _ entity: Entity, for key: String, in collection: CollectionRule, _ then: [Consequence],
        _ counters: [String: Int], _ state: inout MockState
    ) {
        state.counters = counters
        state.collections[collection.name]?.replace(entity, for: key)
        follow(then, &state)
    }

    /// Triggers the events that follow from a change. Events that are not possible are ignored.
    func follow(_ effects: [Consequence], _ state: inout MockState) {
        guard !effects.isEmpty, depth < Self.maximumDepth else { return }
        var next = self
        next.depth += 1
        for effect in effects {
            switch effect {
            case .event(let name, let inputs): _ = next.happen(name, inputs, &state)
            case .send(let name, let url, let headers, let body):
                let id = "msg_" + StableHash([contract.seed, name, state.outbox.nextSerial()]).digits
                guard let delivery = Delivery(name, to: url, headers, body, contract, id: id) else { continue }
                DeliveryFault.send(delivery, contract, &state)
            }
        }
    }

    // MARK: Events

    /// Triggers an event that is not the result of an operation.
    func happen(_ name: String, _ input: JSONObject, _ state: inout MockState) -> EventOutcome {
        guard let event = contract.behaviour?.events[name],
            let collection = contract.behaviour?.collections[event.collection]
        else { return .unknownEvent }
        for member in input.members where !event.inputs.contains(where: { $0.name == member.name }) {
            return .badInput("'\(member.name)' is not an input of '\(name)'.")
        }
        var scope = contract.scope(at: now)
        scope.input = input
        var finder = contract.evaluator(scope, state.counters)
        guard let key = finder.text(of: event.id) else { return .badInput("The id is missing.") }
        guard let entity = current(key, collection, &state) else { return .unknownEntity(key) }
        scope.topic.id = key
        scope.entity = entity.value
        var evaluator = contract.evaluator(
            scope, state.counters, tokensOf: [collection.name, key, String(entity.revision)])
        if let mistake = complete(event.inputs, &evaluator) { return .badInput(mistake) }
        let result = collection.apply(
            event.transitions, to: entity, &evaluator, maximumChildren: maximumChildren)
        guard case .changed(let changed, let then) = result else {
            return .refused(id: key, state: collection.state(of: entity))
        }
        replace(changed, for: key, in: collection, then, evaluator.counters, &state)
        return .happened(id: key, before: .object(entity.value), after: .object(changed.value))
    }

    /// Adds the defaults of missing inputs; returns the problem with the other inputs.
    private func complete(_ inputs: [EventRule.EventInput], _ evaluator: inout Evaluator) -> String? {
        for expected in inputs {
            if evaluator.scope.input?[expected.name] == nil, let otherwise = expected.otherwise {
                let value = evaluator.value(otherwise)
                evaluator.scope.input?[expected.name] = value
            }
            guard let value = evaluator.scope.input?[expected.name] else {
                return "The input '\(expected.name)' is missing."
            }
            if let kind = expected.kind, value.kind != kind {
                return "The input '\(expected.name)' must be a \(kind.name)."
            }
        }
        return nil
    }
}

/// An entity and its location.
struct FoundEntity {
    let collection: CollectionRule
    let key: String
    let entity: Entity

    var state: String { collection.state(of: entity) }
}

/// The result of an event.
enum EventOutcome {
    /// No event has this name.
    case unknownEvent
    /// The inputs are not those of the event.
    case badInput(String)
    /// No entity has this id.
    case unknownEntity(String)
    /// The state or the conditions do not allow the event.
    case refused(id: String, state: String)
    /// The event happened: the entity before and after.
    case happened(id: String, before: JSONValue, after: JSONValue)
}
