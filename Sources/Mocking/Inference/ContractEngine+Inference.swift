import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// State by inference: what was created is found again, changed and deleted, in contracts without a behaviour file.
extension ContractEngine {
    /// The answer of an operation that has to do with a collection; `nil` for all others.
    mutating func inferred(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer? {
        guard behaviour == nil, let rule = inference.rules[operation.key] else { return nil }
        var place = InferredPlace()
        for link in rule.links {
            let id = turn.request.pathValue(link.parameter) ?? ""
            guard let next = find(id, link, below: place.key) else {
                return failure(.unknown, turn, told: "There is no '\(id)'.")
            }
            place = next
        }
        switch rule.action {
        case .create: return create(rule, below: place.key, operation, turn)
        case .list: return answer(operation, turn) { shape in shape.list(self.listed(rule, below: place.key), rule) }
        case .show: break
        case .change: place = changed(place, operation, turn)
        case .delete: state.inferred[place.collection]?.remove(place.key)
        }
        return answer(operation, turn) { shape in shape.about(place.value) }
    }

    // MARK: Finding

    private func find(_ id: String, _ link: InferredCollections.Link, below scope: String) -> InferredPlace? {
        guard let store = state.inferred[link.collection] else { return nil }
        let key = InferredPlace.key(scope, id)
        if let entity = store[key], entity.value[link.member].map(plainText) == id {
            return InferredPlace(collection: link.collection, key: key, value: entity.value)
        }
        // The key is the text of the first member, which nothing changes: there is no need to look any further.
        if let first = inference.members(of: link.collection).first, first.utf8.elementsEqual(link.member.utf8) {
            return nil
        }
        // Things may be asked for by more than one of their members.
        let other = store.entries.last { entry in
            InferredPlace.isDirectly(entry.key, below: scope)
                && entry.value.value[link.member].map(plainText)?.utf8.elementsEqual(id.utf8) == true
        }
        return other.map { InferredPlace(collection: link.collection, key: $0.key, value: $0.value.value) }
    }

    private func listed(_ rule: InferredCollections.Rule, below scope: String) -> [JSONObject] {
        (state.inferred[rule.collection]?.entries ?? []).lazy
            .filter { InferredPlace.isDirectly($0.key, below: scope) }.map(\.value.value)
    }

    // MARK: Doing

    private mutating func create(
        _ rule: InferredCollections.Rule, below scope: String, _ operation: OpenAPI.Operation, _ turn: Turn
    ) -> Answer? {
        guard let shape = shape(operation, turn), case .object(let example)? = shape.example,
            let member = rule.members.first
        else { return nil }
        let serial = state.inferredCounts[rule.collection] ?? 0
        let sent = turn.request.document?.root.value.object ?? JSONObject()
        var made = shape.carried(sent, over: example)
        let given = rule.members.filter { name in sent[name] != nil && made[name] == sent[name] }
        for name in rule.members where !given.contains(name) {
            let ids = InferredIDs(member: name, collection: rule.collection, seed: settings.seed, serial: serial)
            let schemas =
                [shape.property(name)] + inference.parameters(of: rule.collection, name).map(\.valueSchema?.view)
            let candidates = ids.candidates(schemas.compactMap { $0 }, contract.schemas)
            let free = candidates.first { candidate in
                var changed = made
                changed[name] = candidate
                return shape.accepts(.object(changed)) && isFree(candidate, name, rule, below: scope)
            }
            // Where no other id is allowed, each new thing takes the place of the one before.
            guard let id = free ?? made[name] else { return nil }
            made[name] = id
        }
        let id = made[member].map(plainText) ?? ""
        let key = InferredPlace.key(scope, id)
        // Where a conflict is not documented, the new thing takes the place of the old one.
        if state.inferred[rule.collection]?[key] != nil, operation.response(status: 409) != nil {
            return failure(.duplicate, turn, told: "There is a '\(id)' already.")
        }
        state.inferredCounts[rule.collection] = serial + 1
        let limits = MemoryLimits()
        let empty = BoundedStore<Entity>(maximumCount: limits.entities, maximumCost: limits.bytes)
        let cost = (turn.request.message.body?.count ?? 0) + 1_024
        state.inferred[rule.collection, default: empty].insert(Entity(value: made), for: key, cost: cost)
        return shape.answer(.object(made))
    }

    /// Whether an id can be asked for, and nothing has it yet.
    private func isFree(
        _ id: JSONValue, _ member: String, _ rule: InferredCollections.Rule, below scope: String
    ) -> Bool {
        let text = plainText(id)
        guard !text.isEmpty else { return false }
        let link = InferredCollections.Link(parameter: member, collection: rule.collection, member: member)
        return find(text, link, below: scope) == nil
            && inference.parameters(of: rule.collection, member).allSatisfy { accepts(id, text, $0) }
    }

    private func accepts(_ id: JSONValue, _ text: String, _ parameter: Parameter) -> Bool {
        guard let schema = parameter.valueSchema, let compiled = try? schema.compiled() else { return true }
        return [id, .string(text)].contains { compiled.isValid(JSONDocument($0).root) == .valid }
    }

    private mutating func changed(
        _ place: InferredPlace, _ operation: OpenAPI.Operation, _ turn: Turn
    ) -> InferredPlace {
        guard let sent = turn.request.document?.root.value.object,
            let provider = contract.operations.first(where: { $0.method == "POST" && $0.path == place.collection }),
            let shape = shape(provider, turn)
        else { return place }
        var place = place
        let names = inference.members(of: place.collection)
        let others = JSONObject(sent.members.filter { !names.contains($0.name) }.map { ($0.name, $0.value) })
        place.value = shape.carried(others, over: place.value)
        state.inferred[place.collection]?.replace(Entity(value: place.value), for: place.key)
        return place
    }

    // MARK: Answering

    private func shape(_ operation: OpenAPI.Operation, _ turn: Turn) -> AnswerShape? {
        let status = successStatus(operation, nil)
        guard let response = operation.response(status: status) else { return nil }
        return AnswerShape(status: status, response: response, source: documentAnswer(turn, for: operation))
    }

    private func answer(
        _ operation: OpenAPI.Operation, _ turn: Turn, _ value: (AnswerShape) -> JSONValue?
    ) -> Answer? {
        guard let shape = shape(operation, turn), let value = value(shape) else { return nil }
        return shape.answer(value)
    }
}
