import Exchanges
import JSONDocument
import Primitives
import Testing

@testable import Mocking

/// The state that the mock infers from a document agrees with its examples.
struct SeedTests {
    /// Pets with examples; `changes` replaces texts of the document.
    private static func mock(_ changes: [(String, String)] = []) throws -> TestMock {
        var text = """
            openapi: 3.0.4
            info: {title: Pets, version: '1'}
            paths:
              /pets:
                get:
                  responses:
                    '200': {description: ok, content: {application/json: {schema: LIST, example: [{id: 1, name: Rex}, {id: 2, name: Tom}]}}}
                post:
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                  responses: {'201': {description: made, content: {application/json: {schema: CREATED}}}, '409': {description: twice}}
              /pets/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                get:
                  responses:
                    '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, examples: {a: {value: {id: 1, name: Rex, age: 3}}, b: {value: {id: 7, name: Leo}}}}}}
                    '404': {description: none}
                patch:
                  requestBody: {content: {application/json: {schema: {type: object}}}}
                  responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, '404': {description: none}}
                put: PUT
                delete: {responses: {'204': {description: gone}, '404': {description: none}}}
              /pets/{id}/vet:
                parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
                get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Vet'}, example: {id: v1, name: Ann, links: {self: /vets/v1}}}}}, '404': {description: none}}}
            components:
              schemas:
                Pet: {type: object, required: [name], properties: {id: {type: integer, readOnly: true}, name: {type: string}, age: {type: integer}}}
                Vet: {type: object, properties: {id: {}, petId: {type: integer}, name: {type: string}, links: {type: object}}}
                Job: {type: object, properties: {id: {type: string}, status: {type: string}, progress: {type: integer}}}
            """
        let defaults = [
            ("LIST", "{type: array, items: {$ref: '#/components/schemas/Pet'}}"),
            ("CREATED", "{$ref: '#/components/schemas/Pet'}"),
            ("PUT", "{responses: {'204': {description: done}, '404': {description: none}}}"),
        ]
        for (old, new) in changes + defaults {
            text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
        }
        return try TestMock(contract: text, behaviour: nil, headers: [])
    }

