import Exchanges
import Scenarios
import Testing

@testable import Conformance

/// The states of resources that a run observes.
@Suite struct LifeCycleTests {
    private static let document = """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /things:
            post: { operationId: add, responses: &responses { 2XX: { description: ok, content: { application/json: { schema: { type: object } } } } } }
          /things/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            get: { operationId: get, responses: *responses }
          /things/{id}/stop:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            post: { operationId: stop, responses: *responses }
        """

    /// The transitions of a scenario whose rows have these responses, as `FROM>TO by OPERATION ×COUNT`.
    private static func transitions(
        _ rows: [(call: String, body: String)], fetch: [String] = ["get", "stop"]
    ) throws -> [String] {
        let lines = rows.indices.map { "\($0 == 0 ? "s" : ""),s\($0),\(rows[$0].call)" }
        var bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,set\n" + lines.joined(separator: "\n") + "\n")])
        bench.policy.promises = Promises(resources: [
            ResourcePromise(
                name: "thing", id: "id", create: ["add"], fetch: fetch,
                final: [.init(member: "state", values: ["done"])])
        ])
        var answers: [String: [ExchangeOutcome]] = [:]
        for index in rows.indices { answers["s\(index)"] = [.answer(200, rows[index].body)] }
        let cycles = try bench.verdict(answers).lifeCycles
        #expect(cycles.allSatisfy { $0.resource == "thing" && $0.member == "state" && $0.final == ["done"] })
        return cycles.flatMap(\.transitions).map { "\($0.from ?? "")>\($0.to) by \($0.operation) ×\($0.count)" }
    }

    private static func thing(_ state: String, _ id: String = "k") -> String { #"{"id":"\#(id)","state":"\#(state)"}"# }

    @Test("a transition has the operation that returned the new state, if it may have changed it")
    func writes() throws {
        #expect(
            try Self.transitions([
                ("add,", Self.thing("new")), ("get,id=k", Self.thing("new")), ("stop,id=k", Self.thing("done")),
                ("get,id=k", Self.thing("done")),
            ]) == [">new by add ×1", "new>done by stop ×1"])
    }

    @Test("a state that a read shows first belongs to the last write before it, or to the read")
    func reads() throws {
        let rows = [
            ("add,", Self.thing("new")), ("stop,id=k", "{}"), ("get,id=k", Self.thing("done")),
        ]
        #expect(try Self.transitions(rows) == [">new by add ×1", "new>done by stop ×1"])
        #expect(
            try Self.transitions([("add,", Self.thing("new")), ("get,id=k", Self.thing("done"))])
                == [">new by add ×1", "new>done by get ×1"])
    }

    @Test("equal transitions are counted, and values that cannot be states are ignored")
    func counts() throws {
        #expect(
            try Self.transitions([
                ("add,", Self.thing("new", "a")), ("add,", Self.thing("new", "b")), ("add,", Self.thing("", "c")),
                ("add,", Self.thing(String(repeating: "x", count: 61), "d")), ("add,", #"{"id":"e","state":7}"#),
            ]) == [">new by add ×2"])
        #expect(try Self.transitions([("get,id=k", "{}")]) == [])
    }
}
