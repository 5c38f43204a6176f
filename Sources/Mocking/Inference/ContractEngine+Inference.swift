import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// State by inference: what was created is found again, changed and deleted, in contracts without a behaviour file.
extension ContractEngine {
    /// The response of an operation that has to do with a collection; `nil` for all others.
    mutating func inferred(_ operation: OpenAPI.Operation, _ turn: Turn) -> Answer? {
        guard behaviour == nil, let rule = inference.rules[operation.key] else { return nil }
        var place = InferredPlace()
        var isKnown = true
        for (index, link) in rule.links.enumerated() {
            let id = turn.request.pathValue(link.parameter) ?? ""
            guard let path = link.collection, let collection = inference.collections[path] else {
                place.key = InferredPlace.key(place.key, id)
                continue
            }
            let key = InferredPlace.key(place.key, InferredPlace.id(id, isNumeric: collection.hasNumericIDs))
            let seeds = seeds(of: collection, below: place, turn)
            if let found = find(id, link.member, in: collection, below: place, seeds) {
                place = found
                isKnown = true
                continue
            }
            let isGone = state.inferred[path]?[key]?.isGone == true
            // Where no operation gives the ids, this one may exist, and so does the one that the document names.
            let mayExist = !isGone && (!link.isComplete || collection.names(id))
            let isChange = index == rule.links.count - 1 && [.put, .change].contains(rule.action)
            if isChange, mayExist || (rule.action == .put && Self.mayCreate(operation, collection)) {
                return put(id, link.member, at: key, collection, operation, turn)
            }
            guard mayExist else { return failure(.unknown, turn, told: "'\(id)' does not exist.") }
            place = InferredPlace(collection: path, key: key, isDocumented: true)
            isKnown = false
        }
        guard let collection = inference.collections[rule.collection] else { return nil }
        switch rule.action {
        case .create: return create(collection, below: place, operation, turn)
        case .list: return list(collection, below: place, operation, turn)
        case .show, .showBelow: break
        case .change, .put: place = changed(place, collection, turn)
        case .delete: remove(place, collection, rule.links.last?.isComplete ?? false, turn)
        }
        guard isKnown, let shape = shape(operation, turn) else { return nil }
        return about(place, collection, shape, rule, turn).map { shape.answer($0) }
    }

    /// A response about a resource: the resource itself, or something below it that has an id and links of its own.
    private func about(
        _ place: InferredPlace, _ collection: InferredCollection, _ shape: AnswerShape,
        _ rule: InferredCollections.Rule, _ turn: Turn
    ) -> JSONValue? {
        let parameter = rule.links.last?.parameter ?? collection.key
        let noun = ResourcePlace.singular(collection.path)
        let found = shape.resourcePlace(parameter: parameter, noun: noun)
        let isItself =
            rule.action != .showBelow
            || [collection.detailPlace, collection.createdPlace].contains { known in
                known.map { $0.view.place == found?.view.place } ?? false
            }
        guard isItself else {
            var shared = place.value.withoutOwnMembers
            // The member that is named like the parameter refers to the resource above.
            for name in shape.view?.propertyNames ?? []
            where ResourceLinks.folded(name) == ResourceLinks.folded(parameter) && name != "id" {
                shared[name] = place.value[collection.key]
            }
            return shape.about(shared, at: [], isAll: false)
        }
        return shape.about(place.value, at: found?.path ?? [])
    }

    // MARK: Finding

    private func find(
        _ id: String, _ member: String, in collection: InferredCollection, below scope: InferredPlace,
        _ seeds: [InferredSeed]
    ) -> InferredPlace? {
        let store = state.inferred[collection.path]
        func place(_ key: String, _ value: JSONObject, isDocumented: Bool) -> InferredPlace {
            InferredPlace(collection: collection.path, key: key, value: value, isDocumented: isDocumented)
        }
        if member.utf8.elementsEqual(collection.key.utf8) {
            let id = InferredPlace.id(id, isNumeric: collection.hasNumericIDs)
            let key = InferredPlace.key(scope.key, id)
            if let thing = store?[key] {
                return thing.isGone ? nil : place(key, thing.value, isDocumented: !thing.isCreated)
            }
            return seeds.first { $0.id == id }.map { place(key, $0.value, isDocumented: true) }
        }
        // Resources may be asked for by more than one of their members.
        func isMeant(_ value: JSONObject) -> Bool {
            value[member].map(plainText)?.utf8.elementsEqual(id.utf8) == true
        }
        let other = store?.entries.last { entry in
            !entry.value.isGone && InferredPlace.isDirectly(entry.key, below: scope.key) && isMeant(entry.value.value)
        }
        if let other { return place(other.key, other.value.value, isDocumented: !other.value.isCreated) }
        return seeds.first { seed in
            isMeant(seed.value) && store?[InferredPlace.key(scope.key, seed.id)] == nil
        }.map { place(InferredPlace.key(scope.key, $0.id), $0.value, isDocumented: true) }
    }

