import JSONDocument
import JSONSchema
import OpenAPI

/// A resource that one operation creates and others return, for `promises.resources` of the configuration.
package struct DraftResource: Sendable, Equatable {
    /// Its name: the singular of its collection.
    package var name: String
    /// The body member with its id.
    package var id: String
    /// The operation that creates one.
    package var create: String
    /// The operations whose responses contain one, in the order of the document.
    package var fetch: [String]
    /// Places in which the responses differ, in the syntax of paths.
    package var except: [String]
}

/// Created resources, and the operations that return them.
extension TableDrafter {
    /// The operation that creates the resource that `read` returns, and what their responses have in common; `nil` if
    /// `read` does not return a single created resource, or if the responses cannot be compared.
    func creation(of read: Operation) -> (creator: Operation, shared: SharedMembers)? {
        guard read.method == "GET", ResourceLinks.isItem(read.path), collections.unlinked(of: read).isEmpty,
            let link = collections.links(of: read).last, link.isOwner, !needsOther.contains(read.key),
            let shared = SharedMembers(link.provider, read, wrapper: wrapper(link))
        else { return nil }
        return (link.provider, shared)
    }

    /// The member of the response that contains the created resource; `nil` if the response is the resource.
    private func wrapper(_ link: ResourceLinks.Link) -> String? {
        guard case .responseBody(let path) = link.source, path.count > 1 else { return nil }
        return path[0]
    }

    /// The resources of the document whose creation and reading can be compared.
    var resources: [DraftResource] {
        var used = UsedNames()
        return contract.operations.compactMap { read in
            guard forms[read.key] != nil, let (creator, shared) = creation(of: read), let id = idMember(of: read),
                let view = ResourceLinks.success(of: read)?.schema?.view, let exceptions = shared.exceptions
            else { return nil }
            // Other operations on the same item, such as a change, return it if they declare the same schema.
            let returning = neighbours.onItem(read.path).filter { other in
                other.key == read.key
                    || other.method != "DELETE" && other.key != creator.key
                        && ResourceLinks.success(of: other)?.schema?.view?.place == view.place
            }
            guard !isAmbiguous(id, except: returning + [creator]) else { return nil }
            let collection = read.path.split(separator: "/").last { !$0.utf8.contains(UInt8(ascii: "{")) } ?? "resource"
            let name = Names.singular(Names.slug(String(collection)))
            return DraftResource(
                name: used.unique(name.isEmpty ? "resource" : name), id: id, create: creator.name,
                fetch: returning.map(\.name), except: exceptions)
        }
    }

    /// The member of the response that contains the id, if it is not inside of another member.
    private func idMember(of read: Operation) -> String? {
        guard let link = collections.links(of: read).last else { return nil }
        let member: String
        switch link.source {
        case .responseBody(let path) where path.count == 1: member = path[0]
        case .requestBody(let path) where path.count == 1: member = path[0]
        // A body can contain the member with another value than the path.
        case .requestPath(let name) where forms[link.provider.key]?.body?.sample[name] == nil: member = name
        default: return nil
        }
        let responses = [link.provider, read].map { ResourceLinks.success(of: $0)?.schema?.view }
        return responses.allSatisfy { $0?.property(member) != nil } ? member : nil
    }

    /// Whether another operation returns a member `id` and has a path parameter of that name, as in `/orders/{id}` and
    /// `/books/{id}`. A promise finds its resource by these names, so it would apply to that operation too.
    private func isAmbiguous(_ id: String, except own: [Operation]) -> Bool {
        neighbours.withOnlyParameter(id).contains { other in
            !own.contains { $0.key == other.key } && ResourceLinks.success(of: other)?.schema?.view?.property(id) != nil
        }
    }
}
