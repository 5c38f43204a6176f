import JSONDocument
import JSONSchema
import Testing

/// The engine and the naive evaluator agree on random schemas and values.
@Suite("Comparison with a naive evaluator")
struct DifferentialTests {
    @Test("both give the same verdict, and a report has issues only for invalid values", arguments: 0..<8)
    func agree(seed: Int) throws {
        var maker = SchemaMaker(seed: UInt64(seed))
        var verdicts: [Bool: Int] = [:]
        for _ in 0..<150 {
            var schema = maker.schema(depth: 3)
            if schema.kind != .object { schema = .object(JSONObject([("not", .boolean(false))])) }
            schema["$defs"] = .object(
                JSONObject(SchemaMaker.definitions.map { ($0, maker.schema(depth: 1, leaf: true)) }))
            let compiled = try compile(schema.text)
            let naive = NaiveEvaluator(root: schema)
            for _ in 0..<12 {
                let value = maker.value(depth: 3)
                let isValid = naive.evaluate(schema, value).isValid
                verdicts[isValid, default: 0] += 1
                let report = try compiled.report(value.text, ValidationOptions(direction: .none, formats: .annotate))
                #expect(report.outcome == (isValid ? .valid : .invalid), "\(schema.text) \(value.text)")
                #expect(report.issues.isEmpty == isValid, "\(schema.text) \(value.text)")
            }
        }
        // A generator that makes only one kind of case would prove nothing.
        #expect(verdicts[true, default: 0] > 300)
        #expect(verdicts[false, default: 0] > 300)
    }
}

/// Makes random schemas and values that have a chance to meet.
struct SchemaMaker {
    static let definitions = ["d", "e"]
    private static let names = ["a", "ab", "b", "c"]
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    }

    private mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[next(elements.count)]
    }

    mutating func value(depth: Int) -> JSONValue {
        switch next(depth > 0 ? 9 : 5) {
        case 0: return .null
        case 1: return .boolean(next(2) == 0)
        case 2: return .string(pick(["", "a", "ab", "b", "é", "e\u{301}"]))
        case 3, 4: return scalarNumber()
        case 5: return .array((0..<next(4)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<next(4) { object[pick(Self.names)] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    private mutating func scalarNumber() -> JSONValue {
        let spelling = pick(["0", "1", "1.0", "1.5", "2", "-3", "0.3", "10e-1", "1e2", "12345678901234567890"])
        return JSONNumber(spelling).map { .number($0) } ?? .null
    }

    mutating func schema(depth: Int, leaf: Bool = false) -> JSONValue {
        if next(12) == 0 { return .boolean(next(3) > 0) }
        var schema = JSONObject()
        for _ in 0..<(1 + next(3)) { add(to: &schema, depth: depth, leaf: leaf) }
        return .object(schema)
    }

    private mutating func schemas(_ depth: Int, _ leaf: Bool) -> JSONValue {
        .array((0..<(1 + next(3))).map { _ in schema(depth: depth - 1, leaf: leaf) })
    }

    private mutating func map(_ names: [String], _ depth: Int, _ leaf: Bool) -> JSONValue {
        var object = JSONObject()
        for _ in 0..<(1 + next(2)) { object[pick(names)] = schema(depth: depth - 1, leaf: leaf) }
        return .object(object)
    }

    private mutating func add(to schema: inout JSONObject, depth: Int, leaf: Bool) {
        let names = JSONValue.array([.string(pick(Self.names))])
        if depth <= 0 || next(3) == 0 { return addAssertion(to: &schema, names) }
        let below = { (maker: inout SchemaMaker) in maker.schema(depth: depth - 1, leaf: leaf) }
        switch next(leaf ? 16 : 17) {
        case 0: schema["allOf"] = schemas(depth, leaf)
        case 1: schema["anyOf"] = schemas(depth, leaf)
        case 2: schema["oneOf"] = schemas(depth, leaf)
        case 3: schema["not"] = below(&self)
        case 4:
            schema["if"] = below(&self)
            schema["then"] = below(&self)
            if next(2) == 0 { schema["else"] = below(&self) }
        case 5, 6: schema["properties"] = map(Self.names, depth, leaf)
        case 7: schema["patternProperties"] = map(["^a", "^b", "^"], depth, leaf)
        case 8: schema["additionalProperties"] = below(&self)
        case 9: schema["items"] = below(&self)
        case 10: schema["prefixItems"] = schemas(depth, leaf)
        case 11:
            schema["contains"] = below(&self)
            if next(2) == 0 { schema["minContains"] = .number(JSONNumber(next(3))) }
            if next(2) == 0 { schema["maxContains"] = .number(JSONNumber(next(3))) }
        case 12: schema["propertyNames"] = below(&self)
        case 13: schema["dependentSchemas"] = map(Self.names, depth, leaf)
        case 14: schema["unevaluatedProperties"] = below(&self)
        case 15: schema["unevaluatedItems"] = below(&self)
        default: schema["$ref"] = .string("#/$defs/" + pick(Self.definitions))
        }
    }

    private mutating func addAssertion(to schema: inout JSONObject, _ names: JSONValue) {
        let small = JSONValue.number(JSONNumber(next(3)))
        switch next(14) {
        case 0, 1:
            schema["type"] = .string(pick(["null", "boolean", "number", "integer", "string", "array", "object"]))
        case 2: schema["type"] = .array([.string("object"), .string(pick(["array", "string", "integer"]))])
        case 3: schema["enum"] = .array((0..<3).map { _ in value(depth: 1) })
        case 4: schema["const"] = value(depth: 1)
        case 5: schema[pick(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])] = scalarNumber()
        case 6: schema["multipleOf"] = JSONNumber(pick(["0.1", "0.5", "1", "3"])).map { .number($0) }
        case 7: schema[pick(["minLength", "maxLength"])] = small
        case 8: schema["pattern"] = .string(pick(["^a", "^b"]))
        case 9: schema["required"] = names
        case 10: schema[pick(["minProperties", "maxProperties"])] = small
        case 11: schema[pick(["minItems", "maxItems"])] = small
        case 12: schema["uniqueItems"] = .boolean(true)
        default: schema["dependentRequired"] = .object(JSONObject([(pick(Self.names), names)]))
        }
    }
}
