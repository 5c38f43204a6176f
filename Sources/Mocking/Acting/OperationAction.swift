import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// Executes the operation that a request calls, after the request has passed all checks.
struct OperationAction {
    let request: IncomingRequest
    let operation: OpenAPI.Operation
    let now: Instant

    private var keeper: EntityKeeper { EntityKeeper(contract: request.contract, now: now) }

    /// The result of the request. Changes `state`.
    func outcome(_ state: inout MockState) -> ActionOutcome {
        if let preferred { return preferred }
        if let inferred = inferred(&state) { return inferred }
        guard let rule = request.served?.rule else {
            return .documented(operation, status: operation.successStatus(nil), Preference())
        }
        var scope = request.contract.scope(of: request, at: now)
        if let within = rule.within, let failure = enter(within, &scope, &state) { return .failed(failure) }
        switch rule.action {
        case .answer: return .done(operation, value: nil, scope)
        case .create(let name): return create(in: name, rule, scope, &state)
        case .list(let name, child: nil): return list(of: name, rule, scope, &state)
        case .read(let name), .list(let name, child: .some), .delete(let name), .change(let name, _):
            let contract = request.contract
            var evaluator = contract.evaluator(scope, state.counters)
            let id = rule.id.flatMap { evaluator.text(of: $0) } ?? ""
            guard let collection = contract.behaviour?.collections[name],
                let found = keeper.find(id, rule.search, in: collection, scope, &state)
            else { return .failed(Self.unknown(id, scope)) }
            scope.topic.id = found.key
            scope.topic.state = found.state
            return apply(rule.action, to: found, scope, &state)
        }
    }

    // MARK: Without a rule of its own

    /// The response that `Prefer: code=404`, `example=name` or `dynamic=true` names, if it is documented.
    private var preferred: ActionOutcome? {
        guard let header = request.header("prefer") else { return nil }
        let preference = Preference(header)
        guard preference.isForDocument else { return nil }
        let status = preference.status ?? operation.successStatus(nil)
        guard operation.response(status: status) != nil else { return nil }
        return .documented(operation, status: status, preference)
    }

    /// The result that follows from the resources of the contract alone; `nil` where a behaviour file declares the
    /// state.
    private func inferred(_ state: inout MockState) -> ActionOutcome? {
        guard request.contract.behaviour == nil, let rule = request.contract.inference.rules[operation.key] else {
            return nil
        }
        return InferredAction(request: request, operation: operation, rule: rule, now: now).outcome(&state.inferred)
    }

    // MARK: Entities

    /// Finds the entity that the operation belongs to. The request can be rejected because of its absence or its state.
    private func enter(
        _ rule: WithinRule, _ scope: inout EvaluationScope, _ state: inout MockState
    ) -> RequestFailure? {
        guard let collection = request.contract.behaviour?.collections[rule.collection] else { return nil }
        var evaluator = request.contract.evaluator(scope, state.counters)
        let id = evaluator.text(of: rule.id) ?? ""
        guard let found = keeper.find(id, Search(by: rule.by), in: collection, scope, &state) else {
            return Self.unknown(id, scope, response: rule.errors[.unknown])
        }
        if let states = rule.states, !states.contains(found.state) {
            return Self.wrongState(of: found, scope, response: rule.errors[.state])
        }
        scope.owner = .object(found.entity.value)
        return nil
    }

    private func create(
        in name: String, _ rule: OperationRule, _ given: EvaluationScope, _ state: inout MockState
    ) -> ActionOutcome {
        let contract = request.contract
        guard let collection = contract.behaviour?.collections[name] else {
            return .documented(operation, status: operation.successStatus(rule), Preference())
        }
        var scope = given
        // The key is required to derive tokens, and can be a token or a counter itself.
        var probe = contract.evaluator(scope, state.counters, tokensOf: [name])
        let keyTemplate = collection.fields.first { $0.name == collection.key }?.value
        let key = keyTemplate.flatMap { probe.text(of: $0) } ?? ""
        let isGiven = keyTemplate.map { !$0.isGenerated } ?? false
        var evaluator = contract.evaluator(
            scope, state.counters, tokensOf: isGiven ? [name, key] : tokenNames(in: name, &state))
        let entity = collection.make(&evaluator)
        let finalKey = entity.value[collection.key].map(plainText) ?? ""
        if let present = keeper.current(finalKey, collection, &state) {
            return .failed(duplicate(of: present, finalKey, collection, scope))
        }
        state.counters = evaluator.counters
        let cost = (request.message.body?.count ?? 0) + 1_024
        state.collections[name]?.insert(entity, for: finalKey, cost: cost)
        scope.entity = entity.value
        scope.topic.id = finalKey
        keeper.follow(rule.then.map { evaluator.consequence($0) }, &state)
        return .done(operation, value: .object(entity.value), scope)
    }

