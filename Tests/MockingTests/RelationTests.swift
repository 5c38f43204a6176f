import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Mocking

/// Entities of one collection that belong to those of another.
struct RelationTests {
    private static let behaviour = """
        behaviour: 1
        errors:
          unknown: {status: 404, body: {message: 'no {{id}}', code: unknown}}
          state: {status: 409, body: {message: '{{id}} is {{state}}', code: state}}
        collections:
          parcels:
            key: id
            states: {field: status, initial: WAITING, values: [WAITING, SENT, LOST]}
            fields: {id: '{{request.body.id}}', status: WAITING, to: '{{request.body.to}}'}
          trips:
            key: trip
            states: {field: state, initial: OPEN, values: [OPEN, DONE]}
            fields:
              trip: 'T{{digits:6}}'
              parcel: '{{owner.id}}'
              kind: {$if: [{value: '{{owner.to.city}}', equal: Here}], $value: short, $else: long}
              way: {$first: ['{{owner.to.street}}', '{{owner.to.city}}']}
              state: OPEN
              begun: '{{now}}'
            timers:
              - {at: '{{entity.begun}}', after: 5s, if: [{value: '{{entity.kind}}', equal: short}], event: arrive}
        operations:
          createParcel: {create: parcels}
          getParcel: {read: parcels}
          sendParcel:
            create: trips
            within:
              collection: parcels
              id: '{{request.path.id}}'
              states: [WAITING]
              errors: {unknown: {status: 422, body: {message: 'nothing to send: {{id}}', code: nothing}}}
            then: [{event: leave, inputs: {id: '{{owner.id}}'}}]
          listStops:
            list: trips
            within: {collection: parcels, id: '{{request.path.id}}'}
            where: [{value: '{{entity.parcel}}', equal: '{{request.path.id}}'}]
          deleteParcel:
            change: trips
            id: '{{request.path.id}}'
            by: parcel
            transitions:
              - {from: DONE, error: {status: 410, body: {message: '{{id}} has arrived', code: over}}}
              - {to: DONE, then: [{event: lose, inputs: {id: '{{entity.parcel}}'}}]}
        events:
          arrive: {collection: trips, inputs: {id: {}}, transitions: [{from: OPEN, to: DONE}]}
          leave: {collection: parcels, inputs: {id: {type: string}}, transitions: [{from: WAITING, to: SENT}]}
          lose: {collection: parcels, inputs: {id: {type: string}}, transitions: [{from: SENT, to: LOST}]}
        """

    private func mock(parcels: [(id: String, to: String)] = [("p1", "Here"), ("p2", "There")]) throws -> TestMock {
        var mock = try TestMock(behaviour: Self.behaviour)
        for parcel in parcels {
            _ = mock.send("POST", "/api/v1/parcels", #"{"id":"\#(parcel.id)","to":{"city":"\#(parcel.to)"}}"#)
        }
        return mock
    }

    @Test("an entity that belongs to another one has its values, and triggers an event of the other one")
    func create() throws {
        var mock = try mock()
        let trip = mock.send("POST", "/api/v1/parcels/p2/send").json
        #expect(trip?["parcel"] == "p2")
        #expect(trip?["kind"] == "long")
        #expect(trip?["way"] == "There")
        #expect(mock.send("GET", "/api/v1/parcels/p2").json?["status"] == "SENT")
        #expect(mock.send("GET", "/api/v1/parcels/p1").json?["status"] == "WAITING")
    }

    @Test("a request is rejected as the file defines it where the owner is missing or its state forbids it")
    func refused() throws {
        var mock = try mock()
        let unknown = mock.send("POST", "/api/v1/parcels/p9/send")
        #expect(unknown.status == 422)
        #expect(unknown.json?["message"] == "nothing to send: p9")
        _ = mock.send("POST", "/api/v1/parcels/p1/send")
        let again = mock.send("POST", "/api/v1/parcels/p1/send")
        #expect(again.status == 409)
        #expect(again.json?["message"] == "p1 is SENT")
        #expect(mock.send("GET", "/api/v1/parcels/p9/stops").status == 404)
    }

    @Test("a list contains exactly the entities that meet its conditions")
    func list() throws {
        var mock = try mock()
        let first = mock.send("POST", "/api/v1/parcels/p1/send").json
        _ = mock.send("POST", "/api/v1/parcels/p2/send")
        let list = mock.send("GET", "/api/v1/parcels/p1/stops").json
        #expect(list?[0]?["trip"] == first?["trip"])
        #expect(list?[1] == nil)
    }

    @Test("an entity can be found by a field other than its key, and its change triggers a change of another entity")
    func by() throws {
        var mock = try mock()
        _ = mock.send("POST", "/api/v1/parcels/p2/send")
        #expect(mock.send("DELETE", "/api/v1/parcels/p1").status == 404)
        #expect(mock.send("DELETE", "/api/v1/parcels/p2").status == 204)
        #expect(mock.send("GET", "/api/v1/parcels/p2").json?["status"] == "LOST")
        let over = mock.send("DELETE", "/api/v1/parcels/p2")
        #expect(over.status == 410)
        #expect(over.json?["code"] == "over")
    }

    @Test("a timer waits after its time, and applies to entities that meet its conditions")
    func timers() throws {
        var mock = try mock()
        for id in ["p1", "p2"] { _ = mock.send("POST", "/api/v1/parcels/\(id)/send") }
        mock.now = mock.now.advanced(by: .seconds(4))
        #expect(mock.send("GET", "/api/v1/parcels/p1/stops").json?[0]?["state"] == "OPEN")
        mock.now = mock.now.advanced(by: .seconds(2))
        #expect(mock.send("GET", "/api/v1/parcels/p1/stops").json?[0]?["state"] == "DONE")
        #expect(mock.send("GET", "/api/v1/parcels/p2/stops").json?[0]?["state"] == "OPEN")
    }

    @Test(
        "an impossible relation is reported with its location",
        arguments: [
            (
                "within: {collection: parcels, id: '{{request.path.id}}'}", "within: {collection: parcel, id: x}",
                "parcels"
            ),
            ("by: parcel\n", "by: parsel\n", "parcel"),
            ("states: [WAITING]", "states: [WAITNG]", "WAITING"),
            ("then: [{event: leave,", "then: [{event: leaves,", "leave"),
            ("create: trips\n    within", "create: trips\n    without", "within"),
            ("{id: '{{request.body.id}}', status", "{id: '{{owner.id}}', status", "within"),
        ])
    func mistakes(line: String, wrong: String, told: String) throws {
        let behaviour = Self.behaviour.replacing(line, with: wrong)
        #expect(behaviour != Self.behaviour)
        let problems = try Fixture.problems(behaviour)
        #expect(problems.contains { $0.contains(told) }, "\(problems)")
        #expect(try Fixture.problems(Self.behaviour) == [])
    }
}
