import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// A documented success, into which resources are fitted.
struct AnswerShape {
    /// The most resources in a list.
    private static let longestList = 100

    let status: Int
    let response: OpenAPI.Response
    let source: DocumentAnswer

    private var media: MediaType? { source.media(of: response) }
    var view: SchemaView? { media?.schema?.view }

    /// The value of the body in the document.
    var example: JSONValue? { source.value(of: response) }

    /// The examples of the document, the default response first.
    var authored: [JSONValue] {
        guard let media else { return [] }
        let examples = Examples(media, source).values
        if !examples.isEmpty { return examples }
        guard let example = view?.example?.value, accepts(example) else { return [] }
        return [example]
    }

    func accepts(_ value: JSONValue) -> Bool { source.fits(value, media?.schema) }

    func answer(_ value: JSONValue) -> Answer {
        let body = media.flatMap { DocumentAnswer.canHaveBody(status) ? source.body(value, $0) : nil } ?? .empty
        return Answer(status: status, body: body)
    }

    /// The schema of the value at a path of members.
    func view(at path: [String]) -> SchemaView? { view?.view(at: path) }

    // MARK: One resource

    /// A resource in this shape: its known members where they suffice, otherwise completed by the document.
    ///
    /// - Parameters:
    ///   - path: The members that lead to the resource.
    ///   - isAll: Whether the known members are those of the resource itself, so nothing has to be added.
    func about(_ known: JSONObject, at path: [String], isAll: Bool = true) -> JSONValue? {
        guard media != nil, let view = view(at: path), view.allows(.object) else { return nil }
        let declared = declared(known, at: path)
        if isAll, !declared.isEmpty, declared.count == known.count, let whole = whole(.object(declared), at: path),
            accepts(whole)
        {
            return whole
        }
        guard let base = resource(at: path) else { return nil }
        return whole(.object(carried(known, over: base, at: path, inEitherKind: true)), at: path)
    }

    /// The resource in the document.
    func resource(at path: [String]) -> JSONObject? { example?.value(at: JSONPointer(path))?.object }

    /// `base`, with the declared members whose values fit.
    ///
    /// - Parameter inEitherKind: Whether a number that does not fit is tried as text, and a text as a number.
    func carried(
        _ members: JSONObject, over base: JSONObject, at path: [String], inEitherKind: Bool = false
    ) -> JSONObject {
        guard view(at: path) != nil else { return base }
        let declared = declared(members, at: path)
        var all = base
        for member in declared.members { all[member.name] = member.value }
        if fits(all, at: path) { return all }
        var result = base
        for member in declared.members {
            let other = inEitherKind ? member.value.inOtherKind : nil
            let values = [member.value] + [other].compactMap { $0 }
            for value in values {
                var changed = result
                changed[member.name] = value
                guard fits(changed, at: path) else { continue }
                result = changed
                break
            }
        }
        return result
    }

    /// Whether the response with this resource in it satisfies its schema.
    func fits(_ resource: JSONObject, at path: [String]) -> Bool {
        whole(.object(resource), at: path).map(accepts) ?? false
    }

    /// The document's response, with a value at a path of members.
    func whole(_ value: JSONValue, at path: [String]) -> JSONValue? {
        guard !path.isEmpty else { return value }
        guard var whole = example, whole.set(value, at: JSONPointer(path)) else { return nil }
        return whole
    }

    /// The members that a resource can have in a response.
    private func declared(_ members: JSONObject, at path: [String]) -> JSONObject {
        declared(members, .value(path)) { view(at: path).map { [$0] } ?? [] }
    }

    private func declared(
        _ members: JSONObject, _ part: ResponseOutlines.Part, in views: () -> [SchemaView]
    ) -> JSONObject {
        guard let media else { return JSONObject() }
        let names = source.memory.outlines.shownNames(part, of: media, in: views)
        return JSONObject(members.members.filter { names.contains($0.name) }.map { ($0.name, $0.value) })
    }

    /// The place in the response of the resource that a path parameter names.
    func resourcePlace(parameter: String, noun: String) -> ResourcePlace? {
        media.flatMap { source.memory.outlines.resource(in: $0, parameter: parameter, noun: noun) }
    }

    // MARK: Lists

    /// All resources of a collection, in the array of the response.
    func list(_ resources: [JSONObject], at place: ListPlace) -> JSONValue? {
        guard let view else { return nil }
        let array = view.view(at: place.path)
        let most = array?.keyword("maxItems")?.number?.int ?? Self.longestList
        let shown = resources.suffix(max(0, min(most, Self.longestList)))
        let full = JSONValue.array(shown.map { .object($0) })
        if let whole = counted(full, at: place.path), accepts(whole) { return whole }
        let elements = ResponseOutlines.Part.elements(place.path)
        let declared = JSONValue.array(shown.map { .object(self.declared($0, elements) { place.items }) })
        for whole in [counted(declared, at: place.path), whole(declared, at: place.path)].compactMap({ $0 })
        where accepts(whole) {
            return whole
        }
        // Where elements require unknown members, the document's own element completes them.
        guard let base = example?.value(at: JSONPointer(place.path))?[0]?.object else { return nil }
        let completed = shown.map { resource in
            var element = base
            let declared = self.declared(resource, elements) { place.items }
            for member in declared.members {
                let schemas = place.items.flatMap { $0.properties(member.name) }
                let isOfKind = schemas.allSatisfy { $0.allows(member.value.kind) }
                element[member.name] = isOfKind ? member.value : member.value.inOtherKind ?? member.value
            }
            return JSONValue.object(element)
        }
        return whole(.array(completed), at: place.path).flatMap { accepts($0) ? $0 : nil }
    }

    /// The response with the array in its place. A member next to it with the old length gets the new length.
    private func counted(_ array: JSONValue, at path: [String]) -> JSONValue? {
        guard var whole = whole(array, at: path), let name = path.last else { return whole(array, at: path) }
        let parent = Array(path.dropLast())
        guard case .object(let siblings)? = whole.value(at: JSONPointer(parent)),
            let before = example?.value(at: JSONPointer(path))?.elements?.count, let count = array.elements?.count
        else { return whole }
        for member in siblings.members where member.name != name && member.value == .integer(before) {
            let folded = ResourceLinks.folded(member.name)
            guard folded.contains("total") || folded.contains("count") else { continue }
            whole.set(.integer(count), at: JSONPointer(parent + [member.name]))
        }
        return whole
    }
}

extension JSONValue {
    /// A number as text, or a text as the number that it spells: many APIs describe one id as both. `nil` for other values.
    fileprivate var inOtherKind: JSONValue? {
        switch self {
        case .number(let number): .string(number.lexeme)
        case .string(let text): JSONNumber(text).map { .number($0) }
        case .null, .boolean, .array, .object: nil
        }
    }
}
