import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// Creating, finding, listing and deleting entities.
struct CollectionTests {
    @Test("a created entity has the members of the request, defaults and computed fields, in the file's order")
    func create() throws {
        var mock = try TestMock()
        let response = mock.send(
            "POST", "/api/v1/parcels", #"{"id":"p1","weight":2.50,"to":{"city":"Here"},"fragile":true}"#)
        #expect(response.status == 200)
        let label = try #require(response.json?["label"]?.string)
        #expect(
            response.text
                == #"{"id":"p1","status":"WAITING","number":41,"to":{"city":"Here"},"weight":2.50,"paid":0,"#
                + #""fragile":"true","label":"\#(label)","createdAt":"2023-11-15T00:13:20+02:00","#
                + #""deadline":"2023-11-17T00:13:20+02:00"}"# + "\n")
        #expect(label.utf8.count == 8)
        try expectContract(response, "createParcel", mock.versions[0].contract)
    }

    @Test("members that were not sent have their defaults")
    func defaults() throws {
        var mock = try TestMock()
        let made = mock.send("POST", "/api/v1/parcels", Parcels.parcel).json
        #expect(made?["weight"]?.text == "1.50")
        #expect(made?["fragile"] == "no")
        #expect(made?["to"] == .object(["city": "Here"]))
    }

    @Test("a created entity is fetched and listed as it was returned")
    func fetch() throws {
        var mock = try TestMock()
        let made = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        let other = mock.send("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"There"}}"#)
        #expect(mock.send("GET", "/api/v1/parcels/p1").body == made.body)
        #expect(other.json?["number"] == 42)
        let list = mock.send("GET", "/api/v1/parcels")
        #expect(list.json == .array([made.json ?? .null, other.json ?? .null]))
        try expectContract(list, "listParcels", mock.versions[0].contract)
    }

    @Test("the response to an unknown id is as the file defines it, with the id decoded once")
    func unknown() throws {
        var mock = try TestMock()
        let response = mock.send("GET", "/api/v1/parcels/a%2520b%2Fc")
        #expect(response.status == 404)
        #expect(response.json?["message"] == "no parcel a%20b/c")
        try expectContract(response, "getParcel", mock.versions[0].contract)
    }

    @Test("an id with spaces, slashes and letters of any script is found under its encoded form")
    func encodedId() throws {
        var mock = try TestMock()
        _ = mock.send("POST", "/api/v1/parcels", #"{"id":"a b/ü","to":{"city":"Here"}}"#)
        #expect(mock.send("GET", "/api/v1/parcels/a%20b%2F%C3%BC").status == 200)
        #expect(mock.send("GET", "/api/v1/parcels/a%20b%2f%c3%bc").status == 200)
        // The same letter in two code points is a different id.
        #expect(mock.send("GET", "/api/v1/parcels/a%20b%2Fu%CC%88").status == 404)
    }

    @Test("a second entity with the same id is rejected and changes nothing")
    func duplicate() throws {
        var mock = try TestMock()
        let made = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        let again = mock.send("POST", "/api/v1/parcels", #"{"id":"p1","weight":9,"to":{"city":"There"}}"#)
        #expect(again.status == 409)
        #expect(again.json?["message"] == "parcel p1 is WAITING already")
        #expect(mock.send("GET", "/api/v1/parcels/p1").body == made.body)
        #expect(mock.send("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"}}"#).json?["number"] == 42)
    }

    @Test("a deleted entity is unknown")
    func delete() throws {
        var mock = try TestMock()
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        let gone = mock.send("DELETE", "/api/v1/parcels/p1")
        #expect(gone.status == 204)
        #expect(gone.body.isEmpty)
        #expect(mock.send("GET", "/api/v1/parcels/p1").status == 404)
        #expect(mock.send("DELETE", "/api/v1/parcels/p1").status == 404)
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).status == 200)
    }

    @Test(
        "rules beyond the schema are checked after it",
        arguments: [
            (#"{"id":"","to":{"city":"Here"}}"#, 400, "id is missing"),
            (#"{"id":"p","to":{}}"#, 400, "to.city is missing"),
            (#"{"id":"p","weight":0,"to":{"city":"Here"}}"#, 400, "weight must be above zero, got 0"),
            (#"{"id":"p","to":{"city":"Mars"}}"#, 422, "we do not go to Mars"),
        ])
    func rules(body: String, status: Int, message: String) throws {
        var mock = try TestMock()
        let response = mock.send("POST", "/api/v1/parcels", body)
        #expect(response.status == status)
        #expect(response.json?["message"] == .string(message))
        try expectContract(response, "createParcel", mock.versions[0].contract)
    }

    @Test("a response can omit members, and have another status and another body")
    func answerShape() throws {
        let behaviour = Parcels.behaviour.replacing(
            "getParcel: {read: parcels}", with: "getParcel: {read: parcels, omit: [label, to.city], status: 409}"
        ).replacing(
            "listParcels: {list: parcels}", with: "listParcels: {list: parcels, answer: {all: '{{list}}'}}")
        var mock = try TestMock(behaviour: behaviour)
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        let response = mock.send("GET", "/api/v1/parcels/p1")
        #expect(response.status == 409)
        #expect(response.json?["label"] == nil)
        #expect(response.json?["to"] == .object([:]))
        #expect(mock.send("GET", "/api/v1/parcels").json?["all"]?[0]?["id"] == "p1")
    }

    @Test("the same seed and requests give the same responses, another seed gives other tokens")
    func deterministic() throws {
        var first = try TestMock(seed: "a")
        var second = try TestMock(seed: "a")
        var third = try TestMock(seed: "b")
        let made = first.send("POST", "/api/v1/parcels", Parcels.parcel)
        _ = second.send("GET", "/api/v1/parcels/none")
        #expect(second.send("POST", "/api/v1/parcels", Parcels.parcel) == made)
        #expect(third.send("POST", "/api/v1/parcels", Parcels.parcel).json?["label"] != made.json?["label"])
    }

    @Test("generated ids stay unique, also after the oldest entities are removed")
    func generatedIds() throws {
        let behaviour = Parcels.behaviour.replacing("id: '{{request.body.id}}'", with: "id: 'P{{token:8}}'")
        var mock = try TestMock(behaviour: behaviour + "\nmemory: {entities: 2}\n")
        let ids = (1...6).map { _ in mock.send("POST", "/api/v1/parcels", Parcels.parcel).json?["id"]?.string ?? "" }
        #expect(Set(ids).count == 6)
        #expect(mock.send("GET", "/api/v1/parcels/\(ids[5])").status == 200)
    }

    @Test("beyond the limit the oldest is forgotten")
    func bounded() throws {
        var mock = try TestMock(behaviour: Parcels.behaviour + "\nmemory: {entities: 3}\n")
        for index in 1...5 {
            _ = mock.send("POST", "/api/v1/parcels", #"{"id":"p\#(index)","to":{"city":"Here"}}"#)
        }
        #expect(mock.send("GET", "/api/v1/parcels").json?.elements?.map { $0["id"] } == ["p3", "p4", "p5"])
    }
}
