import Exchanges
import JSONDocument
import Testing

@testable import Mocking

/// Collections that the mock infers from a document alone.
struct InferredCollectionTests {
    private static let contract = """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        paths:
          /orders:
            post:
              operationId: createOrder
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
              responses:
                '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}, example: {sku: shown, note: from the document}}}}
            get:
              operationId: listOrders
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: object, properties: {more: {type: boolean}, items: {type: array, items: {$ref: '#/components/schemas/Order'}}}}}}}
          /orders/{order-id}:
            parameters: [{name: order-id, in: path, required: true, schema: {type: integer, minimum: 1000}}]
            get:
              operationId: getOrder
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
                '404': {description: none, content: {application/json: {schema: {type: object, properties: {message: {type: string}}}}}}
            patch:
              operationId: changeOrder
              requestBody: {content: {application/json: {schema: {type: object, properties: {sku: {}, order_id: {}}}}}}
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
                '404': {description: none}
            delete: {operationId: deleteOrder, responses: {'204': {description: gone}, '404': {description: none}}}
          /orders/{order-id}/lines:
            parameters: [{name: order-id, in: path, required: true, schema: {type: integer}}]
            post:
              operationId: addLine
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}}
              responses:
                '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}}
                '404': {description: none}
                '409': {description: twice}
            get:
              operationId: listLines
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Line'}}}}}
                '404': {description: none}
          /orders/{order-id}/lines/{key}:
            parameters:
              - {name: order-id, in: path, required: true, schema: {type: integer}}
              - {name: key, in: path, required: true, schema: {type: string}}
            get:
              operationId: getLine
              responses:
                '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Line'}}}}
                '404': {description: none}
          /orders/{order-id}/owner:
            parameters: [{name: order-id, in: path, required: true, schema: {type: integer}}]
            get:
              operationId: getOwner
              responses:
                '200': {description: ok, content: {application/json: {schema: {type: object, required: [name], properties: {order_id: {type: integer}, name: {type: string}}}}}}
                '404': {description: none}
        components:
          schemas:
            Order:
              type: object
              required: [sku]
              properties:
                order_id: {type: integer, readOnly: true}
                sku: {type: string}
                note: {type: string}
                secret: {type: string, writeOnly: true}
            Line: {type: object, required: [key], properties: {key: {type: string, minLength: 1}, text: {type: string}}}
        """

    private func mock(seed: String = "seed") throws -> TestMock {
        try TestMock(contract: Self.contract, behaviour: nil, seed: seed, headers: [])
    }

