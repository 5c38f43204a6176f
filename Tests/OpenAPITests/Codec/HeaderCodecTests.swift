import JSONDocument
import JSONSchema
import OpenAPI
import TestKit
import Testing

/// Response headers (OpenAPI 3.1.1, section 4.8.21; RFC 9110, sections 5.3, 5.5 and 5.6.1; RFC 6265, section 3).
@Suite("Response headers on the wire")
struct HeaderCodecTests {
    private static func header(_ fields: String, name: String = "X-Test", version: String = "3.1.0") throws -> Header {
        let contract = try contract(
            """
            openapi: \(version)
            info: {title: t, version: '1'}
            paths:
              /a: {get: {responses: {'200': {description: ok, headers: {\(name): {\(fields)}}}}}}
            """)
        return try #require(contract.operations.first?.responses.first?.headers.first)
    }

    static let texts = "schema: {type: array, items: {type: string}}"
    static let wholes = "schema: {type: array, items: {type: integer}}"
    static let object = "schema: {type: object, properties: {a: {type: integer}, b: {type: string}}}"

    @Test(
        "several lines are one list; blanks around items and empty items are dropped",
        arguments: [
            (texts, ["a,b"], #"["a","b"]"#), (texts, ["a", "b, c"], #"["a","b","c"]"#),
            (texts, [" a\t,\t b "], #"["a","b"]"#),
            (texts, ["a,,b", ",", ""], #"["a","b"]"#), (texts, [""], "[]"), (texts, [" , "], "[]"),
            (texts, ["a b"], #"["a b"]"#), (texts, ["é"], #"["é"]"#), (texts, [], "absent"),
            (wholes, ["1", "2"], "[1,2]"), (wholes, ["1", "x"], "invalid: 'x' is not an integer"),
            (object, ["a,1", "b,x"], #"{"a":1,"b":"x"}"#), (object, ["a"], "invalid: has a name without a value"),
            (object, ["a,1,a,2"], "invalid: contains the member 'a' twice"),
            (object + ", explode: true", ["a=1", "b=x=y"], #"{"a":1,"b":"x=y"}"#),
            (object + ", explode: true", ["a"], "invalid: has an item without '='"),
            (object + ", explode: true", ["a=1, , b="], #"{"a":1,"b":""}"#),
            ("schema: {type: string}", ["a", "b"], #""a, b""#), ("schema: {type: string}", [" a "], #""a""#),
            ("schema: {type: string}", [""], #""""#),
            ("schema: {type: integer}", ["1", "1"], "invalid: '1, 1' is not an integer"),
            ("schema: {type: boolean}", [" true\t"], "true"), ("schema: {}", ["1"], #""1""#),
            ("schema: {type: [integer, array]}", ["1,2"], #"["1","2"]"#),
            ("schema: {type: [integer, array]}", ["1"], "1"),
            ("schema: {type: array, items: {type: array}}", ["1"], "undefined: lists in lists have no text form"),
            (
                "schema: {type: object, properties: {a: {type: object}}}", ["a,1"],
                "undefined: the member 'a' is not a single value and has no text form"
            ),
        ] as [(String, [String], String)])
    func read(fields: String, lines: [String], expected: String) throws {
        #expect(try ParameterCodec.parse(headerLines: lines, as: Self.header(fields)).outcome == expected)
    }

    @Test(
        "Set-Cookie has one value in each line, which is never split at commas",
        arguments: [
            ("schema: {type: string}", ["a=1; Expires=Thu, 01 Jan 2026"], #""a=1; Expires=Thu, 01 Jan 2026""#),
            ("schema: {type: string}", ["a=1", "b=2"], "invalid: occurs 2 times"),
            (texts, ["a=1, x", "b=2"], #"["a=1, x","b=2"]"#), (texts, ["a=1"], #"["a=1"]"#),
            (object, ["a=1"], "undefined: a Set-Cookie header cannot represent objects"),
            ("schema: {type: [string, array], items: {type: string}}", ["a=1", "b=2"], #"["a=1","b=2"]"#),
            ("schema: {type: string}", [], "absent"),
        ] as [(String, [String], String)])
    func cookies(fields: String, lines: [String], expected: String) throws {
        for name in ["Set-Cookie", "set-cookie"] {
            let header = try Self.header(fields, name: name)
            #expect(ParameterCodec.parse(headerLines: lines, as: header).outcome == expected)
        }
    }

    @Test(
        "a declaration without a meaning is not judged",
        arguments: [
            ("schema: {type: string}, style: form", "X-Test", "undefined: a header can only have the style simple"),
            ("schema: {type: string}, style: simple", "X-Test", #""a""#),
            ("schema: {type: integer}", "content-TYPE", "absent"),
        ])
    func undefined(fields: String, name: String, expected: String) throws {
        let header = try Self.header(fields, name: name)
        #expect(ParameterCodec.parse(headerLines: ["a"], as: header).outcome == expected)
    }

    @Test(
        "a header with content is parsed by its media type",
        arguments: [
            ("application/json: {}", [#"{"a":1}"#], #"{"a":1}"#), ("application/json: {}", [#"[1"#, "2]"], "[1,2]"),
            ("application/json: {}", ["{"], "invalid: is not valid JSON: "),
            ("text/plain: {}", ["a", "b"], #""a, b""#),
            ("application/json: {}", [], "absent"),
        ] as [(String, [String], String)])
    func content(content: String, lines: [String], expected: String) throws {
        let header = try Self.header("content: {\(content)}")
        let outcome = ParameterCodec.parse(headerLines: lines, as: header).outcome
        #expect(outcome.hasPrefix(expected), "\(outcome)")
    }

    @Test(
        "a value is written in lines that are read as the same value, or is rejected",
        arguments: [
            ("X-Test", "schema: {type: string}", #""a, b""#, ["a, b"]), ("X-Test", wholes, "[1,2]", ["1,2"]),
            ("X-Test", object, #"{"a":1,"b":"x"}"#, ["a,1,b,x"]),
            ("X-Test", object + ", explode: true", #"{"a":1,"b":"x"}"#, ["a=1,b=x"]),
            ("X-Test", "content: {application/json: {}}", #"{"a":[1]}"#, [#"{"a":[1]}"#]),
            ("Set-Cookie", texts, #"["a=1, x","b=2"]"#, ["a=1, x", "b=2"]), ("Set-Cookie", texts, "[]", []),
            ("Set-Cookie", "schema: {type: string}", #""a=1""#, ["a=1"]),
            (
                "X-Test", "schema: {type: string}", #""a\u0000""#,
                ["error: a header cannot contain the control character U+0000"]
            ),
            (
                "X-Test", "schema: {type: string}", #""\u007f""#,
                ["error: a header cannot contain the control character U+007F"]
            ),
            ("Set-Cookie", texts, #"["a\r\nb: c"]"#, ["error: a header cannot contain the control character U+000D"]),
            ("Set-Cookie", texts, #"[" a"]"#, ["error: a header cannot start or end with a space"]),
            ("Set-Cookie", texts, "[[]]", ["error: a list inside another value has no text form"]),
            ("X-Test", "schema: {type: string}", "null", ["error: null has no text form"]),
            ("X-Test", texts, #"["a,b"]"#, ["error: an item of a list in a header cannot contain a comma"]),
            ("X-Test", "content: {application/json: {}}", #""a\u007fb""#, ["error: a header cannot contain"]),
        ] as [(String, String, String, [String])])
    func written(name: String, fields: String, value: String, expected: [String]) throws {
        let header = try Self.header(fields, name: name)
        let value = try JSONDocument(parsing: value).root.value
        do {
            let lines = try ParameterCodec.serialise(value, as: header)
            #expect(lines == expected)
            guard !lines.isEmpty else { return }
            #expect(ParameterCodec.parse(headerLines: lines, as: header) == .value(value))
        } catch {
            #expect("error: \(error)".hasPrefix(expected.first ?? "none"))
        }
    }

    @Test(
        "any single line is valid only for a header whose schema is a string without more",
        arguments: [
            ("schema: {type: string}", true), ("schema: {type: string, description: d}", true),
            ("schema: {type: string, maxLength: 3}", false), ("schema: {type: [string, 'null']}", false),
            ("schema: {}", false), ("schema: {type: integer}", false), ("schema: {type: string, format: date}", false),
            ("schema: {$ref: '#/components/schemas/None'}", false),
            ("content: {text/plain: {schema: {type: string}}}", false),
        ])
    func anyText(fields: String, expected: Bool) throws {
        let header = try Self.header(fields)
        #expect(header.takesAnyText == expected)
        // The answer is remembered.
        #expect(header.takesAnyText == expected)
        guard expected else { return }
        for line in ["", "1", "null", "a,b", "é", "%zz", "\"a\""] {
            guard case .value(let value) = ParameterCodec.parse(headerLines: [line], as: header) else {
                Issue.record("\(line) has no value")
                continue
            }
            #expect(try header.schema?.compiled().isValid(JSONDocument(value).root) == .valid)
        }
    }

    @Test("texts that were found valid are remembered exactly, within bounds")
    func memory() throws {
        let header = try Self.header("schema: {type: integer}")
        #expect(!header.isKnownRight("1"))
        header.knowRight("1")
        header.knowRight("e\u{301}")
        header.knowRight(String(repeating: "1", count: 65))
        #expect(header.isKnownRight("1") && !header.isKnownRight("01") && !header.isKnownRight(" 1"))
        // Texts are compared by their bytes.
        #expect(header.isKnownRight("e\u{301}") && !header.isKnownRight("\u{E9}"))
        #expect(!header.isKnownRight(String(repeating: "1", count: 65)))
        for number in 0..<1_000 { header.knowRight("n\(number)") }
        #expect((0..<1_000).count { header.isKnownRight("n\($0)") } == 254)
        // Another header of the same declaration has its own memory.
        #expect(!(try Self.header("schema: {type: integer}")).isKnownRight("1"))
    }
}
