import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Mocking

/// Media types, methods and origins.
struct NegotiationTests {
    @Test(
        "a client that accepts no documented media type receives 406", arguments: ["text/html", "application/json;q=0"])
    func notAcceptable(accept: String) throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("GET", "/api/v1/offices?limit=1", adding: [("accept", accept)])
        #expect(response.status == 406)
        #expect(response.line("content-type") == "application/problem+json")
        #expect(response.json?["title"] == "Not Acceptable")
        #expect(response.json?["status"] == 406)
        #expect(response.json?["detail"]?.string?.contains("application/json") == true)
    }

    @Test(
        "a client that accepts a documented media type receives it",
        arguments: ["*/*", "application/*", "text/html, application/json;q=0.1", ""])
    func acceptable(accept: String) throws {
        var mock = try TestMock(behaviour: nil)
        #expect(mock.send("GET", "/api/v1/offices?limit=1", adding: [("accept", accept)]).status == 200)
    }

    @Test("a behaviour file can define the 406 response")
    func ownNotAcceptable() throws {
        let behaviour = """
            behaviour: 1
            errors:
              notAcceptable: {status: 400, body: {message: 'no {{received}}', code: accept}}
            """
        var mock = try TestMock(behaviour: behaviour)
        let response = mock.send("GET", "/api/v1/parcels/p1", adding: [("accept", "image/png")])
        #expect(response.text == #"{"message":"no image/png","code":"accept"}"#)
    }

    @Test("OPTIONS lists the methods of a path, without credentials")
    func options() throws {
        var mock = try TestMock(behaviour: nil)
        let response = mock.send("OPTIONS", "/api/v1/parcels", headers: [])
        #expect(response.status == 204)
        #expect(response.line("allow") == "POST, GET, HEAD, OPTIONS")
        #expect(mock.send("OPTIONS", "/api/v1/nothing", headers: []).status == 404)
    }

    @Test("pages of other origins can read responses only when the setting allows it")
    func origins() throws {
        let version = try Fixture.version(contract: Parcels.contract, behaviour: nil)
        func answer(_ isOpen: Bool, _ method: String, _ fields: [(String, String)]) -> ResponseMessage {
            var settings = MockSettings()
            settings.isOpenToOrigins = isOpen
            var engine = MockEngine(versions: [version], settings: settings)
            return engine.respond(
                to: RequestMessage(
                    method: method, url: "http://mock/api/v1/offices?limit=1",
                    headers: fields.map { HeaderField(name: $0.0, value: $0.1) }, body: nil),
                at: Instant(secondsSinceEpoch: 0))
        }
        let origin = ("Origin", "https://page.example")
        #expect(answer(false, "GET", [origin]).line("access-control-allow-origin") == nil)
        #expect(answer(true, "GET", []).line("access-control-allow-origin") == nil)
        let read = answer(true, "GET", [origin])
        #expect(read.status == 200)
        // With credentials a browser accepts no "*" (Fetch standard, section 3.2.5).
        #expect(read.header("access-control-allow-origin") == ["https://page.example"])
        #expect(read.header("access-control-allow-credentials") == ["true"])
        #expect(read.header("vary") == ["Origin"])
        #expect(read.line("access-control-expose-headers")?.lowercased().contains("x-total") == true)
        let asked = answer(
            true, "OPTIONS",
            [origin, ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "x-key")])
        #expect(asked.status == 204)
        #expect(asked.line("access-control-allow-origin") == "https://page.example")
        #expect(asked.line("access-control-allow-credentials") == "true")
        #expect(asked.line("access-control-allow-methods") == "GET")
        #expect(asked.line("access-control-allow-headers") == "x-key")
    }
}