    /// The resources that the examples show; below a resource that was created there are none.
    private mutating func seeds(
        of collection: InferredCollection, below scope: InferredPlace, _ turn: Turn
    ) -> [InferredSeed] {
        guard scope.isDocumented else { return [] }
        if let known = state.seeds[collection.path] { return known }
        func shape(_ operation: OpenAPI.Operation?) -> AnswerShape? {
            guard let operation else { return nil }
            let status = successStatus(operation, nil)
            var source = documentAnswer(turn, for: operation)
            source.accept = nil
            return operation.response(status: status).map { AnswerShape(status: status, response: $0, source: source) }
        }
        let seeds = InferredSeeds(collection: collection)
            .seeds(list: shape(collection.list), detail: shape(collection.detail))
        state.seeds[collection.path] = seeds
        return seeds
    }

    private mutating func list(
        _ collection: InferredCollection, below scope: InferredPlace, _ operation: OpenAPI.Operation, _ turn: Turn
    ) -> Answer? {
        guard let place = collection.listPlace, let shape = shape(operation, turn) else { return nil }
        let store = state.inferred[collection.path]
        let entries = (store?.entries ?? []).filter { InferredPlace.isDirectly($0.key, below: scope.key) }
        let seeds = seeds(of: collection, below: scope, turn)
        // As the document shows it: nothing was created or changed, and details show nothing more.
        if entries.isEmpty, seeds.allSatisfy({ $0.listed != nil }), !seeds.isEmpty || collection.creator == nil {
            return nil
        }
        var resources: [JSONObject] = []
        var shown: Set<String> = []
        for seed in seeds {
            let key = InferredPlace.key(scope.key, seed.id)
            shown.insert(key)
            guard let thing = store?[key] else {
                resources.append(seed.listed ?? seed.value)
                continue
            }
            if !thing.isGone { resources.append(thing.value) }
        }
        resources += entries.filter { !shown.contains($0.key) && !$0.value.isGone }.map(\.value.value)
        return shape.list(resources, at: place).map { shape.answer($0) }
    }

    // MARK: Doing

    private mutating func create(
        _ collection: InferredCollection, below scope: InferredPlace, _ operation: OpenAPI.Operation, _ turn: Turn
    ) -> Answer? {
        // A creation that responds with nothing makes what the detail shows.
        let isSilent = collection.createdPlace == nil
        let path = isSilent ? collection.detailPath : collection.createdPlace?.path ?? []
        guard let own = shape(operation, turn),
            let shape = isSilent ? collection.detail.flatMap({ self.shape($0, turn) }) : own,
            let example = shape.resource(at: path)
        else { return nil }
        let serial = state.inferredCounts[collection.path] ?? 0
        let seeds = seeds(of: collection, below: scope, turn)
        let sent = sent(turn, collection)
        var made = shape.carried(sent, over: example, at: path)
        let names = collection.members.map(\.name)
        let given = names.filter { name in sent[name] != nil && made[name] == sent[name] }
        for name in names where !given.contains(name) {
            let ids = InferredIDs(member: name, collection: collection.path, seed: settings.seed, serial: serial)
            let schemas =
                (shape.view(at: path)?.properties(name) ?? [])
                + collection.parameters(of: name).compactMap(\.valueSchema?.view)
            let free = ids.candidates(schemas, contract.schemas).first { candidate in
                var changed = made
                changed[name] = candidate
                return shape.fits(changed, at: path) && isFree(candidate, name, collection, below: scope, seeds)
            }
            // Where no other id is allowed, each new resource takes the place of the one before.
            guard let id = free ?? made[name] else { return nil }
            made[name] = id
        }
        let id = made[collection.key].map(plainText) ?? ""
        let key = InferredPlace.key(scope.key, InferredPlace.id(id, isNumeric: collection.hasNumericIDs))
        // Where a conflict is not documented, the new resource takes the place of the old one, and a documented one
        // makes way: requests are often sent with the ids of the examples.
        let before = state.inferred[collection.path]?[key]
        if before?.isCreated == true, before?.isGone == false, operation.response(status: 409) != nil {
            return failure(.duplicate, turn, told: "'\(id)' already exists.")
        }
        state.inferredCounts[collection.path] = serial + 1
        store(completed(made, sent, collection, turn), for: key, in: collection, turn, isCreated: true)
        guard let whole = shape.whole(.object(made), at: path) else { return nil }
        return located(own.answer(isSilent ? .null : whole), id, own, turn)
    }

