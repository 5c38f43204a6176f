import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Executes an operation of a contract without a behaviour file. A created resource can be found, changed and deleted.
struct InferredAction {
    let request: IncomingRequest
    let operation: OpenAPI.Operation
    let rule: InferredRule
    let now: Instant

    private var served: ServedContract { request.contract }
    private var finder: InferredFinder { InferredFinder(request: request) }

    /// The result of the request; `nil` for a response that comes from the document alone.
    func outcome(_ state: inout InferredState) -> ActionOutcome? {
        var place = InferredPlace()
        var isKnown = true
        for (index, link) in rule.links.enumerated() {
            let id = request.pathValue(link.parameter) ?? ""
            guard let path = link.collection, let collection = served.inference.collections[path] else {
                place.key = InferredPlace.key(place.key, id)
                continue
            }
            let key = InferredPlace.key(place.key, InferredPlace.id(id, isNumeric: collection.hasNumericIDs))
            let seeds = finder.seeds(of: collection, below: place, &state)
            if let found = finder.find(id, link.member, in: collection, below: place, seeds, state) {
                place = found
                isKnown = true
                continue
            }
            let isGone = state.stores[path]?[key]?.isGone == true
            // Where no operation provides the ids, this one can exist, and so can the one that the document names.
            let mayExist = !isGone && (!link.isComplete || collection.names(id))
            let isChange = index == rule.links.count - 1 && [.put, .change].contains(rule.role)
            if isChange, mayExist || (rule.role == .put && mayCreate) {
                return put(id, link.member, at: key, collection, &state).map { .answered($0) }
            }
            guard mayExist else { return .failed(failure(.unknown, id, "does not exist")) }
            place = InferredPlace(collection: path, key: key, isDocumented: true)
            isKnown = false
        }
        return outcome(at: place, isKnown: isKnown, &state)
    }

    private func outcome(at found: InferredPlace, isKnown: Bool, _ state: inout InferredState) -> ActionOutcome? {
        guard let collection = served.inference.collections[rule.collection] else { return nil }
        var place = found
        switch rule.role {
        case .create: return create(collection, below: place, &state)
        case .list:
            guard let list = collection.listPlace, let shape = shape(operation),
                let resources = finder.all(of: collection, below: place, &state)
            else { return nil }
            return shape.list(resources, at: list).map { .answered(shape.answer($0)) }
        case .show, .showBelow: break
        case .change, .put: place = changed(place, collection, &state)
        case .delete: remove(place, collection, rule.links.last?.isComplete ?? false, &state)
        }
        guard isKnown else { return nil }
        let isUnchanged = rule.role == .show || rule.role == .showBelow
        return (isUnchanged ? shown(place, collection, &state) : about(place, collection)).map { .answered($0) }
    }

    /// The response about a resource that the request does not change.
    private func shown(
        _ place: InferredPlace, _ collection: InferredCollection, _ state: inout InferredState
    ) -> Answer? {
        guard let revision = place.revision else { return about(place, collection) }
        let key = ShownAnswers.Key(
            operation: ObjectIdentifier(operation), revision: revision, accept: request.header("accept"))
        if let known = state.shown[key] { return known }
        let answer = about(place, collection)
        if let answer { state.shown.keep(answer, for: key) }
        return answer
    }

    private func about(_ place: InferredPlace, _ collection: InferredCollection) -> Answer? {
        guard let shape = shape(operation) else { return nil }
        return about(place, collection, shape).map { shape.answer($0) }
    }

    private func failure(_ situation: Situation, _ id: String, _ what: String) -> RequestFailure {
        var scope = served.scope(of: request, at: now)
        scope.topic.id = id
        return RequestFailure(situation, "'\(id)' \(what).", scope)
    }

    /// A response about a resource: the resource itself, or a part of it that has its own id and links.
    private func about(
        _ place: InferredPlace, _ collection: InferredCollection, _ shape: AnswerShape
    ) -> JSONValue? {
        let parameter = rule.links.last?.parameter ?? collection.key
        let found = shape.resourcePlace(parameter: parameter, noun: collection.noun)
        let isItself =
            rule.role != .showBelow
            || [collection.detailPlace, collection.createdPlace].contains { known in
                known.map { $0.view.place == found?.view.place } ?? false
            }
        guard isItself else {
            var shared = place.value.withoutOwnMembers
            // The member that is named like the parameter refers to the parent resource.
            for name in shape.view?.propertyNames ?? []
            where ResourceLinks.folded(name) == ResourceLinks.folded(parameter) && name != "id" {
                shared[name] = place.value[collection.key]
            }
            return shape.about(shared, at: [], isAll: false)
        }
        return shape.about(place.value, at: found?.path ?? [])
    }

