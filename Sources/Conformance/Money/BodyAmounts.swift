import JSONDocument
import Primitives
import Scenarios

/// The objects of a JSON body, each with those around it, so that members are found at any depth.
///
/// - Complexity: one pass over the body, which the limits of responses bound.
struct BodyObjects {
    /// An object or array of the body.
    private struct Place {
        var node: JSONNode
        /// The name or index under which the value around it contains it.
        var token: String
        /// The value around it, as an index; `nil` for the whole body.
        var outer: Int?
    }

    private var places: [Place]
    /// The objects, outermost first, as indices.
    private(set) var objects: [Int] = []

    /// The objects of the body with this root.
    init(_ root: JSONNode) {
        places = root.isContainer ? [Place(node: root, token: "", outer: nil)] : []
        var next = 0
        while next < places.count {
            let node = places[next].node
            if node.kind == .object {
                objects.append(next)
                for member in node.members where member.value.isContainer {
                    places.append(Place(node: member.value, token: member.name, outer: next))
                }
            } else {
                for (index, element) in node.elements.enumerated() where element.isContainer {
                    places.append(Place(node: element, token: String(index), outer: next))
                }
            }
            next += 1
        }
    }

    /// The object with an index of ``objects``.
    subscript(_ object: Int) -> JSONNode { places[object].node }

    /// The place of a member of an object.
    func pointer(to object: Int, _ member: String? = nil) -> JSONPointer {
        var tokens = member.map { [$0] } ?? []
        var place = object
        while let outer = places[place].outer {
            tokens.append(places[place].token)
            place = outer
        }
        return JSONPointer(tokens.reversed())
    }

    /// Whether the names before the last one of a path lead to the object.
    func isBelow(_ path: MemberPath, _ object: Int) -> Bool {
        var place = object
        for name in path.names.dropLast().reversed() {
            while let outer = places[place].outer, places[outer].node.kind == .array { place = outer }
            guard let outer = places[place].outer, places[place].token.isSame(as: name) else {
                return false
            }
            place = outer
        }
        return true
    }

    /// The value of a member of the object, or of the nearest object around it that has the member.
    func nearest(_ path: MemberPath, to object: Int) -> JSONNode? {
        var place: Int? = object
        while let current = place {
            let found = path.names.reduce(places[current].node as JSONNode?) { $0?[$1] }
            if let found, !found.isNull { return found }
            place = places[current].outer
        }
        return nil
    }
}

/// An amount in a body.
struct BodyAmount {
    /// The group that names it, as an index.
    var group: Int
    /// The object that contains it, as an index of ``BodyObjects``.
    var object: Int
    /// The name of the member.
    var name: String
    /// The value as written.
    var node: JSONNode

    /// The exact amount; `nil` if the value is neither a number nor the text of one.
    var number: JSONNumber? { node.amount }
}

extension JSONNode {
    /// The exact amount in a number or in the text of one; `nil` for every other value.
    var amount: JSONNumber? { number ?? string.flatMap { JSONNumber($0) } }

    /// Whether it is an object or an array.
    fileprivate var isContainer: Bool { kind == .object || kind == .array }
}

/// Finds the members that groups of `money` name.
struct AmountFinder: Sendable {
    /// The groups.
    let groups: [MoneyGroup]
    private let byName: [String: [(group: Int, path: MemberPath)]]

    /// A finder for the amounts of `groups`.
    init(_ groups: [MoneyGroup]) {
        self.groups = groups
        var byName: [String: [(group: Int, path: MemberPath)]] = [:]
        for (index, group) in groups.enumerated() {
            for path in group.amounts { byName[path.last, default: []].append((index, path)) }
        }
        self.byName = byName
    }

    /// The amounts of a body that are not null, from the outermost object to the innermost.
    func amounts(in body: BodyObjects) -> [BodyAmount] {
        var found: [BodyAmount] = []
        for object in body.objects {
            for member in body[object].members where !member.value.isNull {
                guard
                    let named = byName[member.name]?.first(where: { named in
                        named.path.last.isSame(as: member.name) && body.isBelow(named.path, object)
                    })
                else { continue }
                found.append(BodyAmount(group: named.group, object: object, name: member.name, node: member.value))
            }
        }
        return found
    }

    /// The currency of the amounts that a group names in an object; `nil` if the message does not contain it.
    func currency(of group: Int, in body: BodyObjects, _ object: Int) -> String? {
        switch groups[group].currency {
        case .code(let code)?: code
        case .member(let path)?: body.nearest(path, to: object)?.string
        case nil: nil
        }
    }
}