    /// The resource with what was sent besides, where only the detail shows it.
    private func completed(
        _ made: JSONObject, _ sent: JSONObject, _ collection: InferredCollection, _ turn: Turn
    ) -> JSONObject {
        guard let place = collection.detailPlace, place.view.place != collection.createdPlace?.view.place,
            let detail = collection.detail, let shape = shape(detail, turn)
        else { return made }
        var whole = made
        for member in sent.members where made[member.name] == nil {
            guard place.view.properties(member.name).contains(where: { !$0.isWriteOnly }),
                var shown = shape.resource(at: place.path)
            else { continue }
            shown[member.name] = member.value
            if shape.fits(shown, at: place.path) { whole[member.name] = member.value }
        }
        return whole
    }

    /// The response with the address of what was created, where the document has a header for it or nothing else tells
    /// it (RFC 9110, section 15.3.2).
    private func located(_ answer: Answer, _ id: String, _ shape: AnswerShape, _ turn: Turn) -> Answer {
        let header = shape.response.header("location")
        guard header != nil || (shape.status == 201 && shape.response.content.isEmpty) else { return answer }
        let address = turn.request.message.path + "/" + ParameterCodec.percentEncode(id)
        guard documentAnswer(turn, for: nil).fits(.string(address), header?.valueSchema) else { return answer }
        var answer = answer
        answer.headers.removeAll { $0.isNamed("location") }
        answer.headers.append(HeaderField(name: header?.name ?? "Location", value: headerSafe(address)))
        return answer
    }

    /// The members that a request gives, without the wrapper around them.
    private func sent(_ turn: Turn, _ collection: InferredCollection) -> JSONObject {
        guard let body = turn.request.document?.root.value.object else { return JSONObject() }
        let noun = ResourcePlace.singular(collection.path)
        if body.count == 1, let only = body.members.first, ResourcePlace.isWrapper(only.name, noun),
            case .object(let inner) = only.value
        {
            return inner
        }
        return body
    }

    /// Creates the resource that a request names; `nil` where the document has no value for it.
    private mutating func put(
        _ id: String, _ member: String, at key: String, _ collection: InferredCollection,
        _ operation: OpenAPI.Operation, _ turn: Turn
    ) -> Answer? {
        let isDocumented = operation.method == "PUT" && operation.responses.contains { $0.statusKey == "201" }
        let status = isDocumented ? 201 : successStatus(operation, nil)
        guard let response = operation.response(status: status) else { return nil }
        let own = AnswerShape(status: status, response: response, source: documentAnswer(turn, for: operation))
        let noun = ResourcePlace.singular(collection.path)
        let place = own.resourcePlace(parameter: member, noun: noun)
        var (shape, path) = (own, place?.path ?? [])
        if place == nil, let detail = collection.detail.flatMap({ self.shape($0, turn) }) {
            (shape, path) = (detail, collection.detailPath)
        }
        guard let base = shape.resource(at: path) else { return nil }
        var value = shape.carried(sent(turn, collection), over: base, at: path)
        for id in [JSONNumber(id).map { .number($0) }, JSONValue.string(id)].compactMap({ $0 }) {
            var changed = value
            changed[member] = id
            guard shape.fits(changed, at: path) else { continue }
            value = changed
            break
        }
        store(value, for: key, in: collection, turn, isCreated: true)
        guard let body = place == nil ? own.example : own.whole(.object(value), at: path) else {
            return response.content.isEmpty ? own.answer(.null) : nil
        }
        return own.answer(body)
    }

    /// Whether a `PUT` creates what it does not find: where it says so, or says nothing of unknown resources.
    private static func mayCreate(_ operation: OpenAPI.Operation, _ collection: InferredCollection) -> Bool {
        let keys = operation.responses.map(\.statusKey)
        return keys.contains("201") || !keys.contains("404")
    }

