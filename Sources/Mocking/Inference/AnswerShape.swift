import JSONDocument
import JSONSchema
import OpenAPI

/// A documented success, and how what is remembered is fitted into it.
struct AnswerShape {
    /// The most things that a list shows.
    private static let longestList = 100

    let status: Int
    let response: OpenAPI.Response
    let source: DocumentAnswer

    private var media: MediaType? { source.media(of: response) }
    private var view: SchemaView? { media?.schema?.view }

    /// What the document gives by itself.
    var example: JSONValue? { source.value(of: response) }

    func property(_ name: String) -> SchemaView? { view?.property(name) }

    func accepts(_ value: JSONValue) -> Bool { source.fits(value, media?.schema) }

    func answer(_ value: JSONValue) -> Answer {
        let body = media.map { source.body(value, $0) } ?? .empty
        return Answer(status: status, headers: source.headers(of: response), body: body)
    }

    /// What is known of a thing in this shape: by itself where that suffices, else completed by the document.
    func about(_ known: JSONObject) -> JSONValue? {
        guard media != nil, let view, view.allows(.object) else { return nil }
        let names = view.propertyNames
        let declared = JSONObject(known.members.filter { names.contains($0.name) }.map { ($0.name, $0.value) })
        if !declared.isEmpty, declared.count == known.count, accepts(.object(declared)) { return .object(declared) }
        guard case .object(let example)? = example else { return nil }
        return .object(carried(known, over: example))
    }

    /// `base` with those members that are declared here and whose values fit.
    func carried(_ members: JSONObject, over base: JSONObject) -> JSONObject {
        guard let view else { return base }
        let names = view.propertyNames
        let declared = members.members.filter { names.contains($0.name) }
        var whole = base
        for member in declared { whole[member.name] = member.value }
        if accepts(.object(whole)) { return whole }
        var result = base
        for member in declared {
            var changed = result
            changed[member.name] = member.value
            if accepts(.object(changed)) { result = changed }
        }
        return result
    }

    /// All things of a collection: an array, or the first array of things inside of an object.
    func list(_ things: [JSONObject], _ rule: InferredCollections.Rule) -> JSONValue? {
        guard let view, let example else { return nil }
        if view.allows(.array) { return elements(things, view) { $0 } }
        guard case .object(let object) = example else { return nil }
        for name in view.propertyNames {
            guard let array = view.property(name), array.allows(.array), !array.allows(.object),
                let item = array.items, rule.members.contains(where: { item.property($0) != nil })
            else { continue }
            return elements(things, array) { elements in
                var changed = object
                changed[name] = elements
                return .object(changed)
            }
        }
        return nil
    }

    private func elements(
        _ things: [JSONObject], _ array: SchemaView, _ whole: (JSONValue) -> JSONValue
    ) -> JSONValue? {
        let most = array.keyword("maxItems")?.number?.int ?? Self.longestList
        let names = array.items?.propertyNames ?? []
        let shown = things.suffix(max(0, min(most, Self.longestList)))
        let full = whole(.array(shown.map { .object($0) }))
        if accepts(full) { return full }
        let declared = shown.map { thing in
            JSONValue.object(
                JSONObject(thing.members.filter { names.contains($0.name) }.map { ($0.name, $0.value) }))
        }
        let value = whole(.array(declared))
        return accepts(value) ? value : nil
    }
}
