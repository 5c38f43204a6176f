import Exchanges
import JSONDocument
import OpenAPI
import Primitives

extension ContractEngine {
    /// Does what the operation is for, once every check before it has passed.
    mutating func perform(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer {
        if let preferred = preferred(operation, turn) { return preferred }
        if let inferred = inferred(operation, turn) { return inferred }
        guard let rule = turn.request.served?.rule else {
            return documented(operation, turn, status: successStatus(operation, nil))
        }
        var turn = turn
        if let within = rule.within, let refused = enter(within, &turn) { return refused }
        switch rule.action {
        case .answer:
            return success(operation, rule, turn, nil)
        case .create(let name):
            return create(in: name, operation, rule, turn)
        case .list(let name, child: nil):
            return list(of: name, operation, rule, turn)
        case .read(let name):
            return with(name, rule, turn) { engine, _, entity, _, scope in
                scope.entity = entity.value
                return engine.success(operation, rule, turn, .object(entity.value), scope)
            }
        case .list(let name, child: .some(let child)):
            return with(name, rule, turn) { engine, _, entity, _, scope in
                scope.entity = entity.value
                scope.list = entity.children[child] ?? []
                return engine.success(operation, rule, turn, .array(entity.children[child] ?? []), scope)
            }
        case .delete(let name):
            return with(name, rule, turn) { engine, _, entity, key, scope in
                engine.state.collections[name]?.remove(key)
                scope.entity = entity.value
                return engine.success(operation, rule, turn, .object(entity.value), scope)
            }
        case .change(let name, let transitions):
            return with(name, rule, turn) { engine, collection, entity, key, scope in
                let names = [name, key, String(entity.revision)]
                var evaluator = engine.evaluator(scope, tokensOf: names)
                let change = collection.apply(
                    transitions, to: entity, &evaluator, maximumChildren: engine.behaviour?.memory.children ?? 0)
                let state = collection.state(of: entity)
                let prepare = { (failed: inout Scope) in
                    failed.id = key
                    failed.state = state
                    failed.entity = entity.value
                }
                switch change {
                case .none:
                    let message = "'\(key)' is \(state), which does not allow this."
                    return engine.failure(.state, turn, told: message, prepare)
                case .refused(let error):
                    return engine.failure(error, turn, prepare)
                case .changed(let changed, let then):
                    engine.state.counters = evaluator.counters
                    engine.state.collections[name]?.replace(changed, for: key)
                    scope.entity = changed.value
                    engine.follow(then, at: turn.now)
                    return engine.success(operation, rule, turn, .object(changed.value), scope)
                }
            }
        }
    }

    // MARK: Actions

    private mutating func create(
        in name: String, _ operation: OpenAPI.Operation, _ rule: OperationRule, _ turn: Turn
    ) -> Answer {
        guard let collection = behaviour?.collections[name] else {
            return documented(operation, turn, status: successStatus(operation, rule))
        }
        var scope = scope(turn)
        // The key is needed to derive tokens, and may be a token or a counter itself.
        var probe = evaluator(scope, tokensOf: [name])
        let keyTemplate = collection.fields.first { $0.name == collection.key }?.value
        let key = keyTemplate.flatMap { probe.text(of: $0) } ?? ""
        let isGiven = keyTemplate.map { !$0.isGenerated } ?? false
        var evaluator = evaluator(scope, tokensOf: isGiven ? [name, key] : tokenNames(turn.request, in: name))
        let entity = collection.make(&evaluator)
        let finalKey = entity.value[collection.key].map(plainText) ?? ""
        if let present = current(finalKey, collection, turn.now) {
            return failure(.duplicate, turn, told: "'\(finalKey)' already exists.") { scope in
                scope.id = finalKey
                scope.state = collection.state(of: present)
                scope.entity = present.value
                scope.field = collection.key
                scope.received = finalKey
            }
        }
        state.counters = evaluator.counters
        let cost = (turn.request.message.body?.count ?? 0) + 1_024
        state.collections[name]?.insert(entity, for: finalKey, cost: cost)
        scope.entity = entity.value
        scope.id = finalKey
        follow(rule.then.map { evaluator.consequence($0) }, at: turn.now)
        return success(operation, rule, turn, .object(entity.value), scope)
    }

    /// What tokens are derived from where nothing in the request names the entity.
    private mutating func tokenNames(_ request: IncomingRequest, in collection: String) -> [String] {
        let text = request.target + "\n" + String(decoding: request.message.body ?? [], as: UTF8.self)
        return [collection, text, state.serials.next(of: StableHash([collection, text]).value)]
    }

    private mutating func list(
        of name: String, _ operation: OpenAPI.Operation, _ rule: OperationRule, _ turn: Turn
    ) -> Answer {
        let keys = state.collections[name]?.keys { _ in true } ?? []
        var values: [JSONValue] = []
        var scope = scope(turn)
        if let collection = behaviour?.collections[name] {
            for key in keys {
                if let entity = current(key, collection, turn.now), holds(rule.search.conditions, of: entity, scope) {
                    values.append(.object(entity.value))
                }
            }
        }
        scope.list = values
        return success(operation, rule, turn, .array(values), scope)
    }

    /// Finds the entity that the request asks for and goes on with it.
    private mutating func with(
        _ name: String, _ rule: OperationRule, _ turn: Turn,
        _ body: (inout ContractEngine, CollectionRule, Entity, String, inout Scope) -> Answer
    ) -> Answer {
        var scope = scope(turn)
        var evaluator = evaluator(scope)
        let id = rule.id.flatMap { evaluator.text(of: $0) } ?? ""
        guard let collection = behaviour?.collections[name],
            let (key, entity) = find(id, rule.search, in: collection, scope)
        else {
            return failure(.unknown, turn, told: "'\(id)' does not exist.") { scope in
                scope.id = id
                scope.received = id
            }
        }
        scope.id = key
        scope.state = collection.state(of: entity)
        return body(&self, collection, entity, key, &scope)
    }

    /// The entity as it is now: what its timers ask for has happened.
    mutating func current(_ key: String, _ collection: CollectionRule, _ now: Instant) -> Entity? {
        guard var entity = state.collections[collection.name]?[key] else { return nil }
        for timer in collection.timers {
            var scope = Scope(now: now)
            scope.offset = behaviour?.offset
            scope.entity = entity.value
            scope.id = key
            var evaluator = evaluator(scope, tokensOf: [collection.name, key, String(entity.revision)])
            guard case .string(let text)? = evaluator.value(timer.at), let time = Instant(text),
                time.advanced(by: .seconds(timer.delay)) <= now, let event = behaviour?.events[timer.event],
                timer.conditions.allSatisfy({ evaluator.holds($0) }),
                case .changed(let changed, let then) = collection.apply(
                    event.transitions, to: entity, &evaluator, maximumChildren: behaviour?.memory.children ?? 0)
            else { continue }
            entity = changed
            state.counters = evaluator.counters
            state.collections[collection.name]?.replace(entity, for: key)
            follow(then, at: now)
            entity = state.collections[collection.name]?[key] ?? entity
        }
        return entity
    }

    // MARK: Success

    private func success(
        _ operation: OpenAPI.Operation, _ rule: OperationRule, _ turn: Turn, _ value: JSONValue?,
        _ given: Scope? = nil
    ) -> Answer {
        let status = successStatus(operation, rule)
        let response = operation.response(status: status)
        var evaluator = evaluator(given ?? scope(turn))
        var answer = Answer(status: status)
        if response?.content.isEmpty != true {
            if let value = rule.answer.flatMap({ evaluator.value($0) }) ?? value {
                answer.body = json(without(rule.omit, value), operation, status)
            } else {
                answer = documented(operation, turn, status: status)
            }
        }
        if !rule.headers.isEmpty { answer.headers += headers(rule.headers, &evaluator) }
        return answer
    }

    private func without(_ names: [String], _ value: JSONValue) -> JSONValue {
        guard !names.isEmpty else { return value }
        if case .array(let elements) = value { return .array(elements.map { without(names, $0) }) }
        var value = value
        for name in names { value.remove(at: JSONPointer(name.split(separator: ".").map(String.init))) }
        return value
    }

    /// The status of an operation that succeeds: 2xx, else a redirection, else whatever the document describes.
    func successStatus(_ operation: OpenAPI.Operation, _ rule: OperationRule?) -> Int {
        if let status = rule?.status { return status }
        let keys = operation.responses.map(\.statusKey)
        let exact = keys.lazy.compactMap { Int($0) }
        // A redirection is the success of an operation that documents no other. An answer to `Upgrade` is none.
        if let status = exact.first(where: { (200..<300).contains($0) }) { return status }
        if keys.contains(where: { $0.uppercased() == "2XX" }) { return 200 }
        if let status = exact.first(where: { (300..<400).contains($0) }) { return status }
        if keys.contains("default") { return 200 }
        if let status = exact.first(where: { $0 >= 400 }) { return status }
        return keys.compactMap(\.first?.wholeNumberValue).first { $0 >= 3 }.map { $0 * 100 } ?? 200
    }

    // MARK: The document alone

    private func documented(
        _ operation: OpenAPI.Operation, _ turn: Turn, status: Int, preference: Preference = Preference()
    ) -> Answer {
        guard let response = operation.response(status: status) ?? operation.responses.first else {
            return Answer(status: status)
        }
        var source = documentAnswer(turn, for: operation)
        source.preference = preference
        return source.answer(status, response)
    }

    /// What `Prefer: code=404`, `example=name` or `dynamic=true` asks for, if it is documented.
    private func preferred(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer? {
        guard let header = turn.request.header("prefer") else { return nil }
        let preference = Preference(header)
        guard preference.isForDocument else { return nil }
        let status = preference.status ?? successStatus(operation, nil)
        guard operation.response(status: status) != nil else { return nil }
        return documented(operation, turn, status: status, preference: preference)
    }
}