    private func created(_ mock: inout TestMock, sku: String = "A") throws -> String {
        let response = mock.send("POST", "/orders", #"{"sku": "\#(sku)"}"#)
        try expectContract(response, "createOrder", mock.versions[0].contract)
        return try #require(response.json?["order_id"]?.number).lexeme
    }

    @Test("a created resource is found again, with the members that were sent and those that the document adds")
    func create() throws {
        var mock = try mock()
        let response = mock.send("POST", "/orders", #"{"sku": "A", "secret": "s", "other": 1}"#)
        #expect(response.status == 201)
        #expect(response.json?["sku"] == "A")
        #expect(response.json?["note"] == "from the document")
        #expect(response.json?["secret"] == nil)
        #expect(response.json?["other"] == nil)
        let id = try #require(response.json?["order_id"]?.number)
        let read = mock.send("GET", "/orders/\(id.lexeme)")
        #expect(read.status == 200)
        #expect(read.json == response.json)
    }

    @Test("each resource has its own id, which fits the path and depends on the seed")
    func ids() throws {
        var mock = try mock()
        let first = try created(&mock)
        let second = try created(&mock)
        #expect(first != second)
        #expect((Int(first) ?? 0) >= 1_000)
        var again = try self.mock()
        #expect(try created(&again) == first)
    }

    @Test("a resource that was never created, or was deleted, is unknown")
    func unknown() throws {
        var mock = try mock()
        let unknown = mock.send("GET", "/orders/4711")
        #expect(unknown.status == 404)
        #expect(unknown.json?["message"] == "'4711' does not exist.")
        let id = try created(&mock)
        #expect(mock.send("DELETE", "/orders/\(id)").status == 204)
        for (method, path) in [("GET", ""), ("DELETE", ""), ("GET", "/lines"), ("GET", "/owner")] {
            #expect(mock.send(method, "/orders/\(id)\(path)").status == 404, "\(method) \(path)")
        }
    }

    @Test("a change replaces the members that fit the schema, and never the id")
    func change() throws {
        var mock = try mock()
        let id = try created(&mock)
        let response = mock.send("PATCH", "/orders/\(id)", #"{"sku": "B", "order_id": 1}"#)
        #expect(response.json?["sku"] == "B")
        #expect(mock.send("PATCH", "/orders/\(id)", #"{"sku": 5}"#).json?["sku"] == "B")
        #expect(mock.send("GET", "/orders/\(id)").json?["sku"] == "B")
        #expect(mock.send("GET", "/orders/\(id)").json?["order_id"]?.number?.lexeme == id)
        #expect(mock.send("PATCH", "/orders/4711", #"{"sku": "B"}"#).status == 404)
    }

    @Test("lists contain the existing resources, also inside of an object")
    func list() throws {
        var mock = try mock()
        #expect(mock.send("GET", "/orders").json?["items"] == [])
        let ids = [try created(&mock), try created(&mock)]
        let listed = mock.send("GET", "/orders")
        try expectContract(listed, "listOrders", mock.versions[0].contract)
        #expect(listed.json?["items"]?.elements?.map { $0["order_id"]?.number?.lexeme } == ids)
    }

    @Test("collections below two resources are separate")
    func nested() throws {
        var mock = try mock()
        let (first, second) = (try created(&mock), try created(&mock))
        #expect(mock.send("POST", "/orders/4711/lines", #"{"key": "a"}"#).status == 404)
        #expect(mock.send("POST", "/orders/\(first)/lines", #"{"key": "a/b", "text": "t"}"#).status == 201)
        #expect(mock.send("GET", "/orders/\(first)/lines/a%2Fb").json?["text"] == "t")
        #expect(mock.send("GET", "/orders/\(second)/lines/a%2Fb").status == 404)
        #expect(mock.send("GET", "/orders/\(first)/lines").json?.elements?.count == 1)
        #expect(mock.send("GET", "/orders/\(second)/lines").json == [])
    }

    @Test("an id in use is a conflict where 409 is documented; elsewhere the new resource replaces the old one")
    func duplicate() throws {
        var mock = try mock()
        let id = try created(&mock)
        #expect(mock.send("POST", "/orders/\(id)/lines", #"{"key": "a", "text": "1"}"#).status == 201)
        #expect(mock.send("POST", "/orders/\(id)/lines", #"{"key": "a", "text": "2"}"#).status == 409)
        #expect(mock.send("GET", "/orders/\(id)/lines/a").json?["text"] == "1")
    }

    @Test("the response about a part of a resource comes from the document, with the members of the resource")
    func belongings() throws {
        var mock = try mock()
        let id = try created(&mock)
        let owner = mock.send("GET", "/orders/\(id)/owner")
        try expectContract(owner, "getOwner", mock.versions[0].contract)
        #expect(owner.json?["order_id"]?.number?.lexeme == id)
    }

    @Test("a reset forgets everything, and the state can be read")
    func reset() throws {
        var mock = try mock()
        let id = try created(&mock, sku: "seen")
        #expect(mock.send("GET", "/_mock/state").json?["1"]?["/orders"]?[0]?["entity"]?["sku"] == "seen")
        #expect(mock.send("POST", "/_mock/reset").status == 204)
        #expect(mock.send("GET", "/orders/\(id)").status == 404)
    }

    private static let owned = """
        openapi: 3.0.3
        info: {title: Owned, version: '1'}
        paths:
          /owners/{owner}/boxes:
            parameters: [&owner {name: owner, in: path, required: true, schema: {type: string}}]
            post: {operationId: make, responses: {'201': {description: ok, content: {application/json: {schema: &box {type: object, required: [id], properties: {id: {type: string}}}}}}}}
            get: {operationId: list, responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: *box}}}}}}
          /owners/{owner}/boxes/{id}:
            parameters: [*owner, &id {name: id, in: path, required: true, schema: {type: integer}}]
            get: {operationId: read, responses: {'200': {description: ok, content: {application/json: {schema: *box}}}, '404': {description: none}}}
            delete: {operationId: drop, responses: {'204': {description: gone}, '404': {description: none}}}
          /owners/{owner}/boxes/{id}/marks/{mark}:
            parameters: [*owner, *id, {name: mark, in: path, required: true, schema: {type: string}}]
            delete: {operationId: unmark, responses: {'204': {description: gone}, '404': {description: none}}}
        """

    @Test("a collection below a parameter that no operation creates is kept for each value of it")
    func owners() throws {
        var mock = try TestMock(contract: Self.owned, behaviour: nil, headers: [])
        let made = mock.send("POST", "/owners/ann/boxes")
        let id = try #require(made.json?["id"]?.string)
        #expect(mock.send("GET", "/owners/ann/boxes/\(id)").json == made.json)
        #expect(mock.send("GET", "/owners/bob/boxes/\(id)").status == 404)
        #expect(mock.send("GET", "/owners/ann/boxes").json?.elements?.count == 1)
        #expect(mock.send("GET", "/owners/bob/boxes").json == [])
    }

    @Test("an id that is a text in the body and a number in the path is a text of digits")
    func textOfNumber() throws {
        var mock = try TestMock(contract: Self.owned, behaviour: nil, headers: [])
        let id = try #require(mock.send("POST", "/owners/ann/boxes").json?["id"]?.string)
        #expect(Int(id) != nil)
    }

    @Test("deleting something that no operation creates keeps the resource around it")
    func belowUnknown() throws {
        var mock = try TestMock(contract: Self.owned, behaviour: nil, headers: [])
        let id = try #require(mock.send("POST", "/owners/ann/boxes").json?["id"]?.string)
        #expect(mock.send("DELETE", "/owners/ann/boxes/\(id)/marks/m").status == 204)
        #expect(mock.send("GET", "/owners/ann/boxes/\(id)").status == 200)
    }

    @Test("nothing is inferred with a behaviour file")
    func behaviour() throws {
        var mock = try TestMock(contract: Self.contract, behaviour: "behaviour: 1\n", headers: [])
        #expect(mock.send("GET", "/orders/4711").status == 200)
    }

    @Test("an operation that documents only a redirection redirects")
    func redirection() throws {
        var mock = try TestMock(
            contract: """
                openapi: 3.0.3
                info: {title: Away, version: '1'}
                paths:
                  /a: {get: {responses: {'302': {description: away}, '404': {description: none}}}}
                """, behaviour: nil, headers: [])
        #expect(mock.send("GET", "/a").status == 302)
    }

    @Test(
        "an id that is a number in one response and text in another is the same id",
        arguments: [
            ("integer", "string", "string"), ("integer", "string", "integer"), ("string", "integer", "integer"),
        ])
    func kinds(created: String, shown: String, parameter: String) throws {
        func thing(_ kind: String) -> String {
            "{description: ok, content: {application/json: {schema: {type: object, required: [id, name], properties: {id: {type: \(kind)}, name: {type: string}}}}}}"
        }
        let contract = """
            openapi: 3.1.0
            info: {title: Kinds, version: '1'}
            paths:
              /things:
                post:
                  operationId: make
                  requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
                  responses: {'201': \(thing(created))}
                get:
                  operationId: list
                  responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {type: object, required: [id], properties: {id: {type: \(shown)}}}}}}}}
              /things/{id}:
                get:
                  operationId: read
                  parameters: [{name: id, in: path, required: true, schema: {type: \(parameter)}}]
                  responses: {'200': \(thing(shown))}
            """
        var mock = try TestMock(contract: contract, behaviour: nil, seed: "seed", headers: [])
        func text(_ value: JSONValue?) -> String? { value?.string ?? value?.number?.lexeme }
        let id = try #require(text(mock.send("POST", "/things", #"{"name": "A"}"#).json?["id"]))
        let read = mock.send("GET", "/things/\(id)")
        try expectContract(read, "read", mock.versions[0].contract)
        #expect(text(read.json?["id"]) == id)
        #expect(read.json?["name"] == "A")
        let list = mock.send("GET", "/things")
        try expectContract(list, "list", mock.versions[0].contract)
        #expect(text(list.json?[0]?["id"]) == id)
    }
}
