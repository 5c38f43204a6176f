import JSONDocument
import OpenAPI
import TestKit
import Testing

/// Cookie parameters (OpenAPI 3.2.0, section 4.12; RFC 6265, sections 4.1.1 and 4.2).
@Suite("Cookie parameters on the wire")
struct CookieCodecTests {
    private static func parameter(_ style: String, _ explode: Bool?, _ schema: String) throws -> Parameter {
        let contract = try contract(
            """
            openapi: 3.2.0
            info: {title: t, version: '1'}
            paths:
              /a:
                get:
                  parameters:
                    - {name: p, in: cookie, style: \(style), \(explode.map { "explode: \($0), " } ?? "")schema: \(schema)}
                  responses: {'200': {description: ok}}
            """)
        return try #require(contract.operations.first?.parameters.first)
    }

    static let text = "{type: string}"
    static let wholes = "{type: array, items: {type: integer}}"
    static let object = "{type: object, properties: {a: {type: integer}, b: {type: string}}}"

    @Test(
        "the style cookie writes values without escapes, and explodes unless it is forbidden",
        arguments: [
            ("cookie", nil, text, #""a%20b""#, "p=a%20b"), ("cookie", nil, text, #""a=b&c""#, "p=a=b&c"),
            ("cookie", nil, text, #""""#, "p="), ("cookie", nil, "{type: number}", "1.50", "p=1.50"),
            ("cookie", nil, wholes, "[1,2]", "p=1; p=2"), ("cookie", false, wholes, "[1,2]", "p=1,2"),
            ("cookie", nil, object, #"{"a":1,"b":"x"}"#, "a=1; b=x"),
            ("cookie", false, object, #"{"a":1,"b":"x"}"#, "p=a,1,b,x"),
            ("form", false, wholes, "[1,2]", "p=1,2"), ("form", false, object, #"{"b":"x;y"}"#, "p=b,x%3By"),
            ("form", nil, text, #""a b""#, "p=a%20b"), ("form", nil, text, #""é""#, "p=%C3%A9"),
        ] as [(String, Bool?, String, String, String)])
    func bothWays(style: String, explode: Bool?, schema: String, value: String, wire: String) throws {
        let parameter = try Self.parameter(style, explode, schema)
        let value = try JSONDocument(parsing: value).root.value
        #expect(try ParameterCodec.serialise(value, as: parameter) == wire)
        #expect(ParameterCodec.parse(cookie: wire, as: parameter) == .value(value))
        // Other cookies around it change nothing.
        #expect(ParameterCodec.parse(cookie: "q=1; \(wire); pp=2", as: parameter) == .value(value))
    }

    @Test(
        "a value that would end the cookie, or that no server could read, is rejected",
        arguments: [
            ("cookie", nil, text, #""a b""#, "a cookie cannot contain spaces"),
            ("cookie", nil, text, #""a;b""#, "a cookie cannot"),
            ("cookie", nil, text, #""é""#, "a cookie cannot contain"),
            ("cookie", nil, text, #""a\"b""#, "a cookie cannot contain"),
            ("cookie", nil, text, #""a\\b""#, "a cookie cannot contain"),
            ("cookie", nil, text, #""a\nb""#, "a cookie cannot"),
            ("cookie", nil, object, #"{"b":"x y"}"#, "a cookie cannot contain"),
            ("cookie", false, "{type: array}", #"["a,b"]"#, "an item of a list in a cookie cannot contain a comma"),
            ("cookie", false, object, #"{"b":"x,y"}"#, "an item of a list in a cookie cannot contain a comma"),
            ("form", nil, wholes, "[1]", "the style form separates cookie values with '&', which servers do not parse"),
            ("form", true, object, #"{"a":1}"#, "the style form separates cookie values with '&'"),
            ("form", nil, text, "null", "null has no text form"), ("cookie", nil, wholes, "[[1]]", "a list inside"),
        ] as [(String, Bool?, String, String, String)])
    func rejected(style: String, explode: Bool?, schema: String, value: String, message: String) throws {
        let parameter = try Self.parameter(style, explode, schema)
        let value = try JSONDocument(parsing: value).root.value
        let error = #expect(throws: ParameterError.self) { try ParameterCodec.serialise(value, as: parameter) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "none")")
    }

    @Test(
        "a Cookie header is divided into pairs at semicolons and first equals signs",
        arguments: [
            ("cookie", text, "p=a", #""a""#), ("cookie", text, " \tp=a\t ", #""a""#),
            ("cookie", text, "q=1;p=a;r=2", #""a""#),
            ("cookie", text, "p=a=b", #""a=b""#), ("cookie", text, "p=", #""""#), ("cookie", text, "p", "absent"),
            ("cookie", text, "P=a", "absent"), ("cookie", text, "xp=a; px=b", "absent"),
            ("cookie", text, nil, "absent"),
            ("cookie", text, "", "absent"), ("cookie", text, ";;", "absent"), ("cookie", text, "=a; p=b", #""b""#),
            // It is undefined which of several values a server uses; the first one counts.
            ("cookie", text, "p=a; p=b", #""a""#), ("cookie", text, "p=%41", #""%41""#),
            ("form", text, "p=%41", #""A""#),
            ("form", text, "p=a+b", #""a+b""#), ("form", text, "p=%zz", "invalid: is not percent-encoded UTF-8"),
            ("cookie", "{type: integer}", "p=x", "invalid: 'x' is not an integer"),
            ("cookie", wholes, "p=1; q=x; p=2", "[1,2]"),
            ("cookie", wholes, "p=1; p=x", "invalid: 'x' is not an integer"),
            ("cookie", wholes, "q=1", "absent"), ("cookie", object, "a=1; c=2", #"{"a":1}"#),
            ("cookie", object, "c=2", "absent"),
            ("cookie", object, "a=1; a=2", "invalid: contains the member 'a' twice"),
            ("form", wholes, "p=1", "undefined: the style form has no exploded form in cookies"),
        ] as [(String, String, String?, String)])
    func read(style: String, schema: String, cookie: String?, expected: String) throws {
        #expect(try ParameterCodec.parse(cookie: cookie, as: Self.parameter(style, nil, schema)).outcome == expected)
    }

    @Test(
        "lists and objects that are not exploded are split at commas",
        arguments: [
            ("cookie", wholes, "p=", "[]"), ("cookie", wholes, "p=1,,2", "invalid: '' is not an integer"),
            ("cookie", object, "p=a,1,b", "invalid: has a name without a value"), ("cookie", object, "p=", "{}"),
            ("form", wholes, "p=1%2C2", "invalid: '1,2' is not an integer"), ("form", wholes, "p=1,2; p=3", "[1,2]"),
        ])
    func joined(style: String, schema: String, cookie: String, expected: String) throws {
        #expect(try ParameterCodec.parse(cookie: cookie, as: Self.parameter(style, false, schema)).outcome == expected)
    }

    @Test("several Cookie lines of a request are read as one, and a missing required cookie is an issue")
    func lines() throws {
        let contract = try contract(
            """
            openapi: 3.2.0
            info: {title: t, version: '1'}
            paths:
              /a:
                get:
                  operationId: read
                  parameters:
                    - {name: p, in: cookie, required: true, schema: {type: integer, maximum: 5}}
                    - {name: ids, in: cookie, style: cookie, schema: {type: array, maxItems: 2, items: {type: integer}}}
                  responses: {'200': {description: ok}}
            """)
        func issues(_ cookies: String...) -> [String] {
            let request = WireRequest(method: "GET", path: "/a", headers: cookies.map { ("Cookie", $0) })
            return contract.issues(in: request).map { "\($0.place) \($0.keyword)" }
        }
        #expect(issues("p=1", "ids=1; ids=2") == [])
        #expect(issues("ids=1", "p=6", "ids=2") == ["cookie.p maximum"])
        #expect(issues("p=1; ids=1", "ids=2", "ids=3") == ["cookie.ids maxItems"])
        #expect(issues("ids=1") == ["cookie.p required"])
        #expect(issues() == ["cookie.p required"])
    }
}
