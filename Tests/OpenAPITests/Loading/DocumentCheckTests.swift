import Diagnostics
import OpenAPI
import Testing

@Suite("Checks of a document")
struct DocumentCheckTests {
    private static func document(_ operation: String, path: String = "/a", more: String = "") -> String {
        """
        openapi: 3.1.0
        info: {title: t, version: "1"}
        \(more)
        paths:
          \(path):
            get: \(operation)
        """
    }

    @Test(
        "mistakes in an operation are reported with their place",
        arguments: [
            (
                "{responses: {\"2\": {description: x}}}",
                "6:23 error response.status: '2' is not a valid status; use three digits, a range such as 4XX, or default"
            ),
            (
                "{responses: {\"600\": {description: x}}}",
                """
                6:23 error response.status: '600' is not a valid status; use three digits, a range such as 4XX, or \
                default
                """
            ),
            ("{responses: {}}", "6:11 error operation.responses: the operation documents no responses"),
            ("{}", "6:5 warning operation.responses: the operation documents no responses"),
            (
                "{responses: {\"200\": {description: x}}, tags: x}",
                "6:49 error openapi.shape: `tags` must be a list of strings, found a string"
            ),
            (
                "{responses: {\"200\": {description: 5}}}",
                "6:31 error openapi.shape: `description` must be a string, found a number"
            ),
            (
                "{responses: {\"200\": {description: x}}, tag: [x]}",
                "6:49 warning openapi.unknown-field: an operation has no field 'tag'"
            ),
            ("{responses: {\"200\": 5}}", "6:23 error openapi.shape: expected a response, found a number"),
            (
                "{parameters: [{name: a, in: body}], responses: {\"200\": {description: x}}}",
                """
                6:34 error parameter.in: `in` of the parameter 'a' must be path, query, header or cookie, \
                found "body"
                """
            ),
            (
                "{parameters: [{in: query, schema: {}}], responses: {\"200\": {description: x}}}",
                "6:24 error parameter.name: the parameter has no name"
            ),
            (
                "{parameters: [{name: a, in: query}], responses: {\"200\": {description: x}}}",
                "6:24 error parameter.schema: the parameter \"a\" has neither `schema` nor `content`"
            ),
            (
                """
                {parameters: [{name: a, in: query, style: label, schema: {}}], responses: {"200": \
                {description: x}}}
                """,
                """
                6:45 error parameter.style: the query parameter 'a' has the style 'label', but supports only \
                form, spaceDelimited, pipeDelimited, deepObject
                """
            ),
            (
                """
                {parameters: [{name: a, in: query, schema: {}}, {name: a, in: query, schema: {}}], responses: \
                {"200": {description: x}}}
                """,
                "6:58 error parameter.twice: the query parameter 'a' is declared twice"
            ),
            (
                """
                {parameters: [{name: a, in: path, required: true, schema: {}}], responses: {"200": \
                {description: x}}}
                """,
                "6:5 warning path.unused: the path '/a' has no expression for the path parameter 'a'"
            ),
            (
                "{parameters: [{name: Accept, in: header, schema: {}}], responses: {\"200\": {description: x}}}",
                "6:24 note parameter.ignored: the header parameter 'Accept' has no effect"
            ),
            (
                "{parameters: [{name: HOST, in: header, schema: {}}], responses: {\"200\": {description: x}}}",
                "6:24 note parameter.transport: the header parameter 'HOST' has no effect: the HTTP client sets this header"
            ),
            (
                "{requestBody: {}, responses: {\"200\": {description: x}}}",
                "6:11 error body.content: the request body has no media type"
            ),
            (
                "{responses: {\"200\": {description: x, content: {json: {}}}}}",
                "6:57 error media-type.malformed: 'json' is not a valid media type such as application/json or text/*"
            ),
        ]
    )
    func operation(text: String, expected: String) throws {
        #expect(try findings(Self.document(text)) == [expected])
    }

    @Test("a mistake has a hint if there is one")
    func help() throws {
        let operation = "{responses: {\"200\": {description: x}}, paramters: [], security: [{kye: []}]}"
        let more = "components: {securitySchemes: {key: {type: http, scheme: basic}}}"
        let found = try contract(Self.document(operation, more: more)).diagnostics
        #expect(found.map(\.help) == ["did you mean `parameters`?", "did you mean `key`?"])
        #expect(found.map(\.place) == ["#/paths/~1a/get/paramters", "#/paths/~1a/get/security/0/kye"])
        let old = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\nwebhooks: {}\npaths: {}"
        #expect(try contract(old).diagnostics.map(\.help) == ["the field was added in OpenAPI 3.1"])
    }

    @Test(
        "mistakes in a path are reported with their place",
        arguments: [
            ("/a/{}", "5:3 error path.template: the path '/a/{}' has an expression without a name"),
            ("'/a/{b'", "5:3 error path.template: the path '/a/{b' has unbalanced braces"),
            ("/a/{b}", "6:5 error path.undeclared: the path '/a/{b}' has no parameter for its expression '{b}'"),
        ]
    )
    func path(path: String, expected: String) throws {
        let text = Self.document("{responses: {\"200\": {description: x}}}", path: path)
        #expect(try findings(text) == [expected])
    }