    /// The names that tokens are derived from where nothing in the request names the entity.
    private func tokenNames(in collection: String, _ state: inout MockState) -> [String] {
        let text = request.target + "\n" + String(decoding: request.message.body ?? [], as: UTF8.self)
        return [collection, text, state.serials.next(of: StableHash([collection, text]).value)]
    }

    private func list(
        of name: String, _ rule: OperationRule, _ given: EvaluationScope, _ state: inout MockState
    ) -> ActionOutcome {
        var scope = given
        let collection = request.contract.behaviour?.collections[name]
        let values = collection.map { keeper.all(rule.search.conditions, in: $0, scope, &state) } ?? []
        scope.list = values
        return .done(operation, value: .array(values), scope)
    }

    /// Applies an action to one entity.
    private func apply(
        _ action: OperationRule.Action, to found: FoundEntity, _ given: EvaluationScope,
        _ state: inout MockState
    ) -> ActionOutcome {
        var scope = given
        scope.entity = found.entity.value
        var value = JSONValue.object(found.entity.value)
        switch action {
        case .create, .answer, .read: break
        case .list(_, let child):
            let elements = child.flatMap { found.entity.children[$0] } ?? []
            scope.list = elements
            value = .array(elements)
        case .delete(let name): state.collections[name]?.remove(found.key)
        case .change(_, let transitions):
            switch change(transitions, found, given, &state) {
            case .none: return .failed(Self.wrongState(of: found, scope))
            case .rejected(let response): return .failed(Self.wrongState(of: found, scope, response: response))
            case .changed(let changed, _):
                scope.entity = changed.value
                value = .object(changed.value)
            }
        }
        return .done(operation, value: value, scope)
    }

    private func change(
        _ transitions: [Transition], _ found: FoundEntity, _ scope: EvaluationScope, _ state: inout MockState
    ) -> CollectionRule.TransitionResult {
        let names = [found.collection.name, found.key, String(found.entity.revision)]
        var evaluator = request.contract.evaluator(scope, state.counters, tokensOf: names)
        let result = found.collection.apply(
            transitions, to: found.entity, &evaluator, maximumChildren: keeper.maximumChildren)
        if case .changed(let changed, let then) = result {
            keeper.replace(changed, for: found.key, in: found.collection, then, evaluator.counters, &state)
        }
        return result
    }

    // MARK: Failures

    private static func unknown(
        _ id: String, _ given: EvaluationScope, response: ErrorAnswer? = nil
    ) -> RequestFailure {
        var scope = given
        scope.topic.id = id
        scope.topic.received = id
        return RequestFailure(.unknown, "'\(id)' does not exist.", scope, response: response)
    }

    private static func wrongState(
        of found: FoundEntity, _ given: EvaluationScope, response: ErrorAnswer? = nil
    ) -> RequestFailure {
        var scope = given
        scope.topic.id = found.key
        scope.topic.state = found.state
        scope.entity = found.entity.value
        return RequestFailure(
            .state, "'\(found.key)' is \(found.state), which does not allow this.", scope, response: response)
    }

    private func duplicate(
        of present: Entity, _ key: String, _ collection: CollectionRule, _ given: EvaluationScope
    ) -> RequestFailure {
        var scope = given
        scope.topic.id = key
        scope.topic.state = collection.state(of: present)
        scope.topic.field = collection.key
        scope.topic.received = key
        scope.entity = present.value
        return RequestFailure(.duplicate, "'\(key)' already exists.", scope)
    }
}

extension OpenAPI.Operation {
    /// The status of a successful operation: a 2xx status if possible, then a redirection, then any documented status.
    func successStatus(_ rule: OperationRule?) -> Int {
        if let status = rule?.status { return status }
        let keys = responses.map(\.statusKey)
        let exact = keys.lazy.compactMap { Int($0) }
        // A redirection is the success of an operation that documents no other. A response to `Upgrade` is never a
        // success.
        if let status = exact.first(where: { (200..<300).contains($0) }) { return status }
        if keys.contains(where: { $0.uppercased() == "2XX" }) { return 200 }
        if let status = exact.first(where: { (300..<400).contains($0) }) { return status }
        if keys.contains("default") { return 200 }
        if let status = exact.first(where: { $0 >= 400 }) { return status }
        return keys.compactMap(\.first?.wholeNumberValue).first { $0 >= 3 }.map { $0 * 100 } ?? 200
    }
}
