import JSONDocument
import OpenAPI
import TestKit
import Testing

@Suite("Forms")
struct FormTests {
    /// The media type of a form with one member `m`.
    static func media(_ schema: String, encoding: String = "{}", version: String = "3.0.3") throws -> MediaType {
        let contract = try contract(
            """
            openapi: \(version)
            info: {title: t, version: '1'}
            paths:
              /f:
                post:
                  operationId: f
                  requestBody:
                    content:
                      application/x-www-form-urlencoded:
                        schema: {type: object, properties: {other: {type: string}, m: \(schema)}}
                        encoding: \(encoding)
                  responses: {'200': {description: ok}}
            """
        )
        return try #require(contract.operation("f")?.requestBody?.content.first)
    }

    private static func value(_ text: String) throws -> JSONValue { try JSONDocument(parsing: text).root.value }

    /// What a form comes to: its value as JSON, or its problems.
    private static func read(_ form: String, _ media: MediaType) throws -> String {
        let form = try #require(FormReader.form(Array(form.utf8), as: media))
        guard !form.problems.isEmpty else { return form.value.text }
        return form.problems.map { "\($0.isUndefined ? "undefined" : "invalid") \($0.name)" }.joined(separator: ", ")
    }

    static let list = "{type: array, items: {type: integer}}"
    static let object = "{type: object, properties: {n: {type: integer}, s: {type: string}}}"
    static let deep = """
        {type: object, properties: {n: {type: integer}, list: {type: array, items: {type: integer}}, inner: {type: \
        object, properties: {b: {type: boolean}}}}}
        """

