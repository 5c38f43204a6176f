import Exchanges
import JSONDocument
import Testing

@testable import Mocking

/// Transitions, and the events and messages that follow from them.
@Suite("Consequences of changes")
struct ConsequenceTests {
    private static let contract = """
        openapi: 3.1.0
        info: {title: Boxes, version: '1'}
        paths:
          /boxes:
            post:
              operationId: addBox
              requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: string}, to: {type: string}, n: {type: integer}}}}}}
              responses: {'201': {description: made, content: {application/json: {schema: {type: object}}}}, '409': {description: no}}
          /boxes/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            get: {operationId: getBox, responses: {'200': {description: one, content: {application/json: {schema: {type: object}}}}, '404': {description: none}}}
            put: {operationId: moveBox, responses: {'200': {description: moved, content: {application/json: {schema: {type: object}}}}, '409': {description: no}}}
        webhooks:
          boxMoved: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'200': {description: d}}}}
        """

    /// A mock whose boxes move by these transitions, with these events.
    private static func mock(_ transitions: String, events: String = "{}", then: String = "[]") throws -> TestMock {
        try TestMock(
            contract: contract,
            behaviour: """
                behaviour: 1
                counters: {moves: 1}
                collections:
                  boxes:
                    key: id
                    states: {field: state, initial: A, values: [A, B, C]}
                    fields: {id: '{{request.body.id}}', n: '{{request.body.n}}', to: '{{request.body.to}}', count: 0}
                    children: {log: {fields: {at: '{{now}}', text: '{{entity.state}} {{item.at}}', count: '{{counter:moves}}'}}}
                operations:
                  addBox: {create: boxes, then: \(then)}
                  getBox: {read: boxes}
                  moveBox: {change: boxes, transitions: \(transitions)}
                events: \(events)
                """, headers: [])
    }

    private static func moved(
        _ transitions: String, events: String = "{}", n: Int = 1, times: Int = 1
    ) throws -> String {
        var mock = try mock(transitions, events: events)
        #expect(mock.send("POST", "/boxes", #"{"id":"x","n":\#(n)}"#).status == 201)
        for _ in 1..<times { _ = mock.send("PUT", "/boxes/x") }
        let response = mock.send("PUT", "/boxes/x")
        let state = mock.send("GET", "/boxes/x").json?["state"]?.string ?? "-"
        return "\(response.status) \(state)"
    }

    @Test(
        "the first transition is taken whose start and conditions fit",
        arguments: [
            ("[{to: B}]", 1, "200 B"), ("[{from: A, to: B}]", 1, "200 B"), ("[{from: B, to: C}]", 1, "409 A"),
            ("[{from: [B, A], to: C}]", 1, "200 C"), ("[{from: A, to: B}, {from: A, to: C}]", 1, "200 B"),
            ("[{from: B, to: C}, {from: A, to: B}]", 1, "200 B"), ("[{set: {count: 1}}]", 1, "200 A"),
            ("[{from: A, if: [{value: '{{entity.n}}', more: 5}], to: B}, {to: C}]", 9, "200 B"),
            ("[{from: A, if: [{value: '{{entity.n}}', more: 5}], to: B}, {to: C}]", 5, "200 C"),
            ("[{if: [{value: '{{entity.n}}', more: 5}], to: B}]", 5, "409 A"),
            ("[{from: A, error: {status: 409}}, {to: C}]", 1, "409 A"),
            ("[{from: B, error: {status: 409}}, {to: C}]", 1, "200 C"),
        ])
    func transitions(transitions: String, n: Int, expected: String) throws {
        #expect(try Self.moved(transitions, n: n) == expected)
    }

