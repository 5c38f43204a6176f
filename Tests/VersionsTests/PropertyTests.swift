import Diagnostics
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import Testing

@testable import Versions

/// What holds for every pair of contracts.
@Suite struct DiffPropertyTests {
    private static let pairs = 250

    @Test("a contract compared with itself has no changes")
    func reflexive() throws {
        try ContractSource.with { source in
            for seed in 0..<60 {
                var random = SeededRandom(seed)
                let schema = SchemaMaker.schema(&random, depth: 3)
                let contract = try source.load(.document(of: schema, version: "3.1"), "a")
                let again = try source.load(.rewritten(of: schema, version: "3.1"), "b")
                #expect(ids(ContractDiff.compare(contract, contract)).isEmpty, "\(schema)")
                #expect(ids(ContractDiff.compare(contract, again)).isEmpty, "\(schema)")
            }
        }
    }

    @Test("backwards every change is its mirror")
    func mirrored() throws {
        try ContractSource.with { source in
            for seed in 0..<Self.pairs {
                var random = SeededRandom(1_000 + seed)
                let (old, new) = SchemaMaker.pair(&random)
                let before = try source.load(.document(of: old, version: "3.1"), "a")
                let after = try source.load(.document(of: new, version: "3.1"), "b")
                let forwards = ContractDiff.compare(before, after).changes
                let backwards = ContractDiff.compare(after, before).changes
                #expect(
                    forwards.map(\.rule.mirror).sorted() == backwards.map(\.rule.id).sorted(), "\(old) → \(new)")
                #expect(
                    Set(forwards.map(\.pointer.description)) == Set(backwards.map(\.pointer.description)),
                    "\(old) → \(new)")
            }
        }
    }

    @Test("a compatible change refuses no old request and lets no new response surprise")
    func compatible() throws {
        var judged = 0
        try ContractSource.with { source in
            for seed in 0..<Self.pairs {
                var random = SeededRandom(5_000 + seed)
                let (old, new) = SchemaMaker.pair(&random)
                let before = try source.load(.document(of: old, version: "3.1"), "a")
                let after = try source.load(.document(of: new, version: "3.1"), "b")
                let changes = ContractDiff.compare(before, after).changes
                for (direction, maker, judge) in [
                    (ChangeRule.Direction.request, before, after), (.response, after, before),
                ] {
                    let bodies = changes.filter { $0.rule.direction == direction && $0.subject?.path == "/body" }
                    guard bodies.allSatisfy({ $0.severity == .note }) else { continue }
                    judged += try refuted(maker, judge, direction, seed: seed, context: "\(old) → \(new)")
                }
            }
        }
        #expect(judged > 300)
    }

    /// Makes values by one contract and judges them by the other; returns how many were judged.
    private func refuted(
        _ maker: Contract, _ judge: Contract, _ direction: ChangeRule.Direction, seed: Int, context: String
    ) throws -> Int {
        let way: ValidationOptions.Direction = direction == .request ? .request : .response
        guard let made = maker.schema("F"), let judging = judge.schema("F") else { return 0 }
        let compiled = try judging.compiled()
        var count = 0
        for number in 0..<6 {
            let generator = ValueGenerator(
                schemas: maker.schemas, seed: "\(seed)-\(number)", direction: way,
                style: number == 0 ? .required : .varied)
            guard let value = generator.value(for: made.place) else { continue }
            count += 1
            let outcome = compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: way))
            #expect(outcome != .invalid, "\(direction.rawValue): \(value) for \(context)")
        }
        return count
    }
}

/// A generator of numbers that gives the same ones for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

/// Random schemas, and schemas with one or two edits.
enum SchemaMaker {
    static func pair(_ random: inout SeededRandom) -> (JSONValue, JSONValue) {
        let old = schema(&random, depth: 3)
        var new = edited(old, &random)
        if Int.random(in: 0..<3, using: &random) == 0 { new = edited(new, &random) }
        return (old, new)
    }

