import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

/// What a matcher says if it does not match, if it cannot decide, and if an argument is missing.
@Suite("Outcomes of matchers") struct MatcherOutcomeTests {
    private static let now = Instant(secondsSinceEpoch: 1_767_225_600)

    private static func outcome(
        _ matcher: String, _ json: String, wire: String? = nil, contract: Contract? = Library.contracts.defaultContract,
        values: [String: String] = [:]
    ) throws -> MatchOutcome {
        let value = try JSONDocument(parsing: json).root.value
        return try MatcherParser.parse(matcher).matches(value, wire: wire, time: now, contract: contract) {
            (template: Template) throws(ValueFailure) in
            if let constant = template.constantText { return constant }
            guard let text = values[template.text] else { throw .missing(step: "a", path: template.text) }
            return text
        }
    }

    @Test(
        "the expected value is described by a noun",
        arguments: [
            ("url", "1", "an absolute URL"), ("uuid", "\"x\"", "a UUID"), ("email", "\"x\"", "an e-mail address"),
            ("date", "\"x\"", "a date"), ("datetime", "\"2026-02-28\"", "a date and time with offset (RFC 3339)"),
            ("number", "\"1\"", "a number"), ("integer", "1.5", "an integer"), ("string", "1", "a string"),
            ("boolean", "1", "a boolean"), ("null", "1", "null"), ("nonempty", "[]", "a non-empty value"),
            ("len:3", "\"ab\"", "a value of length 3"), ("len:3..", "\"ab\"", "a value of length 3 or more"),
            ("len:3..4", "\"ab\"", "a value of length 3 to 4"), ("contains:b", "\"a\"", "a string that contains 'b'"),
            ("contains:b", "[\"a\"]", "an array with an element 'b'"),
            ("starts:b", "\"ab\"", "a string that starts with 'b'"),
            ("ends:b", "null", "a string that ends with 'b'"), ("oneof:A|B", "\"C\"", "one of 'A', 'B'"),
            ("oneof:A", "{}", "one of 'A'"), ("text:1.0", "1", "exactly the text '1.0'"),
            ("schema:Genre", "\"x\"", "a value that satisfies the schema 'Genre'"),
            ("near:now:5s", "7", "a time within 5.0 seconds of 2026-01-01T00:00:00Z"),
        ])
    func nouns(matcher: String, json: String, wanted: String) throws {
        #expect(try Self.outcome(matcher, json) == .noMatch(wanted: wanted))
    }

    @Test(
        "texts and numbers are matched by their spelling",
        arguments: [
            ("starts:10", "100.50", true), ("ends:.50", "100.50", true), ("contains:0.5", "100.50", true),
            ("starts:t", "true", true),
            ("starts:1e2", "100", false), ("len:0", "\"\"", true), ("len:1", "{\"a\":{}}", true),
            ("oneof:1.50|2", "1.5", true), ("oneof:null|x", "null", true), ("oneof:true", "\"true\"", true),
            ("integer", "1.50e1", true),
            ("integer", "1e400", true), ("number", "-0", true), ("nonempty", "0", true), ("nonempty", "\" \"", true),
        ])
    func spellings(matcher: String, json: String, fits: Bool) throws {
        #expect((try Self.outcome(matcher, json) == .match) == fits)
    }

    @Test("`text` compares the text on the wire, where the value has another spelling")
    func wire() throws {
        #expect(try Self.outcome("text:007", "7", wire: "007") == .match)
        #expect(try Self.outcome("text:7", "7", wire: "007") == .noMatch(wanted: "exactly the text '7'"))
        #expect(try Self.outcome("text:null", "null") == .noMatch(wanted: "exactly the text 'null'"))
        #expect(try Self.outcome("text:[]", "[]") == .noMatch(wanted: "exactly the text '[]'"))
    }

