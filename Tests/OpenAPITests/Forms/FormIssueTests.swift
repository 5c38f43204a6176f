import OpenAPI
import Testing

@Suite("Judging requests with forms")
struct FormIssueTests {
    private static func contract(required: Bool = true) throws -> Contract {
        try OpenAPITests.contract(
            """
            openapi: 3.0.3
            info: {title: t, version: '1'}
            paths:
              /f:
                post:
                  requestBody:
                    required: \(required)
                    content:
                      application/x-www-form-urlencoded:
                        encoding:
                          to: {style: deepObject, explode: true}
                          ids: {style: form, explode: false}
                          odd: {style: pipeDelimited, explode: true}
                        schema:
                          type: object
                          required: [n]
                          additionalProperties: false
                          properties:
                            n: {type: integer}
                            ids: {type: array, maxItems: 2, items: {type: integer}}
                            odd: {type: array, items: {type: integer}}
                            to: {type: object, required: [name], properties: {name: {type: string, maxLength: 3}}}
                  responses: {'200': {description: ok}}
              /empty:
                post:
                  requestBody:
                    required: true
                    content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}
                  responses: {'200': {description: ok}}
            """
        )
    }

    private static func issues(_ body: String?, path: String = "/f") throws -> [String] {
        let request = WireRequest(
            method: "POST", path: path, headers: [("content-type", "application/x-www-form-urlencoded")],
            body: body.map { Array($0.utf8) })
        return try contract().issues(in: request).map {
            "\($0.place) \($0.keyword)\($0.isUndecided ? " undecided" : "")"
        }
    }

    @Test(
        "each member is judged by its schema, however it is sent",
        arguments: [
            ("n=1&to[name]=Ann&ids=1,2", []),
            ("n=1&to%5Bname%5D=Anna", ["body/to/name maxLength"]),
            ("n=1&to[nick]=x", ["body/to required"]),
            ("n=1&ids=1,2,3", ["body/ids maxItems"]),
            ("n=1&ids=1,x", ["body/ids syntax"]),
            ("n=x", ["body/n type"]),
            ("to[name]=Ann", ["body required"]),
            ("n=1&more=1", ["body additionalProperties"]),
            // What the style leaves undefined breaks nothing, and hides nothing in the other members.
            ("n=1&odd=1", ["body/odd style undecided"]),
            ("n=x&odd=1", ["body/odd style undecided", "body/n type"]),
            ("n=1&to[name=x", ["body/to syntax"]),
        ] as [(String, [String])]
    )
    func members(form: String, expected: [String]) throws {
        #expect(try Self.issues(form) == expected)
    }

    @Test("a form without members is an empty object, not a missing body", arguments: ["", nil] as [String?])
    func empty(body: String?) throws {
        #expect(try Self.issues(body, path: "/empty") == [])
        #expect(try Self.issues(body) == ["body required"])
    }
}
