import Conformance
import Exchanges
import Scenarios
import Testing

/// Resources that come and go, and what their ids are.
@Suite struct StateTests {
    private static func document(id: String) -> String {
        """
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          /things:
            post:
              operationId: add
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/T' } } } }
              responses: &responses
                2XX: { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/T' } } } }
                '404': { description: unknown }
          /things/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: \(id) } }]
            get: { operationId: get, responses: *responses }
            put:
              operationId: put
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/T' } } } }
              responses: *responses
            patch:
              operationId: patch
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/T' } } } }
              responses: *responses
            delete: { operationId: drop, responses: { '204': { description: gone } } }
          /things/{id}/stop:
            parameters: [{ name: id, in: path, required: true, schema: { type: \(id) } }]
            post: { operationId: stop, responses: *responses }
        components:
          schemas: { T: { type: object, properties: { id: { type: \(id) }, name: { type: string }, state: { type: string } } } }
        """
    }

    /// The errors of a scenario whose rows (from `call` on) are answered with these statuses and bodies. A status of 0 is
    /// no response.
    private static func errors(
        id: String = "string", create: [String] = ["add"], _ rows: [(String, Int, String)]
    ) throws -> [String] {
        let lines = rows.indices.map { "\($0 == 0 ? "s" : ""),s\($0),\(rows[$0].0)" }
        var bench = try Bench(
            spec: document(id: id),
            tables: [("t.csv", "scenario,step,call,set,expect\n" + lines.joined(separator: "\n") + "\n")])
        bench.policy.promises = Promises(resources: [
            ResourcePromise(
                name: "thing", id: "id", create: create, fetch: ["get"],
                final: [.init(member: "state", values: ["done"])], isCarried: true)
        ])
        var answers: [String: [ExchangeOutcome]] = [:]
        for (index, row) in rows.enumerated() {
            answers["s\(index)"] = [row.1 == 0 ? .fault(.timedOut, "no response") : .answer(row.1, row.2)]
        }
        return try bench.verdict(answers).errors
    }

    private static let k = #"{"id":"k","name":"a"}"#

    @Test("an unknown resource appears only after a request that may have created it")
    func unknown() throws {
        let gone = ("get,id=k,404", 404, "")
        let there = ("get,id=k,200", 200, Self.k)
        #expect(try Self.errors([gone, there]) == ["state.unknown"])
        #expect(try Self.errors([gone, ("stop,id=k,200", 200, Self.k)]) == ["state.unknown"])
        #expect(try Self.errors([gone, ("put,path.id=k; body.name=a,201", 201, Self.k), there]) == [])
        #expect(try Self.errors([gone, ("patch,path.id=k; body.name=a,200", 200, Self.k), there]) == [])
        #expect(try Self.errors([gone, ("drop,id=k,204", 204, ""), there]) == [])
        #expect(try Self.errors([gone, ("add,body.id=k; name=a,201", 201, Self.k), there]) == [])
        #expect(try Self.errors(create: ["stop"], [gone, ("stop,id=k,200", 200, Self.k), there]) == [])
    }

