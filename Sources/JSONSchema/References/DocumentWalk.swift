import JSONDocument

/// Walks through a document without recursion and finds the schemas.
///
/// In OpenAPI documents, schemas have fixed names in fixed objects, but the names of paths, responses, properties and
/// the like are the author's: a header named `schema` is not a schema.
struct DocumentWalk {
    /// How a value is interpreted.
    enum Mode: Sendable {
        case schema
        case schemaMap
        case schemaList
        /// An OpenAPI object, or a list of them.
        case object
        /// A map with author-defined names to OpenAPI objects.
        case map
        /// A map with author-defined names to such maps.
        case mapOfMaps
    }

    struct Step {
        let entry: Int
        let mode: Mode
        let scope: Int
    }

    let tape: JSONTape
    private var pending: [Step] = []

    init(tape: JSONTape) {
        self.tape = tape
    }

    mutating func open(_ entry: Int, as mode: Mode, scope: Int) {
        pending.append(Step(entry: entry, mode: mode, scope: scope))
    }

    /// The next value in reading order.
    mutating func next() -> Step? {
        pending.popLast()
    }

    /// Opens what a value contains, except for data.
    ///
    /// - Parameters:
    ///   - scope: The resource of the content.
    ///   - family: The dialect of the value if it is a schema.
    mutating func descend(_ step: Step, scope: Int, _ family: ResourceDialect.Family) {
        let start = pending.count
        let open = { (walk: inout DocumentWalk, child: Int) in
            guard let mode = walk.mode(of: child, in: step.entry, as: step.mode, family) else { return }
            walk.pending.append(Step(entry: child, mode: mode, scope: scope))
        }
        switch tape.kind(at: step.entry) {
        case .object: tape.forEachMember(of: step.entry) { open(&self, $1) }
        case .array: tape.forEachElement(of: step.entry) { open(&self, $0) }
        default: break
        }
        pending[start...].reverse()
    }

    /// How a member or element of a value is interpreted; `nil` for data.
    ///
    /// - Parameters:
    ///   - child: The value of the member, or the element.
    ///   - mode: How the container is interpreted.
    ///   - family: The dialect of the container if it is a schema.
    func mode(
        of child: Int, in container: Int, as mode: Mode, _ family: ResourceDialect.Family
    ) -> Mode? {
        switch (mode, tape.kind(at: container)) {
        case (.object, .object): modeInObject(name: child - 1)
        // `parameters` is a map in components and a list elsewhere.
        case (.object, .array), (.map, .object), (.map, .array): .object
        case (.mapOfMaps, .object): .map
        case (.schemaMap, .object), (.schemaList, .array): .schema
        case (.schema, .object): modeInSchema(name: child - 1, child, family)
        default: nil
        }
    }

    private func modeInSchema(name: Int, _ value: Int, _ family: ResourceDialect.Family) -> Mode? {
        guard let shape = KeywordShape.table(family).value(ofName: name, on: tape) else { return nil }
        return switch (shape, tape.kind(at: value)) {
        case (.schema, .object), (.schema, .boolean), (.schemaOrList, .object), (.schemaOrList, .boolean): .schema
        case (.list, .array), (.schemaOrList, .array): .schemaList
        case (.map, .object): .schemaMap
        default: nil
        }
    }

    /// How the member `name` of an OpenAPI object is interpreted; `nil` for data.
    private func modeInObject(name: Int) -> Mode? {
        if let known = Self.modes.value(ofName: name, on: tape) { return known }
        return tape.withText(at: name) { $0.starts(with: "x-".utf8) } ? nil : .object
    }

    private static let modes = JSONNameTable<Mode?>(
        [("schema", .schema), ("itemSchema", .schema), ("schemas", .schemaMap), ("callbacks", .mapOfMaps)]
            + [
                "paths", "webhooks", "pathItems", "responses", "parameters", "headers", "requestBodies", "content",
                "links", "securitySchemes", "encoding", "variables", "mediaTypes", "additionalOperations",
            ].map { ($0, .map) }
            + ["example", "examples", "default", "value", "dataValue", "enum", "security", "mapping"].map { ($0, nil) })
}

extension JSONTape {
    /// Calls `body` with the entries of name and value of each member.
    @inline(__always)
    func forEachMember(of object: Int, _ body: (_ name: Int, _ value: Int) -> Void) {
        var name = firstChild(of: object)
        let end = end(of: object)
        while name < end {
            body(name, name + 1)
            name = self.end(of: name + 1)
        }
    }

    /// Calls `body` with the entry of each element.
    @inline(__always)
    func forEachElement(of array: Int, _ body: (_ element: Int) -> Void) {
        var element = firstChild(of: array)
        let end = end(of: array)
        while element < end {
            body(element)
            element = self.end(of: element)
        }
    }

    /// The member or element of a container that is `entry` or contains it.
    func child(of container: Int, containing entry: Int) -> (value: Int, name: Int?, index: Int)? {
        let end = end(of: container)
        var index = 0
        switch kind(at: container) {
        case .object:
            var name = firstChild(of: container)
            while name < end {
                if entry < self.end(of: name + 1) { return (name + 1, name, index) }
                name = self.end(of: name + 1)
                index += 1
            }
        case .array:
            var element = firstChild(of: container)
            while element < end {
                if entry < self.end(of: element) { return (element, nil, index) }
                element = self.end(of: element)
                index += 1
            }
        default: break
        }
        return nil
    }
}
