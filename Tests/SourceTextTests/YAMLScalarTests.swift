import Testing

@Suite("YAML scalars")
struct YAMLScalarTests {
    @Test(
        "plain scalars are resolved by the core schema",
        arguments: [
            ("~", "null"), ("null", "null"), ("Null", "null"), ("", "null"), ("nUll", "\"nUll\""),
            ("true", "true"), ("TRUE", "true"), ("False", "false"), ("yes", "\"yes\""), ("on", "\"on\""),
            ("12", "12"), ("-12", "-12"), ("+12", "12"), ("007", "7"), ("0", "0"), ("-0", "-0"),
            ("0o17", "15"), ("0x1F", "31"), ("0b11", "\"0b11\""), ("1_000", "\"1_000\""),
            ("1.50", "1.50"), (".5", "0.5"), ("5.", "5.0"), ("1e3", "1e3"), ("-1.0E+2", "-1.0E+2"), ("1e", "\"1e\""),
            ("123456789012345678901234567890", "123456789012345678901234567890"), ("1e400", "1e400"),
            ("2022-09-01", "\"2022-09-01\""), ("12:30:45", "\"12:30:45\""), ("3.0.3", "\"3.0.3\""),
            ("'12'", "\"12\""), ("\"true\"", "\"true\""), ("!!str 12", "\"12\""), ("!!int '12'", "12"),
            ("!custom x", "\"x\""), ("! 12", "\"12\""),
        ]
    )
    func plain(text: String, expected: String) throws {
        #expect(try json("a: \(text)") == "{\"a\":\(expected)}")
    }

    @Test("a number without an equivalent in JSON is rejected")
    func infinity() {
        #expect(problems("a: .inf") == ["1:4 yaml.value: the number '.inf' cannot be represented in JSON"])
        #expect(problems("a: -.INF") == ["1:4 yaml.value: the number '-.INF' cannot be represented in JSON"])
        #expect(problems("a: .nan") == ["1:4 yaml.value: the number '.nan' cannot be represented in JSON"])
    }

    @Test("a tag that does not match is rejected")
    func tag() {
        #expect(problems("a: !!int x") == ["1:4 yaml.value: the tag !!int does not match the text 'x'"])
    }

    @Test("block scalars keep their line breaks")
    func block() throws {
        #expect(try json("a: |\n  x\n  y\nb: >-\n  x\n  y\n") == "{\"a\":\"x\\ny\\n\",\"b\":\"x y\"}")
    }

    @Test("keys are text, in any spelling")
    func keys() throws {
        #expect(
            try json("200: a\n'404': b\ntrue: c\n1.0: d")
                == "{\"200\":\"a\",\"404\":\"b\",\"true\":\"c\",\"1.0\":\"d\"}")
    }
}
