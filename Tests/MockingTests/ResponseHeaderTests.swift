import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// The headers of responses: those of the document, of the behaviour file, and of HTTP.
struct ResponseHeaderTests {
    private static func contract(_ headers: String, status: String = "200") -> String {
        """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: /}]
        paths:
          /x:
            get:
              operationId: x
              responses:
                '\(status)':
                  description: ok
                  headers: \(headers)
                  content: {application/json: {schema: {type: object, properties: {a: {const: 1}}}}}
        """
    }

    @Test(
        "documented headers are sent, required or not",
        arguments: [
            ("{X-Total: {schema: {type: integer}, example: 42}}", "x-total", "42"),
            ("{Cache-Control: {schema: {type: string, example: private}}}", "cache-control", "private"),
            ("{X-Mode: {required: true, schema: {enum: [on]}}}", "x-mode", "on"),
            ("{X-List: {schema: {type: array, items: {type: integer}}, example: [1, 2]}}", "x-list", "1,2"),
            (
                "{X-JSON: {content: {application/json: {schema: {type: object}, example: {a: 1}}}}}", "x-json",
                #"{"a":1}"#
            ),
            ("{ETag: {schema: {type: string}}}", "etag", #""1""#),
            ("{Retry-After: {schema: {type: integer}}}", "retry-after", "1"),
            ("{Last-Modified: {schema: {type: string}}}", "last-modified", "Tue, 14 Nov 2023 22:13:20 GMT"),
            ("{Link: {schema: {type: string}}}", "link", #"</x>; rel="self""#),
            ("{X-RateLimit-Remaining: {schema: {type: integer}}}", "x-ratelimit-remaining", "99"),
            (
                "{X-RateLimit-Remaining: {schema: {type: integer, maximum: 5}, example: 3}}", "x-ratelimit-remaining",
                "3"
            ),
            // The message decides the values of these.
            ("{Content-Length: {required: true, schema: {type: integer}}}", "content-length", "7"),
            ("{Date: {required: true, schema: {type: string}}}", "date", "Tue, 14 Nov 2023 22:13:20 GMT"),
            ("{Transfer-Encoding: {schema: {type: string}}}", "transfer-encoding", nil),
            ("{Content-Encoding: {schema: {type: string}}}", "content-encoding", nil),
            ("{Connection: {schema: {type: string}, example: close}}", "connection", nil),
        ] as [(String, String, String?)])
    func documented(headers: String, name: String, value: String?) throws {
        var mock = try TestMock(contract: Self.contract(headers), behaviour: nil, headers: [])
        let response = mock.send("GET", "/x")
        #expect(response.text == #"{"a":1}"#)
        #expect(response.header(name) == (value.map { [$0] } ?? []))
    }

    @Test("values that depend on the request are found for each request")
    func variableValues() throws {
        let headers = "{Link: {schema: {type: string}}, Content-Location: {schema: {type: string, maxLength: 2}}}"
        let contract = Self.contract(headers).replacing("/x:", with: "/{name}:")
            .replacing(
                "operationId: x",
                with: "operationId: x\n      parameters: [{name: name, in: path, required: true, schema: {}}]")
        var mock = try TestMock(contract: contract, behaviour: nil, headers: [])
        #expect(mock.send("GET", "/a").header("link") == [#"</a>; rel="self""#])
        #expect(mock.send("GET", "/bc").header("link") == [#"</bc>; rel="self""#])
        #expect(mock.send("GET", "/a").header("content-location") == ["/a"])
        // The schema does not allow this path, so the value is generated.
        let generated = mock.send("GET", "/bc").header("content-location")
        #expect(generated != ["/bc"])
        #expect(generated.allSatisfy { $0.count <= 2 })
        #expect(mock.send("GET", "/d").header("content-location") == ["/d"])
    }

    @Test("operations with one shared response have values of their own")
    func sharedResponse() throws {
        let contract = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            servers: [{url: /}]
            paths:
              /x: {get: {operationId: x, responses: {'200': {$ref: '#/components/responses/Done'}}}}
              /y: {get: {operationId: y, responses: {'200': {$ref: '#/components/responses/Done'}}}}
            components:
              responses:
                Done: {description: ok, headers: {X-Key: {schema: {type: string, pattern: '^[a-z]{12}$'}}}}
            """
        var mock = try TestMock(contract: contract, behaviour: nil, headers: [])
        let (first, other) = (mock.send("GET", "/x").header("x-key"), mock.send("GET", "/y").header("x-key"))
        #expect(first.count == 1 && other.count == 1)
        #expect(first != other)
        #expect(mock.send("GET", "/x").header("x-key") == first)
    }

    @Test("a generated header satisfies its schema")
    func made() throws {
        let headers = "{X-Id: {schema: {type: string, format: uuid}}, X-N: {schema: {type: integer, minimum: 7}}}"
        var mock = try TestMock(contract: Self.contract(headers), behaviour: nil, headers: [])
        let response = mock.send("GET", "/x")
        try expectContract(response, "x", mock.versions[0].contract)
        #expect(response.line("x-id")?.utf8.count == 36)
        #expect(response.line("x-n") != nil)
    }

    // MARK: With a behaviour file

    private static let pets = """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: /api}]
        paths:
          /pets:
            post:
              operationId: addPet
              requestBody: {content: {application/json: {schema: {type: object}}}}
              responses:
                '201':
                  description: ok
                  headers:
                    Location: {required: true, schema: {type: string, format: uri-reference}}
                    X-Rev: {required: true, schema: {type: integer}}
                    X-Note: {schema: {type: string}}
                  content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
          /pets/{petId}:
            get:
              operationId: getPet
              parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                '404': {description: no}
        components:
          schemas: {Pet: {type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}}
        """

    private static func behaviour(_ headers: String = "") -> String {
        """
        behaviour: 1
        counters: {pets: 7}
        collections: {pets: {key: id, fields: {id: '{{counter:pets}}', name: '{{request.body.name}}'}}}
        operations:
          addPet: {create: pets\(headers)}
          getPet: {read: pets, id: '{{request.path.petId}}'}
        """
    }

    @Test("with a behaviour file required headers are sent too, and the file decides about optional ones")
    func withBehaviour() throws {
        var mock = try TestMock(contract: Self.pets, behaviour: Self.behaviour(), headers: [])
        let response = mock.send("POST", "/api/pets", #"{"name":"Rex"}"#)
        #expect(response.status == 201)
        #expect(response.line("location") == "/api/pets/7")
        #expect(response.line("x-rev") != nil)
        #expect(response.line("x-note") == nil)
    }

    @Test("a behaviour file sets headers for one operation")
    func ofOperation() throws {
        let headers = ", headers: {X-Rev: '{{entity.id}}', X-Note: 'for {{request.body.name}}', Location: /elsewhere}"
        var mock = try TestMock(contract: Self.pets, behaviour: Self.behaviour(headers), headers: [])
        let response = mock.send("POST", "/api/pets", #"{"name":"Rex"}"#)
        #expect(response.header("x-rev") == ["7"])
        #expect(response.header("x-note") == ["for Rex"])
        #expect(response.header("location") == ["/elsewhere"])
        #expect(mock.send("GET", "/api/pets/7").line("x-note") == nil)
    }

    @Test("Location is the address of the created resource", arguments: [Optional<String>.none, behaviour()])
    func location(behaviour: String?) throws {
        var mock = try TestMock(contract: Self.pets, behaviour: behaviour, headers: [])
        let response = mock.send("POST", "/api/pets", #"{"name":"Rex"}"#)
        let location = try #require(response.line("location"))
        let read = mock.send("GET", location)
        #expect(read.status == 200)
        #expect(read.json?["name"] == "Rex")
    }

    @Test("Location is an absolute URL where the document requires one")
    func absoluteLocation() throws {
        let contract = Self.pets.replacing("format: uri-reference", with: "format: uri")
        var mock = try TestMock(contract: contract, behaviour: Self.behaviour(), headers: [("host", "127.0.0.1:1")])
        #expect(mock.send("POST", "/api/pets", "{}").line("location") == "http://127.0.0.1:1/api/pets/7")
    }

    // MARK: WWW-Authenticate

    @Test(
        "401 names the required scheme",
        arguments: [
            ("{type: http, scheme: basic}", #"Basic realm="mock", charset="UTF-8""#),
            ("{type: http, scheme: bearer}", #"Bearer realm="mock""#),
            ("{type: http, scheme: digest}", "Digest realm="),
            ("{type: http, scheme: hoba}", #"hoba realm="mock""#),
            ("{type: oauth2, flows: {}}", #"Bearer realm="mock""#),
            ("{type: openIdConnect, openIdConnectUrl: 'https://a.example'}", #"Bearer realm="mock""#),
            ("{type: apiKey, in: query, name: key}", #"ApiKey realm="mock", in="query", name="key""#),
        ])
    func challenge(scheme: String, start: String) throws {
        let contract = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            servers: [{url: /}]
            security: [{s: []}]
            paths: {/x: {get: {operationId: x, responses: {'200': {description: ok}, '401': {description: no}}}}}
            components: {securitySchemes: {s: \(scheme)}}
            """
        var mock = try TestMock(contract: contract, behaviour: nil, credentials: ["s": ["a:b"]], headers: [])
        let response = mock.send("GET", "/x")
        #expect(response.status == 401)
        let lines = response.header("www-authenticate")
        #expect(lines.count == 1 && lines[0].hasPrefix(start), "\(lines)")
        if start.hasPrefix("Bearer") {
            let sent = mock.send("GET", "/x", adding: [("authorization", "Bearer wrong")])
            #expect(sent.line("www-authenticate")?.contains(#"error="invalid_token""#) == true)
        }
    }

    @Test("401 names all alternatives, keeps the document's own example, and is complete with a behaviour file")
    func challenges() throws {
        var mock = try TestMock(credentials: ["token": ["t"]], headers: [])
        let both = mock.send("GET", "/api/v1/parcels").line("www-authenticate") ?? ""
        #expect(both.contains("ApiKey") && both.contains("Bearer"), "\(both)")
        let contract = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            servers: [{url: /}]
            security: [{s: []}]
            paths:
              /x:
                get:
                  operationId: x
                  responses:
                    '200': {description: ok}
                    '401':
                      description: no
                      headers: {WWW-Authenticate: {required: true, schema: {type: string}, example: Own realm="a"}}
            components: {securitySchemes: {s: {type: http, scheme: bearer}}}
            """
        mock = try TestMock(contract: contract, behaviour: nil, headers: [])
        #expect(mock.send("GET", "/x").header("www-authenticate") == [#"Own realm="a""#])
    }
}
