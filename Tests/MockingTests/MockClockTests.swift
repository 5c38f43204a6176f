import Exchanges
import Foundation
import JSONDocument
import Primitives
import Testing

@testable import MockHTTP
@testable import Mocking

/// The mock's clock, and the branches whose clocks differ.
struct MockClockTests {
    private let start = Instant(secondsSinceEpoch: 1_700_000_000)

    private func mock(_ replacements: (String, String)...) throws -> TestMock {
        var behaviour = Parcels.behaviour
        for (old, new) in replacements {
            #expect(behaviour.contains(old))
            behaviour = behaviour.replacing(old, with: new)
        }
        return try TestMock(behaviour: behaviour)
    }

    private func inBranch(_ name: String) -> [(String, String)] { [("assay-mock-branch", name)] }

    // MARK: The route

    @Test(
        "the clock is frozen, set, advanced and reset, and shows its time",
        arguments: [
            (#"{"advance":"3d"}"#, "2023-11-17T22:13:20Z", false), (#"{"freeze":true}"#, "2023-11-14T22:13:20Z", true),
            (#"{"set":"2026-03-01T05:30:00+05:30"}"#, "2026-03-01T00:00:00Z", false),
            (#"{"reset":true}"#, "2023-11-14T22:13:20Z", false),
        ])
    func changes(body: String, now: String, isFrozen: Bool) throws {
        var mock = try mock()
        for response in [mock.send("POST", "/_mock/clock", body), mock.send("GET", "/api/v1/_mock/clock")] {
            #expect(response.status == 200)
            #expect(response.json == ["now": .string(now), "frozen": .boolean(isFrozen)])
        }
        mock.now = mock.now.advanced(by: .seconds(60))
        let later = mock.send("GET", "/_mock/clock").json?["now"]
        #expect((later == .string(now)) == isFrozen)
    }

    @Test(
        "other bodies are rejected with what to send instead, and change nothing",
        arguments: [
            ("", "The body must be a JSON object."), ("[]", "The body must be a JSON object."),
            ("{}", "The body contains no change."), (#"{"advance":"3w"}"#, "'advance' must be a duration"),
            (#"{"advance":3}"#, "'advance' must be a string."), (#"{"set":"tomorrow"}"#, "'set' must be a time"),
            (#"{"set":"9999-01-01T00:00:00Z"}"#, "'set' must be a time"),
            (#"{"freeze":false}"#, "'freeze' can only be true."), (#"{"reset":1}"#, "'reset' can only be true."),
            (#"{"rewind":"3d"}"#, "Unknown member 'rewind'."),
            (#"{"advance":"3d","freeze":true}"#, "The body has two changes."),
            (#"{"branch":"","advance":"3d"}"#, "'branch' must be a name"),
            (#"{"branch":"a b"}"#, "'branch' must be a name"), (#"{"branch":7}"#, "'branch' must be a name"),
        ])
    func mistakes(body: String, message: String) throws {
        var mock = try mock()
        let response = mock.send("POST", "/_mock/clock", body)
        #expect(response.status == 400)
        guard case .string(let text)? = response.json?["message"] else { throw TestFailure() }
        #expect(text.hasPrefix(message), "\(text)")
        #expect(mock.send("GET", "/_mock/clock").json == ["now": "2023-11-14T22:13:20Z", "frozen": false])
        #expect(mock.send("DELETE", "/_mock/clock").line("allow") == "GET, POST")
    }

    private struct TestFailure: Error {}

    // MARK: What follows the clock

    @Test("times in new entities, expiry and rate windows follow the clock; the Date header is the real time")
    func followers() throws {
        var mock = try mock(("  limit: 1000", "  limit: 2\n  window: 10s"))
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).json?["createdAt"] == "2023-11-15T00:13:20+02:00")
        _ = mock.send("GET", "/api/v1/parcels/p1")
        _ = mock.send("GET", "/api/v1/parcels/p1")
        #expect(mock.send("GET", "/api/v1/parcels/p1").status == 429)
        _ = mock.send("POST", "/_mock/clock", #"{"advance":"1d"}"#)
        #expect(mock.send("GET", "/api/v1/parcels/p1").json?["status"] == "WAITING")
        _ = mock.send("POST", "/_mock/clock", #"{"advance":"1d"}"#)
        #expect(mock.send("GET", "/api/v1/parcels/p1").json?["status"] == "LOST")
        let other = mock.send("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"}}"#)
        #expect(other.json?["createdAt"] == "2023-11-17T00:13:20+02:00")
    }

    @Test("a rate window that began in the future ends when the clock goes back")
    func windowAfterReset() throws {
        var mock = try mock(("  limit: 1000", "  limit: 1\n  window: 10s"))
        _ = mock.send("POST", "/_mock/clock", #"{"advance":"3d"}"#)
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
        _ = mock.send("POST", "/_mock/clock", #"{"reset":true}"#)
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
        #expect(mock.send("GET", "/api/v1/parcels").status == 429)
    }

    @Test("a key is forgotten when its lifetime is over, and not before")
    func lifetime() throws {
        var mock = try mock(("  header: x-once", "  header: x-once\n  lifetime: 1d"))
        let key = [("x-once", "k1")]
        let first = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: key)
        mock.now = start.advanced(by: .seconds(86_399))
        let again = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: key)
        #expect(again.line("x-again") == "yes")
        #expect(again.body == first.body)
        mock.now = start.advanced(by: .seconds(86_400))
        let late = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: key)
        #expect(late.status == 409)
        #expect(late.line("x-again") == "no")
        // The new response is kept for another day.
        mock.now = start.advanced(by: .seconds(86_400 + 86_399))
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: key).line("x-again") == "yes")
    }

    @Test("an event of a timer happens at the time of the timer, in the order of the times")
    func timerTimes() throws {
        var mock = try mock(
            (
                "      - {at: '{{entity.deadline}}', event: lose}",
                """
                      - {at: '{{entity.createdAt}}', after: 2h, event: find}
                      - {at: '{{entity.createdAt}}', after: 1h, event: lose}
                """
            ),
            (
                "      - {from: [WAITING, SENT], to: LOST}",
                """
                      - {from: WAITING, to: LOST, set: {label: '{{now}}'}}
                  find:
                    collection: parcels
                    inputs: {id: {type: string}}
                    transitions: [{from: LOST, to: SENT, set: {deadline: '{{now}}'}}]
                """
            ))
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        _ = mock.send("POST", "/_mock/clock", #"{"advance":"3d"}"#)
        let parcel = mock.send("GET", "/_mock/state").json?["1"]?["parcels"]?[0]?["entity"]
        #expect(parcel?["status"] == "SENT")
        #expect(parcel?["label"] == "2023-11-15T01:13:20+02:00")
        #expect(parcel?["deadline"] == "2023-11-15T02:13:20+02:00")
    }

    // MARK: Branches

    @Test("a branch begins as a copy of the mock; afterwards neither sees what happens in the other")
    func branches() throws {
        var mock = try mock()
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        let made = mock.send("POST", "/_mock/clock", #"{"branch":"b","advance":"3d"}"#)
        #expect(made.json == ["now": "2023-11-17T22:13:20Z", "frozen": false, "branch": "b"])
        let branch = inBranch("b")
        #expect(mock.send("GET", "/api/v1/parcels/p1", adding: branch).json?["status"] == "LOST")
        #expect(mock.send("GET", "/api/v1/parcels/p1").json?["status"] == "WAITING")
        #expect(mock.send("GET", "/_mock/clock").json?["now"] == "2023-11-14T22:13:20Z")
        _ = mock.send("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"}}"#, adding: branch)
        #expect(mock.send("GET", "/api/v1/parcels/p2").status == 404)
        _ = mock.send("POST", "/api/v1/parcels", #"{"id":"p3","to":{"city":"Here"}}"#)
        #expect(mock.send("GET", "/api/v1/parcels/p3", adding: branch).status == 404)
        #expect(mock.send("POST", "/_mock/events/stop", #"{"id":"p2"}"#).status == 404)
        #expect(mock.send("POST", "/_mock/events/stop", #"{"id":"p2"}"#, adding: branch).status == 409)
        #expect(mock.send("GET", "/_mock/state", adding: branch).json?["1"]?["parcels"]?.elements?.count == 2)
        // A later change goes on from the clock of the branch, and a new branch replaces it.
        let later = mock.send("POST", "/_mock/clock", #"{"advance":"1d"}"#, adding: branch)
        #expect(later.json?["now"] == "2023-11-18T22:13:20Z")
        let anew = mock.send("POST", "/_mock/clock", #"{"branch":"b","advance":"1d"}"#)
        #expect(anew.json?["now"] == "2023-11-15T22:13:20Z")
        #expect(mock.send("GET", "/api/v1/parcels/p2", adding: branch).status == 404)
    }

    @Test("requests in a branch do not count in the rate windows of others")
    func rateInBranches() throws {
        var mock = try mock(("  limit: 1000", "  limit: 1\n  window: 10s"))
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
        _ = mock.send("POST", "/_mock/clock", #"{"branch":"b","advance":"3d"}"#)
        #expect(mock.send("GET", "/api/v1/parcels", adding: inBranch("b")).status == 200)
        #expect(mock.send("GET", "/api/v1/parcels", adding: inBranch("b")).status == 429)
        #expect(mock.send("GET", "/api/v1/parcels").status == 429)
        mock.now = start.advanced(by: .seconds(10))
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
    }

    @Test("a request in a branch that does not exist is an error of the server, on every route")
    func unknownBranch() throws {
        var mock = try mock()
        _ = mock.send("POST", "/_mock/clock", #"{"branch":"a"}"#)
        for (method, path) in [("GET", "/api/v1/parcels"), ("GET", "/_mock/state"), ("POST", "/_mock/reset")] {
            let response = mock.send(method, path, adding: inBranch("b"))
            #expect(response.status == 500, "\(path)")
            #expect(response.text.contains("Unknown branch 'b'"))
        }
        // Resetting the mock removes all branches.
        #expect(mock.send("POST", "/_mock/reset").status == 204)
        #expect(mock.send("GET", "/api/v1/parcels", adding: inBranch("a")).status == 500)
    }

    @Test("the number of branches is bounded: the oldest one is removed")
    func bounded() throws {
        var mock = try mock()
        for number in 0...MockBranches.maximumCount {
            #expect(mock.send("POST", "/_mock/clock", #"{"branch":"b\#(number)"}"#).status == 200)
        }
        #expect(mock.send("GET", "/_mock/state", adding: inBranch("b0")).status == 500)
        #expect(mock.send("GET", "/_mock/state", adding: inBranch("b1")).status == 200)
    }

    @Test("events between entities happen in the order of their times, although the clock jumps over all of them")
    func jump() throws {
        var mock = try TestMock(
            contract: Orders.contract, behaviour: Orders.behaviour, headers: [])
        _ = mock.send("POST", "/orders", #"{"id":"o1"}"#)
        _ = mock.send("POST", "/payments", #"{"id":"p1","order":"o1"}"#)
        _ = mock.send("POST", "/_mock/clock", #"{"advance":"40d"}"#)
        // The payment succeeded after a day, long before the order would have expired.
        #expect(mock.send("GET", "/orders/o1").json?["status"] == "PAID")
        #expect(mock.send("GET", "/payments/p1").json?["status"] == "SUCCESS")
    }

    @Test("over sockets, the clock moves and the Date header shows the real time")
    func sockets() async throws {
        let version = try Fixture.version(contract: Parcels.contract, behaviour: Parcels.behaviour)
        let start = start
        let server = try await MockServer.start(
            versions: [version], settings: MockSettings(seed: "seed", now: { start }))
        let client = try RawClient(port: server.port)
        let body = #"{"branch":"b","advance":"3d"}"#
        client.send(
            "POST /_mock/clock HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                + "GET /_mock/clock HTTP/1.1\r\nHost: x\r\nAssay-Mock-Branch: b\r\n\r\n")
        for _ in 0..<2 {
            let response = try client.response()
            #expect(response.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(response.head.contains("Date: Tue, 14 Nov 2023 22:13:20 GMT"))
            #expect(response.body.contains(#""now":"2023-11-17T22:13:20Z""#), "\(response.body)")
        }
        try await server.stop()
    }
}

/// Orders that expire, and payments that succeed late.
private enum Orders {
    static let contract = """
        openapi: 3.0.3
        info: {title: Orders, version: '1'}
        paths:
          /orders: {post: {operationId: createOrder, requestBody: &body {content: {application/json: {schema: {type: object}}}}, responses: &ok {'200': {description: ok, content: {application/json: {schema: {type: object}}}}}}}
          /orders/{id}:
            parameters: &id [{name: id, in: path, required: true, schema: {type: string}}]
            get: {operationId: getOrder, responses: *ok}
          /payments: {post: {operationId: createPayment, requestBody: *body, responses: *ok}}
          /payments/{id}:
            parameters: *id
            get: {operationId: getPayment, responses: *ok}
        """

    static let behaviour = """
        behaviour: 1
        collections:
          orders:
            key: id
            states: {field: status, initial: OPEN, values: [OPEN, PAID, EXPIRED]}
            fields: {id: '{{request.body.id}}', status: OPEN, end: '{{now+30d}}'}
            timers: [{at: '{{entity.end}}', event: expire}]
          payments:
            key: id
            states: {field: status, initial: FAILED, values: [FAILED, SUCCESS]}
            fields: {id: '{{request.body.id}}', order: '{{request.body.order}}', status: FAILED, at: '{{now}}'}
            timers: [{at: '{{entity.at}}', after: 1d, event: succeed}]
        operations:
          createOrder: {create: orders}
          getOrder: {read: orders}
          createPayment: {create: payments}
          getPayment: {read: payments}
        events:
          expire: {collection: orders, inputs: {id: {type: string}}, transitions: [{from: OPEN, to: EXPIRED}]}
          paid: {collection: orders, inputs: {id: {type: string}}, transitions: [{from: OPEN, to: PAID}]}
          succeed:
            collection: payments
            inputs: {id: {type: string}}
            transitions: [{from: FAILED, to: SUCCESS, then: [{event: paid, inputs: {id: '{{entity.order}}'}}]}]
        """
}
