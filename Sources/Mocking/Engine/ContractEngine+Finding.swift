import Exchanges
import JSONDocument
import OpenAPI
import Primitives

extension ContractEngine {
    /// The entity that `search` finds, as it is now, with its key; of several the oldest.
    mutating func find(
        _ id: String, _ search: Search, in collection: CollectionRule, _ scope: Scope
    ) -> (key: String, entity: Entity)? {
        guard let field = search.by else {
            guard let entity = current(id, collection, scope.now), holds(search.conditions, of: entity, scope) else {
                return nil
            }
            return (id, entity)
        }
        let keys = state.collections[collection.name]?.keys { entity in
            entity.value[field].map { plainText($0).utf8.elementsEqual(id.utf8) } ?? false
        }
        for key in keys ?? [] {
            if let entity = current(key, collection, scope.now), holds(search.conditions, of: entity, scope) {
                return (key, entity)
            }
        }
        return nil
    }

    /// Whether all conditions hold when `entity` is the entity.
    func holds(_ conditions: [Condition], of entity: Entity, _ scope: Scope) -> Bool {
        guard !conditions.isEmpty else { return true }
        var scope = scope
        scope.entity = entity.value
        var evaluator = evaluator(scope)
        return conditions.allSatisfy { evaluator.holds($0) }
    }

    /// Finds the entity that the operation belongs to, for `turn`; the answer is that to its absence or its state.
    mutating func enter(_ rule: WithinRule, _ turn: inout Turn) -> Answer? {
        guard let collection = behaviour?.collections[rule.collection] else { return nil }
        let scope = scope(turn)
        var evaluator = evaluator(scope)
        let id = evaluator.text(of: rule.id) ?? ""
        guard let (key, entity) = find(id, Search(by: rule.by), in: collection, scope) else {
            return failure(.unknown, turn, rule.errors, told: "'\(id)' does not exist.") { scope in
                scope.id = id
                scope.received = id
            }
        }
        let state = collection.state(of: entity)
        if let states = rule.states, !states.contains(state) {
            return failure(.state, turn, rule.errors, told: "'\(key)' is \(state), which does not allow this.") {
                $0.id = key
                $0.state = state
                $0.entity = entity.value
            }
        }
        turn.owner = .object(entity.value)
        return nil
    }

    /// The answer that a rule of its own gives, else the usual one.
    func failure(
        _ situation: Situation, _ turn: Turn, _ own: [Situation: ErrorAnswer], told message: String,
        _ prepare: (inout Scope) -> Void
    ) -> Answer {
        if let error = own[situation] { return failure(error, turn, prepare) }
        return failure(situation, turn, told: message, prepare)
    }

    /// Lets the events happen that follow from a change; those that cannot happen do not.
    mutating func follow(_ effects: [Consequence], at now: Instant) {
        // A chain of events that leads back to itself has to end somewhere.
        guard effectDepth < 8 else { return }
        effectDepth += 1
        for effect in effects {
            switch effect {
            case .event(let name, let inputs): _ = happen(name, inputs, at: now)
            case .send(let name, let url, let headers, let body): send(name, to: url, headers, body)
            }
        }
        effectDepth -= 1
    }
}

/// What is to follow from a change.
enum Consequence: Sendable {
    /// An event, with its inputs.
    case event(String, inputs: JSONObject)
    /// A callback or webhook.
    case send(String, to: String, [HeaderField], JSONValue?)
}