    // MARK: Creating

    private func create(
        _ collection: InferredCollection, below scope: InferredPlace, _ state: inout InferredState
    ) -> ActionOutcome? {
        // A creation that returns no resource creates the resource that the detail shows.
        let isSilent = collection.createdPlace == nil
        let path = isSilent ? collection.detailPath : collection.createdPlace?.path ?? []
        guard let own = self.shape(operation),
            let shape = isSilent ? collection.detail.flatMap({ self.shape($0) }) : own,
            let example = shape.resource(at: path)
        else { return nil }
        let sent = sent(to: collection)
        let base = shape.carried(sent, over: example, at: path)
        guard let made = identified(base, sent, in: collection, below: scope, shape, path, &state) else { return nil }
        let id = made[collection.key].map(plainText) ?? ""
        let key = InferredPlace.key(scope.key, InferredPlace.id(id, isNumeric: collection.hasNumericIDs))
        // Where a conflict is not documented, the new resource replaces the old one. A documented resource is always
        // replaced, because requests often use the ids of the examples.
        let before = state.stores[collection.path]?[key]
        if before?.isCreated == true, before?.isGone == false, operation.response(status: 409) != nil {
            return .failed(failure(.duplicate, id, "already exists"))
        }
        state.counts[collection.path, default: 0] += 1
        store(completed(made, sent, collection), for: key, in: collection, isCreated: true, &state)
        guard let whole = shape.whole(.object(made), at: path) else { return nil }
        return .answered(located(own.answer(isSilent ? .null : whole), id, own))
    }

    /// The resource with an id for each member that names it: the id of the request, otherwise a free one.
    private func identified(
        _ base: JSONObject, _ sent: JSONObject, in collection: InferredCollection, below scope: InferredPlace,
        _ shape: AnswerShape, _ path: [String], _ state: inout InferredState
    ) -> JSONObject? {
        let serial = state.counts[collection.path] ?? 0
        let seeds = finder.seeds(of: collection, below: scope, &state)
        var made = base
        let names = collection.members.map(\.name)
        let given = names.filter { name in sent[name] != nil && made[name] == sent[name] }
        for name in names where !given.contains(name) {
            let ids = InferredIDs(member: name, collection: collection.path, seed: served.seed, serial: serial)
            let schemas =
                (shape.view(at: path)?.properties(name) ?? [])
                + collection.parameters(of: name).compactMap(\.valueSchema?.view)
            let free = ids.candidates(schemas, served.contract.schemas).first { candidate in
                var changed = made
                changed[name] = candidate
                return shape.fits(changed, at: path)
                    && finder.isFree(candidate, name, collection, below: scope, seeds, state)
            }
            // Where no other id is allowed, each new resource replaces the one before.
            guard let id = free ?? made[name] else { return nil }
            made[name] = id
        }
        return made
    }

