import JSONDocument
import JSONSchema
import OpenAPI

/// The members and enumeration values that the schemas of a body declare, up to a depth, and how many bodies had each.
struct DeclaredPlaces {
    /// Deeper members are not counted.
    private static let maximumDepth = 6
    /// Further members of one schema are not counted.
    private static let maximumCount = 1_000
    /// Longer texts are not enumeration values.
    private static let longestValue = 200

    /// The members, as pointers with `*` for every index, in the order of the documents.
    private(set) var properties: [CoveragePoint] = []
    /// `pointer=value` for every value of an enumeration.
    private(set) var values: [CoveragePoint] = []

    private let root = Place()
    /// The number of the last body that had each member and value: each body counts once.
    private var lastWithProperty: [Int] = []
    private var lastWithValue: [Int] = []
    private var bodies = 0

    /// A value of the body, and what is declared for it and inside it.
    private final class Place {
        var property: Int?
        var values: [String: Int] = [:]
        var members: [(key: JSONNameKey, place: Place)] = []
        var elements: Place?

        func member(_ name: String) -> Place {
            if let known = members.first(where: { $0.key.name == name }) { return known.place }
            let place = Place()
            members.append((JSONNameKey(name), place))
            return place
        }
    }

    /// The places of several schemas together; of equal ones the first.
    init(_ views: [SchemaView]) {
        for view in views {
            var walk = Walk()
            self.walk(view, at: root, "", &walk, depth: 0, above: [])
        }
        lastWithProperty = Array(repeating: 0, count: properties.count)
        lastWithValue = Array(repeating: 0, count: values.count)
    }

    /// How much one schema has declared so far.
    private struct Walk {
        var properties: Set<String> = []
        var values = 0
    }

    private mutating func walk(
        _ view: SchemaView, at place: Place, _ pointer: String, _ seen: inout Walk, depth: Int, above: [SchemaPlace]
    ) {
        for value in view.enumeration where seen.values < Self.maximumCount {
            seen.values += 1
            let text = value.value.text(.canonical)
            guard place.values[text] == nil else { continue }
            place.values[text] = values.count
            values.append(CoveragePoint(name: "\(pointer)=\(text)", count: 0))
        }
        // A recursive schema has no end.
        guard depth < Self.maximumDepth, !above.contains(view.place) else { return }
        let above = above + [view.place]
        if let items = view.items {
            let elements = place.elements ?? Place()
            place.elements = elements
            walk(items, at: elements, pointer + "/*", &seen, depth: depth + 1, above: above)
        }
        for name in view.propertyNames {
            guard let property = view.property(name), !property.isWriteOnly else { continue }
            let inner = pointer + JSONPointer([name]).description
            guard seen.properties.count < Self.maximumCount, seen.properties.insert(inner).inserted else { continue }
            let member = place.member(name)
            if member.property == nil {
                member.property = properties.count
                properties.append(CoveragePoint(name: inner, count: 0))
            }
            walk(property, at: member, inner, &seen, depth: depth + 1, above: above)
        }
    }

    /// Counts the members and values that a body has.
    mutating func count(_ document: JSONDocument) {
        guard !properties.isEmpty || !values.isEmpty else { return }
        bodies += 1
        count(document.root, root)
    }

    private mutating func count(_ node: JSONNode, _ place: Place) {
        switch node.kind {
        case .object:
            for (key, member) in place.members {
                guard let value = node[key] else { continue }
                if let index = member.property, lastWithProperty[index] < bodies {
                    lastWithProperty[index] = bodies
                    properties[index].count += 1
                }
                count(value, member)
            }
        case .array:
            guard let inner = place.elements else { return }
            for element in node.elements { count(element, inner) }
        case .string, .number, .boolean, .null:
            guard !place.values.isEmpty, node.spelling.utf8.count <= Self.longestValue,
                let index = place.values[node.value.text(.canonical)], lastWithValue[index] < bodies
            else { return }
            lastWithValue[index] = bodies
            values[index].count += 1
        }
    }
}
