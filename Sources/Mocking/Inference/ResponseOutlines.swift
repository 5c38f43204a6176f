import JSONSchema
import OpenAPI
import Synchronization

/// What the schemas of responses say about resources. The document never changes, so each part is read once.
///
/// There are as many entries as media types in the contract and places in them that a response is built from.
final class ResponseOutlines: Sendable {
    /// A place inside a body: where members lead to, or the elements of the array there.
    enum Part: Hashable {
        case value([String])
        case elements([String])
    }

    private struct PartKey: Hashable {
        let media: ObjectIdentifier
        let part: Part
    }

    private struct ResourceKey: Hashable {
        let media: ObjectIdentifier
        let parameter: String
        let noun: String
    }

    private let shownNames = Mutex<[PartKey: Set<String>]>([:])
    private let resources = Mutex<[ResourceKey: ResourcePlace?]>([:])

    /// The members that `views`, the schemas of a part of `media`, declare for responses.
    func shownNames(_ part: Part, of media: MediaType, in views: () -> [SchemaView]) -> Set<String> {
        let key = PartKey(media: ObjectIdentifier(media), part: part)
        if let known = shownNames.withLock({ $0[key] }) { return known }
        let views = views()
        let names = Set(views.flatMap(\.propertyNames)).filter { name in
            !views.contains { view in view.properties(name).contains { $0.isWriteOnly } }
        }
        shownNames.withLock { $0[key] = names }
        return names
    }

    /// Where a body of `media` has the resource that a path parameter names.
    func resource(in media: MediaType, parameter: String, noun: String) -> ResourcePlace? {
        let key = ResourceKey(media: ObjectIdentifier(media), parameter: parameter, noun: noun)
        if let known = resources.withLock({ $0[key] }) { return known }
        let place = media.schema?.view.flatMap { ResourcePlace(in: $0, parameter: parameter, noun: noun) }
        resources.withLock { $0[key] = .some(place) }
        return place
    }
}
