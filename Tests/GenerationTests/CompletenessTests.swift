import Diagnostics
import JSONDocument
import JSONSchema
import TestKit
import Testing

@testable import Generation

/// A value is found exactly if there is one: the test computes whether there is, without the compiled schema.
struct CompletenessTests {
    private static let styles = [ValueGenerator.Style.plain, .required, .varied]

    /// A number of thousandths as JSON.
    private static func decimal(_ thousandths: Int) -> String {
        let digits = String(thousandths.magnitude % 1_000)
        let fraction = String(repeating: "0", count: 3 - digits.count) + digits
        return "\(thousandths < 0 ? "-" : "")\(thousandths.magnitude / 1_000).\(fraction)"
    }

    @Test("numbers between two bounds on a grid", arguments: 0..<10)
    func numbers(seed: Int) throws {
        var random = SplitMix(seed: seed)
        var answers: [Bool: Int] = [:]
        for _ in 0..<60 {
            let least = Int.random(in: -5_000...5_000, using: &random)
            let most = least + random.pick([0, 1, 5, 250, 999, 4_000])
            let step = random.pick([1, 10, 250, 300, 1_000, 7_000, 2_500])
            let excludes = (random.once(in: 3), random.once(in: 3))
            let lowest = least + (excludes.0 ? 1 : 0)
            let highest = most - (excludes.1 ? 1 : 0)
            let first = lowest + ((-lowest % step) + step) % step
            let exists = first <= highest
            let schema = try OneSchema(
                """
                {"type": "number", "multipleOf": \(Self.decimal(step)),
                 "\(excludes.0 ? "exclusiveMinimum" : "minimum")": \(Self.decimal(least)),
                 "\(excludes.1 ? "exclusiveMaximum" : "maximum")": \(Self.decimal(most))}
                """)
            answers[exists, default: 0] += 1
            for style in Self.styles {
                let value = schema.value(style: style)
                #expect((value != nil) == exists, "\(least)…\(most) step \(step): \(value?.text ?? "no value")")
                if let value { #expect(try schema.issues(value).isEmpty, "\(value.text)") }
            }
        }
        #expect(answers.values.allSatisfy { $0 > 5 } && answers.count == 2)
    }

    @Test("arrays of a size, with different elements from a list and with required ones", arguments: 0..<8)
    func arrays(seed: Int) throws {
        var random = SplitMix(seed: seed + 20)
        var answers: [Bool: Int] = [:]
        for _ in 0..<40 {
            let allowed = Int.random(in: 1...5, using: &random)
            let least = Int.random(in: 0...6, using: &random)
            let most = least + Int.random(in: 0...2, using: &random)
            let isUnique = random.once(in: 2)
            let contained = random.pick([0, 0, 1, 2, 3])
            let longest = isUnique ? min(most, allowed) : most
            let exists = least <= longest && contained <= longest && (contained <= 1 || !isUnique)
            let contains = contained == 0 ? "" : #", "contains": {"const": 0}, "minContains": \#(contained)"#
            let schema = try OneSchema(
                """
                {"type": "array", "items": {"enum": [\((0..<allowed).map(String.init).joined(separator: ","))]},
                 "minItems": \(least), "maxItems": \(most), "uniqueItems": \(isUnique)\(contains)}
                """)
            answers[exists, default: 0] += 1
            for style in Self.styles {
                let value = schema.value(style: style)
                #expect(
                    (value != nil) == exists, "\(least)…\(most) of \(allowed), \(contained) zeros, unique: \(isUnique)")
                if let value { #expect(try schema.issues(value).isEmpty, "\(value.text)") }
            }
        }
        #expect(answers.values.allSatisfy { $0 > 5 } && answers.count == 2)
    }

    @Test("objects of a size, closed or open", arguments: 0..<8)
    func objects(seed: Int) throws {
        var random = SplitMix(seed: seed + 40)
        var answers: [Bool: Int] = [:]
        for _ in 0..<40 {
            let names = (0..<Int.random(in: 0...5, using: &random)).map { "m\($0)" }
            let required = names.filter { _ in random.once(in: 3) }
            let least = Int.random(in: 0...6, using: &random)
            let most = least + Int.random(in: 0...2, using: &random)
            let isClosed = random.once(in: 2)
            let exists = required.count <= most && (!isClosed || names.count >= least)
            let members = names.map { #""\#($0)": {"type": "integer"}"# }.joined(separator: ", ")
            let schema = try OneSchema(
                """
                {"type": "object", "properties": {\(members)}, "additionalProperties": \(!isClosed),
                 "required": [\(required.map { "\"\($0)\"" }.joined(separator: ", "))],
                 "minProperties": \(least), "maxProperties": \(most)}
                """)
            answers[exists, default: 0] += 1
            for style in Self.styles {
                let value = schema.value(style: style)
                #expect((value != nil) == exists, "\(required) of \(names), \(least)…\(most), closed: \(isClosed)")
                if let value { #expect(try schema.issues(value).isEmpty, "\(value.text)") }
            }
        }
        #expect(answers.values.allSatisfy { $0 > 5 } && answers.count == 2)
    }

    @Test(
        "a long list of elements that may be equal", arguments: [1_000, 1_001, 5_000, 20_000],
        [#"{"type": "integer"}"#, "{}", #"{"type": "object", "required": ["a"], "properties": {"a": {"const": "x"}}}"#])
    func long(count: Int, items: String) throws {
        for most in ["", #", "maxItems": \#(count)"#] {
            let schema = try OneSchema(#"{"type": "array", "items": \#(items), "minItems": \#(count)\#(most)}"#)
            for style in Self.styles {
                let value = try #require(schema.value(style: style))
                #expect(value.elements?.count == count)
                #expect(try schema.issues(value).isEmpty)
            }
        }
    }

    @Test("more elements than a document may have is not a value", arguments: ["9000000000", "1e30", "2000000"])
    func tooLong(count: String) throws {
        #expect(try OneSchema(#"{"type": "array", "minItems": \#(count)}"#).value() == nil)
        #expect(try OneSchema(#"{"type": "string", "minLength": \#(count)}"#).value() == nil)
        #expect(try OneSchema(#"{"type": "object", "minProperties": \#(count)}"#).value() == nil)
    }

    @Test(
        "an element that `not` forbids is left out",
        arguments: [
            #"{"type": "array", "minItems": 2, "items": {"enum": [1, 2, 3]}, "not": {"contains": {"const": 1}}}"#,
            #"{"type": "array", "minItems": 1, "items": {"type": "integer"}, "not": {"contains": {"maximum": 5}}}"#,
            #"{"type": "array", "minItems": 1, "items": {"type": "string", "maxLength": 1}, "not": {"type": "array", "contains": {"const": "a"}}}"#,
            #"{"type": "array", "minItems": 3, "uniqueItems": true, "items": {"enum": [1, 2, 3, 4]}, "not": {"contains": {"const": 4}}}"#,
            #"{"type": "array", "contains": {"type": "integer"}, "not": {"contains": {"maximum": 0}}}"#,
        ])
    func forbidden(schema: String) throws {
        let schema = try OneSchema(schema)
        for style in Self.styles {
            for seed in ["a", "b", "c", "d"] {
                let value = try #require(schema.value(seed: seed, style: style), "\(style)")
                #expect(try schema.issues(value).isEmpty, "\(value.text)")
            }
        }
    }

    /// One meaning in two spellings, those of OpenAPI 3.0 and of later versions.
    static let spellings: [(old: String, new: String)] = [
        (#"{"type": "string", "nullable": true}"#, #"{"type": ["string", "null"]}"#),
        (
            #"{"type": "integer", "minimum": 3, "exclusiveMinimum": true}"#,
            #"{"type": "integer", "exclusiveMinimum": 3}"#
        ),
        (
            #"{"type": "number", "maximum": 0.5, "exclusiveMaximum": true, "minimum": 0.499}"#,
            #"{"type": "number", "exclusiveMaximum": 0.5, "minimum": 0.499}"#
        ),
        (#"{"type": "string", "enum": ["a"]}"#, #"{"const": "a"}"#),
        (#"{"type": "string", "example": "shown"}"#, #"{"type": "string", "examples": ["shown"]}"#),
        (
            #"{"type": "object", "required": ["a"], "properties": {"a": {"type": "object", "nullable": true, "maxProperties": 0}}}"#,
            #"{"type": "object", "required": ["a"], "properties": {"a": {"type": ["object", "null"], "maxProperties": 0}}}"#
        ),
        (
            #"{"type": "array", "minItems": 2, "items": {"type": "boolean", "nullable": false}}"#,
            #"{"type": "array", "minItems": 2, "items": {"type": "boolean"}}"#
        ),
    ]

    @Test(
        "a value of one spelling is a value of the other one, and is broken by the same keywords", arguments: spellings)
    func dialects(row: (old: String, new: String)) throws {
        let (old, new) = (try OneSchema(row.old, dialect: .openAPI30), try OneSchema(row.new))
        for style in Self.styles {
            for seed in 0..<10 {
                let (first, second) = (
                    old.value(seed: "\(seed)", style: style), new.value(seed: "\(seed)", style: style)
                )
                #expect(try new.issues(#require(first)).isEmpty, "\(first?.text ?? "")")
                #expect(try old.issues(#require(second)).isEmpty, "\(second?.text ?? "")")
            }
        }
    }

    @Test(
        "a format within bounds of its length",
        arguments: [
            ("date", 10, 10), ("date-time", 20, 20), ("date-time", 24, 24), ("date-time", 30, 60), ("time", 9, 9),
            ("email", 12, 12), ("email", 60, 64), ("hostname", 2, 2), ("hostname", 80, 120), ("ipv4", 8, 8),
            ("ipv4", 11, 11), ("ipv6", 3, 3), ("ipv6", 39, 39), ("uri", 3, 3), ("uri", 300, 400), ("uuid", 36, 36),
            ("uri-reference", 1, 1), ("byte", 4, 4), ("byte", 100, 104), ("base64url", 40, 44), ("password", 20, 20),
            ("json-pointer", 0, 0), ("json-pointer", 50, 50), ("uri-template", 5, 5), ("uri-template", 40, 40),
            ("regex", 1, 1), ("regex", 30, 30), ("relative-json-pointer", 1, 1), ("relative-json-pointer", 20, 20),
            ("duration", 3, 3), ("binary", 7, 7), ("html", 60, 60), ("commonmark", 60, 60), ("sf-token", 30, 30),
            ("sf-string", 30, 30), ("media-range", 40, 40), ("int64", 12, 12), ("char", 1, 1),
        ])
    func lengths(format: String, least: Int, most: Int) throws {
        let schema = try OneSchema(
            #"{"type": "string", "format": "\#(format)", "minLength": \#(least), "maxLength": \#(most)}"#)
        for style in Self.styles {
            let value = try #require(schema.value(style: style)?.string, "\(style)")
            #expect((least...most).contains(value.unicodeScalars.count), "\(value)")
            #expect(FormatFacts.accepts(format, .string(value)), "\(value)")
        }
    }

    @Test("breaks are equal by keyword and place, wherever the keyword is")
    func breaks() throws {
        let text = #"{"properties": {"a": {"type": "integer"}}, "required": ["a"]}"#
        let spread = "{\n \"required\": [\"a\"],\n \"properties\": {\n  \"a\": {\"type\": \"integer\"}}}"
        func breaks(_ text: String) throws -> Set<ValueBreaker.Break> {
            let schema = try OneSchema(text)
            let breaker = try #require(ValueBreaker(place: schema.place, schemas: schema.store))
            return Set(breaker.breaks(of: ["a": 1]))
        }
        let (first, second) = (try breaks(text), try breaks(spread))
        #expect(first == second)
        #expect(first.map { "\($0.keyword) \(JSONPointer($0.place))" }.sorted() == ["required /a", "type /a"])
        #expect(first.map(\.location.line) != second.map(\.location.line))
    }
}
