import JSONDocument
import JSONSchema

extension ValueBreaker {
    /// The maximum size of containers and texts that are built to exceed a bound.
    private static let maximumSize = 10_000
    /// The maximum number of values of a document that are changed; the elements of a long list are similar.
    private static let maximumPlaces = 2_000

    /// The paths to all values in `value`, the root first; of arrays, only the first two elements.
    static func places(in value: JSONValue) -> [[String]] {
        var found: [[String]] = []
        func visit(_ value: JSONValue, _ way: [String]) {
            guard found.count < maximumPlaces, way.count < 64 else { return }
            found.append(way)
            switch value {
            case .array(let elements):
                for (index, element) in elements.prefix(2).enumerated() { visit(element, way + [String(index)]) }
            case .object(let object):
                for member in object.members { visit(member.value, way + [member.name]) }
            default: break
            }
        }
        visit(value, [])
        return found
    }

    /// The path with `*` in place of indexes.
    static func general(_ way: [String], in value: JSONValue) -> [String] {
        var here: JSONValue? = value
        return way.map { step in
            defer { here = here?[step] ?? Int(step).flatMap { here?[$0] } }
            if case .array? = here { return "*" }
            return step
        }
    }

    /// `value` with the part at `way` changed, once for every change that a schema may reject.
    func changes(of value: JSONValue, at way: [String]) -> [JSONValue] {
        let pointer = JSONPointer(way)
        guard let part = value.value(at: pointer) else { return [] }
        let schema = way.isEmpty ? view : view.view(at: way)
        return replacements(for: part, schema).compactMap { replacement in
            guard !way.isEmpty else { return replacement }
            var changed = value
            return changed.set(replacement, at: pointer) ? changed : nil
        }
    }

    private func replacements(for value: JSONValue, _ schema: SchemaView?) -> [JSONValue] {
        ordinaryReplacements(for: value, schema) + deniedValues(schema)
    }

    /// A value that the schema of `not` accepts.
    private func deniedValues(_ schema: SchemaView?) -> [JSONValue] {
        guard let schema, let denied = schema.ownKeyword("not").flatMap({ schema.subschema($0) }) else { return [] }
        return generator.value(for: denied).map { [$0] } ?? []
    }

    private func ordinaryReplacements(for value: JSONValue, _ schema: SchemaView?) -> [JSONValue] {
        let samples: [JSONValue] = [.string("text"), .integer(7), .boolean(true), .null, .array([]), .object([:])]
        let others = samples.filter { $0.kind != value.kind }
        switch value {
        case .null, .boolean: return others
        case .string(let text): return others + texts(text, schema).map { .string($0) }
        case .number(let number): return numbers(number, schema).map { .number($0) } + others
        case .array(let elements): return arrays(elements, schema).map { .array($0) } + others
        case .object(let object): return objects(object, schema).map { .object($0) } + others
        }
    }

    private func bound(_ keyword: String, _ schema: SchemaView?) -> Int? {
        schema?.keyword(keyword)?.number?.int.flatMap { (0...Self.maximumSize).contains($0) ? $0 : nil }
    }

    private func texts(_ text: String, _ schema: SchemaView?) -> [String] {
        var found = ["not-among-them", text + "~", "~" + text, "~", "a b", "2024-13-45", "2024-13-45T99:00:00Z", ""]
        if let maximum = bound("maxLength", schema) {
            let scalars = text.unicodeScalars
            let filler = scalars.last.map { String(Character($0)) } ?? "x"
            for unit in [filler, "x", "0"] {
                found.append(text + String(repeating: unit, count: max(0, maximum + 1 - scalars.count)))
            }
        }
        if let minimum = bound("minLength", schema), minimum > 0 {
            found.append(String(String.UnicodeScalarView(text.unicodeScalars.prefix(minimum - 1))))
        }
        return found
    }

    private func numbers(_ number: JSONNumber, _ schema: SchemaView?) -> [JSONNumber] {
        var found: [JSONNumber] = []
        func add(_ base: JSONNumber?, _ step: String) {
            if let base, let step = JSONNumber(step), let sum = base.adding(step) { found.append(sum) }
        }
        for keyword in ["minimum", "exclusiveMinimum"] {
            let bound = schema?.keyword(keyword)?.number
            if let bound { found.append(bound) }
            for step in ["-1", "-0.01", "-1000000"] { add(bound, step) }
        }
        for keyword in ["maximum", "exclusiveMaximum"] {
            let bound = schema?.keyword(keyword)?.number
            if let bound { found.append(bound) }
            for step in ["1", "0.01", "1000000"] { add(bound, step) }
        }
        for step in ["0.5", "0.001", "1"] { add(number, step) }
        if let step = schema?.keyword("multipleOf")?.number, let one = JSONNumber("1") {
            if let sum = number.adding(one) { found.append(sum) }
            if let sum = number.adding(step) { found.append(sum) }
        }
        found += ["3000000000", "9223372036854775808", "1e400", "-7"].compactMap { JSONNumber($0) }
        for step in ["-1", "-0.5", "-0.001"] { add(number, step) }
        return found
    }

    private func arrays(_ elements: [JSONValue], _ schema: SchemaView?) -> [[JSONValue]] {
        var found: [[JSONValue]] = [[], Array(elements.dropLast())]
        if let first = elements.first {
            found.append(elements + [first])
            if let maximum = bound("maxItems", schema) {
                found.append(elements + Array(repeating: first, count: max(0, maximum + 1 - elements.count)))
            }
        }
        if let maximum = bound("maxItems", schema) { found.append(grown(elements, to: maximum + 1, schema)) }
        return found
    }

    /// More elements, all different.
    private func grown(_ elements: [JSONValue], to count: Int, _ schema: SchemaView?) -> [JSONValue] {
        let varied = ValueGenerator(
            schemas: generator.schemas, seed: "break", direction: generator.options.direction, style: .varied)
        var elements = elements
        for attempt in 0..<(min(count, 100) * 3) where elements.count < count {
            // Without a schema for elements, every element is allowed.
            let made =
                schema?.item(elements.count).map { varied.value(for: $0, at: String(attempt)) }
                ?? .integer(attempt)
            if let made, !elements.contains(made) { elements.append(made) }
        }
        return elements
    }

    private func objects(_ object: JSONObject, _ schema: SchemaView?) -> [JSONObject] {
        var found: [JSONObject] = []
        for name in object.names {
            var changed = object
            changed[name] = nil
            found.append(changed)
        }
        found.append([:])
        for value in [JSONValue.string("text"), .integer(7), .boolean(true)] {
            var changed = object
            changed["undeclared member"] = value
            found.append(changed)
        }
        if let maximum = bound("maxProperties", schema) {
            var changed = object
            for index in 0..<1_000 where changed.count <= maximum {
                let value = schema?.additional.flatMap { generator.value(for: $0, at: String(index)) }
                changed["more\(index)"] = value ?? .string("text")
            }
            found.append(changed)
        }
        return found
    }
}