    @Test("later values of a change can use earlier ones, and the new state comes last")
    func set() throws {
        let set = "{count: {$add: ['{{entity.count}}', 1]}, to: '{{entity.count}} {{entity.state}} {{state}}'}"
        var mock = try Self.mock("[{to: B, set: \(set)}]")
        _ = mock.send("POST", "/boxes", #"{"id":"x","n":1}"#)
        #expect(mock.send("PUT", "/boxes/x").text == #"{"id":"x","n":1,"count":1,"state":"B","to":"1 A A"}"#)
        #expect(mock.send("PUT", "/boxes/x").json?["to"] == "2 B B")
    }

    @Test("elements are appended with the values of the change")
    func append() throws {
        var mock = try Self.mock("[{to: B, append: log}]")
        _ = mock.send("POST", "/boxes", #"{"id":"x"}"#)
        _ = mock.send("PUT", "/boxes/x")
        _ = mock.send("PUT", "/boxes/x")
        let log = mock.send("GET", "/_mock/state").json?["1"]?["boxes"]?[0]?["log"]
        #expect(log?[0]?["text"] == "B 2023-11-14T22:13:20Z" && log?[0]?["count"] == 1 && log?[1]?["count"] == 2)
        #expect(log?[2] == nil)
    }

    // MARK: Chains of events

    @Test("an event follows from a change, and one that is not possible is ignored")
    func follows() throws {
        let events =
            "{go: {collection: boxes, inputs: {id: {}}, transitions: [{from: B, to: C}]}, "
            + "back: {collection: boxes, inputs: {id: {}}, transitions: [{from: A, to: B}]}}"
        let go = "{event: go, inputs: {id: '{{entity.id}}'}}"
        let back = "{event: back, inputs: {id: '{{entity.id}}'}}"
        #expect(try Self.moved("[{to: B, then: [\(go)]}]", events: events) == "200 C")
        #expect(try Self.moved("[{to: B, then: [\(back)]}]", events: events) == "200 B")
        #expect(try Self.moved("[{to: B, then: [\(back), \(go)]}]", events: events) == "200 C")
        #expect(try Self.moved("[{to: B, then: [{event: go, inputs: {id: y}}]}]", events: events) == "200 B")
        // A rejected change has no consequences.
        #expect(try Self.moved("[{from: C, to: B, then: [\(go)]}]", events: events) == "409 A")
    }

    @Test("a chain of events that leads back to itself ends")
    func cycle() throws {
        let again = "then: [{event: again, inputs: {id: '{{entity.id}}'}}]"
        let events =
            "{again: {collection: boxes, inputs: {id: {}}, transitions: [{set: {count: {$add: ['{{entity.count}}', 1]}}, \(again)}]}}"
        var mock = try Self.mock("[{to: B, \(again)}]", events: events)
        _ = mock.send("POST", "/boxes", #"{"id":"x"}"#)
        #expect(mock.send("PUT", "/boxes/x").status == 200)
        let count = try #require(mock.send("GET", "/boxes/x").json?["count"]?.number?.int)
        #expect((1...16).contains(count))
        // Each request begins a new chain of the same length.
        _ = mock.send("PUT", "/boxes/x")
        #expect(mock.send("GET", "/boxes/x").json?["count"]?.number?.int == 2 * count)
    }

    // MARK: Messages

    private static func deliveries(_ then: String, to: String = "http://127.0.0.1:9/hook") throws -> JSONValue {
        var mock = try mock("[{to: B}]", then: then)
        _ = mock.send("POST", "/boxes", #"{"id":"x","n":7,"to":"\#(to)"}"#)
        return try #require(mock.send("GET", "/_mock/deliveries").json)
    }

    @Test("a message has its URL, headers and body from the change")
    func messages() throws {
        let send =
            "{send: boxMoved, to: '{{entity.to}}', headers: {x-n: '{{entity.n}}', x-none: '{{entity.count.x}}'}, body: {id: '{{entity.id}}'}}"
        let first = try #require(try Self.deliveries("[\(send)]")[0])
        #expect(first["name"] == "boxMoved" && first["method"] == "POST" && first["url"] == "http://127.0.0.1:9/hook")
        #expect(first["body"]?["id"] == "x")
        let headers = first["headers"]
        #expect(headers?["x-n"] == "7" && headers?["x-none"] == nil)
        #expect(first["id"]?.string?.hasPrefix("msg_") == true)
    }

    @Test("each message has an id of its own, and equal runs have equal ids")
    func ids() throws {
        let send = "{send: boxMoved, to: '{{entity.to}}', body: {}}"
        let one = try Self.deliveries("[\(send), \(send)]")
        let ids = [one[0]?["id"]?.string, one[1]?["id"]?.string]
        #expect(ids[0] != nil && ids[0] != ids[1])
        #expect(try Self.deliveries("[\(send), \(send)]") == one)
    }

    @Test("without a URL nothing is sent, and text of a request cannot become a header")
    func unusable() throws {
        #expect(try Self.deliveries("[{send: boxMoved, to: '{{entity.to}}', body: {}}]", to: "") == .array([]))
        let injected = try Self.deliveries(
            "[{send: boxMoved, to: 'http://127.0.0.1:9/', headers: {x-to: '{{entity.to}}'}, body: {}}]",
            to: #"a\r\nx-evil: 1"#)
        let text = try #require(injected[0]?["headers"]?["x-to"]?.string)
        #expect(!text.utf8.contains(0x0D) && !text.utf8.contains(0x0A))
    }
}
