import JSONSchema
import OpenAPI
import Primitives

/// The resources in the schemas of responses. The document never changes, so each part is read once.
///
/// The number of entries is bounded by the media types in the contract and the places that responses are built from.
final class ResponseOutlines: Sendable {
    /// A place inside a body: the value at a path of members, or the elements of the array there.
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

    private let names = Memo<PartKey, Set<String>>(limit: 100_000)
    private let resources = Memo<ResourceKey, ResourcePlace?>(limit: 100_000)

    /// The members that `views`, the schemas of a part of `media`, declare for responses: those that are not write-only.
    func shownNames(_ part: Part, of media: MediaType, in views: () -> [SchemaView]) -> Set<String> {
        names.value(PartKey(media: ObjectIdentifier(media), part: part)) {
            let views = views()
            return Set(views.flatMap(\.propertyNames)).filter { name in
                !views.contains { view in view.properties(name).contains { $0.isWriteOnly } }
            }
        }
    }

    /// The place of the resource that a path parameter names, in a body of `media`.
    func resource(in media: MediaType, parameter: String, noun: String) -> ResourcePlace? {
        resources.value(ResourceKey(media: ObjectIdentifier(media), parameter: parameter, noun: noun)) {
            media.schema?.view.flatMap { ResourcePlace(in: $0, parameter: parameter, noun: noun) }
        }
    }
}
