import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios

/// The members that the responses of two operations have in common, by their schemas.
///
/// A created resource and the same resource when it is read can be compared in these members. Members that only one of
/// the responses declares, or that the two declare differently, are listed so that a comparison can leave them out.
struct SharedMembers {
    /// Paths that a comparison has to leave out, in the order of the schemas.
    private(set) var differing: [ItemPath] = []
    /// The number of scalar members and lists that both responses declare.
    private var shared = 0

    /// With more exceptions than this, a row could not be read any more.
    private static let mostExceptions = 8
    /// Deeper objects are compared only where both responses refer to the same schema.
    private static let deepest = 3

    /// Compares the first successful JSON responses of a creation and of a read.
    ///
    /// - Parameter wrapper: The member that contains the resource, such as `data`. Members next to it describe the
    ///   response and not the resource, so they are left out. `nil` if the response is the resource.
    /// - Returns: `nil` if one of them is not an object, or if they share too little for a useful comparison.
    init?(_ creation: Operation, _ read: Operation, wrapper: String?) {
        guard let left = ResourceLinks.success(of: creation)?.schema?.view,
            let right = ResourceLinks.success(of: read)?.schema?.view,
            [left, right].allSatisfy({ $0.allows(.object) && !$0.allows(.array) })
        else { return nil }
        if let wrapper {
            compareMembers(left, right, at: []) { $0.isSame(as: wrapper) }
        } else {
            compare(left, right, at: [])
        }
        // The id alone is compared by the row's check.
        guard shared > 1, differing.count <= Self.mostExceptions else { return nil }
    }

    /// The exceptions in the syntax of `same_as`; `nil` if a cell cannot contain one of them.
    var exceptions: [String]? {
        let texts = differing.map(\.text)
        return texts.contains { $0.utf8.contains(UInt8(ascii: " ")) } ? nil : texts
    }

    private mutating func compare(_ left: SchemaView, _ right: SchemaView, at path: [ItemPath.Segment]) {
        guard left.place != right.place else {
            shared += max(1, left.propertyNames.count)
            return
        }
        let isObject = [left, right].contains { !$0.propertyNames.isEmpty }
        if isObject, path.count < Self.deepest, !left.allows(.array), !right.allows(.array) {
            compareMembers(left, right, at: path)
        } else if left.allows(.array), right.allows(.array), let one = left.items, let other = right.items {
            compare(one, other, at: path + [.every])
        } else if !isObject, left.kinds == right.kinds {
            shared += 1
        } else {
            leaveOut(path)
        }
    }

    private mutating func compareMembers(
        _ left: SchemaView, _ right: SchemaView, at path: [ItemPath.Segment],
        isCompared: (String) -> Bool = { _ in true }
    ) {
        let names = [left, right].map { view in view.propertyNames.filter { view.property($0)?.isWriteOnly != true } }
        for name in names[0] + names[1].filter({ !names[0].contains($0) }) {
            let inner = path + [.name(name)]
            if isCompared(name), names.allSatisfy({ $0.contains(name) }), let one = left.property(name),
                let other = right.property(name)
            {
                compare(one, other, at: inner)
            } else {
                leaveOut(inner, isDeclared: names[1].contains(name))
            }
        }
    }

    /// - Parameter isDeclared: Whether the second response declares the place. Rows name an undeclared one with `body.`.
    private mutating func leaveOut(_ path: [ItemPath.Segment], isDeclared: Bool = true) {
        differing.append(isDeclared ? ItemWriter.bodyPath(path) : ItemPath(.body, path))
    }
}
