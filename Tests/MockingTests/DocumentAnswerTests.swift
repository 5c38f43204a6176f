import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// The responses of a mock that has only the document.
struct DocumentAnswerTests {
    @Test("an unknown path receives a documented 404 that names it")
    func unknownPath() throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("GET", "/api/v1/nothing")
        #expect(response.status == 404)
        #expect(response.json?["message"] == "No operation has the path /nothing.")
        try expectContract(response, "getParcel", mock.versions[0].contract)
        let outside = mock.send("GET", "/elsewhere")
        #expect(outside.status == 404)
        #expect(outside.json?["message"] == "No operation has the path /elsewhere.")
    }

    @Test("a known path with another method receives 405 and Allow")
    func unknownMethod() throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("PATCH", "/api/v1/parcels")
        #expect(response.status == 405)
        #expect(response.line("allow") == "POST, GET, HEAD")
    }

    @Test("HEAD receives the response of GET, without the body")
    func head() throws {
        var mock = try TestMock(behaviour: nil)
        let get = mock.send("GET", "/api/v1/offices?limit=1")
        let head = mock.send("HEAD", "/api/v1/offices?limit=1")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.line("content-length") == String(get.body.count))
        #expect(mock.send("HEAD", "/api/v1/parcels/x/send").status == 405)
    }

    @Test("the response is the first example that satisfies the schema")
    func example() throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("GET", "/api/v1/offices?limit=1")
        #expect(response.json?[0]?["code"] == "N1")
        try expectContract(response, "listOffices", mock.versions[0].contract)
        #expect(response.line("x-total").flatMap { Int($0) } ?? 0 >= 3)
    }

    @Test("without an example the response is generated from the schema")
    func generated() throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        #expect(response.status == 200)
        try expectContract(response, "createParcel", mock.versions[0].contract)
    }

    @Test(
        "a request that breaks the contract receives the documented error with the reason",
        arguments: [
            ("/api/v1/offices", "limit"), ("/api/v1/offices?limit=0", "limit"), ("/api/v1/offices?limit=x", "limit"),
        ])
    func invalid(target: String, mention: String) throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("GET", target)
        #expect(response.status == 422)
        #expect(response.json?["detail"]?.string?.contains(mention) == true, "\(response.text)")
        try expectContract(response, "listOffices", mock.versions[0].contract)
    }

    @Test(
        "a body that breaks the contract is rejected",
        arguments: [
            "", "{", "[]", "{}", #"{"id":"x"}"#, #"{"id":7,"to":{"city":"Here"}}"#, #"{"id":"p","to":{"city":"x"}}x"#,
        ])
    func invalidBody(body: String) throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("POST", "/api/v1/parcels", body)
        #expect(response.status == 400)
        try expectContract(response, "createParcel", mock.versions[0].contract)
    }

    @Test("an undocumented media type is rejected")
    func mediaType() throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: [("content-type", "text/plain")])
        #expect(response.status == 400)
        #expect(response.json?["message"]?.string?.contains("content-type") == true)
    }

    @Test("Prefer selects a documented status or example")
    func prefer() throws {
        var mock = try TestMock(behaviour: nil)
        let path = "/api/v1/parcels/p1"
        #expect(mock.send("GET", path, adding: [("Prefer", "code=404")]).status == 404)
        #expect(mock.send("GET", path, adding: [("Prefer", "respond-async, code=\"409\"")]).status == 409)
        #expect(mock.send("GET", "/api/v1/offices?limit=1", adding: [("Prefer", "code=418")]).status == 200)
        let named = mock.send("GET", "/api/v1/offices?limit=1", adding: [("Prefer", "example=broken")])
        #expect(named.text == "[1]")
    }

    @Test("every operation of the document has a response as documented")
    func everyOperation() throws {
        let contract = try TestMock(behaviour: nil).versions[0].contract
        for operation in contract.operations {
            var mock = try TestMock(behaviour: nil)
            if operation.path.contains("{id}") { _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel) }
            let path = operation.path.replacing("{id}", with: "p1") + (operation.id == "listOffices" ? "?limit=2" : "")
            let body = operation.requestBody == nil ? nil : Parcels.parcel
            let response = mock.send(operation.method, "/api/v1" + path, body)
            #expect((200..<300).contains(response.status), "\(operation.name): \(response.text)")
            try expectContract(response, operation.name, contract)
        }
    }

    /// Two operations, with the first schema and the second one, and one operationId for both.
    private static func pair(_ first: String, _ second: String) throws -> TestMock {
        func operation(_ schema: String) -> String {
            "{get: {operationId: same, responses: {'200': {description: ok, content: {application/json: {schema: \(schema)}}}}}}"
        }
        let text = """
            openapi: 3.1.1
            info: {title: Pair, version: '1'}
            paths: {/one: \(operation(first)), /two: \(operation(second))}
            """
        return try TestMock(contract: text, behaviour: nil, seed: "seed", headers: [])
    }

    @Test(
        "operations with one operationId have their own responses",
        arguments: [
            ("{type: object, required: [q], properties: {q: {type: string}}}", JSONKind.object),
            ("{type: integer, example: 7}", .number), ("{type: array, items: {type: string}}", .array),
        ])
    func sameName(schema: String, kind: JSONKind) throws {
        for order in [["/one", "/two"], ["/two", "/one"]] {
            var mock = try Self.pair("{type: boolean, example: true}", schema)
            for path in order {
                #expect(mock.send("GET", path).json?.kind == (path == "/one" ? .boolean : kind), "\(order) \(path)")
            }
        }
    }

    @Test(
        "a schema that cannot be read does not prevent a response",
        arguments: ["'#/components/schemas/Nowhere'", "'https://schemas.example/thing.json'"])
    func unreadable(reference: String) throws {
        var mock = try Self.pair("{$ref: \(reference)}", "{type: string}")
        #expect(mock.send("GET", "/one").status == 200)
        #expect(mock.send("GET", "/two").json?.kind == .string)
    }

    @Test("where no value matches a schema, the response says so")
    func unsatisfiable() throws {
        var mock = try Self.pair("{allOf: [{type: string}, {type: integer}]}", "{type: string}")
        let response = mock.send("GET", "/one")
        #expect(response.status == 500)
        #expect(response.line("assay-mock-problem") == "no-value")
    }
}
