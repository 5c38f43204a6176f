import JSONDocument
import JSONSchema
import TestKit
import Testing

/// What an addition to a schema, a reordering, or another spelling can change.
@Suite("Additions and orders")
struct MonotonicityTests {
    private typealias Maker = JSONSchemaTests.SchemaMaker

    private static let options = ValidationOptions(direction: .none, formats: .annotate)

    /// A random schema object with definitions.
    private static func schema(_ maker: inout Maker) -> JSONObject {
        var object = maker.schema(depth: 3).object ?? JSONObject([("type", ["object", "array", "string"])])
        object["$defs"] = .object(JSONObject(Maker.definitions.map { ($0, maker.schema(depth: 1, leaf: true)) }))
        return object
    }

    private static func values(_ maker: inout Maker) -> [String] { (0..<16).map { _ in maker.value(depth: 3).text } }

    @Test("an added assertion rejects exactly the values that it rejects on its own", arguments: 0..<10)
    func assertions(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 300))
        var rejected = 0
        for _ in 0..<60 {
            let schema = Self.schema(&maker)
            // Without applicators, keywords are independent of each other (JSON Schema 2020-12 Validation, section 6).
            guard let addition = maker.schema(depth: 0).object else { continue }
            let added = addition.members.filter { schema[$0.name] == nil }.map { ($0.name, $0.value) }
            let combined = JSONObject(schema.members.map { ($0.name, $0.value) } + added)
            let before = try compile(JSONValue.object(schema).text)
            let alone = try compile(JSONValue.object(JSONObject(added)).text)
            let after = try compile(JSONValue.object(combined).text)
            for value in Self.values(&maker) {
                let fits = try before.outcome(value, Self.options) == .valid
                let isAllowed = try alone.outcome(value, Self.options) == .valid
                rejected += fits && !isAllowed ? 1 : 0
                let expected: SchemaOutcome = fits && isAllowed ? .valid : .invalid
                #expect(
                    try after.outcome(value, Self.options) == expected, "\(value) by \(JSONValue.object(combined).text)"
                )
            }
        }
        #expect(rejected > 20, "only \(rejected) values were rejected by an addition")
    }

    /// Lists whose order has no meaning.
    private static let sets: Set<String> = ["allOf", "anyOf", "oneOf", "enum", "required", "type"]

    private static func shuffled(
        _ value: JSONValue, lists: Bool, under name: String, _ random: inout SplitMix
    ) -> JSONValue {
        switch value {
        case .object(let object):
            let members = object.members.shuffled(using: &random)
            return .object(
                JSONObject(members.map { ($0.name, shuffled($0.value, lists: lists, under: $0.name, &random)) }))
        case .array(let elements):
            let inner = elements.map { shuffled($0, lists: lists, under: "", &random) }
            return .array(lists && sets.contains(name) ? inner.shuffled(using: &random) : inner)
        default: return value
        }
    }

    private static func places(_ report: SchemaReport) -> [String] {
        report.issues.map { "\($0.pointer) \($0.keyword)" }.sorted()
    }

    @Test("the order of members changes neither the verdict nor the issues", arguments: 0..<10)
    func members(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 400))
        var random = SplitMix(seed: seed)
        var issues = 0
        for _ in 0..<40 {
            let schema = JSONValue.object(Self.schema(&maker))
            let compiled = try compile(schema.text)
            let other = try compile(Self.shuffled(schema, lists: false, under: "", &random).text)
            for _ in 0..<12 {
                let value = maker.value(depth: 3)
                let mixed = Self.shuffled(value, lists: false, under: "", &random)
                let expected = try compiled.report(value.text, Self.options)
                let report = try other.report(mixed.text, Self.options)
                issues += expected.issues.count
                #expect(report.outcome == expected.outcome, "\(value.text) by \(schema.text)")
                #expect(Self.places(report) == Self.places(expected), "\(value.text) by \(schema.text)")
                #expect(Set(report.undeclared) == Set(expected.undeclared), "\(value.text) by \(schema.text)")
            }
        }
        #expect(issues > 100)
    }

    @Test("the order of alternatives, types and allowed values changes no verdict", arguments: 0..<10)
    func lists(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 500))
        var random = SplitMix(seed: seed)
        var outcomes: [SchemaOutcome: Int] = [:]
        for _ in 0..<50 {
            let schema = JSONValue.object(Self.schema(&maker))
            let compiled = try compile(schema.text)
            let other = try compile(Self.shuffled(schema, lists: true, under: "", &random).text)
            for value in Self.values(&maker) {
                let outcome = try compiled.outcome(value, Self.options)
                outcomes[outcome, default: 0] += 1
                #expect(try other.outcome(value, Self.options) == outcome, "\(value) by \(schema.text)")
            }
        }
        #expect(outcomes.count == 2)
    }

    // MARK: Spellings of a value

    /// The value with every character of its texts escaped, and space between its tokens.
    private static func escaped(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): return escaped(text)
        case .array(let elements): return "[ " + elements.map(escaped).joined(separator: " ,\n") + "\t]"
        case .object(let object):
            return "{\r\n" + object.members.map { escaped($0.name) + " : " + escaped($0.value) }.joined(separator: ",")
                + " }"
        case .number(let number): return respelled(number)
        default: return value.text
        }
    }

    private static func escaped(_ text: String) -> String {
        let units = text.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "\"" + units.joined() + "\""
    }

    /// The same number with a fraction, or with an exponent.
    private static func respelled(_ number: JSONNumber) -> String {
        let text = number.lexeme
        if text.contains("e") || text.contains("E") { return text }
        return text.contains(".") ? text + "0e0" : text + ".0E+0"
    }

    @Test("RFC 8259, section 8.3: the spelling of a value does not change its verdict", arguments: 0..<8)
    func spelling(seed: Int) throws {
        var maker = Maker(seed: UInt64(seed + 600))
        var changed = 0
        for _ in 0..<60 {
            let compiled = try compile(JSONValue.object(Self.schema(&maker)).text)
            for _ in 0..<12 {
                let value = maker.value(depth: 3)
                let other = Self.escaped(value)
                changed += other == value.text ? 0 : 1
                let expected = try compiled.report(value.text, Self.options)
                let report = try compiled.report(other, Self.options)
                #expect(report.outcome == expected.outcome, "\(value.text)")
                #expect(Self.places(report) == Self.places(expected), "\(value.text)")
            }
        }
        #expect(changed > 300)
    }

    @Test(
        "keywords for texts see the text and not its spelling",
        arguments: [
            (#"{"maxLength": 1}"#, "😀", true), (#"{"minLength": 2}"#, "😀", false), (#"{"const": "é"}"#, "é", true),
            (#"{"enum": ["\u0041"]}"#, "A", true), (#"{"pattern": "^\\u{1F600}$"}"#, "😀", true),
            (#"{"pattern": "^.$"}"#, "\u{10FFFF}", true), (#"{"maxLength": 1}"#, "e\u{301}", false),
            (#"{"format": "date"}"#, "2024-02-29", true), (#"{"format": "ipv4"}"#, "1.2.3.256", false),
            (#"{"const": "a\u0000b"}"#, "a\u{0}b", true), (#"{"const": "a"}"#, "a\u{0}b", false),
            (#"{"pattern": "^a$"}"#, "a\n", false), (#"{"maxLength": 0}"#, "\u{FEFF}", false),
        ])
    func texts(schema: String, text: String, isValid: Bool) throws {
        let compiled = try compile(schema)
        for spelling in [JSONValue.string(text).text, Self.escaped(text)] {
            #expect(try compiled.outcome(spelling) == (isValid ? .valid : .invalid), "\(spelling)")
        }
        // The same text as a name of a member.
        let names = try compile(#"{"propertyNames": \#(schema)}"#)
        for spelling in [JSONValue.string(text).text, Self.escaped(text)] {
            #expect(try names.outcome("{\(spelling): 1}") == (isValid ? .valid : .invalid), "\(spelling)")
        }
    }
}
