import JSONDocument
import JSONSchema
import TestKit
import Testing

/// A bound on work may leave a verdict open. It never changes it.
@Suite("Verdicts within a bound")
struct StepBudgetTests {
    private typealias Maker = JSONSchemaTests.SchemaMaker

    private static let bounds = Array(0...40) + [50, 64, 80, 100, 128, 200, 300, 500, 1_000, 5_000]

    /// Compares the outcomes within each bound with the outcome without one; returns how many were open.
    private static func compare(_ compiled: CompiledSchema, _ value: JSONNode, _ options: ValidationOptions) -> Int {
        var options = options
        let expected = compiled.isValid(value, options)
        let report = compiled.validate(value, options)
        #expect(report.outcome == expected)
        var open = 0
        for steps in bounds {
            options.steps = steps
            let outcome = compiled.isValid(value, options)
            open += outcome == .undecided ? 1 : 0
            #expect(outcome == expected || outcome == .undecided, "\(value) in \(steps) steps: \(outcome)")
            let report = compiled.validate(value, options)
            #expect(report.outcome == expected || report.outcome == .undecided, "\(value) in \(steps) steps")
            #expect(report.issues.isEmpty == (report.outcome == .valid), "\(value) in \(steps) steps")
            if report.outcome == .invalid, expected == .invalid, steps == bounds.last {
                #expect(report.issues.contains { $0.kind == .violation })
            }
        }
        return open
    }

    @Test("every keyword: with few steps, the outcome is the final one or open", arguments: 0..<8)
    func keywords(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 700))
        var open = 0
        for _ in 0..<40 {
            var schema = maker.schema(depth: 3).object ?? JSONObject([("not", false)])
            schema["$defs"] = .object(JSONObject(Maker.definitions.map { ($0, maker.schema(depth: 1, leaf: true)) }))
            let compiled = try compile(JSONValue.object(schema).text)
            for _ in 0..<6 {
                let value = JSONDocument(maker.value(depth: 3)).root
                open += Self.compare(compiled, value, ValidationOptions(direction: .none, formats: .annotate))
            }
        }
        #expect(open > 100)
    }

    @Test(
        "marks, formats and discriminators: the same", arguments: 0..<8,
        [ValidationOptions.Direction.request, .response])
    func marks(seed: Int, direction: ValidationOptions.Direction) throws {
        var random = SplitMix(seed: seed + 900)
        var open = 0
        for _ in 0..<25 {
            let compiled = try compile(TestKit.SchemaMaker.schema(&random, depth: 3).text)
            let options = ValidationOptions(direction: direction, refusesReadOnly: true)
            for _ in 0..<6 {
                open += Self.compare(compiled, JSONDocument(Self.value(&random, depth: 3)).root, options)
            }
        }
        #expect(open > 100)
    }

    /// A value with the names and texts of the schemas that `TestKit.SchemaMaker` makes.
    private static func value(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch random.number(below: depth > 0 ? 10 : 4) {
        case 0: return .integer(random.number(below: 10))
        case 1: return .string(random.pick(["a", "b", "c", "ab", "2024-02-29", "a@b.example"]))
        case 2: return .boolean(random.once(in: 2))
        case 3: return random.pick([.null, [], [:], 1.5])
        case 4: return .array((0..<random.number(below: 4)).map { _ in value(&random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for name in ["p", "q", "r", "s"] where !random.once(in: 3) {
                object[name] = value(&random, depth: depth - 1)
            }
            if random.once(in: 3) { object["t"] = .string(random.pick(["a", "b", "x"])) }
            return .object(object)
        }
    }

    @Test("both ways to validate agree, in every direction and mode", arguments: 0..<12)
    func agreement(seed: Int) throws {
        var random = SplitMix(seed: seed + 1_000)
        var outcomes: [SchemaOutcome: Int] = [:]
        for _ in 0..<40 {
            let schema = TestKit.SchemaMaker.schema(&random, depth: 3)
            let compiled = try compile(schema.text)
            for _ in 0..<8 {
                let value = Self.value(&random, depth: 3)
                let node = JSONDocument(value).root
                for direction in [ValidationOptions.Direction.request, .response, .none] {
                    for refuses in [true, false] {
                        for formats in [ValidationOptions.FormatMode.assert, .annotate] {
                            let options = ValidationOptions(
                                direction: direction, formats: formats, refusesReadOnly: refuses)
                            let outcome = compiled.isValid(node, options)
                            let report = compiled.validate(node, options)
                            outcomes[outcome, default: 0] += 1
                            #expect(report.outcome == outcome, "\(value.text) by \(schema.text)")
                            #expect(report.issues.isEmpty == (outcome == .valid), "\(value.text) by \(schema.text)")
                        }
                    }
                }
            }
        }
        #expect(outcomes[.valid, default: 0] > 100)
        #expect(outcomes[.invalid, default: 0] > 100)
    }

    @Test("a stricter mode accepts nothing more", arguments: 0..<8)
    func strictness(seed: Int) throws {
        var random = SplitMix(seed: seed + 1_100)
        var accepted = 0
        for _ in 0..<60 {
            let schema = TestKit.SchemaMaker.schema(&random, depth: 3)
            // Under `not` and `if`, and for exactly one alternative, a stricter part can make the whole laxer.
            guard !schema.text.contains("oneOf"), !schema.text.contains("\"if\"") else { continue }
            let compiled = try compile(schema.text)
            for _ in 0..<12 {
                let value = Self.value(&random, depth: 3)
                let node = JSONDocument(value).root
                func accepts(_ options: ValidationOptions) -> Bool { compiled.isValid(node, options) == .valid }
                for direction in [ValidationOptions.Direction.request, .response, .none] {
                    let lax = ValidationOptions(direction: direction, formats: .annotate)
                    let strict = ValidationOptions(direction: direction)
                    let strictest = ValidationOptions(direction: direction, refusesReadOnly: true)
                    if accepts(strict) { #expect(accepts(lax), "\(value.text) by \(schema.text)") }
                    if accepts(strictest) { #expect(accepts(strict), "\(value.text) by \(schema.text)") }
                    accepted += accepts(strict) ? 1 : 0
                }
                // A request need not have members that are readOnly, so it may be valid where a plain value is not.
                if accepts(ValidationOptions(direction: .none)) {
                    #expect(accepts(ValidationOptions(direction: .request)), "\(value.text) by \(schema.text)")
                }
            }
        }
        #expect(accepted > 20)
    }

    @Test("fewer issues are the first of more issues", arguments: 0..<8)
    func prefixes(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 1_200))
        var longest = 0
        for _ in 0..<60 {
            var schema = maker.schema(depth: 3).object ?? JSONObject([("not", false)])
            schema["$defs"] = .object(JSONObject(Maker.definitions.map { ($0, maker.schema(depth: 1, leaf: true)) }))
            let compiled = try compile(JSONValue.object(schema).text)
            for _ in 0..<8 {
                let value = JSONDocument(maker.value(depth: 3)).root
                var options = ValidationOptions(direction: .none)
                let all = compiled.validate(value, options).issues
                longest = max(longest, all.count)
                for count in 1..<max(2, all.count) {
                    options.maximumIssues = count
                    let some = compiled.validate(value, options).issues
                    #expect(some.map(\.keyword) == all.prefix(some.count).map(\.keyword), "\(schema) \(value)")
                    #expect(some.isEmpty == all.isEmpty)
                }
            }
        }
        #expect(longest > 1)
    }
}