    @Test("the resources of the examples exist, and no others")
    func fresh() throws {
        var mock = try Self.mock()
        #expect(mock.send("GET", "/pets/1").json == ["id": 1, "name": "Rex", "age": 3])
        #expect(mock.send("GET", "/pets/2").json == ["id": 2, "name": "Tom"])
        #expect(mock.send("GET", "/pets/7").json?["name"] == "Leo")
        #expect(mock.send("GET", "/pets/77").status == 404)
        #expect(
            mock.send("GET", "/pets").json == [
                ["id": 1, "name": "Rex"], ["id": 2, "name": "Tom"], ["id": 7, "name": "Leo"],
            ])
    }

    @Test("a list whose resources are all in its example is sent as it is")
    func listAlone() throws {
        var mock = try Self.mock([("b: {value: {id: 7, name: Leo}}", "b: {value: {id: 2, name: Tom}}")])
        #expect(mock.send("GET", "/pets").json == [["id": 1, "name": "Rex"], ["id": 2, "name": "Tom"]])
    }

    @Test("documented resources can be changed and deleted like created ones")
    func changes() throws {
        var mock = try Self.mock()
        #expect(mock.send("PATCH", "/pets/2", #"{"name": "Tim"}"#).json?["name"] == "Tim")
        #expect(mock.send("GET", "/pets/2").json?["name"] == "Tim")
        #expect(mock.send("DELETE", "/pets/1").status == 204)
        #expect(mock.send("GET", "/pets/1").status == 404)
        #expect(mock.send("DELETE", "/pets/1").status == 404)
        let id = try #require(mock.send("POST", "/pets", #"{"name": "Bo"}"#).json?["id"]?.number)
        let names = mock.send("GET", "/pets").json?.elements?.map { $0["name"] }
        #expect(names == ["Tim", "Leo", "Bo"])
        #expect(mock.send("GET", "/pets/\(id.lexeme)").json?["name"] == "Bo")
        _ = mock.send("POST", "/_mock/reset")
        #expect(mock.send("GET", "/pets/1").json?["name"] == "Rex")
    }

    @Test("ids are compared as values of the schema's type", arguments: ["7", "7.0", "70e-1"])
    func numericIDs(id: String) throws {
        var mock = try Self.mock([("schema: {type: integer}}]", "schema: {type: number}}]")])
        #expect(mock.send("GET", "/pets/\(id)").json?["name"] == "Leo")
    }

    @Test("ids that are text are compared as text")
    func textIDs() throws {
        var mock = try Self.mock([
            ("id: {type: integer, readOnly: true}", "id: {type: string}"),
            ("schema: {type: integer}}]", "schema: {type: string}}]"),
            ("{id: 7,", "{id: '7',"), ("{id: 1,", "{id: '1',"), ("{id: 2,", "{id: '2',"),
        ])
        #expect(mock.send("GET", "/pets/7").json?["name"] == "Leo")
        #expect(mock.send("GET", "/pets/7.0").status == 404)
    }

    @Test("an id of an example is not a conflict, an id of a created resource is")
    func conflicts() throws {
        var mock = try Self.mock([("id: {type: integer, readOnly: true}", "id: {type: integer}")])
        #expect(mock.send("POST", "/pets", #"{"id": 1, "name": "New"}"#).status == 201)
        #expect(mock.send("POST", "/pets", #"{"id": 1, "name": "Newer"}"#).status == 409)
        #expect(mock.send("GET", "/pets/1").json?["name"] == "New")
    }

    @Test("a resource below another one keeps its own id and links")
    func below() throws {
        var mock = try Self.mock()
        let vet = mock.send("GET", "/pets/2/vet").json
        #expect(vet?["id"] == "v1")
        #expect(vet?["links"]?["self"] == "/vets/v1")
        #expect(vet?["name"] == "Ann")
        #expect(mock.send("GET", "/pets/77/vet").status == 404)
    }

    @Test(
        "a ticket is different from the resource",
        arguments: [
            "{$ref: '#/components/schemas/Job'}", "{type: object, properties: {taskId: {type: string}}}",
            "{type: object, properties: {importId: {type: string}, state: {type: string}}}",
        ])
    func tickets(created: String) throws {
        var mock = try Self.mock([("CREATED", created)])
        let ticket = try #require(mock.send("POST", "/pets", #"{"name": "Bo"}"#).json?.object)
        #expect(ticket["name"] == nil)
        #expect(mock.send("GET", "/pets/77").status == 200, "nothing says what exists")
        #expect(mock.send("GET", "/pets/2").json?["name"] == "Tom")
        #expect(mock.send("GET", "/pets").json?.elements?.count == 3)
    }

    @Test("a collection of tickets contains tickets, even where only a path below them uses their id")
    func ticketCollection() throws {
        var mock = try TestMock(
            contract: """
                openapi: 3.1.0
                info: {title: Museum, version: '1'}
                paths:
                  /tickets:
                    post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'201': {description: ok, content: {application/json: {schema: {type: object, properties: {ticketId: {type: string}}}}}}}}
                  /tickets/{ticketId}/qr:
                    parameters: [{name: ticketId, in: path, required: true, schema: {type: string}}]
                    get: {responses: {'200': {description: ok, content: {image/png: {}}}, '404': {description: none}}}
                """, behaviour: nil, headers: [])
        let id = try #require(mock.send("POST", "/tickets", "{}").json?["ticketId"]?.string)
        #expect(mock.send("GET", "/tickets/\(id)/qr").status == 200)
        #expect(mock.send("GET", "/tickets/unknown/qr").status == 404)
    }

    @Test("an id that is named like the parameter names the resource, even when the detail has few members")
    func littleDetail() throws {
        var mock = try TestMock(
            contract: """
                openapi: 3.0.4
                info: {title: Things, version: '1'}
                paths:
                  /things:
                    post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'201': {description: ok, content: {application/json: {schema: {type: object, properties: {thing_id: {type: integer}, name: {type: string}}}}}}}}
                  /things/{thing-id}:
                    parameters: [{name: thing-id, in: path, required: true, schema: {type: integer}}]
                    get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {thing_id: {type: integer}}}}}}, '404': {description: none}}}
                """, behaviour: nil, headers: [])
        let id = try #require(mock.send("POST", "/things", #"{"name": "n"}"#).json?["thing_id"]?.number)
        #expect(mock.send("GET", "/things/\(id.lexeme)").json == ["thing_id": .number(id)])
        #expect(mock.send("GET", "/things/987654321").status == 404)
    }

    @Test("a resource whose creation returns only the id is found again with the members that were sent")
    func idAlone() throws {
        var mock = try Self.mock([("CREATED", "{type: object, properties: {id: {type: integer}}}")])
        let id = try #require(mock.send("POST", "/pets", #"{"name": "Bo", "age": 4}"#).json?["id"]?.number)
        let pet = mock.send("GET", "/pets/\(id.lexeme)").json
        #expect(pet?["name"] == "Bo")
        #expect(pet?["age"] == 4)
        #expect(pet?["id"] == .number(id))
    }

    @Test("a creation without a body returns the address, and its resource is found there and listed")
    func silentCreation() throws {
        var mock = try Self.mock([
            ("'201': {description: made, content: {application/json: {schema: CREATED}}}", "'201': {description: made}")
        ])
        let made = mock.send("POST", "/pets", #"{"name": "Bo"}"#)
        #expect(made.status == 201)
        #expect(made.body.isEmpty)
        let address = try #require(made.line("location"))
        #expect(mock.send("GET", address).json?["name"] == "Bo")
        #expect(mock.send("GET", "/pets").json?.elements?.last?["name"] == "Bo")
    }

    @Test("an element of a list is completed where its schema requires unknown members")
    func completedElements() throws {
        var mock = try Self.mock([
            (
                "LIST",
                "{type: array, items: {type: object, required: [id, seen], properties: {id: {type: integer}, name: {type: string}, seen: {type: string, format: date}}}}"
            ), (", example: [{id: 1, name: Rex}, {id: 2, name: Tom}]", ""),
        ])
        _ = mock.send("POST", "/pets", #"{"name": "Bo"}"#)
        let last = mock.send("GET", "/pets").json?.elements?.last
        #expect(last?["name"] == "Bo")
        #expect(last?["seen"] != nil)
    }

    @Test(
        "created resources are listed wherever the array is",
        arguments: [
            ("{type: object, properties: {data: ITEMS}}", ["data"]),
            ("{type: object, properties: {result: {type: object, properties: {pets: ITEMS}}}}", ["result", "pets"]),
            (
                "{type: object, properties: {_embedded: {type: object, properties: {pets: ITEMS}}}}",
                ["_embedded", "pets"]
            ),
            (
                "{allOf: [{type: object, properties: {data: {type: array, items: {type: object}}}}, {type: object, properties: {data: ITEMS}}]}",
                ["data"]
            ),
            (
                "{allOf: [{type: object, properties: {total: {type: integer}}}, {type: object, properties: {items: ITEMS}}]}",
                ["items"]
            ),
            ("{type: object, properties: {errors: {type: array, items: {type: string}}, data: ITEMS}}", ["data"]),
        ])
    func listed(schema: String, place: [String]) throws {
        let items = "{type: array, items: {$ref: '#/components/schemas/Pet'}}"
        let list = schema.split(separator: "ITEMS", omittingEmptySubsequences: false).joined(separator: items)
        var mock = try Self.mock([
            (", example: [{id: 1, name: Rex}, {id: 2, name: Tom}]", ""), ("LIST", list),
        ])
        #expect(mock.send("POST", "/pets", #"{"name": "Ann of the list"}"#).status == 201)
        let array = mock.send("GET", "/pets").json?.value(at: JSONPointer(place))
        #expect(array?.elements?.map { $0["name"] } == ["Rex", "Leo", "Ann of the list"])
    }

    @Test("a member that contains the length of a list follows it")
    func counted() throws {
        var mock = try Self.mock([
            (
                "LIST",
                "{type: object, properties: {total: {type: integer}, data: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}"
            ),
            (
                "example: [{id: 1, name: Rex}, {id: 2, name: Tom}]",
                "example: {total: 2, data: [{id: 1, name: Rex}, {id: 7, name: Leo}]}"
            ),
        ])
        #expect(mock.send("GET", "/pets").json?["total"] == 2)
        _ = mock.send("POST", "/pets", #"{"name": "Bo"}"#)
        #expect(mock.send("GET", "/pets").json?["total"] == 3)
    }

    @Test(
        "PUT creates an unknown or deleted resource unless the document excludes it",
        arguments: [
            ("{requestBody: BODY, responses: {'200': OK, '201': OK}}", 201, 200),
            ("{requestBody: BODY, responses: {'200': OK}}", 200, 200),
            ("{requestBody: BODY, responses: {'204': {description: done}}}", 204, 204),
            ("{requestBody: BODY, responses: {'200': OK, '404': {description: none}}}", 404, 404),
        ])
    func put(operation: String, first: Int, second: Int) throws {
        let pet = "{content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}"
        let put = operation.split(separator: "BODY", omittingEmptySubsequences: false).joined(separator: pet)
            .split(separator: "OK", omittingEmptySubsequences: false)
            .joined(
                separator:
                    "{description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}")
        var mock = try Self.mock([("PUT", put)])
        #expect(mock.send("PUT", "/pets/40", #"{"name": "Bo"}"#).status == first)
        #expect(mock.send("PUT", "/pets/40", #"{"name": "Bob"}"#).status == second)
        let isCreated = first < 300
        #expect(mock.send("GET", "/pets/40").json?["name"] == (isCreated ? "Bob" : nil))
        #expect(mock.send("DELETE", "/pets/1").status == 204)
        #expect(mock.send("PUT", "/pets/1", #"{"name": "Rex II"}"#).status == first)
        #expect(mock.send("GET", "/pets/1").json?["name"] == (isCreated ? "Rex II" : nil))
        #expect(mock.send("GET", "/pets/1").json?["id"] == (isCreated ? 1 : nil))
    }

    @Test("a collection below parameters that no operation creates keeps its resources apart")
    func freeParameters() throws {
        var mock = try TestMock(
            contract: """
                openapi: 3.0.4
                info: {title: Repositories, version: '1'}
                paths:
                  /orgs/{org}/repos:
                    parameters: [{name: org, in: path, required: true, schema: {type: string}}]
                    post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'201': {description: ok, content: {application/json: {schema: &repo {type: object, properties: {name: {type: string}, text: {type: string}}}}}}}}
                    get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: *repo}}}}}}
                  /orgs/{org}/repos/{name}:
                    parameters: [{name: org, in: path, required: true, schema: {type: string}}, {name: name, in: path, required: true, schema: {type: string, example: shown}}]
                    get: {responses: {'200': {description: ok, content: {application/json: {schema: *repo}}}, '404': {description: none}}}
                    delete: {responses: {'204': {description: gone}, '404': {description: none}}}
                """, behaviour: nil, headers: [])
        #expect(mock.send("POST", "/orgs/a/repos", #"{"name": "one", "text": "t"}"#).status == 201)
        #expect(mock.send("GET", "/orgs/a/repos/one").json?["text"] == "t")
        #expect(mock.send("GET", "/orgs/b/repos/one").json?["text"] != "t")
        #expect(mock.send("GET", "/orgs/a/repos").json?.elements?.count == 1)
        #expect(mock.send("GET", "/orgs/b/repos").json == [])
        #expect(mock.send("GET", "/orgs/a/repos/shown").status == 200, "the document names it")
    }

    @Test("a resource in a wrapper is created, shown and listed")
    func wrapped() throws {
        var mock = try TestMock(
            contract: """
                openapi: 3.0.4
                info: {title: Orders, version: '1'}
                paths:
                  /orders:
                    post: {requestBody: {content: {application/json: {schema: &one {type: object, properties: {data: &order {type: object, properties: {id: {type: string}, sku: {type: string}}}, meta: {type: object}}}}}}, responses: {'201': {description: ok, content: {application/json: {schema: *one}}}}}
                    get: {responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {data: {type: array, items: *order}}}}}}}}
                  /orders/{orderId}:
                    parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
                    get: {responses: {'200': {description: ok, content: {application/json: {schema: *one}}}, '404': {description: none}}}
                    patch: {requestBody: {content: {application/json: {schema: *one}}}, responses: {'200': {description: ok, content: {application/json: {schema: *one}}}, '404': {description: none}}}
                """, behaviour: nil, headers: [])
        let made = mock.send("POST", "/orders", #"{"data": {"sku": "A"}}"#).json
        let id = try #require(made?["data"]?["id"]?.string)
        #expect(made?["data"]?["sku"] == "A")
        #expect(mock.send("GET", "/orders/\(id)").json?["data"] == made?["data"])
        #expect(mock.send("PATCH", "/orders/\(id)", #"{"data": {"sku": "B"}}"#).json?["data"]?["sku"] == "B")
        #expect(mock.send("GET", "/orders").json?["data"]?.elements?.map { $0["sku"] } == ["B"])
    }
}
