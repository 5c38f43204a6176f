import JSONDocument
import OpenAPI
import Testing

@Suite("Prepared rules for requests find the same issues as judging each request anew")
struct RequestRulesTests {
    private static let document = """
        openapi: 3.0.3
        info: {title: Notes, version: '1'}
        security: [{Key: []}]
        paths:
          /notes/{id}:
            put:
              operationId: PutNote
              parameters:
                - {name: id, in: path, required: true, schema: {type: string}}
                - {name: X-Trace, in: header, schema: {type: string}}
                - {name: X-Owner, in: header, required: true, schema: {type: string, minLength: 2}}
                - {name: X-Key, in: header, required: true, schema: {type: string}}
                - {name: sort, in: query, schema: {type: string, enum: [up, down]}}
                - {name: page, in: query, required: true, schema: {type: integer}}
                - {name: seen, in: cookie, schema: {type: boolean}}
              requestBody:
                required: true
                content:
                  application/json: {schema: {type: object, required: [text], properties: {text: {type: string}}}}
              responses: {'204': {description: kept}}
        components:
          securitySchemes: {Key: {type: apiKey, in: header, name: x-key}}
        """

    private static let headers: [[(name: String, value: String)]] = [
        [], [("x-owner", "me")], [("x-owner", "m")], [("X-OWNER", "me"), ("x-trace", "")],
        [("x-owner", "me"), ("x-trace", " \u{E9} %zz ")], [("x-owner", "me"), ("x-trace", "a"), ("x-trace", "b")],
        [("x-owner", "me"), ("cookie", "seen=true")], [("x-owner", "me"), ("cookie", "seen=perhaps; other=1")],
    ]

    @Test("the issues are the same for every mixture of valid and invalid parts", arguments: headers.indices)
    func same(number: Int) throws {
        let contract = try contract(Self.document)
        let operation = try #require(contract.operation("PutNote"))
        let rules = RequestRules(operation, credentialSchemes: contract.securitySchemes)
        var kinds: Set<[String]> = []
        for method in ["PUT", "GET"] {
            for id in ["1", "a%20b", "%ff", "%zz", ""] {
                for query in [nil, "", "page=1", "page=x&sort=up", "sort=left&page=2&page=3", "%zz"] {
                    for body in [nil, "", "{", "[]", #"{"text":1}"#, #"{"text":"t"}"#] {
                        for type in ["application/json", "text/plain", nil] {
                            let request = WireRequest(
                                method: method, path: "/notes/\(id)", query: query,
                                headers: Self.headers[number] + (type.map { [("content-type", $0)] } ?? []),
                                body: body.map { Array($0.utf8) })
                            let pathValues = id.isEmpty ? [] : [(name: "id", text: id)]
                            let afresh = operation.issues(
                                in: request, pathValues: pathValues, credentialSchemes: contract.securitySchemes)
                            let document = try? JSONDocument(parsing: request.body ?? [])
                            #expect(rules.issues(in: request, pathValues: pathValues, read: document) == afresh)
                            kinds.insert(afresh.map { "\($0.place) \($0.keyword)" })
                        }
                    }
                }
            }
        }
        #expect(kinds.count > 50)
    }

    @Test(
        "a path parameter of text is judged alike",
        arguments: [
            "{type: string}", "{type: string, minLength: 2, maxLength: 4}", "{type: string, pattern: '^[a-z]+$'}",
            "{type: string, format: uuid}", "{type: string, enum: [a, 'b,c', '.d']}", "{type: [string, 'null']}",
            "{type: [string, integer]}", "{type: integer}", "{type: array, items: {type: string}}", "{}",
        ])
    func pathTexts(schema: String) throws {
        let contract = try contract(
            """
            openapi: 3.1.0
            info: {title: Notes, version: '1'}
            paths:
              /notes/{id}:
                get:
                  operationId: GetNote
                  parameters: [{name: id, in: path, required: true, schema: \(schema)}]
                  responses: {'200': {description: a note}}
            """)
        let operation = try #require(contract.operation("GetNote"))
        let rules = RequestRules(operation)
        var counts: Set<Int> = []
        let texts = [
            "a", "ab", "abcd", "abcde", "7", "null", "b,c", "b%2Cc", ".d", "a_b-c", "A", "a%20b", "%zz", "a;b=1", "a=1",
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "",
        ]
        for text in texts {
            let request = WireRequest(method: "GET", path: "/notes/\(text)")
            let pathValues = [(name: "id", text: text)]
            let afresh = operation.issues(in: request, pathValues: pathValues)
            #expect(rules.issues(in: request, pathValues: pathValues) == afresh, "'\(text)'")
            counts.insert(afresh.count)
        }
        #expect(!counts.isEmpty)
    }
}