    @Test(
        "a member is written and read according to its encoding",
        arguments: [
            // schema, encoding, form, value
            (list, "{}", "m=1&m=2", #"{"m":[1,2]}"#),
            (list, "{m: {style: form, explode: true}}", "m=1&m=2", #"{"m":[1,2]}"#),
            (list, "{m: {style: form, explode: false}}", "m=1,2", #"{"m":[1,2]}"#),
            (list, "{m: {explode: false}}", "m=1,2", #"{"m":[1,2]}"#),
            (list, "{m: {style: spaceDelimited, explode: false}}", "m=1%202", #"{"m":[1,2]}"#),
            (list, "{m: {style: pipeDelimited}}", "m=1%7C2", #"{"m":[1,2]}"#),
            (list, "{m: {style: pipeDelimited, explode: false}}", "m=1%7C2", #"{"m":[1,2]}"#),
            (list, "{m: {contentType: application/json}}", "m=%5B1%2C2%5D", #"{"m":[1,2]}"#),
            (list, "{m: {style: deepObject, explode: true}}", "m%5B0%5D=1&m%5B1%5D=2", #"{"m":[1,2]}"#),
            (object, "{}", "m=%7B%22n%22%3A1%7D", #"{"m":{"n":1}}"#),
            (object, "{m: {contentType: application/json}}", "m=%7B%22n%22%3A1%7D", #"{"m":{"n":1}}"#),
            (object, "{m: {style: form}}", "n=1&s=2", #"{"m":{"n":1,"s":"2"}}"#),
            (object, "{m: {explode: false}}", "m=n,1,s,2", #"{"m":{"n":1,"s":"2"}}"#),
            (object, "{m: {style: deepObject, explode: true}}", "m%5Bn%5D=1&m%5Bs%5D=2", #"{"m":{"n":1,"s":"2"}}"#),
            (object, "{m: {style: deepObject}}", "m%5Bn%5D=1", #"{"m":{"n":1}}"#),
            (
                deep, "{m: {style: deepObject, explode: true}}",
                "m%5Bn%5D=1&m%5Blist%5D%5B0%5D=2&m%5Binner%5D%5Bb%5D=true",
                #"{"m":{"n":1,"list":[2],"inner":{"b":true}}}"#
            ),
            ("{type: string}", "{m: {contentType: text/plain}}", "m=a%20b", #"{"m":"a b"}"#),
            ("{type: string}", "{m: {allowReserved: true}}", "m=a/b:c", #"{"m":"a/b:c"}"#),
            ("{type: string}", "{}", "m=a%2Fb%3Ac", #"{"m":"a/b:c"}"#),
            ("{type: boolean}", "{}", "m=true", #"{"m":true}"#),
            ("{type: array, items: \(object)}", "{}", "m=%7B%22n%22%3A1%7D", #"{"m":[{"n":1}]}"#),
            ("{type: string}", "{}", "", "{}"),
        ]
    )
    func bothWays(schema: String, encoding: String, form: String, value: String) throws {
        for version in ["3.0.3", "3.1.1", "3.2.0"] {
            let media = try Self.media(schema, encoding: encoding, version: version)
            #expect(try Self.read(form, media) == value, "\(version)")
            let object = try #require(try Self.value(value).object)
            #expect(try FormWriter.text(of: object, as: media) == form, "\(version)")
        }
    }

    @Test(
        "alternative spellings of forms are read as well",
        arguments: [
            (object, "{m: {style: deepObject, explode: true}}", "m[n]=1&other=x", #"{"m":{"n":1},"other":"x"}"#),
            (list, "{m: {style: deepObject, explode: true}}", "m[]=1&m[]=2", #"{"m":[1,2]}"#),
            (list, "{m: {style: spaceDelimited, explode: false}}", "m=1+2", #"{"m":[1,2]}"#),
            (list, "{m: {style: pipeDelimited, explode: false}}", "m=1|2", #"{"m":[1,2]}"#),
            (object, "{m: {contentType: 'text/plain, application/json'}}", "m={\"n\":1}", #"{"m":{"n":1}}"#),
            // What is declared as JSON and is not stays text, and the schema rejects it.
            (object, "{m: {contentType: application/json}}", "m=x", #"{"m":"x"}"#),
            ("{type: integer}", "{}", "m=x", #"{"m":"x"}"#),
            ("{type: integer, nullable: true}", "{}", "m=null", #"{"m":null}"#),
            // Clearing a member by an empty text.
            (
                "{anyOf: [{type: object, properties: {n: {type: integer}}}, {type: string, enum: ['']}]}",
                "{m: {style: deepObject, explode: true}}", "m=", #"{"m":""}"#
            ),
        ]
    )
    func read(schema: String, encoding: String, form: String, value: String) throws {
        #expect(try Self.read(form, Self.media(schema, encoding: encoding)) == value)
    }

    @Test(
        "a member that is not serialised as declared, or has an undefined style, is a separate problem",
        arguments: [
            (object, "{m: {style: deepObject, explode: true}}", "m[n=1", "invalid m"),
            (object, "{m: {style: deepObject, explode: true}}", "m[n]=1&m=2", "invalid m"),
            (object, "{m: {explode: false}}", "m=n", "invalid m"),
            (list, "{m: {style: spaceDelimited, explode: true}}", "m=1", "undefined m"),
            ("{type: string}", "{m: {style: pipeDelimited}}", "m=1", "undefined m"),
            ("{type: array, items: \(list)}", "{m: {explode: false}}", "m=1,2", "undefined m"),
        ]
    )
    func problems(schema: String, encoding: String, form: String, problem: String) throws {
        #expect(try Self.read(form, Self.media(schema, encoding: encoding)) == problem)
    }

    @Test("an invalid escape makes the form unreadable")
    func broken() throws {
        let media = try Self.media("{type: string}")
        for form in ["m=%4", "%zz=1", "m=%FF"] {
            #expect(FormReader.form(Array(form.utf8), as: media) == nil, "\(form)")
        }
    }

    @Test("values of any shape survive brackets")
    func random() throws {
        let media = try Self.media(
            """
            {type: object, properties: {n: {type: number}, t: {type: boolean}, s: {type: string}, l: {type: array, \
            items: {type: string}}, o: {type: object, additionalProperties: {type: string}}, p: {type: array, items: \
            {type: object, properties: {a: {type: integer}, b: {type: string}}}}}}
            """,
            encoding: "{m: {style: deepObject, explode: true}}"
        )
        var generator = SplitMix(seed: 7)
        let texts = ["", "a", "a b", "[x]", "&=", "é%", "1", "true"]
        func text() -> JSONValue { .string(texts.randomElement(using: &generator) ?? "") }
        for _ in 0..<300 {
            var inner = JSONObject()
            if Bool.random(using: &generator) {
                inner["n"] = .number(JSONNumber(Int.random(in: -9...9, using: &generator)))
            }
            if Bool.random(using: &generator) { inner["t"] = .boolean(true) }
            if Bool.random(using: &generator) { inner["s"] = text() }
            if Bool.random(using: &generator) { inner["l"] = .array([text(), text()]) }
            if Bool.random(using: &generator) { inner["o"] = .object(JSONObject([("k", text()), ("x y", text())])) }
            inner["p"] = .array([.object(JSONObject([("a", .number(JSONNumber(1))), ("b", text())]))])
            let object = JSONObject([("m", .object(inner)), ("other", text())])
            let form = try FormWriter.text(of: object, as: media)
            let back = try #require(FormReader.form(Array(form.utf8), as: media))
            #expect(back.problems.isEmpty)
            #expect(back.value == .object(object), "\(form)")
        }
    }

    @Test("many or deep brackets are cheap and bounded")
    func bounds() throws {
        let media = try Self.media(Self.object, encoding: "{m: {style: deepObject, explode: true}}")
        let deep = "m" + String(repeating: "[a]", count: 10_000) + "=1"
        #expect(try Self.read(deep, media) == "undefined m")
        let open = "m" + String(repeating: "[", count: 10_000) + "=1"
        #expect(try Self.read(open, media) == "invalid m")
        let wide = (0..<2_000).map { "m[k\($0)]=1" }.joined(separator: "&")
        #expect(try #require(FormReader.form(Array(wide.utf8), as: media)).value["m"]?.object?.count == 2_000)
    }
}
