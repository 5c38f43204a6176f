import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Mocking

/// States, the events that change them, and sub-collections.
struct LifeCycleTests {
    private func mock(_ behaviour: String = Parcels.behaviour) throws -> TestMock {
        var mock = try TestMock(behaviour: behaviour)
        let made = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        try #require(made.status == 200)
        return mock
    }

    @Test("an operation changes the state, and is rejected where no transition fits")
    func transition() throws {
        var mock = try mock()
        let sent = mock.send("POST", "/api/v1/parcels/p1/send")
        #expect(sent.status == 200)
        #expect(sent.json?["status"] == "SENT")
        let again = mock.send("POST", "/api/v1/parcels/p1/send")
        #expect(again.status == 409)
        #expect(again.json?["message"] == "parcel p1 is SENT")
        #expect(mock.send("GET", "/api/v1/parcels/p1").body == sent.body)
        try expectContract(again, "sendParcel", mock.versions[0].contract)
        #expect(mock.send("POST", "/api/v1/parcels/p9/send").status == 404)
    }

    @Test(
        "an event can be triggered from outside, and the response lists the changes",
        arguments: ["/_mock", "/api/v1/_mock"])
    func event(base: String) throws {
        var mock = try mock()
        let response = mock.send("POST", base + "/events/lose", #"{"id":"p1"}"#, headers: [])
        #expect(response.status == 200)
        #expect(response.json?["changed"] == .object(["/status": "LOST"]))
        #expect(response.json?["entity"]?["id"] == "p1")
        #expect(mock.send("GET", "/api/v1/parcels/p1").json?["status"] == "LOST")
    }

    @Test(
        "an event that cannot happen responds with the reason and changes nothing",
        arguments: [
            ("lose", #"{"id":"p9"}"#, 404, "'p9' does not exist."),
            ("loose", #"{"id":"p1"}"#, 404, "Unknown event 'loose'."),
            ("lose", "{}", 400, "The id is missing."),
            ("lose", "[", 400, "The body must be a JSON object of the event's inputs."),
            ("lose", #"{"id":"p1","x":1}"#, 400, "'x' is not an input of 'lose'."),
            ("pay", #"{"id":"p1"}"#, 400, "The input 'amount' is missing."),
            ("pay", #"{"id":"p1","amount":"1"}"#, 400, "The input 'amount' must be a number."),
            ("pay", #"{"id":"p1","amount":2}"#, 409, "'p1' is WAITING, which does not allow 'pay' with these inputs."),
            ("stop", #"{"id":"p1"}"#, 409, "'p1' is WAITING, which does not allow 'stop' with these inputs."),
        ])
    func refusedEvent(event: String, input: String, status: Int, message: String) throws {
        var mock = try mock()
        let before = mock.send("GET", "/api/v1/parcels/p1").body
        let response = mock.send("POST", "/_mock/events/\(event)", input)
        #expect(response.status == status)
        #expect(response.json?["message"] == .string(message))
        #expect(mock.send("GET", "/api/v1/parcels/p1").body == before)
    }

    @Test("sums are exact decimals")
    func sums() throws {
        var mock = try mock()
        for _ in 1...3 { _ = mock.send("POST", "/_mock/events/pay", #"{"id":"p1","amount":0.1}"#) }
        #expect(mock.send("GET", "/api/v1/parcels/p1").json?["paid"]?.text == "0.3")
        #expect(mock.send("POST", "/_mock/events/pay", #"{"id":"p1","amount":1.2}"#).status == 200)
        #expect(mock.send("POST", "/_mock/events/pay", #"{"id":"p1","amount":0.01}"#).status == 409)
    }

    @Test("a sub-collection is empty at first and grows in order")
    func children() throws {
        var mock = try mock()
        #expect(mock.send("GET", "/api/v1/parcels/p1/stops").text == "[]\n")
        _ = mock.send("POST", "/api/v1/parcels/p1/send")
        _ = mock.send("POST", "/_mock/events/stop", #"{"id":"p1","city":"Here"}"#)
        mock.now = mock.now.advanced(by: .seconds(60))
        _ = mock.send("POST", "/_mock/events/stop", #"{"id":"p1"}"#)
        let stops = mock.send("GET", "/api/v1/parcels/p1/stops")
        #expect(
            stops.text
                == #"[{"at":"2023-11-15T00:13:20+02:00","city":"Here","note":"Here of p1"},"#
                + #"{"at":"2023-11-15T00:14:20+02:00","city":"Nowhere","note":"Nowhere of p1"}]"# + "\n")
        try expectContract(stops, "listStops", mock.versions[0].contract)
        #expect(mock.send("GET", "/api/v1/parcels/p9/stops").status == 404)
    }

    @Test("a sub-collection forgets its oldest beyond the limit")
    func boundedChildren() throws {
        var mock = try mock(Parcels.behaviour + "\nmemory: {children: 2}\n")
        _ = mock.send("POST", "/api/v1/parcels/p1/send")
        for city in ["A", "B", "C"] {
            _ = mock.send("POST", "/_mock/events/stop", #"{"id":"p1","city":"\#(city)"}"#)
        }
        let cities = mock.send("GET", "/api/v1/parcels/p1/stops").json?.elements?.map { $0["city"] }
        #expect(cities == ["B", "C"])
    }

    @Test("a timer triggers its event when it is due, and not before")
    func timer() throws {
        var mock = try mock()
        mock.now = mock.now.advanced(by: .seconds(2 * 86_400 - 1))
        #expect(mock.send("GET", "/api/v1/parcels/p1").json?["status"] == "WAITING")
        mock.now = mock.now.advanced(by: .seconds(1))
        #expect(mock.send("GET", "/api/v1/parcels").json?[0]?["status"] == "LOST")
        #expect(mock.send("POST", "/api/v1/parcels/p1/send").status == 409)
    }

    @Test("reset forgets everything, including counters; state shows everything")
    func resetAndState() throws {
        var mock = try mock()
        let state = mock.send("GET", "/_mock/state", headers: []).json
        #expect(state?["1"]?["parcels"]?[0]?["entity"]?["id"] == "p1")
        #expect(state?["1"]?["parcels"]?[0]?["stops"] == .array([]))
        #expect(mock.send("POST", "/_mock/reset", headers: []).status == 204)
        #expect(mock.send("GET", "/api/v1/parcels/p1").status == 404)
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).json?["number"] == 41)
        #expect(mock.send("GET", "/_mock/reset").line("allow") == "POST")
        #expect(mock.send("GET", "/_mock/else").status == 404)
        #expect(mock.send("GET", "/_mockery").status == 404)
    }
}