    @Test("both ends of a tolerance are near, in either direction and any offset")
    func near() throws {
        for (time, fits) in [
            ("2026-01-01T00:00:05Z", true), ("2025-12-31T23:59:55Z", true), ("2026-01-01T00:00:05.000001Z", false),
            ("2025-12-31T23:59:54.999Z", false), ("2026-01-01T05:30:00+05:30", true), ("2026-01-01T00:00:00", false),
            ("2026-01-01", false),
        ] {
            let outcome = try Self.outcome("near:now:5s", "\"\(time)\"")
            #expect((outcome == .match) == fits, "\(time)")
            let reference = try Self.outcome(
                "near:{{a.t}}:5s", "\"\(time)\"", values: ["{{a.t}}": "2026-01-01T01:00:00+01:00"])
            #expect((reference == .match) == fits, "\(time)")
        }
        #expect(try Self.outcome("near:now:0s", "\"2026-01-01T00:00:00Z\"") == .match)
    }

    @Test("an argument that is missing or is not a time is a failure, not a mismatch")
    func arguments() throws {
        for matcher in [
            "contains:{{a.x}}", "starts:{{a.x}}", "ends:{{a.x}}", "text:{{a.x}}", "oneof:B|{{a.x}}", "near:{{a.x}}:5s",
        ] {
            #expect(throws: ValueFailure.missing(step: "a", path: "{{a.x}}"), "\(matcher)") {
                try Self.outcome(matcher, "\"A\"")
            }
        }
        #expect(throws: ValueFailure.invalid("'soon' is not a valid time (RFC 3339)")) {
            try Self.outcome("near:{{a.x}}:5s", "\"2026-01-01T00:00:00Z\"", values: ["{{a.x}}": "soon"])
        }
        // The first alternative that matches decides.
        #expect(try Self.outcome("oneof:A|{{a.x}}", "\"A\"") == .match)
        #expect(try Self.outcome("oneof:{{a.x}}|B", "7", values: ["{{a.x}}": "7.0"]) == .match)
    }

    @Test("an undecided comparison has a reason, and never counts as a match")
    func undecided() throws {
        #expect(try Self.outcome("schema:Nothing", "1") == .undecided("no contract has the schema 'Nothing'"))
        #expect(
            try Self.outcome("schema:Genre", "1", contract: nil) == .undecided("no contract has the schema 'Genre'"))
    }

    private static func pattern(_ source: String, _ json: String, values: [String: String] = [:]) throws -> MatchOutcome
    {
        var parser = ItemParser("a~/\(source)/")
        guard case .pattern(let pattern)? = parser.items().first?.value else {
            Issue.record("\(parser.problems)")
            return .undecided("not a pattern")
        }
        let scope = ValueScope(seed: "s", table: "t", scenario: "s", now: now, row: values)
        return try pattern.matches(try JSONDocument(parsing: json).root.value) {
            (template: Template) throws(ValueFailure) in
            try template.expandPattern(scope, at: ValueSite(step: "a", column: "check", place: 0))
        }
    }

    @Test(
        "a pattern matches the whole text of a text, number or boolean",
        arguments: [
            (#"\d+\.\d{2}"#, "10.50", true), ("tr.e", "true", true), ("b", "\"abc\"", false),
            (".*b.*", "\"abc\"", true),
            ("", "\"\"", true), ("", "\"a\"", false), (".", "\"🙂\"", true), (#"a\/b"#, "\"a/b\"", true),
            (".*", "[]", false),
            (".*", "{}", false), (".*", "null", false), ("a|b", "\"ab\"", false), ("(?=a)a", "\"a\"", true),
        ])
    func patterns(source: String, json: String, fits: Bool) throws {
        let outcome = try Self.pattern(source, json)
        #expect(outcome == (fits ? .match : .noMatch(wanted: "a string that matches /\(source)/")))
    }

    @Test("a value in a pattern is literal, whatever it contains")
    func insertedPattern() throws {
        for text in ["a.b", ".*", "x|y", "(", "[a-z]", "a\\d", "^$", "é🙂", "a/b", ""] {
            let json = JSONValue.string("id-\(text)!").text
            #expect(try Self.pattern("id-{{row.v}}!", json, values: ["v": text]) == .match, "\(text)")
            #expect(try Self.pattern("id-{{row.v}}!", "\"id-zz!\"", values: ["v": text]) != .match, "\(text)")
        }
        #expect(throws: ValueFailure.invalid("the data row has no column 'v'")) {
            try Self.pattern("{{row.v}}", "\"a\"")
        }
    }
}
