import JSONDocument
import JSONSchema
import OpenAPI

/// The members and enumeration values that a schema declares, as far as coverage looks.
struct DeclaredPlaces {
    /// Deeper members are not counted.
    private static let maximumDepth = 6
    /// Further members of one schema are not counted.
    private static let maximumCount = 1_000

    /// Pointers of members, `*` for every index, in the order of the document.
    private(set) var properties: [String] = []
    /// `pointer=value` for every value of an enumeration.
    private(set) var values: [String] = []

    init(_ view: SchemaView) {
        walk(view, at: "", depth: 0, above: [])
    }

    private mutating func walk(_ view: SchemaView, at pointer: String, depth: Int, above: [SchemaPlace]) {
        for value in view.enumeration where values.count < Self.maximumCount {
            values.append("\(pointer)=\(value.value.text(.canonical))")
        }
        // A schema inside of itself would go on for ever.
        guard depth < Self.maximumDepth, !above.contains(view.place) else { return }
        let above = above + [view.place]
        if let items = view.items {
            walk(items, at: pointer + "/*", depth: depth + 1, above: above)
        }
        for name in view.propertyNames {
            guard let property = view.property(name), !property.isWriteOnly else { continue }
            let place = pointer + JSONPointer([name]).description
            guard properties.count < Self.maximumCount, !properties.contains(place) else { continue }
            properties.append(place)
            walk(property, at: place, depth: depth + 1, above: above)
        }
    }
}

/// The members and values that a received body has, in the form in which schemas declare them.
struct ReceivedPlaces {
    private(set) var names: Set<String> = []

    init(_ document: JSONDocument) {
        var open: [(node: JSONNode, pointer: String, depth: Int)] = [(document.root, "", 0)]
        while let (node, pointer, depth) = open.popLast() {
            switch node.kind {
            case .object where depth < 8:
                for member in node.members {
                    let place = pointer + JSONPointer([member.name]).description
                    names.insert(place)
                    open.append((member.value, place, depth + 1))
                }
            case .array where depth < 8:
                for element in node.elements { open.append((element, pointer + "/*", depth + 1)) }
            case .object, .array: break
            case .string, .number, .boolean, .null:
                // Long texts are no enumeration values.
                if node.spelling.utf8.count <= 200 { names.insert("\(pointer)=\(node.value.text(.canonical))") }
            }
        }
    }
}
