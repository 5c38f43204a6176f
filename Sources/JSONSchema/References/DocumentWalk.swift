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

    /// Opens the content of a value that is not a schema.
    mutating func descend(_ step: Step) {
        let start = pending.count
        switch (step.mode, tape.kind(at: step.entry)) {
        case (.object, .object):
            tape.forEachMember(of: step.entry) { name, value in
                if let mode = mode(inObject: name) { open(value, as: mode, scope: step.scope) }
            }
        case (.object, .array):
            tape.forEachElement(of: step.entry) { open($0, as: .object, scope: step.scope) }
        case (.map, .object):
            tape.forEachMember(of: step.entry) { open($1, as: .object, scope: step.scope) }
        case (.map, .array):
            // `parameters` is a map in components and a list elsewhere.
            tape.forEachElement(of: step.entry) { open($0, as: .object, scope: step.scope) }
        case (.mapOfMaps, .object):
            tape.forEachMember(of: step.entry) { open($1, as: .map, scope: step.scope) }
        case (.schemaMap, .object):
            tape.forEachMember(of: step.entry) { open($1, as: .schema, scope: step.scope) }
        case (.schemaList, .array):
            tape.forEachElement(of: step.entry) { open($0, as: .schema, scope: step.scope) }
        default: break
        }
        pending[start...].reverse()
    }

    /// Opens the schemas inside a schema.
    mutating func descend(_ step: Step, scope: Int, family: ResourceDialect.Family) {
        guard tape.kind(at: step.entry) == .object else { return }
        let start = pending.count
        let keywords = KeywordShape.table(family)
        tape.forEachMember(of: step.entry) { name, value in
            guard let shape = keywords.value(ofName: name, on: tape) else { return }
            switch (shape, tape.kind(at: value)) {
            case (.schema, .object), (.schema, .boolean), (.schemaOrList, .object), (.schemaOrList, .boolean):
                open(value, as: .schema, scope: scope)
            case (.list, .array), (.schemaOrList, .array):
                open(value, as: .schemaList, scope: scope)
            case (.map, .object):
                open(value, as: .schemaMap, scope: scope)
            default: break
            }
        }
        pending[start...].reverse()
    }

    /// How the member `name` of an OpenAPI object is interpreted; `nil` for data.
    private func mode(inObject name: Int) -> Mode? {
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
