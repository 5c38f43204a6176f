import JSONDocument
import JSONSchema
import OpenAPI
import Testing

@Suite("Parameter codec")
struct ParameterCodecTests {
    private func parameter(_ fields: String) throws -> Parameter {
        let contract = try contract(
            "{\"openapi\":\"3.2.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"components\":{},\"paths\":{\"/a\":"
                + "{\"get\":{\"parameters\":[{\(fields)}],\"responses\":{}}}}}"
        )
        return try #require(contract.operations.first?.parameters.first)
    }

    private func serialised(_ value: String, _ parameter: Parameter) throws -> String {
        do {
            return try ParameterCodec.serialise(try JSONDocument(parsing: value).root.value, as: parameter)
        } catch let error as ParameterError {
            return "error: \(error)"
        }
    }

    @Test(
        "a value that a style cannot represent is rejected, not changed",
        arguments: [
            ("query", "form", "null", "error: null has no text form"),
            ("query", "form", "[[1]]", "error: a list inside another value has no text form"),
            (
                "query", "pipeDelimited", "[\"a|b\"]",
                "error: an item of a list in the style pipeDelimited cannot contain '|'"
            ),
            ("query", "deepObject", "[1]", "error: the style deepObject supports only objects"),
            ("header", "simple", "\"a\\r\\nB: c\"", "error: a header cannot contain the control character U+000D"),
            ("header", "simple", "[\"a,b\"]", "error: an item of a list in a header cannot contain a comma"),
            ("header", "simple", "\" a\"", "error: a header cannot start or end with a space"),
            (
                "cookie", "cookie", "\"a;b\"",
                "error: a cookie cannot contain spaces, control or non-ASCII characters, or any of \" ; \\"
            ),
            ("path", "simple", "\"..\"", "%2E%2E"),
            ("path", "simple", "\"a/é?\"", "a%2F%C3%A9%3F"),
            ("query", "form", "[]", ""),
            ("query", "form", "1.50", "p=1.50"),
        ]
    )
    func serialise(place: String, style: String, value: String, expected: String) throws {
        let explode = style == "pipeDelimited" ? "false" : "true"
        let parameter = try parameter(
            "\"name\":\"p\",\"in\":\"\(place)\",\"style\":\"\(style)\",\"explode\":\(explode),\"schema\":{}"
        )
        #expect(try serialised(value, parameter) == expected)
    }

    @Test("allowReserved keeps reserved characters, except those that would end the value")
    func reserved() throws {
        let parameter = try parameter("\"name\":\"p\",\"in\":\"query\",\"allowReserved\":true,\"schema\":{}")
        #expect(try serialised("\"a/b?c&d=e#f+g%20h,i\"", parameter) == "p=a/b?c%26d=e%23f%2Bg%20h,i")
    }

    @Test("an exploded object reads only its own members")
    func spread() throws {
        let closed = try parameter(
            """
            "name":"p","in":"query","schema":{"type":"object","properties":{"a":{"type":"integer"}}}
            """
        )
        #expect(ParameterCodec.parse(query: "a=1&b=2", as: closed) == .value(["a": 1]))
        #expect(ParameterCodec.parse(query: "b=2", as: closed) == .absent)
        let open = try parameter("\"name\":\"p\",\"in\":\"query\",\"schema\":{\"type\":\"object\"}")
        #expect(ParameterCodec.parse(query: "a=1&b=2", as: open, besides: ["b"]) == .value(["a": "1"]))
    }

    @Test("the branch that accepts the text decides the type")
    func branches() throws {
        let parameter = try parameter(
            "\"name\":\"p\",\"in\":\"query\",\"schema\":{\"oneOf\":[{\"type\":\"integer\"},"
                + "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":2}]}"
        )
        #expect(ParameterCodec.parse(query: "p=1", as: parameter) == .value(1))
        #expect(ParameterCodec.parse(query: "p=1&p=2", as: parameter) == .value([1, 2]))
        #expect(ParameterCodec.parse(query: "p=x", as: parameter) == .invalid("'x' is not an integer or a list"))
    }

    @Test("malformed texts are invalid, never a value")
    func malformed() throws {
        let text = try parameter("\"name\":\"p\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}")
        #expect(ParameterCodec.parse(query: "p=%zz", as: text) == .invalid("is not percent-encoded UTF-8"))
        #expect(ParameterCodec.parse(query: "p=a&p=b", as: text) == .invalid("occurs 2 times"))
        #expect(ParameterCodec.parse(query: nil, as: text) == .absent)
        let json = try parameter("\"name\":\"p\",\"in\":\"query\",\"content\":{\"application/json\":{}}")
        guard case .invalid(let message) = ParameterCodec.parse(query: "p=%7B", as: json) else {
            Issue.record("half an object is no JSON")
            return
        }
        #expect(message.utf8.starts(with: "is not valid JSON: ".utf8))
    }

    @Test("serialised values are parsed back")
    func roundTrip() throws {
        let values: [JSONValue] = ["", "a b", "é,/?&=+%", "x;y", ["a", "b,c"], ["one": "1", "two": "2 &"]]
        for (place, styles) in [("path", ["simple", "label", "matrix"]), ("query", ["form", "deepObject"])] {
            for style in styles {
                for value in values {
                    let type = value.kind == .object ? "object" : value.kind == .array ? "array" : "string"
                    guard style != "deepObject" || type == "object" else { continue }
                    let parameter = try parameter(
                        "\"name\":\"p\",\"in\":\"\(place)\",\"style\":\"\(style)\",\"required\":true,"
                            + "\"schema\":{\"type\":\"\(type)\"}"
                    )
                    let wire = try ParameterCodec.serialise(value, as: parameter)
                    let parsed =
                        place == "path"
                        ? ParameterCodec.parse(pathText: wire, as: parameter)
                        : ParameterCodec.parse(query: wire, as: parameter)
                    #expect(parsed == .value(value), "\(style) \(wire)")
                }
            }
        }
    }

    @Test("text is typed by the schema without guessing")
    func typedText() throws {
        func typed(_ text: String, _ schema: String) throws -> TypedText.Result {
            TypedText.value(
                text, for: try parameter("\"name\":\"p\",\"in\":\"query\",\"schema\":\(schema)").schema?.view)
        }
        #expect(try typed("00123", "{\"type\":\"string\"}") == .value("00123"))
        #expect(try typed("100.50", "{\"type\":\"number\"}") == .value(.number(try #require(JSONNumber("100.50")))))
        #expect(try typed("5", "{\"type\":[\"integer\",\"string\"]}") == .value("5"))
        #expect(try typed("true", "{\"type\":\"boolean\"}") == .value(true))
        #expect(try typed("5", "{}") == .string("5"))
        #expect(
            try typed("ten", "{\"type\":\"number\"}")
                == .mismatch(message: "'ten' is not a number", expected: "a number")
        )
        #expect(
            try typed("1", "{\"type\":[\"boolean\",\"null\"]}")
                == .mismatch(message: "'1' is not true or false or null", expected: "true or false or null")
        )
    }
}
