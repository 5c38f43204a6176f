import Exchanges
import JSONDocument
import Testing

@testable import Mocking

/// Requests that were sent before: their routes and the responses about unchanged resources are remembered.
struct RepeatedRequestTests {
    private static let contract = """
        openapi: 3.0.3
        info: {title: Shop, version: '1'}
        paths:
          /orders:
            post:
              operationId: createOrder
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
              responses: {'201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
          /orders/{order-id}:
            parameters: [{name: order-id, in: path, required: true, schema: {type: string}}]
            get:
              operationId: getOrder
              parameters: [{name: x-trace, in: header, schema: {type: string, maxLength: 3}}]
              responses:
                '200':
                  description: ok
                  content:
                    application/json: {schema: {$ref: '#/components/schemas/Order'}}
                    application/xml: {schema: {$ref: '#/components/schemas/Order'}}
                '404': {description: none}
            put:
              operationId: putOrder
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
              responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}, '404': {description: none}}
            delete: {operationId: deleteOrder, responses: {'204': {description: gone}, '404': {description: none}}}
        components:
          schemas:
            Order: {type: object, required: [order_id, sku], properties: {order_id: {type: string}, sku: {type: string}}}
        """

    private func mock() throws -> TestMock { try TestMock(contract: Self.contract, behaviour: nil, headers: []) }

    private func sku(_ mock: inout TestMock, _ id: String) -> JSONValue? {
        mock.send("GET", "/orders/\(id)").json?["sku"]
    }

    @Test("a resource is shown as it is after each change, and not after it is deleted")
    func changes() throws {
        var mock = try mock()
        for id in ["a", "b"] {
            #expect(mock.send("POST", "/orders", #"{"order_id": "\#(id)", "sku": "1"}"#).status == 201)
        }
        for version in 2..<6 {
            #expect(sku(&mock, "a") == .string("\(version - 1)"))
            #expect(sku(&mock, "a") == .string("\(version - 1)"))
            #expect(mock.send("PUT", "/orders/a", #"{"order_id": "a", "sku": "\#(version)"}"#).status == 200)
            #expect(sku(&mock, "a") == .string("\(version)"))
            #expect(sku(&mock, "b") == "1")
        }
        #expect(mock.send("DELETE", "/orders/a").status == 204)
        #expect(mock.send("GET", "/orders/a").status == 404)
        #expect(mock.send("POST", "/orders", #"{"order_id": "a", "sku": "new"}"#).status == 201)
        #expect(sku(&mock, "a") == "new")
    }

    @Test("each accepted media type has its own response")
    func accept() throws {
        var mock = try mock()
        _ = mock.send("POST", "/orders", #"{"order_id": "a", "sku": "1"}"#)
        for type in ["application/json", "application/xml", "application/json", "application/xml"] {
            let response = mock.send("GET", "/orders/a", headers: [("accept", type)])
            #expect(response.line("content-type") == type)
            #expect(response.text.hasPrefix(type.hasSuffix("json") ? "{" : "<"))
        }
    }

    @Test("the state of one client's branch is not shown in another, nor after a reset")
    func branches() throws {
        var mock = try mock()
        _ = mock.send("POST", "/orders", #"{"order_id": "a", "sku": "1"}"#)
        #expect(sku(&mock, "a") == "1")
        #expect(mock.send("POST", "/_mock/clock", #"{"branch": "own"}"#).status < 300)
        let own = [("assay-mock-branch", "own")]
        #expect(mock.send("PUT", "/orders/a", #"{"order_id": "a", "sku": "own"}"#, adding: own).status == 200)
        #expect(mock.send("PUT", "/orders/a", #"{"order_id": "a", "sku": "main"}"#).status == 200)
        #expect(mock.send("GET", "/orders/a", adding: own).json?["sku"] == "own")
        #expect(sku(&mock, "a") == "main")
        #expect(mock.send("POST", "/_mock/reset").status < 300)
        #expect(mock.send("GET", "/orders/a").status == 404)
    }

    @Test(
        "requests that differ in one part have routes of their own",
        arguments: [
            ("GET", "/orders/a", [("x-trace", "abc")], nil), ("GET", "/orders/a", [("x-trace", "abcd")], nil),
            ("GET", "/orders/a", [("X-Trace", "abc")], nil), ("GET", "/orders/a", [], nil),
            ("GET", "/orders/\u{E9}", [], nil), ("GET", "/orders/e\u{301}", [], nil), ("GET", "/orders/a?x=1", [], nil),
            ("PUT", "/orders/a", [], "{}"), ("PUT", "/orders/a", [], #"{"order_id":"a","sku":"1"}"#),
            ("PUT", "/orders/a", [], ""),
            ("PUT", "/orders/a", [("content-type", "text/plain")], "{}"), ("HEAD", "/orders/a", [], nil),
            ("POST", "/orders/a", [], nil),
        ] as [(String, String, [(String, String)], String?)])
    func routes(method: String, path: String, headers: [(String, String)], body: String?) throws {
        let contract = ServedContract(
            try Fixture.version(contract: Self.contract, behaviour: nil), MockSettings(seed: "seed"))
        func message(_ headers: [(String, String)], _ body: String?) -> RequestMessage {
            RequestMessage(
                method: method, url: "http://h" + path, headers: headers.map { HeaderField(name: $0.0, value: $0.1) },
                body: body.map { Array($0.utf8) })
        }
        let shared = RequestRouter([contract])
        // All others first, and some twice.
        for other in [("x-trace", "abc"), ("x-trace", "abcd"), ("content-type", "application/json")] {
            for body in [nil, "{}", #"{"order_id":"a","sku":"1"}"#, "{}"] {
                for method in ["GET", "PUT", "HEAD"] {
                    var earlier = message([other], body)
                    earlier.method = method
                    for url in ["http://h/orders/a", "http://h/orders/\u{E9}", "http://h/orders/e\u{301}"] {
                        earlier.url = url
                        _ = shared.route(earlier)
                    }
                }
            }
        }
        for _ in 0..<2 {
            let (known, afresh) = (
                shared.route(message(headers, body)), RequestRouter([contract]).route(message(headers, body))
            )
            guard case .served(let one) = known, case .served(let other) = afresh else {
                Issue.record("not served")
                return
            }
            #expect(one.message == other.message)
            #expect(one.message.headers.map(\.name) == headers.map(\.0))
            #expect(Array(one.path.utf8) == Array(other.path.utf8))
            #expect(one.query == other.query && one.method == other.method)
            #expect(one.issues == other.issues)
            #expect(one.document?.root.value == other.document?.root.value)
        }
    }
}
