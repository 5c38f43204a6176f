import JSONDocument

/// The names of the places that the bodies of a response declare, made when a report lists them.
struct PlaceNames: Sendable {
    /// The members, or the enumeration values.
    enum Kind: Sendable { case properties, values }

    /// A schema of the response: its number, and the bodies with each place; empty if no body was counted.
    struct Schema: Sendable {
        var root: Int32
        var counts: [Int32]
    }

    let kind: Kind
    let schemas: [Schema]
    let declared: [DeclaredSchema]

    /// The places with their counts, of equal ones the first.
    ///
    /// - Parameters:
    ///   - isUnexercised: Whether only places without a body are listed.
    ///   - limit: The most places.
    func points(isUnexercised: Bool, limit: Int) -> [CoveragePoint] {
        var list = PointList(kind: kind, declared: declared, isUnexercised: isUnexercised)
        list.limit = schemas.count == 1 ? limit : .max
        var all: [CoveragePoint] = []
        var known: Set<String> = []
        for schema in schemas {
            let found = list.points(of: schema)
            // Only several media types with JSON can have equal places.
            all += schemas.count == 1 ? found : found.filter { known.insert($0.name).inserted }
        }
        return Array(all.prefix(limit))
    }
}

/// The list of the places of one schema while it is made.
private struct PointList {
    let kind: PlaceNames.Kind
    let declared: [DeclaredSchema]
    let isUnexercised: Bool
    var limit = Int.max
    private var counts: [Int32] = []
    private var points: [CoveragePoint] = []
    private var pointer: [UInt8] = []

    init(kind: PlaceNames.Kind, declared: [DeclaredSchema], isUnexercised: Bool) {
        self.kind = kind
        self.declared = declared
        self.isUnexercised = isUnexercised
    }

    mutating func points(of schema: PlaceNames.Schema) -> [CoveragePoint] {
        counts = schema.counts
        points = []
        let places = DeclaredPlaces(schema.root, declared)
        list(places.nodes[0], places.nodes)
        return points
    }

    private mutating func list(_ node: DeclaredPlaces.Node, _ nodes: [DeclaredPlaces.Node]) {
        guard points.count < limit else { return }
        let schema = declared[Int(node.schema)]
        if kind == .values {
            for position in 0..<Int(node.valueCount) {
                add(Int(node.firstValue) + position, suffix: "=" + schema.values[position])
            }
        }
        let length = pointer.count
        if node.elements >= 0 {
            pointer += "/*".utf8
            list(nodes[Int(node.elements)], nodes)
            pointer.removeSubrange(length...)
        }
        for offset in 0..<Int(node.memberCount) {
            let member = nodes[Int(node.firstMember) + offset]
            guard member.property >= 0 else { continue }
            pointer += JSONPointer([schema.members[offset].key.name]).description.utf8
            if kind == .properties { add(Int(member.property), suffix: "") }
            list(member, nodes)
            pointer.removeSubrange(length...)
        }
    }

    private mutating func add(_ number: Int, suffix: String) {
        let count = counts.isEmpty ? 0 : Int(counts[number])
        guard points.count < limit, !isUnexercised || count == 0 else { return }
        points.append(CoveragePoint(name: String(decoding: pointer, as: UTF8.self) + suffix, count: count))
    }
}