    static func schema(_ random: inout SeededRandom, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 5), using: &random) {
        case 0: return number("integer", &random)
        case 1: return number("number", &random)
        case 2: return string(&random)
        case 3: return ["type": "boolean"]
        case 4:
            return [
                "type": "string",
                "enum": .array(["a", "b", "c"].prefix(Int.random(in: 1...3, using: &random)).map { .string($0) }),
            ]
        case 5, 6, 7: return object(&random, depth: depth - 1)
        case 8:
            var array: JSONValue = ["type": "array", "items": schema(&random, depth: depth - 1)]
            if Bool.random(using: &random) { array["maxItems"] = .integer(Int.random(in: 1...4, using: &random)) }
            if Bool.random(using: &random) { array["minItems"] = .integer(Int.random(in: 0...1, using: &random)) }
            return array
        default:
            return [
                "anyOf": [
                    string(&random), number("integer", &random),
                    object(&random, depth: depth - 1),
                ]
            ]
        }
    }

    private static func number(_ type: String, _ random: inout SeededRandom) -> JSONValue {
        var schema: JSONValue = ["type": .string(type)]
        if Bool.random(using: &random) { schema["minimum"] = .integer(Int.random(in: 0...3, using: &random)) }
        if Bool.random(using: &random) { schema["maximum"] = .integer(Int.random(in: 5...9, using: &random)) }
        if Int.random(in: 0..<5, using: &random) == 0 { schema["exclusiveMaximum"] = .integer(8) }
        return schema
    }

    private static func string(_ random: inout SeededRandom) -> JSONValue {
        var schema: JSONValue = ["type": "string"]
        if Bool.random(using: &random) { schema["minLength"] = .integer(Int.random(in: 0...2, using: &random)) }
        if Bool.random(using: &random) { schema["maxLength"] = .integer(Int.random(in: 3...6, using: &random)) }
        if Int.random(in: 0..<6, using: &random) == 0 { schema["pattern"] = "^[a-z]*$" }
        if Int.random(in: 0..<6, using: &random) == 0 { schema["type"] = ["string", "null"] }
        return schema
    }

    private static func object(_ random: inout SeededRandom, depth: Int) -> JSONValue {
        var properties: [(String, JSONValue)] = []
        for name in ["p", "q", "r"].prefix(Int.random(in: 1...3, using: &random)) {
            var schema = schema(&random, depth: depth)
            if Int.random(in: 0..<8, using: &random) == 0 { schema["readOnly"] = true }
            if Int.random(in: 0..<8, using: &random) == 0 { schema["writeOnly"] = true }
            properties.append((name, schema))
        }
        var object: JSONValue = ["type": "object", "properties": .object(JSONObject(properties))]
        let required = properties.map(\.0).filter { _ in Bool.random(using: &random) }
        if !required.isEmpty { object["required"] = .array(required.map { .string($0) }) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: object["additionalProperties"] = false
        case 1: object["additionalProperties"] = schema(&random, depth: 0)
        default: break
        }
        return object
    }

    /// One edit somewhere in the schema.
    private static func edited(_ schema: JSONValue, _ random: inout SeededRandom) -> JSONValue {
        var schema = schema
        guard case .object(let object) = schema, Int.random(in: 0..<5, using: &random) > 0 else {
            return self.schema(&random, depth: 1)
        }
        if let properties = object["properties"]?.object, Bool.random(using: &random),
            let member = properties.members.randomElement(using: &random)
        {
            if Int.random(in: 0..<4, using: &random) == 0 {
                schema["properties"]?[member.name] = nil
            } else {
                schema["properties"]?[member.name] = edited(member.value, &random)
            }
            return schema
        }
        if let alternatives = object["anyOf"]?.elements, let index = alternatives.indices.randomElement(using: &random)
        {
            var list = alternatives
            if Bool.random(using: &random) {
                list[index] = edited(list[index], &random)
            } else {
                list.remove(at: index)
            }
            schema["anyOf"] = .array(list)
            return schema
        }
        if let items = object["items"], Bool.random(using: &random) {
            schema["items"] = edited(items, &random)
            return schema
        }
        if object["properties"] != nil {
            switch Int.random(in: 0..<4, using: &random) {
            case 0: schema["properties"]?["s"] = self.schema(&random, depth: 0)
            case 1: schema["required"] = ["p"]
            case 2: schema["required"] = nil
            default:
                schema["additionalProperties"] = object["additionalProperties"] == nil ? false : nil
            }
            return schema
        }
        let keywords = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "enum", "pattern"]
        let own = object.names.filter { keywords.contains($0) }
        if let keyword = own.randomElement(using: &random) {
            if let number = object[keyword]?.number?.int, Bool.random(using: &random) {
                schema[keyword] = .integer(max(0, number + (Bool.random(using: &random) ? 1 : -1)))
            } else {
                schema[keyword] = nil
            }
            return schema
        }
        return self.schema(&random, depth: 1)
    }
}
