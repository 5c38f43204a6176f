import JSONDocument
import JSONSchema

/// The parts of a value that a schema declares, one level deep. Other schemas are numbers in ``DeclaredSchemas/all``.
struct DeclaredSchema: Sendable {
    /// A member that a schema declares.
    struct Member: Sendable {
        let key: JSONNameKey
        /// The number of its schema.
        let schema: Int32
    }

    /// The members that responses can have, in order.
    var members: [Member] = []
    /// The number of the schema of elements.
    var elements: Int32?
    /// The values of the enumeration as canonical JSON, in order, each once.
    var values: [String] = []
    /// The position in `values` of each value.
    var positions: [String: Int] = [:]
}

/// The schemas of the response bodies of one contract. Each is read once, however many operations use it.
final class DeclaredSchemas {
    /// The number of every schema that declares nothing.
    static let nothing: Int32 = 0

    /// The schemas by number.
    private(set) var all = [DeclaredSchema()]
    private var numbers: [SchemaIdentity: Int32] = [:]
    /// The views of the schemas that were not read yet.
    private var unread: [Int32: SchemaView] = [:]
    /// How many levels inside each schema were read; -1 for none, not even its own.
    private var readLevels: [Int] = [.max]

    /// The number of a schema, which is read with everything inside it that coverage counts.
    func number(of view: SchemaView) -> Int32 {
        let number = register(view)
        read(number, levels: DeclaredPlaces.maximumDepth)
        return number
    }

    private func register(_ view: SchemaView?) -> Int32 {
        guard let view, !view.node.declaresNothing else { return Self.nothing }
        let identity = view.identity
        if let known = numbers[identity] { return known }
        let number = Int32(all.count)
        numbers[identity] = number
        unread[number] = view
        all.append(DeclaredSchema())
        readLevels.append(-1)
        return number
    }

    private func read(_ number: Int32, levels: Int) {
        let index = Int(number)
        guard readLevels[index] < levels else { return }
        readLevels[index] = levels
        if let view = unread.removeValue(forKey: number) { all[index] = schema(view.declarations) }
        guard levels > 0 else { return }
        let schema = all[index]
        if let elements = schema.elements { read(elements, levels: levels - 1) }
        for member in schema.members { read(member.schema, levels: levels - 1) }
    }

    private func schema(_ declared: SchemaDeclarations) -> DeclaredSchema {
        var schema = DeclaredSchema()
        for value in declared.enumeration where schema.values.count < DeclaredPlaces.maximumCount {
            let text = value.value.text(.canonical)
            guard schema.positions[text] == nil else { continue }
            schema.positions[text] = schema.values.count
            schema.values.append(text)
        }
        schema.elements = declared.elements.map { register($0) }
        schema.members = declared.members.map { name, member in
            DeclaredSchema.Member(key: JSONNameKey(name), schema: register(member))
        }
        return schema
    }
}
