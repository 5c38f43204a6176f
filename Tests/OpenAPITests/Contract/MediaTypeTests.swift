import OpenAPI
import Testing

@Suite("Media types")
struct MediaTypeTests {
    @Test(
        "names are parsed with their parameters",
        arguments: [
            ("application/json", "application/json"),
            ("Application/JSON ; Charset=UTF-8", "application/json; charset=UTF-8"),
            ("text/plain; format=flowed; delsp=\"yes, no\"", "text/plain; format=flowed; delsp=\"yes, no\""),
            ("text/*", "text/*"), ("*/*", "*/*"), ("application/problem+json;", "application/problem+json"),
        ]
    )
    func names(text: String, expected: String) {
        #expect(MediaTypeName(text)?.description == expected)
    }

    @Test(
        "an invalid media type is rejected",
        arguments: ["", "json", "application json", "*", "*/json", "a/b/c", "a/b; c", "a/b; c=", "a/b c", "a/"]
    )
    func malformed(text: String) {
        #expect(MediaTypeName(text) == nil)
    }

    @Test("JSON is recognised by subtype and suffix")
    func json() {
        #expect(MediaTypeName("application/json; charset=utf-8")?.isJSON == true)
        #expect(MediaTypeName("application/problem+JSON")?.isJSON == true)
        #expect(MediaTypeName("application/jsonp")?.isJSON == false)
        #expect(MediaTypeName("application/x-ndjson")?.isJSON == false)
    }

    @Test("the most specific description is chosen")
    func pick() throws {
        let contract = try contract(
            """
            openapi: 3.0.3
            info: {title: t, version: "1"}
            paths:
              /a:
                get:
                  responses:
                    "200":
                      description: ok
                      content:
                        "*/*": {}
                        text/*: {}
                        application/json: {}
                        application/json; version=2: {}
                        text/csv; charset=utf-8: {}
            """
        )
        let response = try #require(contract.operations[0].response(status: 200))
        func pick(_ text: String) -> String? { response.mediaType(for: text)?.range.description }
        #expect(pick("application/json") == "application/json")
        #expect(pick("APPLICATION/json;charset=utf-8") == "application/json")
        #expect(pick("application/json; version=2") == "application/json; version=2")
        #expect(pick("application/json; version=3") == "application/json")
        #expect(pick("text/csv") == "text/csv; charset=utf-8")
        #expect(pick("text/csv; charset=latin1") == "text/*")
        #expect(pick("image/png") == "*/*")
        #expect(pick("nonsense") == nil)
    }
}
