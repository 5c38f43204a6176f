import JSONDocument
import Primitives

/// The members and enumeration values that a schema declares at any depth up to a limit, numbered in the order of the
/// document.
///
/// Positions replace names: a large document declares hundreds of thousands of places, and reports show few of them.
struct DeclaredPlaces: Sendable {
    /// Deeper members are not counted.
    static let maximumDepth = 6
    /// Further members and values of one schema are not counted.
    static let maximumCount = 1_000

    /// A value of the body.
    struct Node: Sendable {
        /// The number of its schema.
        var schema: Int32
        /// Its number among the members; -1 for the root, for elements, and beyond the limit.
        var property: Int32 = -1
        /// The number of its first enumeration value.
        var firstValue: Int32 = 0
        /// How many of its enumeration values are counted.
        var valueCount: Int32 = 0
        /// The node of its first declared member; the others follow, in the order of the schema.
        var firstMember: Int32 = 0
        /// How many declared members it has.
        var memberCount: Int32 = 0
        /// The node of its elements; -1 if nothing is declared inside them.
        var elements: Int32 = -1
    }

    /// The nodes; the first one is the body.
    private(set) var nodes: [Node]
    /// How many members are declared.
    private(set) var properties = 0
    /// How many enumeration values are declared.
    private(set) var values = 0

    /// The places of the schema with the number `root`.
    init(_ root: Int32, _ schemas: [DeclaredSchema]) {
        nodes = [Node(schema: root)]
        var above: [Int32] = []
        declare(0, schemas, &above)
    }

    private mutating func declare(_ index: Int, _ schemas: [DeclaredSchema], _ above: inout [Int32]) {
        let number = nodes[index].schema
        let schema = schemas[Int(number)]
        let counted = min(schema.values.count, Self.maximumCount - values)
        nodes[index].firstValue = Int32(values)
        nodes[index].valueCount = Int32(counted)
        values += counted
        // A recursive schema has no end.
        guard above.count < Self.maximumDepth, !above.contains(number) else { return }
        above.append(number)
        defer { above.removeLast() }
        if let elements = schema.elements {
            nodes[index].elements = Int32(nodes.count)
            nodes.append(Node(schema: elements))
            declare(nodes.count - 1, schemas, &above)
        }
        let first = nodes.count
        nodes[index].firstMember = Int32(first)
        nodes[index].memberCount = Int32(schema.members.count)
        nodes += schema.members.map { Node(schema: $0.schema) }
        for (offset, member) in schema.members.enumerated() {
            guard properties < Self.maximumCount else { break }
            nodes[first + offset].property = Int32(properties)
            properties += 1
            // The pointers inside a member named `*` would be those of the elements.
            if schema.elements != nil, member.key.name.isSame(as: "*") { continue }
            declare(first + offset, schemas, &above)
        }
    }
}

/// How many bodies had each of the places that a schema declares.
struct PlaceCount {
    /// Longer texts are not enumeration values.
    private static let longestValue = 200

    /// The bodies with each member, by number.
    private(set) var properties: [Int32]
    /// The bodies with each enumeration value, by number.
    private(set) var values: [Int32]

    private let places: DeclaredPlaces
    /// The last body that had each member and value: each body counts once.
    private var lastWithProperty: [Int32]
    private var lastWithValue: [Int32]
    private var bodies: Int32 = 0

    /// No body was counted yet.
    init(_ places: DeclaredPlaces) {
        self.places = places
        properties = Array(repeating: 0, count: places.properties)
        values = Array(repeating: 0, count: places.values)
        lastWithProperty = properties
        lastWithValue = values
    }

    /// Counts the members and values that a body has.
    mutating func count(_ document: JSONDocument, _ schemas: [DeclaredSchema]) {
        guard !properties.isEmpty || !values.isEmpty else { return }
        bodies += 1
        count(document.root, 0, schemas)
    }

    private mutating func count(_ value: JSONNode, _ index: Int, _ schemas: [DeclaredSchema]) {
        let node = places.nodes[index]
        switch value.kind {
        case .object:
            for offset in 0..<Int(node.memberCount) {
                let member = Int(node.firstMember) + offset
                let property = Int(places.nodes[member].property)
                guard property >= 0, let inner = value[schemas[Int(node.schema)].members[offset].key] else { continue }
                if lastWithProperty[property] < bodies {
                    lastWithProperty[property] = bodies
                    properties[property] += 1
                }
                count(inner, member, schemas)
            }
        case .array:
            guard node.elements >= 0 else { return }
            for element in value.elements { count(element, Int(node.elements), schemas) }
        case .string, .number, .boolean, .null:
            guard node.valueCount > 0, value.spelling.utf8.count <= Self.longestValue,
                let position = schemas[Int(node.schema)].positions[value.value.text(.canonical)],
                position < node.valueCount
            else { return }
            let number = Int(node.firstValue) + position
            guard lastWithValue[number] < bodies else { return }
            lastWithValue[number] = bodies
            values[number] += 1
        }
    }
}
