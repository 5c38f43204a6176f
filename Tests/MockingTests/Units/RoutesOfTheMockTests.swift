import Exchanges
import JSONDocument
import Testing

@testable import Mocking

/// The routes below `/_mock`: methods, bodies and what they show.
@Suite("Routes of the mock itself")
struct RoutesOfTheMockTests {
    private static func mock() throws -> TestMock {
        var mock = try TestMock()
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).status == 200)
        return mock
    }

    private static func message(_ response: ResponseMessage) -> String {
        response.json?["message"]?.string ?? response.text
    }

    @Test(
        "each route has its methods",
        arguments: [
            ("GET", "/reset", "POST"), ("POST", "/state", "GET"), ("DELETE", "/state", "GET"),
            ("PUT", "/clock", "GET, POST"),
            ("GET", "/events/lose", "POST"), ("POST", "/deliveries", "GET"),
        ])
    func methods(method: String, path: String, allowed: String) throws {
        var mock = try Self.mock()
        let response = mock.send(method, "/_mock" + path, method == "GET" ? nil : "{}")
        #expect(response.status == 405)
        #expect(response.line("allow") == allowed)
        #expect(Self.message(response) == "Only \(allowed) is allowed here.")
        // Nothing has changed.
        #expect(mock.send("GET", "/api/v1/parcels/p1").status == 200)
    }

    @Test(
        "an unknown route names the known ones",
        arguments: ["", "/", "/stat", "/state/x", "/events", "/events/a/b", "/reset/x"])
    func unknown(path: String) throws {
        var mock = try Self.mock()
        let response = mock.send("GET", "/_mock" + path)
        #expect(response.status == 404)
        #expect(Self.message(response).hasPrefix("Use POST /_mock/events/{event}, POST /_mock/reset"))
    }

    @Test("the state has every entity with its sub-collections, and reset removes it")
    func state() throws {
        var mock = try Self.mock()
        _ = mock.send("POST", "/api/v1/parcels/p1/send")
        _ = mock.send("POST", "/_mock/events/stop", #"{"id":"p1","city":"Elsewhere"}"#)
        let state = try #require(mock.send("GET", "/_mock/state").json)
        let parcels = state["1"]?["parcels"]
        let first = parcels?[0]
        #expect(first?["entity"]?["status"] == "SENT" && first?["entity"]?["number"] == 41)
        #expect(first?["stops"]?[0]?["city"] == "Elsewhere" && first?["stops"]?[0]?["note"] == "Elsewhere of p1")
        #expect(parcels?[1] == nil)
        #expect(mock.send("POST", "/_mock/reset").status == 204)
        #expect(mock.send("GET", "/_mock/state").json?["1"]?["parcels"] == .array([]))
        // Counters begin again.
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).json?["number"] == 41)
    }

    @Test(
        "an event requires its inputs, with their types",
        arguments: [
            ("lose", #"{"id":"p1"}"#, 200, ""), ("lost", #"{"id":"p1"}"#, 404, "Unknown event 'lost'."),
            ("lose", #"{"id":"p2"}"#, 404, "'p2' does not exist."), ("lose", "{}", 400, "The id is missing."),
            ("lose", "", 400, "The id is missing."),
            ("lose", "[]", 400, "The body must be a JSON object of the event's inputs."),
            ("lose", "{", 400, "The body must be a JSON object of the event's inputs."),
            ("lose", #"{"id":"p1","why":1}"#, 400, "'why' is not an input of 'lose'."),
            ("stop", #"{"id":"p1"}"#, 409, "'p1' is WAITING, which does not allow 'stop' with these inputs."),
            ("stop", #"{"id":"p1","city":7}"#, 400, "The input 'city' must be a string."),
            ("pay", #"{"id":"p1"}"#, 400, "The input 'amount' is missing."),
            ("pay", #"{"id":"p1","amount":"1"}"#, 400, "The input 'amount' must be a number."),
            ("pay", #"{"id":"p1","amount":99}"#, 409, "'p1' is WAITING, which does not allow 'pay' with these inputs."),
        ])
    func events(event: String, body: String, status: Int, message: String) throws {
        var mock = try Self.mock()
        let response = mock.send("POST", "/_mock/events/\(event)", body)
        #expect(response.status == status)
        if status != 200 { #expect(Self.message(response) == message) }
    }

    @Test("an event shows the members that it changed")
    func changed() throws {
        var mock = try Self.mock()
        let response = try #require(mock.send("POST", "/_mock/events/pay", #"{"id":"p1","amount":1.25}"#).json)
        #expect(response["event"] == "pay" && response["id"] == "p1")
        #expect(response["changed"]?["/paid"] == .number(JSONNumber("1.25") ?? 0))
        #expect(response["entity"]?["paid"] == .number(JSONNumber("1.25") ?? 0))
        // The mock's own responses do not use the response format of the behaviour file.
        #expect(mock.send("GET", "/_mock/state").line("content-type") == "application/json")
    }
}
