import JSONDocument
import JSONSchema
import Testing

/// Texts that have a format, and texts that do not.
@Suite("Formats")
struct FormatTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let format: String
        let right: [String]
        let wrong: [String]
        var testDescription: String { format }

        init(_ format: String, _ right: [String], not wrong: [String]) {
            (self.format, self.right, self.wrong) = (format, right, wrong)
        }
    }

    static let rows: [Row] = [
        Row(
            "date-time",
            ["2024-02-29T23:59:59Z", "1990-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00", "1985-04-12t23:20:50.52z"],
            not: [
                "2023-02-29T00:00:00Z", "1990-12-31T15:59:60Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00",
                "2024-01-01T00:00:00.Z",
            ]
        ),
        Row("date", ["2000-02-29", "0000-01-01"], not: ["1900-02-29", "2024-13-01", "2024-1-1", "2024-01-01Z", ""]),
        Row(
            "time",
            ["08:30:06Z", "23:59:60Z", "01:29:60+01:30", "23:29:60+23:30", "00:29:60-23:30", "08:30:06.283185+05:30"],
            not: ["08:30:06", "24:00:00Z", "22:59:60Z", "23:59:60+01:00", "00:00:00+24:00", "08:30:06 PST", "8:30:06Z"]),
        Row(
            "duration", ["P1Y2M3DT4H5M6S", "P4W", "PT0S", "P1DT1S"],
            not: ["P", "PT", "P1", "P1W1D", "P1S", "PT1D", "P1DT", "P1YT1H2"]),
        Row(
            "email",
            [
                "a@b.example", "te~st@example.com", "\"joe bloggs\"@example.com", "\"a\\\"b\"@x", "a@[127.0.0.1]",
                "a@[IPv6:::1]", "a.b+c@x-y.z", "\"joe@bloggs\"@example.com",
            ],
            not: [
                "2962", ".a@b", "a.@b", "a..b@c", "a@b=c", "a@[127.0.0.300]", "a@", "@b", "a b@c", "a@b, c@d",
                "é@b.example",
                "a@b..c", "a@-b", String(repeating: "x", count: 65) + "@b.c", "a@[IPv6:1]", "\"a\"b@c",
            ]),
        Row("idn-email", ["실례@실례.테스트", "a@b.example"], not: ["2962", "실례", "a@\u{302e}b"]),
        Row(
            "hostname", ["a", "a.b-c.d9", "xn--nxasmm1c.example", "1host", "a--b"],
            not: [
                "", ".", "a.", ".a", "-a", "a-", "a_b", "a b", "é.example", "xn--X", "xn--a-",
                String(repeating: "a", count: 64),
            ]
        ),
        Row(
            "idn-hostname",
            [
                "실례.테스트", "straße.example", "l·l", "א׳ב", "α͵β", "ァ・ア", "क्‍ष", "بي‌بي", "a。b",
                "例え.テスト", "example.com", "אב1.גד", "a1.אב", "ا٠", "über", "q\u{323}\u{307}", "क़",
            ],
            not: [
                "", "〮실례", "l·a", "·l", "a͵b", "a׳", "def・abc", "٠۰", "क‌ष", "\u{0301}x", "-a", "ab--cd", "a..b", "ـ",
                "½", "a b", String(repeating: "ü", count: 64),
                // RFC 5893, section 2, and Normalization Form C.
                "0a.א", "0ا", "aא", "א0٠", "אa", "א-.a", "u\u{308}ber", "e\u{301}.example", "a\u{323}\u{307}",
                "q\u{307}\u{323}",
            ]),
        Row(
            "ipv4", ["0.0.0.0", "255.255.255.255"],
            not: ["256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.4 ", "1..2.3", "٠.0.0.0"]),
        Row(
            "ipv6",
            [
                "::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1::8",
                "::2:3:4:5:6:7:8",
            ],
            not: [
                "", ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "::12345", "::1.2.3",
                "1.2.3.4::", "::1%eth0",
                "1:2:3:4:5:6:7::8", ":2:3:4:5:6:7:8", "1:2:3:4:5:6:7:",
            ]),
        Row(
            "uri",
            [
                "http://foo.bar/?q=x%20y#z", "urn:a:b", "mailto:a@b", "http://[::1]:80/",
                "ldap://[2001:db8::7]/c=GB?a?b", "tel:+1-816", "a:",
                "file:///x", "http://u:p@h:/",
            ],
            not: [
                "//foo.bar/", "/abc", "abc", "\\\\WIN", "http://foo bar", "http:// x", ":// x", "http://[::1",
                "http://a:b/", "bar,\u{ef}:",
                "http://x/<y>", "http://x/%zz", "1a:b", "http://x/é", "http://x/#a#b", "http://a[b]/", "http://x/{a}",
            ]),
        Row(
            "uri-reference", ["", "/abc", "#f", "?q", "//x/y", "a/b:c", "../a"],
            not: ["a:b:c d", "1:b", "\\x", "#a\\b", "é"]),
        Row(
            "iri", ["http://ƒøø.ßår/?∂=πîx#πîüx", "http://[::1]/é"],
            not: ["/abc", "http://2001:db8::1", "âππ", "http://x/\u{E000}"]),
        Row("iri-reference", ["/âππ", "âππ", "#ƒräg", ""], not: ["\\\\WINDOWS\\é", "#ƒräg\\mênt"]),
        Row(
            "uri-template", ["http://x/{a}/{b:3}{?c*,d.e}", "x", "a'b", "/f(p='{p}')", "{+p}", "{#a%20b}", "é{a}"],
            not: ["{", "}", "{a", "a}", "{}", "{a:0}", "{a:10000}", "{a b}", "a b", "{a..b}", "\"", "{^a}"]),
        Row(
            "uuid", ["2eb8aa08-AA98-11ea-b4aa-73b441d16380"],
            not: ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638g", ""]),
        Row("json-pointer", ["", "/", "/a~0~1/é", "//"], not: ["a", "/~", "/~2", "#/a"]),
        Row("relative-json-pointer", ["0", "1#", "20/a", "0/~0"], not: ["", "01", "-1", "1##", "/a", "1#/a", "1/~"]),
        Row("regex", ["^a+$", "(?<n>x)\\k<n>", "[^]", "\\p{L}"], not: ["(", "a++", "(?i)a", "\\A", "[b-a]"]),
        Row("byte", ["", "aGVsbG8=", "AAAA", "+/+/"], not: ["a", "aGVsbG8", "a*b=", "=AAA", "A===", "-_-_"]),
        Row(
            "date-time-local", ["2024-02-29T23:59:59", "2024-01-01T00:00:00.5"],
            not: ["2024-02-29T23:59:59Z", "2024-02-29"]),
        Row("time-local", ["08:30:06", "08:30:06.25"], not: ["08:30:06Z", "8:30:06", "24:00:00"]),
        Row("base64url", ["", "aGVsbG8", "aGVsbG8=", "-_-_"], not: ["a", "+/+/", "aGVsbG8==", "a b"]),
        Row("char", ["a", "é", "e\u{301}", "👩‍🚀"], not: ["", "ab"]),
        Row("int64", ["0", "-9223372036854775808"], not: ["9223372036854775808", "1.0", "1e3", "", " 1"]),
        Row("uint64", ["0", "18446744073709551615"], not: ["-1", "18446744073709551616", "1.0"]),
        Row("decimal", ["1", "-12.50", "1e-7"], not: ["", ".5", "1.", "1,5", "NaN", "0x1"]),
        Row("decimal128", ["1", "-12.50", "1E+6144", "NaN", "-Infinity"], not: ["", "one"]),
        Row("commonmark", ["", "# x"], not: []),
        Row("media-range", ["*/*"], not: []),
        Row("sf-token", ["x"], not: []),
        Row("password", ["", "x"], not: []),
        Row("binary", ["", "\u{0}"], not: []),
        Row("no-such-format", ["", "x"], not: []),
    ]

    @Test("valid and invalid texts of each format", arguments: rows)
    func texts(row: Row) throws {
        let schema = try compile(#"{"format": "\#(row.format)"}"#)
        for (texts, expected) in [(row.right, SchemaOutcome.valid), (row.wrong, .invalid)] {
            for text in texts {
                let value = JSONDocument(.string(text)).root
                #expect(schema.isValid(value) == expected, "\(row.format): \(text.debugDescription)")
                #expect(schema.isValid(value, ValidationOptions(formats: .annotate)) == .valid)
            }
        }
        for other in ["1", "null", "{}", "[]", "true"] { #expect(try schema.outcome(other) == .valid) }
    }

    @Test(
        "valid and invalid numbers of each format",
        arguments: [
            ("int32", ["2147483647", "-2147483648", "1e3", "1.0"], ["2147483648", "-2147483649", "0.5", "1e400"]),
            ("int8", ["127", "-128"], ["128", "-129", "0.5"]),
            ("int16", ["32767"], ["32768"]),
            ("uint8", ["0", "255"], ["-1", "256", "1.5"]),
            ("uint16", ["65535"], ["65536", "-1"]),
            ("uint32", ["4294967295"], ["4294967296", "-1"]),
            ("uint64", ["0", "18446744073709551615"], ["-1", "18446744073709551616", "0.5"]),
            ("double-int", ["9007199254740991", "-9007199254740991"], ["9007199254740992", "0.5"]),
            ("decimal", ["1.5", "1e400"], []),
            ("int64", ["9223372036854775807", "-9223372036854775808"], ["9223372036854775808", "1.5", "1e19"]),
            ("float", ["1.5", "3.4e38", "1e-7"], ["3.5e38", "1e400"]),
            ("double", ["1.5", "1.7e308", "1e-400"], ["1.8e308", "-1e400"]),
        ])
    func numbers(format: String, right: [String], wrong: [String]) throws {
        let schema = try compile(#"{"format": "\#(format)"}"#, .openAPI30)
        for text in right { #expect(try schema.outcome(text) == .valid, "\(format): \(text)") }
        for text in wrong { #expect(try schema.outcome(text) == .invalid, "\(format): \(text)") }
        #expect(try schema.outcome("\"99999999999\"") == .valid)
    }

    /// The names of the OpenAPI Format Registry.
    static let registry = [
        "base64url", "binary", "byte", "char", "commonmark", "date-time-local", "date-time", "date", "decimal",
        "decimal128", "double-int", "double", "duration", "email", "float", "hostname", "html", "http-date",
        "idn-email", "idn-hostname", "int16", "int32", "int64", "int8", "ipv4", "ipv6", "iri-reference", "iri",
        "json-pointer", "media-range", "password", "regex", "relative-json-pointer", "sf-binary", "sf-boolean",
        "sf-decimal", "sf-integer", "sf-string", "sf-token", "time-local", "time", "uint16", "uint32", "uint64",
        "uint8", "unixtime", "uri-reference", "uri-template", "uri", "uuid",
    ]

    @Test("every registered format is known, for each type in the registry", arguments: registry)
    func registered(format: String) throws {
        #expect(try notes(#"{"format": "\#(format)"}"#).isEmpty)
        let numbers = ["int8", "int16", "int32", "uint8", "uint16", "uint32", "float", "double", "double-int"]
        let both = ["int64", "uint64", "decimal", "decimal128", "unixtime", "sf-decimal", "sf-integer"]
        for (type, fits) in [
            ("string", !numbers.contains(format)), ("number", numbers.contains(format) || both.contains(format)),
        ] {
            let found = try notes(#"{"type": "\#(type)", "format": "\#(format)"}"#)
            #expect(found.isEmpty == fits, "\(type): \(found)")
        }
    }
}
