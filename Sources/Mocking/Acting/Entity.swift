import Exchanges
import JSONDocument

/// A resource that the mock stores.
struct Entity: Sendable, Equatable {
    /// Its members, in the order of responses.
    var value: JSONObject
    /// The elements of its sub-collections.
    var children: [String: [JSONValue]] = [:]
    /// The number of changes so far.
    var revision = 0
}

extension CollectionRule {
    /// The state that `entity` is in; empty for a collection without states.
    func state(of entity: Entity) -> String {
        guard let states, case .string(let state)? = entity.value[states.field] else { return "" }
        return state
    }

    /// Creates an entity in its first state, from the fields of its rule.
    func make(_ evaluator: inout Evaluator) -> Entity {
        // The entity is built in the scope, where later fields find earlier ones: a copy would be copied with every
        // field.
        evaluator.scope.entity = JSONObject()
        for field in fields {
            if let made = evaluator.value(field.value) { evaluator.scope.entity?[field.name] = made }
        }
        if let states { evaluator.scope.entity?[states.field] = .string(states.initial) }
        return Entity(value: evaluator.scope.entity ?? JSONObject())
    }

    /// The result of the transitions of an entity.
    enum TransitionResult {
        /// No transition fits.
        case none
        /// The first transition that fits rejects the request.
        case rejected(ErrorAnswer)
        /// The changed entity, and the consequences of the change.
        case changed(Entity, then: [Consequence])
    }

    /// Takes the first transition that fits.
    ///
    /// `set` is evaluated in order, so later values can refer to earlier ones; elements are appended last.
    func apply(
        _ transitions: [Transition], to entity: Entity, _ evaluator: inout Evaluator, maximumChildren: Int
    ) -> TransitionResult {
        let state = state(of: entity)
        evaluator.scope.entity = entity.value
        evaluator.scope.topic.state = state
        for transition in transitions {
            if let from = transition.from, !from.contains(state) { continue }
            guard transition.conditions.allSatisfy({ evaluator.holds($0) }) else { continue }
            if let rejection = transition.rejection { return .rejected(rejection) }
            var entity = entity
            for change in transition.set {
                entity.value[change.name] = evaluator.value(change.value)
                evaluator.scope.entity = entity.value
            }
            if let states, let to = transition.to {
                entity.value[states.field] = .string(to)
                evaluator.scope.entity = entity.value
            }
            for name in transition.append { append(to: name, of: &entity, &evaluator, maximumChildren) }
            entity.revision += 1
            return .changed(entity, then: transition.then.map { evaluator.consequence($0) })
        }
        return .none
    }

    /// Appends an element to a sub-collection. The oldest element is removed when there are more than `maximum`.
    private func append(to name: String, of entity: inout Entity, _ evaluator: inout Evaluator, _ maximum: Int) {
        guard let child = children.first(where: { $0.name == name }), case .object(let fields) = child.value else {
            return
        }
        var item = JSONObject()
        for field in fields {
            evaluator.scope.item = .object(item)
            if let value = evaluator.value(field.value) { item[field.name] = value }
        }
        evaluator.scope.item = nil
        entity.children[name, default: []].append(.object(item))
        if let count = entity.children[name]?.count, count > maximum {
            entity.children[name]?.removeFirst(count - maximum)
        }
    }
}

/// A consequence of a change.
enum Consequence: Sendable {
    /// An event with its inputs.
    case event(String, inputs: JSONObject)
    /// A callback or webhook.
    case send(String, to: String, [HeaderField], JSONValue?)
}

extension Evaluator {
    /// The consequence of a rule, evaluated with the present values.
    mutating func consequence(_ effect: ConsequenceRule) -> Consequence {
        switch effect {
        case .event(let name, let inputs): return .event(name, inputs: object(inputs))
        case .send(let rule):
            let fields = rule.headers.compactMap { member in
                text(of: member.value).map { HeaderField(name: member.name, value: headerSafe($0)) }
            }
            return .send(rule.name, to: text(of: rule.url) ?? "", fields, rule.body.flatMap { value($0) })
        }
    }
}