    private mutating func store(
        _ value: JSONObject, for key: String, in collection: InferredCollection, _ turn: Turn, isCreated: Bool,
        isGone: Bool = false
    ) {
        let limits = MemoryLimits()
        let empty = BoundedStore<InferredThing>(maximumCount: limits.entities, maximumCost: limits.bytes)
        let cost = (turn.request.message.body?.count ?? 0) + 1_024
        let thing = InferredThing(value: value, isCreated: isCreated, isGone: isGone)
        state.inferred[collection.path, default: empty].insert(thing, for: key, cost: cost)
    }

    /// Forgets a resource. What the document shows has to be remembered as gone; where no operation gives the ids, it
    /// stays as the document describes it, since other requests use the same ids.
    private mutating func remove(
        _ place: InferredPlace, _ collection: InferredCollection, _ isComplete: Bool, _ turn: Turn
    ) {
        let isShown = place.isDocumented || collection.names(place.value[collection.key].map(plainText) ?? "")
        if isComplete == isShown, isComplete || state.inferred[collection.path]?[place.key] != nil {
            store(place.value, for: place.key, in: collection, turn, isCreated: false, isGone: true)
        } else {
            state.inferred[collection.path]?.remove(place.key)
        }
    }

    /// Whether an id can be asked for, and nothing has it yet.
    private func isFree(
        _ id: JSONValue, _ member: String, _ collection: InferredCollection, below scope: InferredPlace,
        _ seeds: [InferredSeed]
    ) -> Bool {
        let text = plainText(id)
        guard !text.isEmpty else { return false }
        return find(text, member, in: collection, below: scope, seeds) == nil
            && collection.parameters(of: member).allSatisfy { accepts(id, text, $0) }
    }

    private func accepts(_ id: JSONValue, _ text: String, _ parameter: Parameter) -> Bool {
        guard let schema = parameter.valueSchema, let compiled = try? schema.compiled() else { return true }
        // The parameter is text on the wire: an id that is a text here may be a number there.
        let number = JSONNumber(text).map { JSONValue.number($0) }
        return [id, .string(text), number].compactMap { $0 }.contains { value in
            compiled.isValid(JSONDocument(value).root) == .valid
        }
    }

    private mutating func changed(
        _ place: InferredPlace, _ collection: InferredCollection, _ turn: Turn
    ) -> InferredPlace {
        let isShown = collection.createdPlace != nil
        let operation = isShown ? collection.creator : collection.detail
        let path = isShown ? collection.createdPlace?.path ?? [] : collection.detailPath
        guard turn.request.document?.root.value.object != nil, let operation, let shape = shape(operation, turn) else {
            return place
        }
        var place = place
        let names = collection.members.map(\.name)
        let sent = sent(turn, collection)
        let others = JSONObject(sent.members.filter { !names.contains($0.name) }.map { ($0.name, $0.value) })
        place.value = shape.carried(others, over: place.value, at: path)
        let value = completed(place.value, others, collection, turn)
        if state.inferred[collection.path]?[place.key] != nil {
            // It keeps its age.
            let thing = InferredThing(value: value, isCreated: !place.isDocumented)
            state.inferred[collection.path]?.replace(thing, for: place.key)
        } else {
            store(value, for: place.key, in: collection, turn, isCreated: !place.isDocumented)
        }
        return place
    }

    // MARK: Answering

    func shape(_ operation: OpenAPI.Operation, _ turn: Turn) -> AnswerShape? {
        var status = successStatus(operation, nil)
        // A change is no creation.
        if status == 201, operation.method == "PUT",
            let other = operation.responses.lazy
                .compactMap({ Int($0.statusKey) }).first(where: { (200..<300).contains($0) && $0 != 201 })
        {
            status = other
        }
        guard let response = operation.response(status: status) else { return nil }
        return AnswerShape(status: status, response: response, source: documentAnswer(turn, for: operation))
    }
}

extension InferredCollection {
    /// The members that lead to the resource in the response of the detail.
    var detailPath: [String] { detailPlace?.path ?? [] }
}

extension JSONObject {
    /// Without the members that something below a resource has of its own: its id, name, kind and links.
    var withoutOwnMembers: JSONObject {
        let own = [
            "id", "name", "title", "description", "links", "link", "self", "href", "url", "uri", "type", "kind",
            "object", "etag",
        ]
        return JSONObject(members.filter { !own.contains(ResourceLinks.folded($0.name)) }.map { ($0.name, $0.value) })
    }
}