    /// The resource with further members of the request, where only the detail shows them.
    private func completed(
        _ made: JSONObject, _ sent: JSONObject, _ collection: InferredCollection
    ) -> JSONObject {
        guard let place = collection.detailPlace, place.view.place != collection.createdPlace?.view.place,
            let detail = collection.detail, let shape = shape(detail)
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

    /// The response with the address of the created resource, where the document has a header for it, or where nothing
    /// else contains it (RFC 9110, section 15.3.2).
    private func located(_ answer: Answer, _ id: String, _ shape: AnswerShape) -> Answer {
        let header = shape.response.header("location")
        guard header != nil || (shape.status == 201 && shape.response.content.isEmpty) else { return answer }
        let address = request.message.path + "/" + ParameterCodec.percentEncode(id)
        guard request.documentAnswer(for: nil).fits(.string(address), header?.valueSchema) else { return answer }
        var answer = answer
        answer.headers.removeAll { $0.isNamed("location") }
        answer.headers.append(HeaderField(name: header?.name ?? "Location", value: headerSafe(address)))
        return answer
    }

    /// The members in the request, without the wrapper around them.
    private func sent(to collection: InferredCollection) -> JSONObject {
        guard let body = request.document?.root.value.object else { return JSONObject() }
        if body.count == 1, let only = body.members.first, ResourcePlace.isWrapper(only.name, collection.noun),
            case .object(let inner) = only.value
        {
            return inner
        }
        return body
    }

    /// Creates the resource that the request names; `nil` where the document has no value for it.
    private func put(
        _ id: String, _ member: String, at key: String, _ collection: InferredCollection,
        _ state: inout InferredState
    ) -> Answer? {
        let isDocumented = operation.method == "PUT" && operation.responses.contains { $0.statusKey == "201" }
        let status = isDocumented ? 201 : operation.successStatus(nil)
        guard let response = operation.response(status: status) else { return nil }
        let own = AnswerShape(
            status: status, response: response, source: request.documentAnswer(for: operation))
        let place = own.resourcePlace(parameter: member, noun: collection.noun)
        var (shape, path) = (own, place?.path ?? [])
        if place == nil, let detail = collection.detail.flatMap({ self.shape($0) }) {
            (shape, path) = (detail, collection.detailPath)
        }
        guard let base = shape.resource(at: path) else { return nil }
        var value = shape.carried(sent(to: collection), over: base, at: path)
        for id in [JSONNumber(id).map { .number($0) }, JSONValue.string(id)].compactMap({ $0 }) {
            var changed = value
            changed[member] = id
            guard shape.fits(changed, at: path) else { continue }
            value = changed
            break
        }
        store(value, for: key, in: collection, isCreated: true, &state)
        guard let body = place == nil ? own.example : own.whole(.object(value), at: path) else {
            return response.content.isEmpty ? own.answer(.null) : nil
        }
        return own.answer(body)
    }

    /// Whether a `PUT` creates an unknown resource: where it documents that, or documents no response to unknown
    /// resources.
    private var mayCreate: Bool {
        let keys = operation.responses.map(\.statusKey)
        return keys.contains("201") || !keys.contains("404")
    }

    // MARK: Changing

    private func store(
        _ value: JSONObject, for key: String, in collection: InferredCollection, isCreated: Bool,
        isGone: Bool = false, _ state: inout InferredState
    ) {
        let thing = InferredThing(value: value, isCreated: isCreated, isGone: isGone)
        state.insert(thing, for: key, in: collection.path, cost: (request.message.body?.count ?? 0) + 1_024)
    }

    /// Removes a resource. A documented resource is recorded as deleted. Where no operation provides the ids, it stays
    /// as the document describes it, because other requests use the same ids.
    private func remove(
        _ place: InferredPlace, _ collection: InferredCollection, _ isComplete: Bool, _ state: inout InferredState
    ) {
        let isShown = place.isDocumented || collection.names(place.value[collection.key].map(plainText) ?? "")
        if isComplete == isShown, isComplete || state.stores[collection.path]?[place.key] != nil {
            store(place.value, for: place.key, in: collection, isCreated: false, isGone: true, &state)
        } else {
            state.stores[collection.path]?.remove(place.key)
        }
    }

    private func changed(
        _ place: InferredPlace, _ collection: InferredCollection, _ state: inout InferredState
    ) -> InferredPlace {
        let isShown = collection.createdPlace != nil
        let describing = isShown ? collection.creator : collection.detail
        let path = isShown ? collection.createdPlace?.path ?? [] : collection.detailPath
        guard request.document?.root.value.object != nil, let describing, let shape = shape(describing) else {
            return place
        }
        var place = place
        let names = collection.members.map(\.name)
        let sent = sent(to: collection)
        let others = JSONObject(sent.members.filter { !names.contains($0.name) }.map { ($0.name, $0.value) })
        place.value = shape.carried(others, over: place.value, at: path)
        let value = completed(place.value, others, collection)
        if state.stores[collection.path]?[place.key] != nil {
            // The resource keeps its age.
            let thing = InferredThing(value: value, isCreated: !place.isDocumented)
            state.replace(thing, for: place.key, in: collection.path)
        } else {
            store(value, for: place.key, in: collection, isCreated: !place.isDocumented, &state)
        }
        return place
    }

    // MARK: Responses

    private func shape(_ operation: OpenAPI.Operation) -> AnswerShape? {
        var status = operation.successStatus(nil)
        // A change of a resource is not a creation.
        if status == 201, operation.method == "PUT",
            let other = operation.responses.lazy
                .compactMap({ Int($0.statusKey) }).first(where: { (200..<300).contains($0) && $0 != 201 })
        {
            status = other
        }
        guard let response = operation.response(status: status) else { return nil }
        return AnswerShape(status: status, response: response, source: request.documentAnswer(for: operation))
    }
}

extension InferredCollection {
    /// The path of the resource in the response of the detail.
    var detailPath: [String] { detailPlace?.path ?? [] }
}

extension JSONObject {
    /// Without the members that belong to a part of a resource: its id, name, kind and links.
    var withoutOwnMembers: JSONObject {
        let own = [
            "id", "name", "title", "description", "links", "link", "self", "href", "url", "uri", "type", "kind",
            "object", "etag",
        ]
        return JSONObject(members.filter { !own.contains(ResourceLinks.folded($0.name)) }.map { ($0.name, $0.value) })
    }
}