    @Test("indistinguishable paths are reported")
    func ambiguous() throws {
        let text = """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            paths:
              /a/{b}: {get: {responses: {"200": {description: x}}, parameters: [{$ref: '#/components/parameters/b'}]}}
              /a/{c}: {get: {responses: {"200": {description: x}}, parameters: [{$ref: '#/components/parameters/c'}]}}
            components:
              parameters:
                b: {name: b, in: path, required: true, schema: {}}
                c: {name: c, in: path, required: true, schema: {}}
            """
        #expect(
            try findings(text) == [
                "5:3 error path.ambiguous: the path '/a/{c}' is the same as '/a/{b}' except for the names in it,"
                    + " and both have GET"
            ]
        )
    }

    @Test(
        "mistakes in a server are reported with their place",
        arguments: [
            (
                "{url: 'https://a b'}",
                "3:12 error server.url: the server URL contains the character U+0020, which a URL cannot contain"
            ),
            (
                "{url: 'ftp://a'}",
                "3:12 error server.url: the server URL has the scheme 'ftp', but only http and https are supported"
            ),
            ("{url: 'https:///x'}", "3:12 error server.url: the server URL has no host"),
            ("{url: 'https://u:p@a'}", "3:12 error server.url: the server URL contains credentials"),
            (
                "{url: 'https://a?x=1'}",
                "3:12 error server.url: the server URL has a query or a fragment, which a base URL cannot have"
            ),
            ("{url: 'https://{a'}", "3:12 error server.url: the server URL has unbalanced braces"),
            (
                "{url: 'https://{a}'}",
                """
                3:12 error server.variable: the server URL uses the variable 'a', which `variables` does not \
                declare
                """
            ),
            (
                "{url: 'https://{a}', variables: {a: {enum: [b]}}}",
                "3:44 error server.variable: the server variable 'a' has no default"
            ),
            (
                "{url: '{a}', variables: {a: {enum: [b], default: c}}}",
                "3:51 error server.variable: the default of the server variable 'a' is not one of its values"
            ),
            ("{description: x}", "3:11 error server.url: the server has no `url`"),
        ]
    )
    func server(text: String, expected: String) throws {
        let operation = "{responses: {\"200\": {description: x}}}"
        #expect(try findings(Self.document(operation, more: "servers: [\(text)]")) == [expected])
    }

    @Test(
        "malformed but readable servers are used, and their mistakes are reported",
        arguments: [
            ("{url: ''}", "", []),
            ("{url: 'https://a:{p}', variables: {p: {default: 8443}}}", "https://a:8443", ["error openapi.shape"]),
            (
                "{url: 'https://a:{p}', variables: {p: {default: 8443, enum: [8443, 443]}}}", "https://a:8443",
                ["error openapi.shape", "error openapi.shape", "error openapi.shape"]
            ),
            (
                "{url: 'https://a/{v}', variables: {v: {default: '1', enum: [1, 2]}}}", "https://a/1",
                ["error openapi.shape", "error openapi.shape"]
            ),
            ("{url: 'https://a/{v}', variables: {v: {default: ''}}}", "https://a/", []),
            (
                "{url: 'https://a/{v}', variables: {v: {default: x, enum: []}}}", "https://a/x",
                ["error server.variable"]
            ),
        ] as [(String, String, [String])]
    )
    func usable(text: String, url: String, rules: [String]) throws {
        let operation = "{responses: {\"200\": {description: x}}}"
        let contract = try contract(Self.document(operation, more: "servers: [\(text)]"))
        #expect(contract.servers.map(\.url) == [url])
        #expect(contract.diagnostics.map { "\($0.severity.rawValue) \($0.rule)" } == rules)
    }

    @Test("missing required members are reported")
    func missing() throws {
        #expect(
            try findings("openapi: 3.0.3\ninfo: {title: t}") == [
                "1:1 error paths.missing: the document has no `paths`",
                "2:1 error info.missing: the info object has no `version`",
            ]
        )
        #expect(
            try findings("openapi: 3.1.0") == [
                "1:1 error info.missing: the document has no `info`",
                "1:1 error paths.missing: the document has no `paths`, `components` or `webhooks`",
            ]
        )
    }

    @Test("parts that no operation uses are checked too")
    func unused() throws {
        let text = """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            components:
              parameters: {p: {name: p, in: path, schema: {}}}
              responses: {r: {description: x, content: {nonsense: {}}}}
              schemas: {s: {type: strin}}
            """
        let found = try findings(text)
        #expect(found.count == 3)
        #expect(
            found[0] == "4:16 error parameter.path-required: the path parameter 'p' must have `required: true`")
        #expect(found[1].utf8.starts(with: "5:45 error media-type.malformed".utf8))
        #expect(found[2].utf8.starts(with: "6:17 error schema.keyword".utf8))
    }
}
