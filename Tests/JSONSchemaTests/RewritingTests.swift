import JSONDocument
import JSONSchema
import Testing

/// Two spellings of one schema accept the same values.
@Suite("Equivalent schemas")
struct RewritingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let first: String
        let second: String
        var testDescription: String { name }

        init(_ name: String, _ first: String, _ second: String) {
            (self.name, self.first, self.second) = (name, first, second)
        }
    }

    /// JSON Schema 2020-12 Validation, sections 6.1 to 6.3, and Core, section 10.
    static let values = [
        Row("a list of types is an anyOf", #"{"type": ["string", "null"]}"#, any(#"{"type": "string"}"#, isNull)),
        Row("integer is a multiple of 1", #"{"type": "integer"}"#, #"{"type": "number", "multipleOf": 1}"#),
        Row("integer beside number adds nothing", #"{"type": ["integer", "number"]}"#, #"{"type": "number"}"#),
        Row("a constant is an enum of one value", #"{"const": [1]}"#, #"{"enum": [[1]]}"#),
        Row("an enum is an anyOf of constants", #"{"enum": [1, "a"]}"#, any(#"{"const": 1}"#, #"{"const": "a"}"#)),
        Row("an enum is a set", #"{"enum": [1, null, 1.0, 10e-1]}"#, #"{"enum": [null, 1]}"#),
        Row("booleans are two constants", #"{"type": "boolean"}"#, #"{"enum": [true, false]}"#),
        Row("null is one constant", isNull, #"{"const": null}"#),
        Row("an exclusive bound excludes its limit", #"{"exclusiveMinimum": 1}"#, both(#"{"minimum": 1}"#, not("1"))),
        Row("an exclusive maximum", #"{"exclusiveMaximum": 1.5}"#, both(#"{"maximum": 1.5}"#, not("1.5"))),
        Row("a bound for integers", #"{"type": "integer", "minimum": 0.5}"#, #"{"type": "integer", "minimum": 1}"#),
        Row(
            "the opposite of a bound", #"{"type": "number", "minimum": 1}"#,
            #"{"type": "number", "not": {"exclusiveMaximum": 1}}"#),
        Row(
            "the spelling of a limit", #"{"minimum": 1e2, "maximum": 1E+2}"#,
            #"{"minimum": 100, "maximum": 100.00}"#),
        Row("two limits, the stricter counts", both(#"{"minimum": 1}"#, #"{"minimum": 0.1}"#), #"{"minimum": 1}"#),
        Row("two divisors", both(#"{"multipleOf": 2}"#, #"{"multipleOf": 5}"#), #"{"multipleOf": 10}"#),
        Row("a length is a pattern", #"{"minLength": 2, "maxLength": 3}"#, #"{"pattern": "^[^]{2,3}$"}"#),
        Row("no characters", #"{"type": "string", "maxLength": 0}"#, #"{"const": ""}"#),
        Row("a pattern is not anchored", #"{"pattern": "b"}"#, #"{"pattern": "^[^]*b[^]*$"}"#),
        Row("two patterns", both(#"{"pattern": "^a"}"#, #"{"pattern": "c$"}"#), #"{"pattern": "^a(?=[^]*c$)"}"#),
    ]

    /// JSON Schema 2020-12 Core, section 10.3.1, and Validation, section 6.4.
    static let arrays = [
        Row("no elements", #"{"type": "array", "maxItems": 0}"#, #"{"const": []}"#),
        Row("items that allow nothing", #"{"items": false}"#, #"{"maxItems": 0}"#),
        Row("a prefix that allows nothing", #"{"prefixItems": [true, false]}"#, #"{"maxItems": 1}"#),
        Row("a closed prefix", #"{"prefixItems": [{}, {}, {}], "items": false}"#, #"{"maxItems": 3}"#),
        Row("a prefix and its rest alike", #"{"prefixItems": [\#(isNull)], "items": \#(isNull)}"#, items(isNull)),
        Row("contains is not-all-not", #"{"type": "array", "contains": \#(isOne)}"#, array(not(items(not("1"))))),
        Row("contains anything", #"{"contains": {}}"#, #"{"minItems": 1}"#),
        Row("contains anything, counted", #"{"contains": {}, "minContains": 2, "maxContains": 3}"#, between(2, 3)),
        Row("contains nothing", #"{"contains": \#(isOne), "minContains": 0}"#, "true"),
        Row("contains at most none", maximum(0, of: isOne), items(not("1"))),
        Row("minContains without contains", #"{"minContains": 9, "maxContains": 0}"#, "true"),
        Row("unevaluated without neighbours", #"{"unevaluatedItems": \#(isOne)}"#, items(isOne)),
        Row(
            "unevaluated after a prefix", #"{"prefixItems": [{}], "unevaluatedItems": \#(isOne)}"#,
            #"{"prefixItems": [{}], "items": \#(isOne)}"#),
        Row("unevaluated after items", #"{"items": {}, "unevaluatedItems": false}"#, "true"),
        Row("one element is unique", #"{"maxItems": 1, "uniqueItems": true}"#, #"{"maxItems": 1}"#),
    ]

    /// JSON Schema 2020-12 Core, sections 10.2.2 and 10.3.2, and Validation, section 6.5.
    static let objects = [
        Row("no members", #"{"type": "object", "maxProperties": 0}"#, #"{"const": {}}"#),
        Row("additional members alone", #"{"additionalProperties": false}"#, #"{"maxProperties": 0}"#),
        Row("a member that is not allowed", #"{"properties": {"a": false}}"#, object(without: "a")),
        Row("a required member", #"{"required": ["a"]}"#, #"{"if": {"type": "object"}, "then": \#(has("a"))}"#),
        Row("two required members", #"{"required": ["a", "b"]}"#, both(#"{"required": ["b"]}"#, has("a"))),
        Row("names by pattern", #"{"patternProperties": {"^a$": \#(isOne)}}"#, #"{"properties": {"a": \#(isOne)}}"#),
        Row("every name", #"{"patternProperties": {"": \#(isOne)}}"#, #"{"additionalProperties": \#(isOne)}"#),
        Row("names that are not allowed", #"{"propertyNames": false}"#, #"{"maxProperties": 0}"#),
        Row(
            "names by propertyNames", #"{"propertyNames": {"pattern": "^[ab]$"}}"#,
            #"{"patternProperties": {"^[ab]$": true}, "additionalProperties": false}"#),
        Row(
            "a listed name", #"{"propertyNames": {"enum": ["a"]}}"#,
            #"{"properties": {"a": {}}, "additionalProperties": false}"#),
        Row("dependent names", #"{"dependentRequired": {"a": ["b"]}}"#, when("a", has("b"))),
        Row("dependent names as a schema", #"{"dependentSchemas": {"a": \#(has("b"))}}"#, when("a", has("b"))),
        Row("dependencies of older drafts, names", #"{"dependencies": {"a": ["b"]}}"#, when("a", has("b"))),
        Row("dependencies, schema", #"{"dependencies": {"b": \#(object(without: "a"))}}"#, when("b", not(has("a")))),
        Row("unevaluated alone", #"{"unevaluatedProperties": \#(isOne)}"#, #"{"additionalProperties": \#(isOne)}"#),
        Row(
            "unevaluated beside properties", #"{"properties": {"a": {}}, "unevaluatedProperties": false}"#,
            #"{"properties": {"a": {}}, "additionalProperties": false}"#),
        Row(
            "unevaluated across allOf",
            #"{"allOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}], "unevaluatedProperties": false}"#,
            #"{"properties": {"a": {}, "b": {}}, "additionalProperties": false}"#),
        Row(
            "unevaluated after additional members", #"{"additionalProperties": {}, "unevaluatedProperties": false}"#,
            "true"),
    ]

    private static let isNull = #"{"type": "null"}"#
    private static let isOne = #"{"const": 1}"#
    private static func not(_ text: String) -> String {
        #"{"not": \#(text.hasPrefix("{") ? text : #"{"const": \#(text)}"#)}"#
    }
    private static func any(_ first: String, _ second: String) -> String { #"{"anyOf": [\#(first), \#(second)]}"# }
    private static func both(_ first: String, _ second: String) -> String { #"{"allOf": [\#(first), \#(second)]}"# }
    private static func items(_ schema: String) -> String { #"{"items": \#(schema)}"# }
    private static func array(_ schema: String) -> String { #"{"type": "array", "allOf": [\#(schema)]}"# }
    private static func between(_ low: Int, _ high: Int) -> String { #"{"minItems": \#(low), "maxItems": \#(high)}"# }
    private static func maximum(_ count: Int, of schema: String) -> String {
        #"{"contains": \#(schema), "minContains": 0, "maxContains": \#(count)}"#
    }
    private static func has(_ name: String) -> String { #"{"required": ["\#(name)"]}"# }
    private static func object(without name: String) -> String {
        #"{"if": {"type": "object"}, "then": {"not": \#(has(name))}}"#
    }
    private static func when(_ name: String, _ schema: String) -> String {
        #"{"if": {"type": "object", "required": ["\#(name)"]}, "then": \#(schema)}"#
    }

    /// More arrays and objects than the keyword matrix has.
    private static let samples =
        KeywordMatrixTests.values + [
            "[1,1]", "[1,2]", "[2,1,1]", "[1,null]", "[null,null]", "[null,1]", "[1,1,1,1]", #"{"b":1}"#,
            #"{"c":1}"#, #"{"a":1,"b":1}"#, #"{"a":1,"c":1}"#, #"{"ab":1}"#, #"{"a":1,"b":1,"c":1}"#, "10", "-10",
            "2.5",
            #""cab""#, #""ac""#, #""\n""#, #""a\nc""#,
        ]

    @Test("two spellings have one meaning", arguments: values + arrays + objects)
    func spellings(row: Row) throws {
        let (first, second) = (try compile(row.first), try compile(row.second))
        #expect(first.unusable.isEmpty && second.unusable.isEmpty)
        var outcomes: Set<SchemaOutcome> = []
        for text in Self.samples {
            let outcome = try first.outcome(text)
            outcomes.insert(outcome)
            #expect(try second.outcome(text) == outcome, "\(text)")
        }
        // Only a row about a schema that accepts everything may have one outcome.
        #expect(outcomes == (row.second == "true" ? [.valid] : [.valid, .invalid]))
    }

    /// Rewritings of any schema S, with T and U for two others.
    static let laws: [(name: String, rewriting: String)] = [
        ("allOf of one", #"{"allOf": [S]}"#), ("anyOf of one", #"{"anyOf": [S]}"#),
        ("oneOf of one", #"{"oneOf": [S]}"#), ("not not", #"{"not": {"not": S}}"#),
        ("a reference", ##"{"$ref": "#/$defs/s"}"##), ("a reference to a reference", ##"{"$ref": "#/$defs/r"}"##),
        ("beside true", #"{"allOf": [true, S, {}]}"#), ("or false", #"{"anyOf": [false, S, {"not": {}}]}"#),
        ("one of it and nothing", #"{"oneOf": [false, S]}"#), ("twice in allOf", #"{"allOf": [S, S]}"#),
        ("twice in anyOf", #"{"anyOf": [S, S]}"#), ("if true", #"{"if": true, "then": S, "else": false}"#),
        ("if false", #"{"if": {"not": {}}, "then": false, "else": S}"#),
        ("as a condition", #"{"if": S, "else": false}"#),
        ("absorbed by allOf", #"{"allOf": [S, {"anyOf": [S, T]}]}"#),
        ("absorbed by anyOf", #"{"anyOf": [S, {"allOf": [S, T]}]}"#),
        ("by cases", #"{"anyOf": [{"allOf": [S, T]}, {"allOf": [S, {"not": T}]}]}"#),
        ("by exclusive cases", #"{"oneOf": [{"allOf": [S, T]}, {"allOf": [S, {"not": T}]}]}"#),
        ("under a condition and its opposite", #"{"if": T, "then": S, "else": S}"#),
        ("annotated", #"{"title": "t", "default": 1, "examples": [1], "allOf": [S], "x-a": {"type": "null"}}"#),
        ("identified", #"{"$id": "other.json", "$comment": "c", "allOf": [N]}"#),
    ]

    /// Pairs of schemas with the same meaning.
    static let pairs: [(name: String, first: String, second: String)] = [
        ("allOf commutes", #"{"allOf": [S, T]}"#, #"{"allOf": [T, S]}"#),
        ("anyOf commutes", #"{"anyOf": [S, T]}"#, #"{"anyOf": [T, S]}"#),
        ("oneOf commutes", #"{"oneOf": [S, T, U]}"#, #"{"oneOf": [U, S, T]}"#),
        ("De Morgan, allOf", #"{"not": {"allOf": [S, T]}}"#, #"{"anyOf": [{"not": S}, {"not": T}]}"#),
        ("De Morgan, anyOf", #"{"not": {"anyOf": [S, T]}}"#, #"{"allOf": [{"not": S}, {"not": T}]}"#),
        (
            "oneOf by its cases", #"{"oneOf": [S, T]}"#,
            #"{"anyOf": [{"allOf": [S, {"not": T}]}, {"allOf": [T, {"not": S}]}]}"#
        ),
        ("a condition", #"{"if": S, "then": T}"#, #"{"anyOf": [{"not": S}, T]}"#),
        ("its opposite", #"{"if": S, "else": T}"#, #"{"anyOf": [S, T]}"#),
        (
            "both branches", #"{"if": S, "then": T, "else": U}"#,
            #"{"allOf": [{"if": S, "then": T}, {"if": {"not": S}, "then": U}]}"#
        ),
        (
            "allOf distributes", #"{"allOf": [S, {"anyOf": [T, U]}]}"#,
            #"{"anyOf": [{"allOf": [S, T]}, {"allOf": [S, U]}]}"#
        ),
        ("nested allOf", #"{"allOf": [S, {"allOf": [T, U]}]}"#, #"{"allOf": [{"allOf": [S, T]}, U]}"#),
        ("nested anyOf", #"{"anyOf": [S, {"anyOf": [T, U]}]}"#, #"{"anyOf": [S, T, U]}"#),
        ("items of allOf", #"{"items": {"allOf": [S, T]}}"#, #"{"allOf": [{"items": S}, {"items": T}]}"#),
        (
            "members of allOf", #"{"additionalProperties": {"allOf": [S, T]}}"#,
            #"{"allOf": [{"additionalProperties": S}, {"additionalProperties": T}]}"#
        ),
        (
            "contains of anyOf", #"{"type": "array", "contains": {"anyOf": [S, T]}}"#,
            #"{"type": "array", "anyOf": [{"contains": S}, {"contains": T}]}"#
        ),
        ("contains and items", #"{"contains": S, "items": S}"#, #"{"minItems": 1, "items": S}"#),
    ]

    /// Compiles a text with its letters replaced. `N` is the schema again, without references to the document.
    private static func compiled(_ text: String, _ maker: Parts) throws -> CompiledSchema {
        let full = ##"{"allOf": [\##(text)], "$defs": {"s": S, "r": {"$ref": "#/$defs/s"}, "d": D, "e": E}}"##
        var result = ""
        for scalar in full.unicodeScalars {
            result += maker.texts[scalar] ?? String(scalar)
        }
        return try compile(result)
    }

    private struct Parts {
        var texts: [Unicode.Scalar: String] = [:]

        init(_ maker: inout SchemaMaker) {
            for letter in ["S", "T", "U"] as [Unicode.Scalar] { texts[letter] = maker.schema(depth: 2).text }
            for letter in ["D", "E"] as [Unicode.Scalar] { texts[letter] = maker.schema(depth: 1, leaf: true).text }
        }
    }

    private static let options = ValidationOptions(direction: .none, formats: .annotate)

    @Test("any schema can be rewritten without a change of its meaning", arguments: 0..<10)
    func rewritings(seed: Int) throws {
        var maker = SchemaMaker(seed: UInt64(seed + 100))
        var verdicts: [SchemaOutcome: Int] = [:]
        for _ in 0..<12 {
            var parts = Parts(&maker)
            // An identifier changes the base of references, so this schema has none.
            let alone = maker.schema(depth: 2, leaf: true).text
            let plain = try Self.compiled("S", parts)
            let values = (0..<10).map { _ in maker.value(depth: 3).text }
            for law in Self.laws {
                let isIdentified = law.rewriting.contains("N")
                if isIdentified { parts.texts["S"] = alone }
                let expected = isIdentified ? try Self.compiled("S", parts) : plain
                parts.texts["N"] = alone
                let rewritten = try Self.compiled(law.rewriting, parts)
                for value in values {
                    let outcome = try expected.outcome(value, Self.options)
                    verdicts[outcome, default: 0] += 1
                    #expect(
                        try rewritten.outcome(value, Self.options) == outcome,
                        "\(law.name): \(value) by \(parts.texts)")
                }
            }
        }
        #expect(verdicts[.valid, default: 0] > 300)
        #expect(verdicts[.invalid, default: 0] > 300)
    }

    @Test("the laws of logic apply to schemas", arguments: 0..<10)
    func logic(seed: Int) throws {
        var maker = SchemaMaker(seed: UInt64(seed + 200))
        var verdicts: [SchemaOutcome: Int] = [:]
        for _ in 0..<12 {
            let parts = Parts(&maker)
            let values = (0..<10).map { _ in maker.value(depth: 3).text }
            for pair in Self.pairs {
                let (first, second) = (try Self.compiled(pair.first, parts), try Self.compiled(pair.second, parts))
                for value in values {
                    let outcome = try first.outcome(value, Self.options)
                    verdicts[outcome, default: 0] += 1
                    #expect(
                        try second.outcome(value, Self.options) == outcome, "\(pair.name): \(value) by \(parts.texts)")
                }
            }
        }
        #expect(verdicts[.valid, default: 0] > 300)
        #expect(verdicts[.invalid, default: 0] > 300)
    }
}
