import Exchanges
import JSONDocument
import Primitives

extension ContractEngine {
    /// What came of an event.
    enum EventOutcome {
        /// No event has this name.
        case unknownEvent
        /// The inputs are not those of the event.
        case badInput(String)
        /// No entity has this id.
        case unknownEntity(String)
        /// The state or the conditions do not allow it.
        case refused(id: String, state: String)
        /// It happened: the entity before and after.
        case happened(id: String, before: JSONValue, after: JSONValue)
    }

    /// Lets something happen that no operation does.
    mutating func happen(_ name: String, _ input: JSONObject, at now: Instant) -> EventOutcome {
        guard let event = behaviour?.events[name], let collection = behaviour?.collections[event.collection] else {
            return .unknownEvent
        }
        for member in input.members where !event.inputs.contains(where: { $0.name == member.name }) {
            return .badInput("'\(member.name)' is not an input of '\(name)'.")
        }
        var scope = Scope(now: now)
        scope.offset = behaviour?.offset
        scope.input = input
        var finder = evaluator(scope)
        guard let key = finder.text(of: event.id) else { return .badInput("The id is missing.") }
        guard let entity = current(key, collection, now) else { return .unknownEntity(key) }
        scope.id = key
        scope.entity = entity.value
        var evaluator = evaluator(scope, tokensOf: [collection.name, key, String(entity.revision)])
        for expected in event.inputs {
            if input[expected.name] == nil, let otherwise = expected.otherwise {
                let value = evaluator.value(otherwise)
                evaluator.scope.input?[expected.name] = value
            }
            guard let value = evaluator.scope.input?[expected.name] else {
                return .badInput("The input '\(expected.name)' is missing.")
            }
            if let kind = expected.kind, value.kind != kind {
                return .badInput("The input '\(expected.name)' must be a \(kind.name).")
            }
        }
        let change = collection.apply(
            event.transitions, to: entity, &evaluator, maximumChildren: behaviour?.memory.children ?? 0)
        guard case .changed(let changed, let then) = change else {
            return .refused(id: key, state: collection.state(of: entity))
        }
        state.counters = evaluator.counters
        state.collections[collection.name]?.replace(changed, for: key)
        follow(then, at: now)
        return .happened(id: key, before: .object(entity.value), after: .object(changed.value))
    }

    /// Everything remembered, for people: entities and their sub-collections by collection.
    var dump: JSONValue {
        var dump = JSONObject()
        for name in behaviour?.collectionNames ?? [] {
            let entities = (state.collections[name]?.entries ?? []).map { entry in
                var entity = JSONObject([("entity", .object(entry.value.value))])
                for child in behaviour?.collections[name]?.children ?? [] {
                    entity[child.name] = .array(entry.value.children[child.name] ?? [])
                }
                return JSONValue.object(entity)
            }
            dump[name] = .array(entities)
        }
        for (name, store) in state.inferred.sorted(by: { $0.key < $1.key }) {
            let present = store.entries.filter { !$0.value.isGone }
            dump[name] = .array(present.map { .object(["entity": .object($0.value.value)]) })
        }
        return .object(dump)
    }
}
