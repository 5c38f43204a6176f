import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Testing

@testable import Scenarios

private func outcome(_ matcher: String, _ json: String) throws -> MatchOutcome {
    let value = try JSONDocument(parsing: json).root.value
    let time = try #require(Instant("2026-02-28T12:00:00Z"))
    return try MatcherParser.parse(matcher).matches(
        value, time: time, contract: Library.contracts.defaultContract,
        expand: { (template: Template) throws(ValueFailure) in template.constantText ?? "" })
}

@Suite("Matchers") struct MatcherTests {
    @Test(
        "a matcher matches only its own values",
        arguments: [
            ("url", ["\"https://a.example/x?y=1\""], ["\"a.example/x\"", "\"mailto:a@b.c\"", "\"\"", "1"]),
            ("uuid", ["\"2f1b7e9a-3c1d-4e5f-8a9b-0c1d2e3f4a5b\""], ["\"2f1b7e9a\"", "7"]),
            ("email", ["\"a.b@c.example\""], ["\"a.b\""]),
            ("date", ["\"2026-02-28\""], ["\"2026-02-30\"", "\"28.2.2026\""]),
            ("datetime", ["\"2026-02-28T12:00:00+05:30\""], ["\"2026-02-28 12:00\"", "\"2026-02-28T12:00:00\""]),
            ("number", ["1", "1.5"], ["\"1\"", "null"]),
            ("integer", ["1", "1.0", "1e2"], ["1.5", "\"1\""]),
            ("string", ["\"\""], ["1"]),
            ("boolean", ["true"], ["\"true\""]),
            ("null", ["null"], ["0"]),
            ("present", ["null", "0"], []),
            ("nonempty", ["\"x\"", "[0]", "{\"a\":1}", "0", "false"], ["\"\"", "[]", "{}", "null"]),
            ("contains:b", ["\"abc\"", "[\"b\"]"], ["\"ac\"", "[\"bc\"]", "null"]),
            ("starts:ab", ["\"abc\""], ["\"cab\"", "\"a\""]),
            ("ends:bc", ["\"abc\""], ["\"bca\"", "\"c\""]),
            ("len:2", ["\"é🙂\"", "[1,2]", "{\"a\":1,\"b\":2}"], ["\"abc\"", "12"]),
            ("len:1..2", ["\"a\"", "\"ab\""], ["\"\"", "\"abc\""]),
            ("len:2..", ["\"abc\""], ["\"a\""]),
            ("oneof:A|1|true", ["\"A\"", "1.0", "true", "\"1\""], ["\"B\"", "false", "null"]),
            (
                "near:now:5s", ["\"2026-02-28T12:00:05Z\"", "\"2026-02-28T17:30:00+05:30\""],
                ["\"2026-02-28T12:00:06Z\"", "5"]
            ),
            ("near:2026-01-01T00:00:00Z:1m", ["\"2026-01-01T00:00:59Z\""], ["\"2026-01-01T00:02:00Z\""]),
            ("text:100.50", ["100.50", "\"100.50\""], ["100.5", "\"100.5\""]),
            ("schema:Genre", ["\"poem\""], ["\"Poem\""]),
        ])
    func fits(matcher: String, good: [String], bad: [String]) throws {
        for json in good { #expect(try outcome(matcher, json) == .match, "\(json)") }
        for json in bad {
            guard case .noMatch = try outcome(matcher, json) else {
                Issue.record("\(matcher) took \(json)")
                continue
            }
        }
    }

    @Test("letters that only look alike are different")
    func codePoints() throws {
        #expect(try outcome("contains:e\u{301}", "\"\u{E9}\"") == .noMatch(wanted: "a string that contains 'e\u{301}'"))
        #expect(try outcome("oneof:\u{E9}|x", "\"e\u{301}\"") == .noMatch(wanted: "one of '\u{E9}', 'x'"))
    }

    @Test(
        "a pattern must match the whole text",
        arguments: [
            ("/\\d+/", "\"12\"", true), ("/\\d+/", "\"12a\"", false), ("/1.*/", "1.50", true), ("/a/", "null", false),
        ])
    func patterns(source: String, json: String, fits: Bool) throws {
        var parser = ItemParser("a~\(source)")
        guard case .pattern(let pattern)? = parser.items().first?.value else {
            Issue.record("no pattern")
            return
        }
        let value = try JSONDocument(parsing: json).root.value
        let outcome = try pattern.matches(value) { (template: Template) throws(ValueFailure) in template.text }
        #expect((outcome == .match) == fits)
    }

    @Test(
        "an unknown matcher is reported with the nearest one",
        arguments: [
            ("uid", "0+3 unknown matcher 'uid' | did you mean `~uuid`?"),
            ("lem:3", "0+3 unknown matcher 'lem' | did you mean `~len:3 or len:1..10`?"),
            ("len:x", "4+1 'x' is not a valid length | write len:3, len:1..10 or len:1.."),
            ("len:3..1", "4+4 '3..1' is not a valid length | write len:3, len:1..10 or len:1.."),
            ("len:", "3+1 the matcher `len` requires an argument | write len:3 or len:1..10"),
            ("uuid:4", "4+2 the matcher `uuid` takes no argument | write ~uuid"),
            ("oneof:A||B", "8+1 an alternative is empty | write oneof:A|B"),
            ("near:now", "5+3 'now' is not a valid time and tolerance | write near:now:5s or near:{{step.path}}:2m"),
            (
                "near:noon:5s",
                "5+4 'noon' is not a valid time | write now, a reference {{step.path}}, or a time such as 2026-02-28T12:00:00Z"
            ),
        ])
    func mistakes(text: String, expected: String) {
        do {
            _ = try MatcherParser.parse(text)
            Issue.record("read as a matcher")
        } catch {
            #expect("\(error.offset)+\(error.length) \(error.message) | \(error.help ?? "")" == expected)
        }
    }

    @Test("durations are a number and a unit")
    func durations() {
        #expect(
            ["500ms", "2s", "5m", "1h", "2", "s", "-1s", "1.5s", "9999999999s", "999h"].map(DurationText.parse) == [
                .milliseconds(500), .seconds(2), .seconds(300), .seconds(3600), nil, nil, nil, nil, nil, nil,
            ])
    }
}
