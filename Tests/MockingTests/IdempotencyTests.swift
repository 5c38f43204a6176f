import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// Repeated requests.
struct IdempotencyTests {
    private let once = [("X-Once", "k1")]

    @Test("the same request with the same key receives the first response, and nothing happens twice")
    func replay() throws {
        var mock = try TestMock()
        let first = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once)
        #expect(first.status == 200)
        #expect(first.line("x-again") == "no")
        #expect(first.line("x-once") == "k1")
        // The same JSON in another spelling.
        let again = mock.send("POST", "/api/v1/parcels", #"{"to": {"city": "Here"}, "id": "p1"}"#, adding: once)
        #expect(again.status == 200)
        #expect(again.body == first.body)
        #expect(again.line("x-again") == "yes")
        #expect(mock.send("GET", "/api/v1/parcels").json?.elements?.count == 1)
    }

    @Test("another request with the same key is rejected without effect, and the first response is kept")
    func conflict() throws {
        var mock = try TestMock()
        let first = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once)
        let other = mock.send("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"}}"#, adding: once)
        #expect(other.status == 422)
        #expect(other.json?["message"] == "key k1 was used")
        #expect(other.line("x-again") == "no")
        try expectContract(other, "createParcel", mock.versions[0].contract)
        #expect(mock.send("GET", "/api/v1/parcels/p2").status == 404)
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once).body == first.body)
    }

    @Test("a repeated request receives the first rejection again, even when it would now succeed")
    func failureIsKept() throws {
        var mock = try TestMock()
        let missing = mock.send("POST", "/api/v1/parcels/p1/send", adding: once)
        #expect(missing.status == 404)
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        let again = mock.send("POST", "/api/v1/parcels/p1/send", adding: once)
        #expect(again.status == 404)
        #expect(again.line("x-again") == "yes")
        #expect(mock.send("POST", "/api/v1/parcels/p1/send", adding: [("x-once", "k2")]).status == 200)
        let broken = mock.send("POST", "/api/v1/parcels", "{}", adding: [("x-once", "k3")])
        #expect(mock.send("POST", "/api/v1/parcels", "{}", adding: [("x-once", "k3")]).body == broken.body)
    }

    @Test("a key belongs to its operation")
    func perOperation() throws {
        var mock = try TestMock()
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once)
        #expect(mock.send("POST", "/api/v1/parcels/p1/send", adding: once).json?["status"] == "SENT")
        #expect(mock.send("POST", "/api/v1/parcels/p2/send", adding: once).status == 422)
    }

    @Test("a key can apply to all operations of the server")
    func perServer() throws {
        var mock = try TestMock(
            behaviour: Parcels.behaviour.replacing("  header: x-once", with: "  header: x-once\n  per: server"))
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once)
        #expect(mock.send("POST", "/api/v1/parcels/p1/send", adding: once).status == 422)
    }

    @Test("requests without a key, of other methods or without credentials are not kept")
    func notKept() throws {
        var mock = try TestMock()
        let plain = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        #expect(plain.line("x-again") == nil)
        #expect(plain.line("x-once") == nil)
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).status == 409)
        #expect(mock.send("GET", "/api/v1/parcels/p1", adding: once).line("x-again") == nil)
        #expect(mock.send("POST", "/api/v1/parcels/p1/send", headers: once).status == 401)
        #expect(mock.send("POST", "/api/v1/parcels/p1/send", adding: once).status == 200)
    }

    @Test("the values of the replay header are those of the file")
    func flag() throws {
        var mock = try TestMock(
            behaviour: Parcels.behaviour.replacing("first: 'no', again: 'yes'", with: "first: '0', again: '0'"))
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once)
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once).line("x-again") == "0")
    }

    @Test("beyond the limit the oldest key is forgotten")
    func bounded() throws {
        var mock = try TestMock(behaviour: Parcels.behaviour + "\nmemory: {replays: 1}\n")
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once)
        _ = mock.send("POST", "/api/v1/parcels/p1/send", adding: [("x-once", "k2")])
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: once).status == 409)
    }
}
