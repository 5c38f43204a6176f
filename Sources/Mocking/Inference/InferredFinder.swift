import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Finds the resources of contracts without a behaviour file: created resources, and resources in the examples of the
/// document.
struct InferredFinder {
    let request: IncomingRequest

    /// The resource that a member with the value `id` names; `nil` when there is none.
    func find(
        _ id: String, _ member: String, in collection: InferredCollection, below scope: InferredPlace,
        _ seeds: [InferredSeed], _ state: InferredState
    ) -> InferredPlace? {
        let store = state.stores[collection.path]
        func place(_ key: String, _ value: JSONObject, isDocumented: Bool) -> InferredPlace {
            InferredPlace(collection: collection.path, key: key, value: value, isDocumented: isDocumented)
        }
        func place(_ key: String, _ thing: InferredThing) -> InferredPlace {
            var place = place(key, thing.value, isDocumented: !thing.isCreated)
            place.revision = thing.revision
            return place
        }
        if member.isSame(as: collection.key) {
            let id = InferredPlace.id(id, isNumeric: collection.hasNumericIDs)
            let key = InferredPlace.key(scope.key, id)
            if let thing = store?[key] {
                return thing.isGone ? nil : place(key, thing)
            }
            return seeds.first { $0.id == id }.map { place(key, $0.value, isDocumented: true) }
        }
        // Several members of a resource can name it.
        func isMeant(_ value: JSONObject) -> Bool {
            value[member].map(plainText)?.isSame(as: id) == true
        }
        let other = store?.entries.last { entry in
            !entry.value.isGone && InferredPlace.isDirectly(entry.key, below: scope.key) && isMeant(entry.value.value)
        }
        if let other { return place(other.key, other.value) }
        return seeds.first { seed in
            isMeant(seed.value) && store?[InferredPlace.key(scope.key, seed.id)] == nil
        }.map { place(InferredPlace.key(scope.key, $0.id), $0.value, isDocumented: true) }
    }

    /// The resources in the examples; a created resource has none below it.
    func seeds(
        of collection: InferredCollection, below scope: InferredPlace, _ state: inout InferredState
    ) -> [InferredSeed] {
        guard scope.isDocumented else { return [] }
        if let known = state.seeds[collection.path] { return known }
        func shape(_ operation: OpenAPI.Operation?) -> AnswerShape? {
            guard let operation else { return nil }
            let status = operation.successStatus(nil)
            var source = request.documentAnswer(for: operation)
            source.accept = nil
            return operation.response(status: status).map { AnswerShape(status: status, response: $0, source: source) }
        }
        let seeds = InferredSeeds(collection: collection)
            .seeds(list: shape(collection.list), detail: shape(collection.detail))
        state.seeds[collection.path] = seeds
        return seeds
    }

    /// All resources of a collection. `nil` when the document already shows them: no resource was created or changed,
    /// and the details show nothing more.
    func all(
        of collection: InferredCollection, below scope: InferredPlace, _ state: inout InferredState
    ) -> [JSONObject]? {
        let store = state.stores[collection.path]
        let entries = (store?.entries ?? []).filter { InferredPlace.isDirectly($0.key, below: scope.key) }
        let seeds = seeds(of: collection, below: scope, &state)
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
        return resources + entries.filter { !shown.contains($0.key) && !$0.value.isGone }.map(\.value.value)
    }

    // MARK: Free ids

    /// Whether requests can name `id` and no resource uses it.
    func isFree(
        _ id: JSONValue, _ member: String, _ collection: InferredCollection, below scope: InferredPlace,
        _ seeds: [InferredSeed], _ state: InferredState
    ) -> Bool {
        let text = plainText(id)
        guard !text.isEmpty else { return false }
        return find(text, member, in: collection, below: scope, seeds, state) == nil
            && collection.parameters(of: member).allSatisfy { accepts(id, text, $0) }
    }

    private func accepts(_ id: JSONValue, _ text: String, _ parameter: Parameter) -> Bool {
        guard let schema = parameter.valueSchema, let compiled = try? schema.compiled() else { return true }
        // The parameter is text in the request: an id that is text here can be a number there.
        let number = JSONNumber(text).map { JSONValue.number($0) }
        return [id, .string(text), number].compactMap { $0 }.contains { value in
            compiled.isValid(JSONDocument(value).root) == .valid
        }
    }
}
