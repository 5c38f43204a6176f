import JSONDocument
import JSONSchema
import Testing

/// The formats against the grammars of their standards, production by production.
@Suite("Grammars of formats")
struct FormatGrammarTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let format: String
        let part: String
        let right: [String]
        let wrong: [String]
        var testDescription: String { "\(format), \(part)" }

        init(_ format: String, _ part: String, _ right: [String], not wrong: [String]) {
            self.format = format
            self.part = part
            self.right = right
            self.wrong = wrong
        }
    }

    /// RFC 3339, section 5.6, and Appendix A for durations.
    static let times = [
        Row(
            "date", "months", ["2024-01-31", "2024-04-30", "2024-12-31"],
            not: ["2024-00-10", "2024-13-10", "2024-04-31"]),
        Row(
            "date", "days", ["2024-01-01", "2024-01-09"], not: ["2024-01-00", "2024-01-32", "2024-06-31", "2024-11-31"]),
        Row(
            "date", "leap years", ["2024-02-29", "2000-02-29", "1600-02-29", "0004-02-29", "2023-02-28"],
            not: ["2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2200-02-29"]),
        Row(
            "date", "digits", ["0000-01-01", "9999-12-31"],
            not: [
                "999-01-01", "12024-01-01", "24-01-01", "2024-1-01", "2024-01-1", "2024-001", "+2024-01-01",
                "-024-01-01",
            ]),
        Row(
            "date", "separators", ["2024-01-01"],
            not: [
                "20240101", "2024/01/01", "2024.01.01", "2024-0101", "202401-01", "2024-01-01 ", " 2024-01-01",
                "2024-01-01\n",
            ]),
        Row("date", "other scripts", [], not: ["२०२४-०१-०१", "２０２４-０１-０１", "2024‑01‑01"]),
        Row(
            "time", "hours", ["00:00:00Z", "09:00:00Z", "19:00:00Z", "23:00:00Z"],
            not: ["24:00:00Z", "25:00:00Z", "9:00:00Z", "-1:00:00Z"]),
        Row(
            "time", "minutes and seconds", ["00:59:00Z", "00:00:59Z"],
            not: ["00:60:00Z", "00:0:00Z", "00:00:61Z", "00:00:0Z", "00:00Z"]),
        Row(
            "time", "fractions", ["00:00:00.0Z", "00:00:00.123456789012Z"],
            not: ["00:00:00.Z", "00:00:00,5Z", "00:00:.5Z", "00:00:00.5.5Z"]),
        Row(
            "time", "offsets", ["00:00:00z", "00:00:00+00:00", "00:00:00-00:00", "12:00:00+23:59", "12:00:00-12:30"],
            not: [
                "00:00:00", "00:00:00+0000", "00:00:00+00", "00:00:00+24:00", "00:00:00+00:60", "00:00:00 Z",
                "00:00:00+1:00", "00:00:00ZZ",
            ]),
        Row(
            "time", "leap seconds", ["23:59:60Z", "22:59:60-01:00", "00:29:60+00:30", "23:59:60.5Z", "15:59:60-08:00"],
            not: ["23:58:60Z", "22:59:60Z", "12:00:60Z", "23:59:60-01:00", "00:59:60+00:30"]),
        Row(
            "date-time", "the letter between", ["2024-01-01T00:00:00Z", "2024-01-01t00:00:00Z"],
            not: [
                "2024-01-01 00:00:00Z", "2024-01-01_00:00:00Z", "2024-01-0100:00:00Z", "2024-01-01TT00:00:00Z",
                "T00:00:00Z", "2024-01-01T",
            ]),
        Row(
            "date-time", "a wrong date or time", ["2024-02-29T23:59:59+05:45"],
            not: ["2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00Z"]),
        Row(
            "duration", "units in order",
            ["P1Y", "P1M", "P1D", "P1Y2M", "P1M2D", "P1Y2M3D", "PT1H", "PT1M", "PT1S", "PT1H2M", "PT1M2S", "PT1H2M3S"],
            not: ["P1D1M", "P1M1Y", "PT1S1M", "PT1M1H", "P1H", "PT1D", "P1Y2D", "PT1H2S", "P1Y1Y"]),
        Row("duration", "weeks", ["P1W", "P52W", "P0W"], not: ["P1W1D", "P1Y1W", "P1WT1H", "PW", "PT1W"]),
        Row(
            "duration", "date and time", ["P1DT1H", "P1Y2M3DT4H5M6S", "P1YT1S"],
            not: ["P1DT", "P1D1H", "PT1HP1D", "P1DTT1H"]),
        Row(
            "duration", "numbers", ["P0D", "P00D", "P999999999999D"],
            not: ["P-1D", "P+1D", "P1.5D", "PT1.5S", "P 1D", "PD", "P1,5D", "P1e3D", "P١D"]),
        Row(
            "duration", "letters", [],
            not: ["", "P", "PT", "p1d", "1D", "D1P", "P1", "P1X", "P1D ", " P1D", "-P1D", "P1DZ"]),
    ]

    /// RFC 2673, section 3.2, RFC 4291, section 2.2, RFC 9562, section 4.
    static let addresses = [
        Row(
            "ipv4", "octets", ["0.0.0.0", "1.2.3.4", "255.255.255.255", "192.168.10.99"],
            not: ["256.1.1.1", "1.1.1.256", "1.1.1.1000", "1.1.1.-1", "1.1.1.a"]),
        Row(
            "ipv4", "four of them", [],
            not: ["", "1", "1.2", "1.2.3", "1.2.3.4.5", ".1.2.3", "1.2.3.", "1..2.3", "....", "1.2.3.4."]),
        Row(
            "ipv4", "leading zeros", ["10.0.0.1"], not: ["01.2.3.4", "1.02.3.4", "1.2.3.00", "1.2.3.010", "001.2.3.4"]),
        Row(
            "ipv4", "other notations", [],
            not: [
                "0x7f.0.0.1", "2130706433", "1.2.3.4/24", "1.2.3.4:80", " 1.2.3.4", "1.2.3.4\n", "１.2.3.4", "1。2。3。4",
            ]),
        Row(
            "ipv6", "eight groups",
            ["1:2:3:4:5:6:7:8", "abcd:EF01:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0000"],
            not: ["1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345:2:3:4:5:6:7:8", "g:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:"]),
        Row(
            "ipv6", "one gap",
            ["::", "::1", "1::", "1::8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::3:4:5:6:7:8", "fe80::1:2"],
            not: [
                ":", ":::", "1:::2", "::1::", "1::2::3", ":1", "1:", ":1::", "::1:", "1:2:3:4:5:6:7::8",
                "1:2:3:4::5:6:7:8", "1:2:3:4:5:6:7:8::",
            ]),
        Row(
            "ipv6", "a dotted end", ["::1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "::ffff:255.255.255.255", "1::1.2.3.4"],
            not: [
                "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:1.2.3.4", "::1.2.3", "::256.1.1.1", "1.2.3.4", "::1.2.3.4:5",
                "1.2.3.4::", "::01.2.3.4",
            ]),
        Row(
            "ipv6", "other notations", [],
            not: ["", "[::1]", "::1/64", "fe80::1%eth0", " ::1", "::1 ", "0x1::", "::1\n"]),
        Row(
            "uuid", "groups",
            [
                "123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000",
                "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "0195a8f5-7c3e-7000-8000-000000000000",
            ],
            not: [
                "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400",
                "123e4567-e89b-12d3-a456-4266141740000", "123e4567-e89b-12d3-a45-6426614174000",
                "{123e4567-e89b-12d3-a456-426614174000}", "urn:uuid:123e4567-e89b-12d3-a456-426614174000",
                "123e4567-e89b-12d3-a456-42661417400g", "-123e4567-e89b-12d3-a456-42661417400",
                "123e4567_e89b_12d3_a456_426614174000", "",
            ]),
        Row(
            "hostname", "labels", ["a", "A", "9", "a-b", "a1-2b", "3com.example", "a.b.c.d"],
            not: ["", "-", "-a", "a-", "a.-b", "a-.b", "a..b", ".", ".a", "a b", "a_b", "a/b", "a:80", "a@b", "é"]),
        Row(
            "hostname", "lengths", [String(repeating: "a", count: 63), String(repeating: "a.", count: 126) + "a"],
            not: [
                String(repeating: "a", count: 64), String(repeating: "a.", count: 127) + "a",
                "b." + String(repeating: "a", count: 64),
            ]),
    ]

    /// RFC 5321, section 4.1.2.
    static let mail = [
        Row(
            "email", "atoms", ["a@b", "a.b@c", "!#$%&'*+-/=?^_`{|}~@b.example", "0@1.example", "A@B.C"],
            not: [
                "@b", "a@", "a", "", "@", "a@@b", "a b@c", "a.@b", ".a@b", "a..b@c", "a,b@c", "a:b@c", "a;b@c", "<a@b>",
                "a(b)@c", "a[b@c", "a\\b@c",
            ]),
        Row(
            "email", "quoted strings",
            ["\"\"@b", "\"a b\"@c", "\"a@b\"@c", "\"a\\\"b\"@c", "\"a\\\\\"@b", "\"(),:;<>[]\"@c"],
            not: ["\"a@b", "a\"@b", "\"a\"b@c", "a\"b\"@c", "\"a\\\"@b", "\"a\nb\"@c"]),
        Row(
            "email", "domains", ["a@b-c.d", "a@1.2.3.4.example", "a@xn--nxasmm1c.example"],
            not: ["a@-b", "a@b-", "a@b..c", "a@.b", "a@b.", "a@b_c", "a@b c", "a@b/c"]),
        Row(
            "email", "address literals", ["a@[1.2.3.4]", "a@[IPv6:::1]", "a@[IPv6:1:2:3:4:5:6:7:8]"],
            not: ["a@[1.2.3]", "a@[1.2.3.4", "a@1.2.3.4]", "a@[::1]", "a@[IPv6:1]", "a@[]", "a@[256.1.1.1]"]),
        Row(
            "email", "lengths", [String(repeating: "a", count: 64) + "@b.example"],
            not: [
                String(repeating: "a", count: 65) + "@b.example", "a@" + String(repeating: "b", count: 64) + ".example",
            ]),
    ]

    /// RFC 3986, Appendix A, RFC 3987, RFC 6570, RFC 6901 and the draft of relative pointers.
    static let names = [
        Row(
            "uri", "schemes",
            ["a:", "a:b", "http://a", "A+b-c.9:x", "urn:isbn:1", "mailto:a@b", "tel:+1", "data:,x", "file:///a"],
            not: ["", ":a", "1a:b", "+a:b", "a_b:c", "//a", "/a", "a", "?a", "#a", "é:a"]),
        Row(
            "uri", "authorities",
            [
                "http://", "http://a:80", "http://a:", "http://u:p@a", "http://[::1]:8/", "http://[v1.a]",
                "http://1.2.3.4", "http://a%20b", "http://a_b", "http://@a",
            ],
            not: [
                "http://a:b", "http://[::1", "http://[1.2.3.4]", "http://a b", "http://a\\b", "http://[::g]",
                "http://a:80:80", "http://a<b>", "http://u@v@a",
            ]),
        Row(
            "uri", "paths",
            ["a:/b/c", "a:b/c", "a:/", "a://b//c", "a:/%41", "a:/b;c=d", "a:/!$&'()*+,;=:@", "a:/-._~"],
            not: [
                "a:/ b", "a:/%4", "a:/%", "a:/%zz", "a:/b\"c", "a:/<b>", "a:/b\\c", "a:/b^c", "a:/b`c", "a:/{b}",
                "a:/b|c", "a:/é",
            ]),
        Row(
            "uri", "query and fragment", ["a:?b", "a:?", "a:#", "a:?b#c", "a:?b?c/d", "a:#b?c/d", "a:?%20"],
            not: ["a:#b#c", "a:?b c", "a:?[", "a:#[b]", "a:?%2", "a:?\u{7F}"]),
        Row(
            "uri-reference", "relative",
            ["", "a", "/a", "//a", "//a/b", "?a", "#a", "../a", "./a:b", "a/b:c", "/:a", "a?b#c", "*"],
            not: [" ", "a b", "%", "%g1", "\\a", "1a:b", ":a", "a#b#c", "<a>", "é", "//[a", "a\"b"]),
        Row(
            "iri", "letters", ["http://é.example/日本?ü#ñ", "a:é", "http://例え.テスト/"],
            not: ["/é", "a: é", "a:%g", "a:<é>", "", "a:\u{E000}/x"]),
        Row("iri", "private use", ["a:?\u{E000}"], not: ["a:#\u{E000}"]),
        Row("iri-reference", "letters", ["é", "/日本", "#ü", "", "//é/"], not: [" é", "é\\", "%é", "é#é#é"]),
        Row(
            "uri-template", "expressions",
            [
                "", "a", "{a}", "{a,b}", "/x{/a}{?b,c}{&d}{#e}{+f}{;g}{.h}", "{a*}", "{a:3}", "{a:9999}", "{a.b}",
                "{a_b}", "{%41}", "é",
            ],
            not: [
                "{", "}", "{}", "{a", "a}", "{{a}}", "{a b}", "{a,}", "{a:}", "{a:0}", "{a:10000}", "{a*:3}",
                "{a**}", "{-a}", "{a-b}", "{.}", "{a..b}", "{a.}", "{%4}", "a b", "<a>", "\"", "a\\b", "%", "%4",
            ]),
        Row(
            "json-pointer", "tokens",
            ["", "/", "/a", "/a/b", "//", "/~0", "/~1", "/~01", "/a~1b~0c", "/é 日\"", "/-", "/0"],
            not: ["a", "a/", "#", "#/a", "/~", "/~2", "/a~", "/~~0", " /a", "0/a"]),
        Row(
            "relative-json-pointer", "numbers", ["0", "1", "10", "0#", "12#", "0/a", "1/a~1b", "2/"],
            not: ["", "a", "/a", "#", "01", "00", "-1", "+1", "1.0", "0##", "0#/a", "0a", "1/~2", "1#a", "١"]),
        Row(
            "regex", "ECMA-262",
            ["", "^a$", "[a-z]+", "(?<a>b)\\k<a>", "(?=a)", "(?<!a)b", "\\p{L}", "a{1,2}?", "\\u{41}"],
            not: ["(", "[", "a**", "(?<a>b)(?<a>c)", "[z-a]", "\\", "a{2,1}", "(?", "*", "(?a)"]),
    ]

    static let rows = times + addresses + mail + names

    private static func schema(_ format: String) throws -> CompiledSchema {
        try compile(#"{"format": "\#(format)"}"#)
    }

    @Test("texts of the grammar are accepted and all others rejected", arguments: rows)
    func grammar(row: Row) throws {
        let schema = try Self.schema(row.format)
        var options = ValidationOptions()
        options.formats = .assert
        for (texts, expected) in [(row.right, SchemaOutcome.valid), (row.wrong, .invalid)] {
            for text in texts {
                let value = JSONDocument(.string(text)).root
                #expect(schema.isValid(value, options) == expected, "\(text.debugDescription)")
                #expect(schema.validate(value, options).issues.map(\.keyword) == (expected == .valid ? [] : ["format"]))
            }
        }
    }

    @Test("an annotation rejects nothing, and values of other kinds have every format", arguments: rows)
    func annotation(row: Row) throws {
        let schema = try Self.schema(row.format)
        var annotate = ValidationOptions()
        annotate.formats = .annotate
        for text in row.right + row.wrong {
            #expect(schema.isValid(JSONDocument(.string(text)).root, annotate) == .valid)
        }
        var assert = ValidationOptions()
        assert.formats = .assert
        for text in ["1", "1.5", "null", "true", "[]", "{}"] {
            #expect(try schema.outcome(text, assert) == .valid, "\(text)")
        }
    }
}