    @Test("a deleted resource may be created again, with a new state")
    func remade() throws {
        let done = #"{"id":"k","name":"a","state":"done"}"#
        let new = #"{"id":"k","name":"a","state":"new"}"#
        let before: [(String, Int, String)] = [("get,id=k,200", 200, done), ("drop,id=k,204", 204, "")]
        let after: [(String, Int, String)] = [("get,id=k,200", 200, new)]
        #expect(try Self.errors(before + after) == ["state.final"])
        #expect(try Self.errors(before + [("put,path.id=k; body.name=a,201", 201, new)] + after) == [])
        #expect(try Self.errors(before + [("add,body.id=k; name=a,201", 201, new)] + after) == [])
        // Without a deletion, a final state stays final.
        #expect(
            try Self.errors([before[0], ("put,path.id=k; body.name=a,200", 200, new)] + after) == ["state.final"])
    }

    @Test(
        "ids are compared as values of their type",
        arguments: [
            ("number", "7", "7.0", true), ("number", "7.0", "7", true), ("integer", "700", "7e2", true),
            ("number", "7", "8", false), ("integer", "10000000000000000001", "10000000000000000002", false),
            ("string", "7", "\"7\"", true), ("string", "7", "\"7.0\"", false), ("string", "1.1", "\"1.10\"", false),
            ("string", "k", "\"k\"", true), ("string", "k", "\"K\"", false),
        ])
    func ids(type: String, asked: String, shown: String, isSame: Bool) throws {
        let body = #"{"id":\#(shown),"name":"a"}"#
        #expect(try Self.errors(id: type, [("get,id=\(asked),200", 200, body)]) == (isSame ? [] : ["state.other"]))
        guard isSame else { return }
        // One resource under both spellings: what it shows must not change.
        let changed = #"{"id":\#(shown),"name":"b"}"#
        #expect(
            try Self.errors(id: type, [("get,id=\(asked),200", 200, body), ("get,id=\(asked),200", 200, changed)])
                == ["state.changed"])
    }

    @Test(
        "a write without a response, or with a 5xx status, may have done its work, so nothing is concluded from it",
        arguments: [(0, true), (500, true), (504, true), (400, false), (409, false)])
    func unsure(status: Int, isUnsure: Bool) throws {
        func found(_ before: [(String, Int, String)], _ call: String, _ after: (String, Int, String)) throws -> [String]
        {
            try Self.errors(before + [("\(call),2xx|4xx|5xx", status, "")] + [after])
                .filter { $0.hasPrefix("state.") }
        }
        let there = ("get,id=k,200", 200, Self.k)
        let changed = ("get,id=k,200", 200, #"{"id":"k","name":"b"}"#)
        let gone = ("get,id=k,404", 404, "")
        #expect(try found([there], "drop,id=k", gone) == (isUnsure ? [] : ["state.lost"]))
        #expect(try found([there], "patch,path.id=k; body.name=b", changed) == (isUnsure ? [] : ["state.changed"]))
        #expect(try found([gone], "stop,id=k", there) == (isUnsure ? [] : ["state.unknown"]))
        // A read changes nothing, whatever it returns.
        #expect(try found([there], "get,id=k", changed) == ["state.changed"])
        // A final state stays final, unless the resource was deleted and may have been created again.
        let done = ("get,id=k,200", 200, #"{"id":"k","name":"a","state":"done"}"#)
        let new = ("get,id=k,200", 200, #"{"id":"k","name":"a","state":"new"}"#)
        #expect(try found([done], "put,path.id=k; body.name=a", new) == ["state.final"])
        #expect(
            try found([done, ("drop,id=k,204", 204, "")], "put,path.id=k; body.name=a", new)
                == (isUnsure ? [] : ["state.final"]))
    }

    @Test("a deletion that is retried after a lost response finds the resource missing")
    func retriedDeletion() throws {
        let spec = Self.document(id: "string").replacing(
            "'204': { description: gone }", with: "'204': { description: gone }, '404': { description: unknown }")
        let table = "scenario,step,call,set,expect,opts\ns,a,get,id=k,200,\n,b,drop,id=k,204|404,retry=2/1s\n"
        var bench = try Bench(spec: spec, tables: [("t.csv", table)])
        bench.policy.promises = Promises(resources: [ResourcePromise(name: "thing", id: "id", fetch: ["get"])])
        func errors(_ attempts: [ExchangeOutcome]) throws -> [String] {
            try bench.verdict(["a": [.answer(200, Self.k)], "b": attempts]).errors
        }
        #expect(try errors([.fault(.reset, "closed"), .answer(404, "", [])]) == [])
        #expect(try errors([.answer(404, "", [])]) == ["state.lost"])
    }

    @Test("another collection may have a parameter with the same name")
    func otherCollection() throws {
        let spec = Self.document(id: "string").replacing(
            "components:",
            with: """
                  /boxes/{id}:
                    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                    get: { operationId: box, responses: *responses }
                components:
                """)
        func errors(fetch: [String], create: [String]) throws -> [String] {
            var bench = try Bench(
                spec: spec,
                tables: [
                    (
                        "t.csv",
                        "scenario,step,call,set,expect\ns,a,get,id=k,200\n,b,box,id=k,404\n,c,box,id=m,200\n,d,get,id=k,200\n"
                    )
                ])
            bench.policy.promises = Promises(resources: [
                ResourcePromise(name: "thing", id: "id", create: create, fetch: fetch, final: [], isCarried: false)
            ])
            // The response of a box refers to a thing by its id.
            return try bench.verdict([
                "a": [.answer(200, Self.k)], "b": [.answer(404, "")], "c": [.answer(200, Self.k)],
                "d": [.answer(200, Self.k)],
            ]).errors
        }
        #expect(try errors(fetch: ["get"], create: ["add"]) == [])
        #expect(try errors(fetch: [], create: ["add"]) == [])
        // Nothing shows where the resource is, so the name of the parameter decides.
        let byName = try errors(fetch: [], create: [])
        #expect(byName == ["state.other", "state.unknown"])
    }
}
